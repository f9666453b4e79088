import AWSWire
import Foundation
import Logging
import Testing

@testable import LocalCloud

@Suite struct LiveTailTests {
  private func session(
    _ request: Logs.StartLiveTailRequest, of logs: LogsFixture
  ) async throws -> AsyncThrowingStream<EventStreamMessage, any Error> {
    let codec = JSONCodec(version: "1.1", targetPrefix: "Logs_20140328")
    let handler = try #require(logs.service.operations().stream("StartLiveTail"))
    let context = CallContext(
      requestID: "r", accessKey: nil, logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    return try await handler(codec, try codec.encodeRequest(request).body, context)
  }

  private func next(of session: AsyncThrowingStream<EventStreamMessage, any Error>) async throws -> EventStreamMessage?
  {
    for try await message in session { return message }
    return nil
  }

  private func messages(in update: EventStreamMessage?) throws -> [String] {
    struct Update: Decodable {
      struct Event: Decodable { var message: String }
      var sessionResults: [Event]
    }
    return try JSONDecoder().decode(Update.self, from: try #require(update).payload).sessionResults.map(\.message)
  }

  @Test func newEventsComeSecondBySecond() async throws {
    try await LogsFixture.run { logs in
      try await logs.group(streams: ["web-1", "job-1"])
      try await logs.put([(0, "ERROR before")], stream: "web-1")
      let session = try await session(
        .init(logGroupIdentifiers: ["g"], logStreamNamePrefixes: ["web"], logEventFilterPattern: "ERROR"), of: logs)
      #expect(try await next(of: session)?.headers[1].value == "initial-response")
      #expect(try await next(of: session)?.headers[1].value == "sessionStart")
      for round in 1...2 {
        try await logs.put([(0, "ERROR \(round)"), (1, "fine")], stream: "web-1")
        try await logs.put([(0, "ERROR of another stream")], stream: "job-1")
        async let update = next(of: session)
        #expect(await logs.clock.sleepers(1))
        logs.clock.advance(by: .seconds(1))
        #expect(try messages(in: try await update) == ["ERROR \(round)"])
      }
    }
  }

  @Test func aSessionEndsAfterThreeHours() async throws {
    try await LogsFixture.run { logs in
      try await logs.group()
      let session = try await session(.init(logGroupIdentifiers: ["g"]), of: logs)
      _ = try await next(of: session)
      _ = try await next(of: session)
      async let last = next(of: session)
      #expect(await logs.clock.sleepers(1))
      logs.clock.advance(by: .seconds(10_801))
      #expect(try await last?.headers.map(\.value).prefix(2) == ["exception", "SessionTimeoutException"])
      #expect(try await next(of: session) == nil)
    }
  }

  @Test(arguments: [
    Logs.StartLiveTailRequest(logGroupIdentifiers: []),
    .init(logGroupIdentifiers: Array(repeating: "g", count: 11)),
    .init(logGroupIdentifiers: ["g"], logStreamNames: ["s"], logStreamNamePrefixes: ["s"]),
    .init(logGroupIdentifiers: ["g", "g"], logStreamNames: ["s"]),
    .init(logGroupIdentifiers: ["g"], logEventFilterPattern: "{"),
  ])
  func whatCannotBeTailedIsRefused(request: Logs.StartLiveTailRequest) async throws {
    try await LogsFixture.run { logs in
      try await logs.group()
      let error = await #expect(throws: AWSError.self) { _ = try await session(request, of: logs) }
      #expect(error?.code == "InvalidParameterException")
    }
  }
}
