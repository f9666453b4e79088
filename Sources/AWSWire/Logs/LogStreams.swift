// Log streams.

extension Logs {
  /// A log stream.
  public struct LogStream: Codable, Sendable, Equatable {
    /// The name of the stream.
    public var logStreamName: String?
    /// When it was made, in milliseconds since 1970.
    public var creationTime: Int?
    /// The oldest event, in milliseconds since 1970.
    public var firstEventTimestamp: Int?
    /// The newest event, in milliseconds since 1970.
    public var lastEventTimestamp: Int?
    /// When the last event arrived, in milliseconds since 1970.
    public var lastIngestionTime: Int?
    /// Nothing needs it any more.
    public var uploadSequenceToken: String?
    /// The ARN.
    public var arn: String?
    /// Bytes.
    public var storedBytes: Int?

    /// Makes a value of its members.
    public init(
      logStreamName: String? = nil, creationTime: Int? = nil, firstEventTimestamp: Int? = nil,
      lastEventTimestamp: Int? = nil, lastIngestionTime: Int? = nil, uploadSequenceToken: String? = nil,
      arn: String? = nil, storedBytes: Int? = nil
    ) {
      self.logStreamName = logStreamName
      self.creationTime = creationTime
      self.firstEventTimestamp = firstEventTimestamp
      self.lastEventTimestamp = lastEventTimestamp
      self.lastIngestionTime = lastIngestionTime
      self.uploadSequenceToken = uploadSequenceToken
      self.arn = arn
      self.storedBytes = storedBytes
    }
  }

  /// Makes a log stream in a group.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogStream.html
  public struct CreateLogStreamRequest: LogsRequest, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "CreateLogStream"

    /// The name of the group.
    public var logGroupName: String
    /// The name of the stream.
    public var logStreamName: String

    /// Makes a request.
    public init(logGroupName: String, logStreamName: String) {
      self.logGroupName = logGroupName
      self.logStreamName = logStreamName
    }
  }

  /// Reads the streams of a log group.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogStreams.html
  public struct DescribeLogStreamsRequest: LogsRequest, Equatable {
    public typealias Response = DescribeLogStreamsResponse
    public static let operation = "DescribeLogStreams"

    /// The name of the group.
    public var logGroupName: String?
    /// The group by name or ARN, instead of `logGroupName`.
    public var logGroupIdentifier: String?
    /// Only streams whose name starts so.
    public var logStreamNamePrefix: String?
    /// `LogStreamName`, which is the default, or `LastEventTime`.
    public var orderBy: String?
    /// Whether the order is reversed.
    public var descending: Bool?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?
    /// How many to answer at most.
    public var limit: Int?

    /// Makes a request.
    public init(
      logGroupName: String? = nil, logGroupIdentifier: String? = nil, logStreamNamePrefix: String? = nil,
      orderBy: String? = nil, descending: Bool? = nil, nextToken: String? = nil, limit: Int? = nil
    ) {
      self.logGroupName = logGroupName
      self.logGroupIdentifier = logGroupIdentifier
      self.logStreamNamePrefix = logStreamNamePrefix
      self.orderBy = orderBy
      self.descending = descending
      self.nextToken = nextToken
      self.limit = limit
    }
  }

  /// A page of log streams.
  public struct DescribeLogStreamsResponse: Codable, Sendable, Equatable {
    /// The streams.
    public var logStreams: [LogStream]?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?

    /// Makes an answer.
    public init(logStreams: [LogStream]? = nil, nextToken: String? = nil) {
      self.logStreams = logStreams
      self.nextToken = nextToken
    }
  }

  /// Deletes a log stream with its events.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteLogStream.html
  public struct DeleteLogStreamRequest: LogsRequest, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "DeleteLogStream"

    /// The name of the group.
    public var logGroupName: String
    /// The name of the stream.
    public var logStreamName: String

    /// Makes a request.
    public init(logGroupName: String, logStreamName: String) {
      self.logGroupName = logGroupName
      self.logStreamName = logStreamName
    }
  }
}
