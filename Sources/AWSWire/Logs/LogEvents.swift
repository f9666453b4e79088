// Log events.

extension Logs {
  /// An event to append.
  public struct InputLogEvent: Codable, Sendable, Equatable {
    /// When it happened, in milliseconds since 1970.
    public var timestamp: Int
    /// The text.
    public var message: String

    /// Makes a value of its members.
    public init(timestamp: Int, message: String) {
      self.timestamp = timestamp
      self.message = message
    }
  }

  /// Appends events to a stream; at most 10 000 and 1 MiB, in order of time, within 24 hours.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
  public struct PutLogEventsRequest: LogsRequest, Equatable {
    public typealias Response = PutLogEventsResponse
    public static let operation = "PutLogEvents"

    /// The name of the group.
    public var logGroupName: String
    /// The name of the stream.
    public var logStreamName: String
    /// The events.
    public var logEvents: [InputLogEvent]
    /// Ignored.
    public var sequenceToken: String?

    /// Makes a request.
    public init(logGroupName: String, logStreamName: String, logEvents: [InputLogEvent], sequenceToken: String? = nil) {
      self.logGroupName = logGroupName
      self.logStreamName = logStreamName
      self.logEvents = logEvents
      self.sequenceToken = sequenceToken
    }
  }

  /// Which of the events were refused.
  public struct PutLogEventsResponse: Codable, Sendable, Equatable {
    /// Nothing needs it any more.
    public var nextSequenceToken: String?
    /// Which events were refused; `nil` when none was.
    public var rejectedLogEventsInfo: RejectedLogEventsInfo?

    /// Makes an answer.
    public init(nextSequenceToken: String? = nil, rejectedLogEventsInfo: RejectedLogEventsInfo? = nil) {
      self.nextSequenceToken = nextSequenceToken
      self.rejectedLogEventsInfo = rejectedLogEventsInfo
    }
  }

  /// Which events were refused.
  public struct RejectedLogEventsInfo: Codable, Sendable, Equatable {
    /// Events from here on are too far in the future.
    public var tooNewLogEventStartIndex: Int?
    /// Events before it are too old.
    public var tooOldLogEventEndIndex: Int?
    /// Events before it are older than the retention.
    public var expiredLogEventEndIndex: Int?

    /// Makes a value of its members.
    public init(
      tooNewLogEventStartIndex: Int? = nil, tooOldLogEventEndIndex: Int? = nil, expiredLogEventEndIndex: Int? = nil
    ) {
      self.tooNewLogEventStartIndex = tooNewLogEventStartIndex
      self.tooOldLogEventEndIndex = tooOldLogEventEndIndex
      self.expiredLogEventEndIndex = expiredLogEventEndIndex
    }
  }

  /// An event of a stream.
  public struct OutputLogEvent: Codable, Sendable, Equatable {
    /// When it happened, in milliseconds since 1970.
    public var timestamp: Int?
    /// The text.
    public var message: String?
    /// When Logs got it, in milliseconds since 1970.
    public var ingestionTime: Int?

    /// Makes a value of its members.
    public init(timestamp: Int? = nil, message: String? = nil, ingestionTime: Int? = nil) {
      self.timestamp = timestamp
      self.message = message
      self.ingestionTime = ingestionTime
    }
  }

  /// Reads events of one stream.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html
  public struct GetLogEventsRequest: LogsRequest, Equatable {
    public typealias Response = GetLogEventsResponse
    public static let operation = "GetLogEvents"

    /// The name of the group.
    public var logGroupName: String?
    /// The group by name or ARN, instead of `logGroupName`.
    public var logGroupIdentifier: String?
    /// The name of the stream.
    public var logStreamName: String
    /// Only events from then on, in milliseconds since 1970.
    public var startTime: Int?
    /// Only events before, in milliseconds since 1970.
    public var endTime: Int?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?
    /// How many to answer at most.
    public var limit: Int?
    /// Whether the oldest events come first.
    public var startFromHead: Bool?
    /// Whether masked data is shown.
    public var unmask: Bool?

    /// Makes a request.
    public init(
      logStreamName: String, logGroupName: String? = nil, logGroupIdentifier: String? = nil, startTime: Int? = nil,
      endTime: Int? = nil, nextToken: String? = nil, limit: Int? = nil, startFromHead: Bool? = nil,
      unmask: Bool? = nil
    ) {
      self.logGroupName = logGroupName
      self.logGroupIdentifier = logGroupIdentifier
      self.logStreamName = logStreamName
      self.startTime = startTime
      self.endTime = endTime
      self.nextToken = nextToken
      self.limit = limit
      self.startFromHead = startFromHead
      self.unmask = unmask
    }
  }

