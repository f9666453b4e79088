import AWSWire
import Foundation
import Logging
import PalcoTestSupport
import Testing

@testable import LocalCloud

@Suite struct EventLogTests {
  private static func event(_ number: Int, source: String = "aws.ecs", type: String = "T") -> LocalCloudAPI.Event {
    .init(
      id: "\(number)", detailType: type, source: source, account: "1", time: "2026-11-24T22:00:00Z", region: "r",
      resources: [], detail: .object(["n": .number(Double(number))]))
  }

  private func withLog(_ body: (EventLog) async throws -> Void) async throws {
    try await withTemporaryDirectory { directory in
      let store = try Store(directory: directory)
      try await body(EventLog(store: store))
      try store.close()
    }
  }

  @Test func theNewestAreShownInTheOrderOfTime() async throws {
    try await withLog { log in
      try await log.store.write([], events: (1...5).map { Self.event($0) })
      let page = try await log.list(.init(maxResults: 2))
      #expect(page.events.map(\.id) == ["4", "5"])
      #expect(page.last == 5)
    }
  }

  @Test func aReaderGoesOnWhereItStopped() async throws {
    try await withLog { log in
      try await log.store.write([], events: (1...5).map { Self.event($0) })
      let first = try await log.list(.init(after: 1, maxResults: 3))
      #expect(first.events.map(\.id) == ["2", "3", "4"])
      #expect(first.last == 4)
      let second = try await log.list(.init(after: first.last, maxResults: 3))
      #expect(second.events.map(\.id) == ["5"])
      let third = try await log.list(.init(after: second.last, maxResults: 3))
      #expect(third.events.isEmpty)
      #expect(third.last == 5)
    }
  }

  @Test func whatAFilterLeavesOutIsNotLookedAtAgain() async throws {
    try await withLog { log in
      try await log.store.write(
        [], events: [Self.event(1), Self.event(2, source: "aws.cloudwatch", type: "A"), Self.event(3)])
      let alarms = try await log.list(.init(after: 0, source: "aws.cloudwatch"))
      #expect(alarms.events.map(\.id) == ["2"])
      #expect(alarms.last == 3)
      #expect(try await log.list(.init(detailType: "A")).events.map(\.id) == ["2"])
      #expect(try await log.list(.init(source: "aws.nobody")).events.isEmpty)
    }
  }

  @Test func theOldestGo() async throws {
    try await withLog { log in
      for start in stride(from: 0, to: 12_000, by: 1_000) {
        try await log.store.write([], events: (start..<(start + 1_000)).map { Self.event($0) })
      }
      let count = try await log.store.database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM events") }
      #expect(count == 10_000)
      #expect(try await log.list(.init(after: 0, maxResults: 1)).events.map(\.id) == ["2000"])
    }
  }

  @Test(arguments: [0, 1001]) func aPageOfAnotherSizeIsRefused(size: Int) async throws {
    try await withLog { log in
      await #expect(throws: AWSError.self) { try await log.list(.init(maxResults: size)) }
    }
  }

  @Test func theDaemonAnswersThem() async throws {
    try await withTemporaryDirectory { directory in
      try await DaemonFixture.run(DaemonOptions(stateDirectory: directory, port: 0)) { cloud in
        _ = try await cloud.send(
          CloudWatch.PutMetricAlarmRequest(
            alarmName: "busy", metricName: "m", namespace: "N", statistic: "Sum", period: 60, evaluationPeriods: 1,
            threshold: 1, comparisonOperator: "GreaterThanThreshold"))
        _ = try await cloud.send(
          CloudWatch.SetAlarmStateRequest(alarmName: "busy", stateValue: "ALARM", stateReason: "a test"))
        let events = try await cloud.send(LocalCloudAPI.ListEventsRequest(source: "aws.cloudwatch")).events
        #expect(events.map(\.detailType) == ["CloudWatch Alarm State Change"])
        #expect(events.first?.resources.first?.hasSuffix(":alarm:busy") == true)
      }
    }
  }
}
