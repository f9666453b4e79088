import AWSWire
import Foundation
import Logging
import PalcoTestSupport

@testable import LocalCloud

/// Logs with a clock of its own, spoken to through its operations.
struct LogsFixture {
  let service: LogsService
  let store: Store
  let clock: TestClock
  private let context: CloudContext

  static func run(maximumStreamBytes: Int = 50 << 20, _ body: (LogsFixture) async throws -> Void) async throws {
    try await withTemporaryDirectory { directory in
      try await body(LogsFixture(directory: directory, maximumStreamBytes: maximumStreamBytes))
    }
  }

  init(directory: URL, maximumStreamBytes: Int = 50 << 20) async throws {
    clock = TestClock()
    context = CloudContext(
      port: 1, stateDirectory: directory, time: clock.timeSource,
      logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    store = try Store(directory: directory)
    service = try await LogsService(context: context, store: store, maximumStreamBytes: maximumStreamBytes)
  }

  var now: Int { Int(clock.now.milliseconds) }

  @discardableResult func send<R: AWSRequest>(_ request: R) async throws -> R.Response {
    let codec = JSONCodec(version: "1.1", targetPrefix: "Logs_20140328")
    guard let handler = service.operations()[R.operation] else { throw AWSError("NoSuchOperation", R.operation) }
    let answer = try await handler(
      codec, try codec.encodeRequest(request).body, CallContext(requestID: "r", accessKey: nil, logger: context.logger))
    return try codec.decodeResponse(to: R.self, from: answer.body)
  }

  /// The error that a request is refused with.
  func refusal<R: AWSRequest>(of request: R) async throws -> AWSError? {
    do {
      try await send(request)
      return nil
    } catch let error as AWSError { return error }
  }

  /// Makes a group with streams.
  func group(_ name: String = "g", streams: [String] = ["s"]) async throws {
    try await send(Logs.CreateLogGroupRequest(logGroupName: name))
    for stream in streams {
      try await send(Logs.CreateLogStreamRequest(logGroupName: name, logStreamName: stream))
    }
  }

  /// Puts events whose timestamps are so many milliseconds after the clock's instant.
  @discardableResult func put(_ events: [(Int, String)], stream: String = "s", group: String = "g") async throws
    -> Logs.PutLogEventsResponse
  {
    try await send(
      Logs.PutLogEventsRequest(
        logGroupName: group, logStreamName: stream,
        logEvents: events.map { Logs.InputLogEvent(timestamp: now + $0.0, message: $0.1) }))
  }

  func get(
    _ token: String? = nil, limit: Int? = nil, fromHead: Bool? = nil, start: Int? = nil, end: Int? = nil,
    stream: String = "s"
  ) async throws -> (messages: [String], forward: String?, backward: String?) {
    let answer = try await send(
      Logs.GetLogEventsRequest(
        logStreamName: stream, logGroupName: "g", startTime: start.map { now + $0 }, endTime: end.map { now + $0 },
        nextToken: token, limit: limit, startFromHead: fromHead))
    return (answer.events?.compactMap(\.message) ?? [], answer.nextForwardToken, answer.nextBackwardToken)
  }

  /// All pages of a search.
  func filter(
    _ pattern: String? = nil, streams: [String]? = nil, prefix: String? = nil, start: Int? = nil, end: Int? = nil,
    limit: Int? = nil
  ) async throws -> [String] {
    var messages: [String] = []
    var token: String?
    repeat {
      let answer = try await send(
        Logs.FilterLogEventsRequest(
          logGroupName: "g", logStreamNames: streams, logStreamNamePrefix: prefix, startTime: start.map { now + $0 },
          endTime: end.map { now + $0 }, filterPattern: pattern, nextToken: token, limit: limit))
      messages += answer.events?.compactMap(\.message) ?? []
      token = answer.nextToken
    } while token != nil
    return messages
  }
}
