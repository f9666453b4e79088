import AWSWire
import Foundation
import GRDB
import PalcoCore

// Sessions that send events as they come.
extension LogsService {
  nonisolated func addLiveTail(to table: inout OperationTable) {
    table.onStream(Logs.StartLiveTailRequest.self) { request, context in
      let session = try await self.liveTail(request, requestID: context.requestID)
      return AsyncThrowingStream { try await session.next() }
    }
  }

  private func liveTail(_ request: Logs.StartLiveTailRequest, requestID: String) async throws -> LiveTailSession {
    let identifiers = request.logGroupIdentifiers
    guard identifiers.count <= 10 else {
      throw LogsError.invalid(
        "1 validation error detected: Value at 'logGroupIdentifiers' failed to satisfy constraint: "
          + "Member must have length less than or equal to 10")
    }
    guard !identifiers.isEmpty else { throw LogsError.invalid("At least one log group must be given.") }
    let (names, prefixes) = (request.logStreamNames ?? [], request.logStreamNamePrefixes ?? [])
    guard names.isEmpty || prefixes.isEmpty else {
      throw LogsError.invalid("Only one of logStreamNames or logStreamNamePrefixes can be provided.")
    }
    guard identifiers.count == 1 || (names.isEmpty && prefixes.isEmpty) else {
      throw LogsError.invalid(
        "logStreamNames and logStreamNamePrefixes can only be used with a single log group.")
    }
    let pattern = try FilterPattern(request.logEventFilterPattern ?? "")
    let named = try identifiers.map { try groupName(nil, identifier: $0) }
    let (groups, last) = try await read { database in
      let numbers = try named.map { try Self.number(ofGroup: $0, in: database) }
      let last = try Int64.fetchOne(database, sql: "SELECT max(id) FROM log_events") ?? 0
      return (Dictionary(zip(numbers, identifiers)) { first, _ in first }, last)
    }
    let start = LiveTailSession.Start(
      requestId: requestID, sessionId: cloud.ids.uuid(), logGroupIdentifiers: identifiers, logStreamNames: names,
      logStreamNamePrefixes: prefixes, logEventFilterPattern: request.logEventFilterPattern ?? "")
    return LiveTailSession(logs: self, time: cloud.time, groups: groups, pattern: pattern, after: last, start: start)
  }

  /// New events of some groups, with the names of their streams.
  func events(
    of groups: [Int64], after last: Int64, limit: Int
  ) async throws -> [(event: LogEventRow, group: Int64, stream: String)] {
    try await read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT log_events.*, log_streams.name AS stream_name FROM log_events
          JOIN log_streams ON log_streams.number = log_events.log_stream
          WHERE log_events.id > ? AND log_events.log_group IN (\(groups.map(String.init).joined(separator: ",")))
          ORDER BY log_events.id LIMIT ?
          """, arguments: [last, limit]
      ).map { (event: LogEventRow($0), group: $0["log_group"], stream: $0["stream_name"]) }
    }
  }
}

/// A live tail: a second after a second, what came in it.
///
/// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartLiveTail.html
actor LiveTailSession {
  /// What a session begins with.
  struct Start: Encodable, Sendable {
    var requestId: String
    var sessionId: String
    var logGroupIdentifiers: [String]
    var logStreamNames: [String]
    var logStreamNamePrefixes: [String]
    var logEventFilterPattern: String
  }

  /// What comes each second.
  private struct Update: Encodable {
    struct Metadata: Encodable { var sampled: Bool }

    struct Event: Encodable {
      var logStreamName: String
      var logGroupIdentifier: String
      var message: String
      var timestamp: Int64
      var ingestionTime: Int64
    }

    var sessionMetadata: Metadata
    var sessionResults: [Event]
  }

  private enum Phase { case response, start, updates, over }

  /// The most that one update tells; of more, the rest is left out and the update says so.
  private static let maximumEvents = 500
  /// How long a session lasts, in seconds.
  private static let length = 10_800.0

  private let logs: LogsService
  private let time: TimeSource
  private let groups: [Int64: String]
  private let pattern: FilterPattern
  private let start: Start
  private let deadline: Date
  private var last: Int64
  private var phase = Phase.response

  init(
    logs: LogsService, time: TimeSource, groups: [Int64: String], pattern: FilterPattern, after last: Int64,
    start: Start
  ) {
    self.logs = logs
    self.time = time
    self.groups = groups
    self.pattern = pattern
    self.last = last
    self.start = start
    deadline = time.now().addingTimeInterval(Self.length)
  }

  /// The next message; `nil` at the end.
  func next() async throws -> EventStreamMessage? {
    switch phase {
    case .response:
      phase = .start
      return .event("initial-response", Data("{}".utf8))
    case .start:
      phase = .updates
      return .event("sessionStart", try JSONEncoder().encode(start))
    case .updates:
      try await time.sleep(.seconds(1))
      guard time.now() < deadline else {
        phase = .over
        return .exception(
          "SessionTimeoutException", Data(#"{"message":"Your session has ended: it lasted three hours."}"#.utf8))
      }
      return .event("sessionUpdate", try JSONEncoder().encode(try await update()))
    case .over: return nil
    }
  }

  private func update() async throws -> Update {
    let found = try await logs.events(of: Array(groups.keys), after: last, limit: 20 * Self.maximumEvents)
    last = found.last?.event.position.id ?? last
    let wanted = found.filter { event, _, stream in
      (start.logStreamNames.isEmpty || start.logStreamNames.contains(stream))
        && (start.logStreamNamePrefixes.isEmpty || start.logStreamNamePrefixes.contains(where: stream.hasPrefix))
        && pattern.matches(event.message)
    }
    return Update(
      sessionMetadata: .init(sampled: wanted.count > Self.maximumEvents),
      sessionResults: wanted.prefix(Self.maximumEvents).map { event, group, stream in
        .init(
          logStreamName: stream, logGroupIdentifier: groups[group] ?? "", message: event.message,
          timestamp: event.position.timestamp, ingestionTime: event.ingestion)
      })
  }
}
