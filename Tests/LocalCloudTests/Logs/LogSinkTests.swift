import AWSWire
import Foundation
import PalcoTestSupport
import Testing

@testable import LocalCloud

@Suite struct LogSinkTests {
  private func lines(_ texts: [String], at date: Date) -> [LogLine] {
    texts.map { LogLine(timestamp: date, message: $0) }
  }

  @Test func outputMakesItsStreamButNotItsGroup() async throws {
    try await LogsFixture.run { logs in
      let output = lines(["one", "", "two"], at: logs.clock.now)
      await #expect(throws: AWSError.self) { try await logs.service.append(output, group: "g", stream: "s") }
      try await logs.service.ensureGroup("g")
      try await logs.service.ensureGroup("g")
      try await logs.service.append(output, group: "g", stream: "s")
      #expect(try await logs.get().messages == ["one", "two"])
    }
  }

  @Test func aStreamKeepsItsNewestBytesAndSaysSoOnce() async throws {
    try await LogsFixture.run(maximumStreamBytes: 100_000) { logs in
      try await logs.service.ensureGroup("g")
      let text = String(repeating: "x", count: 74)
      for batch in 0..<50 {
        let batch = lines((0..<100).map { "\(batch * 100 + $0) \(text)" }, at: logs.clock.now)
        try await logs.service.append(batch, group: "g", stream: "s")
        logs.clock.advance(by: .seconds(1))
      }
      let kept = try await logs.get(fromHead: true).messages
      #expect(kept.first?.hasPrefix("palco: the local cloud keeps the newest") == true)
      #expect(kept.filter { $0.hasPrefix("palco:") }.count == 1)
      #expect(kept.last == "4999 \(text)")
      let numbers = kept.dropFirst().compactMap { Int($0.prefix { $0 != " " }) }
      #expect(numbers == Array((numbers.first ?? 0)...4999))
      let sizes = kept.reduce(0) { $0 + $1.utf8.count + 26 }
      #expect((80_000...100_000).contains(sizes))
      // What the stream is said to hold is what it holds.
      #expect(try await logs.send(Logs.DescribeLogGroupsRequest()).logGroups?.first?.storedBytes == sizes)
    }
  }

  @Test func everythingIsThereAfterARestart() async throws {
    try await withTemporaryDirectory { directory in
      let first = try await LogsFixture(directory: directory)
      try await first.send(Logs.CreateLogGroupRequest(logGroupName: "g", tags: ["a": "1"]))
      try await first.service.append(lines(["kept"], at: first.clock.now), group: "g", stream: "s")
      let token = try await first.get().forward
      try first.store.close()

      let second = try await LogsFixture(directory: directory)
      #expect(try await second.get().messages == ["kept"])
      #expect(try await second.send(Logs.ListTagsLogGroupRequest(logGroupName: "g")).tags == ["a": "1"])
      // A follower goes on where it was.
      try await second.service.append(lines(["later"], at: second.clock.now), group: "g", stream: "s")
      #expect(try await second.get(token).messages == ["later"])
    }
  }
}
