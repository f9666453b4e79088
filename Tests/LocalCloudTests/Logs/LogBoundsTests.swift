import Foundation
import PalcoTestSupport
import Testing

@testable import LocalCloud

@Suite struct LogBoundsTests {
  private func streams(_ fixture: LogsFixture, _ bounds: LogBounds) async throws -> [String] {
    try await fixture.store.database.write { try bounds.enforce(in: $0) }
    return try await fixture.store.database.read { database in
      try String.fetchAll(
        database,
        sql: """
          SELECT g.name || '/' || s.name FROM log_streams s JOIN log_groups g ON g.number = s.log_group
          ORDER BY g.name, s.number
          """)
    }
  }

  @Test func theStreamsThatWereWrittenToLastStay() async throws {
    try await LogsFixture.run { fixture in
      try await fixture.group("g", streams: ["a", "b", "c"])
      try await fixture.group("h", streams: ["a"])
      fixture.clock.advance(by: .seconds(1))
      try await fixture.put([(0, "late")], stream: "a")
      #expect(try await streams(fixture, LogBounds(streamsOfGroup: 2)) == ["g/a", "g/c", "h/a"])
    }
  }

  @Test func aGroupIsKeptToItsBytesWithoutLosingItsNewestStream() async throws {
    try await LogsFixture.run { fixture in
      try await fixture.group("g", streams: ["a", "b", "c"])
      for stream in ["a", "b", "c"] {
        fixture.clock.advance(by: .seconds(1))
        try await fixture.put([(0, String(repeating: "x", count: 974))], stream: stream)
      }
      #expect(try await streams(fixture, LogBounds(bytesOfGroup: 1_500)) == ["g/b", "g/c"])
      #expect(try await streams(fixture, LogBounds(bytesOfGroup: 10)) == ["g/c"])
      let events = try await fixture.store.database.read {
        try Int.fetchOne($0, sql: "SELECT count(*) FROM log_events")
      }
      #expect(events == 1)
    }
  }
}