  /// A page of events. A token that comes back unchanged means: nothing more yet.
  public struct GetLogEventsResponse: Codable, Sendable, Equatable {
    /// The events.
    public var events: [OutputLogEvent]?
    /// Where to go on towards newer events.
    public var nextForwardToken: String?
    /// Where to go on towards older events.
    public var nextBackwardToken: String?

    /// Makes an answer.
    public init(events: [OutputLogEvent]? = nil, nextForwardToken: String? = nil, nextBackwardToken: String? = nil) {
      self.events = events
      self.nextForwardToken = nextForwardToken
      self.nextBackwardToken = nextBackwardToken
    }
  }

  /// An event with the stream that it is of.
  public struct FilteredLogEvent: Codable, Sendable, Equatable {
    /// The name of the stream.
    public var logStreamName: String?
    /// When it happened, in milliseconds since 1970.
    public var timestamp: Int?
    /// The text.
    public var message: String?
    /// When Logs got it, in milliseconds since 1970.
    public var ingestionTime: Int?
    /// The unique identifier of the event.
    public var eventId: String?

    /// Makes a value of its members.
    public init(
      logStreamName: String? = nil, timestamp: Int? = nil, message: String? = nil, ingestionTime: Int? = nil,
      eventId: String? = nil
    ) {
      self.logStreamName = logStreamName
      self.timestamp = timestamp
      self.message = message
      self.ingestionTime = ingestionTime
      self.eventId = eventId
    }
  }

  /// A stream that was looked at; AWS answers none any more.
  public struct SearchedLogStream: Codable, Sendable, Equatable {
    /// The name of the stream.
    public var logStreamName: String?
    /// Whether all of it was searched.
    public var searchedCompletely: Bool?

    /// Makes a value of its members.
    public init(logStreamName: String? = nil, searchedCompletely: Bool? = nil) {
      self.logStreamName = logStreamName
      self.searchedCompletely = searchedCompletely
    }
  }

  /// Reads events of many streams of a group, oldest first.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
  public struct FilterLogEventsRequest: LogsRequest, Equatable {
    public typealias Response = FilterLogEventsResponse
    public static let operation = "FilterLogEvents"

    /// The name of the group.
    public var logGroupName: String?
    /// The group by name or ARN, instead of `logGroupName`.
    public var logGroupIdentifier: String?
    /// Only these streams.
    public var logStreamNames: [String]?
    /// Only streams whose name starts so.
    public var logStreamNamePrefix: String?
    /// Only events from then on, in milliseconds since 1970.
    public var startTime: Int?
    /// Only events before, in milliseconds since 1970.
    public var endTime: Int?
    /// A filter pattern; every event by default.
    public var filterPattern: String?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?
    /// How many to answer at most.
    public var limit: Int?
    /// Ignored: events of streams are always interleaved.
    public var interleaved: Bool?
    /// Whether masked data is shown.
    public var unmask: Bool?

    /// Makes a request.
    public init(
      logGroupName: String? = nil, logGroupIdentifier: String? = nil, logStreamNames: [String]? = nil,
      logStreamNamePrefix: String? = nil, startTime: Int? = nil, endTime: Int? = nil, filterPattern: String? = nil,
      nextToken: String? = nil, limit: Int? = nil, interleaved: Bool? = nil, unmask: Bool? = nil
    ) {
      self.logGroupName = logGroupName
      self.logGroupIdentifier = logGroupIdentifier
      self.logStreamNames = logStreamNames
      self.logStreamNamePrefix = logStreamNamePrefix
      self.startTime = startTime
      self.endTime = endTime
      self.filterPattern = filterPattern
      self.nextToken = nextToken
      self.limit = limit
      self.interleaved = interleaved
      self.unmask = unmask
    }
  }

  /// A page of events.
  public struct FilterLogEventsResponse: Codable, Sendable, Equatable {
    /// The events.
    public var events: [FilteredLogEvent]?
    /// Empty.
    public var searchedLogStreams: [SearchedLogStream]?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?

    /// Makes an answer.
    public init(
      events: [FilteredLogEvent]? = nil, searchedLogStreams: [SearchedLogStream]? = nil, nextToken: String? = nil
    ) {
      self.events = events
      self.searchedLogStreams = searchedLogStreams
      self.nextToken = nextToken
    }
  }
}
