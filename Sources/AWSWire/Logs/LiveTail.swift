// Events as they come.

extension Logs {
  /// Begins a session that sends events as they come.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartLiveTail.html
  public struct StartLiveTailRequest: LogsRequest, Equatable {
    public typealias Response = StartLiveTailResponse
    public static let operation = "StartLiveTail"

    /// Names or ARNs of groups.
    public var logGroupIdentifiers: [String]
    /// The log stream names.
    public var logStreamNames: [String]?
    /// The log stream name prefixes.
    public var logStreamNamePrefixes: [String]?
    /// The log event filter pattern.
    public var logEventFilterPattern: String?

    /// Makes a request.
    public init(
      logGroupIdentifiers: [String], logStreamNames: [String]? = nil, logStreamNamePrefixes: [String]? = nil,
      logEventFilterPattern: String? = nil
    ) {
      self.logGroupIdentifiers = logGroupIdentifiers
      self.logStreamNames = logStreamNames
      self.logStreamNamePrefixes = logStreamNamePrefixes
      self.logEventFilterPattern = logEventFilterPattern
    }
  }

  /// What `StartLiveTail` answers.
  public struct StartLiveTailResponse: Codable, Sendable, Equatable {

    /// Makes an answer.
    public init() {
    }
  }
}
