/// What a local cloud answers besides the services of AWS. It is spoken like them, so that signatures are read and
/// verified in one place.
public enum LocalCloudAPI {
  /// The service as clients and servers must know it.
  public static let service = AWSService(
    name: "Palco", signingName: "palco", endpointPrefix: "palco",
    wireProtocol: .json(version: "1.1", targetPrefix: "PalcoLocalCloud"))

  /// An event in the form in which EventBridge delivers it.
  ///
  /// https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html
  public struct Event: Codable, Sendable, Equatable {
    /// Always `0`.
    public var version: String
    /// A UUID.
    public var id: String
    /// What the detail is, such as `ECS Task State Change`.
    public var detailType: String
    /// The service, such as `aws.ecs`.
    public var source: String
    /// The account.
    public var account: String
    /// When it happened: ISO 8601 in UTC, by the second.
    public var time: String
    /// The region.
    public var region: String
    /// The ARNs of what it happened to.
    public var resources: [String]
    /// What happened; its form depends on ``detailType``.
    public var detail: JSONValue

    /// Makes an event.
    public init(
      version: String = "0", id: String, detailType: String, source: String, account: String, time: String,
      region: String, resources: [String], detail: JSONValue
    ) {
      self.version = version
      self.id = id
      self.detailType = detailType
      self.source = source
      self.account = account
      self.time = time
      self.region = region
      self.resources = resources
      self.detail = detail
    }

    enum CodingKeys: String, CodingKey {
      case version, id, detailType = "detail-type", source, account, time, region, resources, detail
    }
  }

  /// Reads events.
  public struct ListEventsRequest: AWSRequest, Equatable {
    public typealias Response = ListEventsResponse
    public static let service = LocalCloudAPI.service
    public static let operation = "ListEvents"

    /// Only events after this number; the newest ones when it is `nil`.
    public var after: Int64?
    /// Only events of this source.
    public var source: String?
    /// Only events with this detail type.
    public var detailType: String?
    /// How many at most, 1 to 1000; 100 when it is `nil`.
    public var maxResults: Int?

    /// Makes a request.
    public init(after: Int64? = nil, source: String? = nil, detailType: String? = nil, maxResults: Int? = nil) {
      self.after = after
      self.source = source
      self.detailType = detailType
      self.maxResults = maxResults
    }
  }

  /// Events in the order in which they happened.
  public struct ListEventsResponse: Codable, Sendable, Equatable {
    /// The events.
    public var events: [Event]
    /// The number to read on ``ListEventsRequest/after``.
    public var last: Int64

    /// Makes an answer.
    public init(events: [Event], last: Int64) {
      self.events = events
      self.last = last
    }
  }
}
