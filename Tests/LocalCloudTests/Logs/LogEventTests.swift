import AWSWire
import Foundation
import Testing

@testable import LocalCloud

@Suite struct LogEventTests {
  @Test func pagesForwardEndWithTheTokenThatWasGiven() async throws {
    try await LogsFixture.run { logs in
      try await logs.group()
      try await logs.put((0..<5).map { ($0, "\($0)") })
      var page = try await logs.get(limit: 2, fromHead: true)
      #expect(page.messages == ["0", "1"])
      page = try await logs.get(page.forward, limit: 2)
      #expect(page.messages == ["2", "3"])
      page = try await logs.get(page.forward, limit: 2)
      #expect(page.messages == ["4"])
      let end = try await logs.get(page.forward, limit: 2)
      #expect(end.messages == [])
      #expect(end.forward == page.forward)
      // And whoever follows goes on from there.
      try await logs.put([(5, "5")])
      #expect(try await logs.get(end.forward).messages == ["5"])
    }
  }

  @Test func pagesBackwardBeginWithTheNewestAndEndWithTheTokenThatWasGiven() async throws {
    try await LogsFixture.run { logs in
      try await logs.group()
      try await logs.put((0..<5).map { ($0, "\($0)") })
      let newest = try await logs.get(limit: 3)
      #expect(newest.messages == ["2", "3", "4"])
      let older = try await logs.get(newest.backward, limit: 3)
      #expect(older.messages == ["0", "1"])
      let end = try await logs.get(older.backward, limit: 3)
      #expect(end.messages == [])
      #expect(end.backward == older.backward)
      // The way back loses nothing.
      #expect(try await logs.get(end.forward, limit: 1).messages == ["0"])
      #expect(try await logs.get(older.forward).messages == ["2", "3", "4"])
    }
  }

  @Test func theEndOfOneDirectionLeadsIntoTheOther() async throws {
    try await LogsFixture.run { logs in
      try await logs.group()
      try await logs.put([(0, "a"), (0, "b")])
      let page = try await logs.get(fromHead: true)
      let end = try await logs.get(page.forward)
      #expect(try await logs.get(end.backward).messages == ["a", "b"])
    }
  }

  @Test func anEmptyStreamCanBeFollowed() async throws {
    try await LogsFixture.run { logs in
      try await logs.group()
      for fromHead in [true, false] {
        let empty = try await logs.get(fromHead: fromHead)
        #expect(empty.messages == [])
        #expect(try await logs.get(empty.forward).forward == empty.forward)
      }
      let token = try await logs.get().forward
      try await logs.put([(0, "first")])
      #expect(try await logs.get(token).messages == ["first"])
    }
  }

  @Test func theStartIsInclusiveAndTheEndExclusive() async throws {
    try await LogsFixture.run { logs in
      try await logs.group()
      try await logs.put((0..<5).map { ($0, "\($0)") })
      #expect(try await logs.get(start: 1, end: 3).messages == ["1", "2"])
      // FilterLogEvents includes both.
      #expect(try await logs.filter(start: 1, end: 3) == ["1", "2", "3"])
    }
  }

  @Test func anAnswerHoldsAMebibyteAtMost() async throws {
    try await LogsFixture.run { logs in
      try await logs.group()
      let large = String(repeating: "x", count: 250_000)
      for index in 0..<8 { try await logs.put([(index, large)]) }
      let page = try await logs.get(fromHead: true)
      #expect(page.messages.count == 4)
      #expect(try await logs.filter().count == 8)
    }
  }

  @Test(arguments: ["", "x", "f/1/s", "f/-00000000000000000000000000100000000000000000000000000001/s"])
  func aForeignTokenIsRefused(token: String) async throws {
    try await LogsFixture.run { logs in
      try await logs.group()
      let refusal = try await logs.refusal(
        of: Logs.GetLogEventsRequest(logStreamName: "s", logGroupName: "g", nextToken: token))
      #expect(refusal == AWSError("InvalidParameterException", "The specified nextToken is invalid."))
    }
  }

  @Test func whatIsMissingIsNamed() async throws {
    try await LogsFixture.run { logs in
      try await logs.group()
      #expect(
        try await logs.refusal(of: Logs.GetLogEventsRequest(logStreamName: "s", logGroupName: "none"))?.message
          == "The specified log group does not exist.")
      #expect(
        try await logs.refusal(of: Logs.GetLogEventsRequest(logStreamName: "none", logGroupName: "g"))
          == AWSError("ResourceNotFoundException", "The specified log stream does not exist."))
      let put = Logs.PutLogEventsRequest(
        logGroupName: "g", logStreamName: "none", logEvents: [.init(timestamp: logs.now, message: "m")])
      #expect(try await logs.refusal(of: put)?.code == "ResourceNotFoundException")
    }
  }

  @Test func eventsOutOfOrderAreRefusedWhole() async throws {
    try await LogsFixture.run { logs in
      try await logs.group()
      let request = Logs.PutLogEventsRequest(
        logGroupName: "g", logStreamName: "s",
        logEvents: [.init(timestamp: logs.now, message: "b"), .init(timestamp: logs.now - 1, message: "a")])
      #expect(try await logs.refusal(of: request)?.message.contains("chronological order") == true)
      #expect(try await logs.get().messages == [])
    }
  }

  @Test func eventsTooOldAndTooNewAreToldAndLeftOut() async throws {
    try await LogsFixture.run { logs in
      try await logs.group()
      let hour = 3_600_000
      let answer = try await logs.put([(-14 * 24 * hour - 1, "old"), (-14 * 24 * hour + hour, "kept")])
      #expect(answer.rejectedLogEventsInfo?.tooOldLogEventEndIndex == 1)
      let newer = try await logs.put([(0, "now"), (3 * hour, "future")])
      #expect(newer.rejectedLogEventsInfo?.tooNewLogEventStartIndex == 1)
      #expect(try await logs.get(fromHead: true).messages == ["kept", "now"])
      #expect(try await logs.put([(1, "fine")]).rejectedLogEventsInfo == nil)
    }
  }

  @Test func badEventsAreRefused() async throws {
    try await LogsFixture.run { logs in
      try await logs.group()
      func refusal(_ events: [Logs.InputLogEvent]) async throws -> String? {
        try await logs.refusal(
          of: Logs.PutLogEventsRequest(logGroupName: "g", logStreamName: "s", logEvents: events))?.code
      }
      let now = logs.now
      #expect(try await refusal([]) == "InvalidParameterException")
      #expect(try await refusal([.init(timestamp: now, message: "")]) == "InvalidParameterException")
      #expect(try await refusal([.init(timestamp: -1, message: "m")]) == "InvalidParameterException")
      let tooMuch = String(repeating: "x", count: 600_000)
      #expect(
        try await refusal([.init(timestamp: now, message: tooMuch), .init(timestamp: now, message: tooMuch)])
          == "InvalidParameterException")
      #expect(
        try await refusal([.init(timestamp: now - 90_000_000, message: "m"), .init(timestamp: now, message: "m")])
          == "InvalidParameterException")
    }
  }
}
