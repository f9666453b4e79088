import AWSWire
import Foundation
import GRDB

// Log events in and out.
extension LogsService {
  /// The most that one answer holds, events and bytes as AWS counts them.
  private static let maximumEvents = 10_000
  private static let maximumBytes = 1 << 20

  func put(_ request: Logs.PutLogEventsRequest) async throws -> Logs.PutLogEventsResponse {
    let events = request.logEvents
    try check(events)
    let name = request.logGroupName
    let retention = try await read { try LogGroupRow.named(name, in: $0).retention }
    let now = Int(cloud.time.now().milliseconds)
    let day = 86_400_000
    let tooOld = events.prefix { $0.timestamp < now - 14 * day }.count
    let expired = retention.map { days in events.prefix { $0.timestamp < now - days * day }.count } ?? 0
    let tooNew = events.firstIndex { $0.timestamp > now + 7_200_000 }
    let accepted = events[max(tooOld, expired)..<max(tooNew ?? events.count, tooOld, expired)]
    let lines = accepted.map {
      LogLine(timestamp: Date(timeIntervalSince1970: Double($0.timestamp) / 1000), message: $0.message)
    }
    try await append(lines, group: name, stream: request.logStreamName, makesStream: false)
    let isComplete = accepted.count == events.count
    return .init(
      nextSequenceToken: cloud.ids.digits(56),
      rejectedLogEventsInfo: isComplete
        ? nil
        : .init(
          tooNewLogEventStartIndex: tooNew, tooOldLogEventEndIndex: tooOld > 0 ? tooOld : nil,
          expiredLogEventEndIndex: expired > 0 ? expired : nil))
  }

  private func check(_ events: [Logs.InputLogEvent]) throws(AWSError) {
    guard (1...Self.maximumEvents).contains(events.count) else {
      throw LogsError.constraint(
        "\(events.count) events", "logEvents", "have length from 1 to \(Self.maximumEvents)")
    }
    let bytes = events.reduce(0) { $0 + $1.message.utf8.count + LogEventRow.overhead }
    guard bytes <= Self.maximumBytes else {
      throw LogsError.invalid("Upload too large: \(bytes) bytes exceeds limit of \(Self.maximumBytes)")
    }
    for (index, event) in events.enumerated() {
      guard !event.message.isEmpty else {
        throw LogsError.constraint(
          "", "logEvents.\(index + 1).member.message", "have length greater than or equal to 1")
      }
      guard event.timestamp >= 0 else {
        throw LogsError.constraint(
          "\(event.timestamp)", "logEvents.\(index + 1).member.timestamp", "have value greater than or equal to 0")
      }
      guard index == 0 || events[index - 1].timestamp <= event.timestamp else {
        throw LogsError.invalid("Log events in a single PutLogEvents request must be in chronological order.")
      }
    }
    if let first = events.first, let last = events.last, last.timestamp - first.timestamp > 86_400_000 {
      throw LogsError.invalid(
        "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.")
    }
  }

  /// One page of a stream. At the end of the stream, the token that was given is answered again: that is how clients
  /// know the end, and follow it.
  func events(_ request: Logs.GetLogEventsRequest) async throws -> Logs.GetLogEventsResponse {
    let name = try groupName(request.logGroupName, identifier: request.logGroupIdentifier)
    let limit = try LogsError.checkedLimit(request.limit, maximum: Self.maximumEvents)
    let cursor = try PageCursor(request.nextToken, fromHead: request.startFromHead ?? false)
    // The end is exclusive here, and inclusive in FilterLogEvents.
    let (earliest, latest) = (Int64(request.startTime ?? 0), request.endTime.map { Int64($0) - 1 } ?? Int64.max)
    let page = try await read { database in
      let group = try Self.number(ofGroup: name, in: database)
      let stream = try LogStreamRow.named(request.logStreamName, of: group, in: database)
      let (comparison, direction) = cursor.isForward ? (">", "ASC") : ("<", "DESC")
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT * FROM log_events
          WHERE log_stream = ? AND (timestamp, id) \(comparison) (?, ?) AND timestamp BETWEEN ? AND ?
          ORDER BY timestamp \(direction), id \(direction) LIMIT ?
          """,
        arguments: [stream.number, cursor.position.timestamp, cursor.position.id, earliest, latest, limit])
      var page: [LogEventRow] = []
      var bytes = 0
      while let row = try rows.next() {
        let event = LogEventRow(row)
        bytes += event.size
        guard page.isEmpty || bytes <= Self.maximumBytes else { break }
        page.append(event)
      }
      return cursor.isForward ? page : page.reversed()
    }
    let tokens = cursor.tokens(of: page, earliest: earliest)
    return .init(
      events: page.map {
        Logs.OutputLogEvent(
          timestamp: Int($0.position.timestamp), message: $0.message, ingestionTime: Int($0.ingestion))
      }, nextForwardToken: tokens.forward, nextBackwardToken: tokens.backward)
  }

  /// Events of several streams, by time.
  func filter(_ request: Logs.FilterLogEventsRequest) async throws -> Logs.FilterLogEventsResponse {
    let name = try groupName(request.logGroupName, identifier: request.logGroupIdentifier)
    let limit = try LogsError.checkedLimit(request.limit, maximum: Self.maximumEvents)
    let pattern = try FilterPattern(request.filterPattern ?? "")
    let (names, prefix) = (request.logStreamNames ?? [], request.logStreamNamePrefix)
    guard names.isEmpty || prefix == nil else {
      throw LogsError.invalid("logStreamNames and logStreamNamePrefix cannot be given together.")
    }
    let start = try request.nextToken.map { try LogPosition($0) } ?? .start
    let (earliest, latest) = (Int64(request.startTime ?? 0), Int64(request.endTime ?? .max))
    let scan = try await read { database in
      let group = try Self.number(ofGroup: name, in: database)
      let streams = try Self.streams(names: names, prefix: prefix, of: group, in: database)
      return try LogScan(group: group, streams: streams, pattern: pattern, limit: limit)
        .run(after: start, from: earliest, to: latest, in: database)
    }
    return .init(
      events: scan.events.map { event, stream in
        Logs.FilteredLogEvent(
          logStreamName: stream, timestamp: Int(event.position.timestamp), message: event.message,
          ingestionTime: Int(event.ingestion), eventId: event.position.text)
      }, searchedLogStreams: [], nextToken: scan.next?.text)
  }

  /// The streams to search; `nil` for all of the group.
  private static func streams(
    names: [String], prefix: String?, of group: Int64, in database: Database
  ) throws -> [Int64]? {
    if !names.isEmpty { return try names.map { try LogStreamRow.named($0, of: group, in: database).number } }
    guard let prefix else { return nil }
    return try Int64.fetchAll(
      database, sql: "SELECT number FROM log_streams WHERE log_group = ? AND substr(name, 1, length(?)) = ?",
      arguments: [group, prefix, prefix])
  }
}

/// The place that a page of GetLogEvents begins at, and the direction it goes.
private struct PageCursor: Sendable {
  var isForward: Bool
  var position: LogPosition
  private let given: String?

  /// Reads `f/…` or `b/…`; without a token, the oldest or the newest page.
  init(_ token: String?, fromHead: Bool) throws(AWSError) {
    given = token
    guard let token else {
      isForward = fromHead
      position = fromHead ? .start : .end
      return
    }
    guard token.hasPrefix("f/") || token.hasPrefix("b/") else { throw LogsError.invalidToken }
    isForward = token.hasPrefix("f/")
    position = try LogPosition(token.dropFirst(2).prefix { $0 != "/" })
  }

  /// The tokens that lead on from a page in both directions.
  func tokens(of page: [LogEventRow], earliest: Int64) -> (forward: String, backward: String) {
    func forward(_ position: LogPosition) -> String { "f/\(position.text)/s" }
    func backward(_ position: LogPosition) -> String { "b/\(position.text)/s" }
    if let first = page.first, let last = page.last { return (forward(last.position), backward(first.position)) }
    guard let given else {
      let beginning = LogPosition(timestamp: max(earliest, 0), id: 0)
      return (forward(beginning), backward(beginning))
    }
    // The event at the token's place belongs to the page in the other direction.
    return isForward
      ? (given, backward(LogPosition(timestamp: position.timestamp, id: position.id + 1)))
      : (forward(LogPosition(timestamp: position.timestamp, id: max(position.id - 1, 0))), given)
  }
}
