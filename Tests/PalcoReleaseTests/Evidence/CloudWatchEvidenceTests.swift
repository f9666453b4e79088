import AWSWire
import Foundation
import PalcoReliability
import PalcoTestSupport
import Testing

@testable import PalcoRelease

/// Evidence from a server that answers as CloudWatch does, with all that goes wrong with metrics.
@Suite struct CloudWatchEvidenceTests {
  private static let start = StubMetrics.start

  private static func bads(_ intervals: [ObservedInterval]) -> [Int] { intervals.map(\.green.errors.bad) }

  /// Expects intervals with so many errors of green each.
  private static func expect(
    _ bads: [Int], from source: CloudWatchEvidence, after instant: Date,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let intervals = try await source.intervals(after: instant)
    #expect(self.bads(intervals) == bads, sourceLocation: sourceLocation)
  }

  private static func minute(_ number: Int) -> Date { start.addingTimeInterval(Double(number) * 60) }

  @Test func aMinuteIsGivenWhenTheNextOneWasMeasuredToo() async throws {
    let metrics = StubMetrics()
    metrics.put("blue", 0, requests: 950, errors: 2)
    metrics.put("green", 0, requests: 50, errors: 1)
    let clock = TestClock(now: Self.start)
    try await metrics.evidence(clock: clock) { source, _ in
      try await Self.expect([], from: source, after: Self.start)
      metrics.put("blue", 1, requests: 10)
      clock.advance(by: .seconds(60))
      let intervals = try await source.intervals(after: Self.start)
      #expect(
        intervals == [
          ObservedInterval(
            start: Self.start, length: 60,
            blue: RevisionCounts(errors: try #require(EventCounts(bad: 2, total: 950))),
            green: RevisionCounts(errors: try #require(EventCounts(bad: 1, total: 50))))
        ])
      // From its end on there is nothing yet.
      try await Self.expect([], from: source, after: Self.minute(1))
    }
  }

  @Test func lateNumbersOfAGivenMinuteChangeNothingThatComesAfter() async throws {
    let metrics = StubMetrics()
    for minute in 0...2 { metrics.put("green", minute, requests: 50, errors: Double(minute)) }
    let clock = TestClock(now: Self.start)
    try await metrics.evidence(clock: clock) { source, _ in
      try await Self.expect([0, 1], from: source, after: Self.start)
      metrics.put("green", 1, requests: 60, errors: 30)
      metrics.put("green", 3, requests: 50)
      clock.advance(by: .seconds(60))
      try await Self.expect([2], from: source, after: Self.minute(2))
    }
  }

  @Test func aMissingMinuteIsWaitedForAndThenLeftOut() async throws {
    let metrics = StubMetrics()
    metrics.put("green", 0, requests: 50, errors: 1)
    for minute in 2...5 { metrics.put("green", minute, requests: 50, errors: Double(minute)) }
    let clock = TestClock(now: Self.start)
    try await metrics.evidence(clock: clock) { source, _ in
      try await Self.expect([1], from: source, after: Self.start)
      metrics.put("green", 6, requests: 50)
      clock.advance(by: .seconds(60))
      let intervals = try await source.intervals(after: Self.start)
      #expect(Self.bads(intervals) == [1, 2, 3, 4, 5])
      #expect(intervals.map(\.start) == [0, 2, 3, 4, 5].map(Self.minute))
    }
  }

  @Test func aMinuteThatComesAfterAllIsGivenInItsOrder() async throws {
    let metrics = StubMetrics()
    for minute in [0, 2, 3] { metrics.put("green", minute, requests: 50, errors: Double(minute)) }
    let clock = TestClock(now: Self.start)
    try await metrics.evidence(clock: clock) { source, _ in
      try await Self.expect([0], from: source, after: Self.start)
      metrics.put("green", 1, requests: 50, errors: 1)
      clock.advance(by: .seconds(60))
      try await Self.expect([1, 2], from: source, after: Self.minute(1))
    }
  }

  @Test func minutesWithoutMetricsAreNoMinutesWithoutErrors() async throws {
    // CloudWatch has lost sight: no count of targets, so nothing is said of requests either.
    try await StubMetrics().evidence { source, _ in
      try await Self.expect([], from: source, after: Self.start)
      #expect(try await source.history(before: Self.start) == PalcoReliability.ReleaseHistory(errors: []))
    }
  }

  @Test func greenWithoutTrafficIsGivenAsWhatItIs() async throws {
    let metrics = StubMetrics()
    for minute in 0...1 {
      metrics.put("blue", minute, requests: 1000)
      metrics.put("green", minute)
    }
    try await metrics.evidence { source, _ in
      let interval = try #require(try await source.intervals(after: Self.start).first)
      #expect(interval.green.errors == .none)
      #expect(interval.blue.errors.total == 1000)
    }
  }

  @Test func whatIsToldTwiceCountsOnce() async throws {
    let metrics = StubMetrics(repeats: true)
    for minute in 0...1 { metrics.put("green", minute, requests: 50, errors: 3) }
    try await metrics.evidence { source, _ in
      let intervals = try await source.intervals(after: Self.start)
      #expect(intervals.map(\.green.errors) == [EventCounts(bad: 3, total: 50)])
    }
  }

  @Test func countsThatGoBackwardsAreNone() async throws {
    let metrics = StubMetrics()
    metrics.put("green", 0, requests: -50, errors: -3)
    metrics.put("green", 1, requests: 50)
    try await metrics.evidence { source, _ in
      let intervals = try await source.intervals(after: Self.start)
      #expect(intervals.map(\.green.errors) == [EventCounts.none])
    }
  }

  @Test func anIncidentOfBothIsEvidenceAgainstNeither() async throws {
    let metrics = StubMetrics()
    for minute in 0...20 {
      metrics.put("blue", minute, requests: 9000, errors: 2700, unhealthy: 1)
      metrics.put("green", minute, requests: 1000, errors: 300, unhealthy: 1)
      metrics.put("balancer", minute, "HTTPCode_ELB_5XX_Count", "Sum", 1000)
    }
    try await metrics.evidence { source, _ in
      var judge = try ReleaseJudge(
        ReleaseWatch(ServiceObjectives(), interval: 60), history: PalcoReliability.ReleaseHistory(errors: []))
      for interval in try await source.intervals(after: Self.start) {
        try judge.judge(
          ReleaseInterval(
            elapsed: interval.end.timeIntervalSince(Self.start), weight: 0.1, blue: interval.blue, green: interval.green
          ))
      }
      #expect(judge.green == EventCounts(bad: 20 * 400, total: 20 * 1000))
      #expect(judge.judgement.verdict != .rollback)
      #expect(judge.judgement.logEvidence < 1)
    }
  }

  @Test func throttlingIsAnErrorThatTheNextLookGetsOver() async throws {
    let metrics = StubMetrics()
    for minute in 0...1 { metrics.put("green", minute, requests: 50, errors: 3) }
    for _ in 0..<3 { metrics.refuse("ThrottlingException") }
    try await metrics.evidence { source, _ in
      let error = await #expect(throws: AWSError.self) { try await source.intervals(after: Self.start) }
      #expect(error?.code == "ThrottlingException")
      try await Self.expect([3], from: source, after: Self.start)
    }
  }

  @Test(arguments: [-86_000.0, -3600.0, 0.0, 3600.0, 2_592_000.0])
  func thisMachinesClockMeansNothing(_ skew: Double) async throws {
    let metrics = StubMetrics()
    for minute in 0...3 { metrics.put("green", minute, requests: 50, errors: Double(minute)) }
    try await metrics.evidence(clock: TestClock(now: Self.minute(4).addingTimeInterval(skew))) { source, _ in
      try await Self.expect([0, 1, 2], from: source, after: Self.start)
    }
  }

  @Test func whoeverTakesAReleaseUpAgainIsGivenTheSame() async throws {
    let metrics = StubMetrics()
    for minute in 0...30 { metrics.put("green", minute, requests: 50, errors: Double(minute % 3)) }
    try await metrics.evidence { first, server in
      let all = try await first.intervals(after: Self.start)
      #expect(all.count == 30)
      var access = Sample.access(at: server.url)
      access.time = TestClock(now: Self.minute(40)).timeSource
      let second = try await CloudWatchEvidence(
        access: access, objectives: ServiceObjectives(), blue: StubMetrics.blue, green: StubMetrics.green)
      #expect(try await second.intervals(after: Self.start) == all)
      #expect(try await second.intervals(after: Self.minute(10)) == Array(all.dropFirst(10)))
    }
  }

  @Test func looksWithinASixthOfAMinuteCostOneRead() async throws {
    let metrics = StubMetrics()
    for minute in 0...2 { metrics.put("green", minute, requests: 50) }
    let clock = TestClock(now: Self.start)
    try await metrics.evidence(clock: clock) { source, server in
      let before = server.requests.count
      for _ in 0..<5 { #expect(try await source.intervals(after: Self.start).count == 2) }
      #expect(try await source.intervals(after: Self.minute(1)).count == 1)
      #expect(server.requests.count == before + 1)
      clock.advance(by: .seconds(10))
      _ = try await source.intervals(after: Self.start)
      #expect(server.requests.count == before + 2)
    }
  }

  @Test func responseTimesAreCountedInTheObjectivesBuckets() async throws {
    let metrics = StubMetrics()
    let ranks = ["PR(:0.1)": 80.0, "PR(:0.3)": 95, "PR(:1)": 100]
    metrics.put("blue", 0, requests: 1000, times: (1000, ranks))
    metrics.put("green", 0, requests: 100, times: (100, ["PR(:0.1)": 50, "PR(:0.3)": 60, "PR(:1)": 90]))
    metrics.put("blue", 1, requests: 1000)
    let buckets = try LatencyBuckets(upperBounds: [100, 300, 1000])
    let objectives = ServiceObjectives(
      latency: try ServiceObjectives.Latency(under: "300ms", target: "95%", buckets: buckets), isDeclared: true)
    try await metrics.evidence(objectives) { source, _ in
      let interval = try #require(try await source.intervals(after: Self.start).first)
      #expect(interval.blue.latency == [800, 150, 50, 0])
      #expect(interval.green.latency == [50, 10, 30, 10])
    }
  }

  @Test func theHistoryIsWhatBlueDidTheDayBefore() async throws {
    let metrics = StubMetrics()
    for minute in 0..<4 {
      metrics.put(
        "blue", minute, requests: 100, errors: Double(minute), times: (100, ["PR(:0.1)": 90, "PR(:0.3)": 99]))
      metrics.put("green", minute)
    }
    // The release begins in the fourth minute, which is not of the past; and of the minute before there is nothing.
    metrics.put("blue", -1, requests: 0)
    metrics.put("blue", -24 * 60 + 2, requests: 7)
    let objectives = ServiceObjectives(
      latency: try ServiceObjectives.Latency(
        under: "300ms", target: "95%", buckets: try LatencyBuckets(upperBounds: [100, 300])), isDeclared: true)
    try await metrics.evidence(objectives) { source, _ in
      let history = try await source.history(before: Self.minute(3).addingTimeInterval(30))
      #expect(history.errors == [0, 1, 2].map { EventCounts(bad: $0, total: 100) })
      #expect(history.slow.map(\.bad) == [1, 1, 1])
      #expect(history.latency == [270, 27, 3])
      // What the judge asks for is there.
      _ = try ReleaseJudge(ReleaseWatch(objectives, interval: 60), history: history)
    }
  }

  @Test func aQueryThatCloudWatchCannotAnswerIsAnError() async throws {
    var series = MetricSeries()
    #expect(throws: ReleaseError.self) {
      try series.add(
        .init(
          id: "greenErrors", timestamps: [], values: [], statusCode: "InternalError",
          messages: [.init(code: "x", value: "try again")]))
    }
    try series.add(.init(id: "a", timestamps: [Self.start, Self.start], values: [.nan, 2], statusCode: "Complete"))
    #expect(series.instants(of: "a") == [1_700_000_040_000])
    #expect(series.count("a", at: 1_700_000_040_000) == 2)
    #expect(series.count("b", at: 1_700_000_040_000) == 0)
  }

  @Test func groupsBehindNoBalancerAreRefused() async throws {
    let nobody = """
      <DescribeTargetGroupsResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/">
      <DescribeTargetGroupsResult><TargetGroups/></DescribeTargetGroupsResult></DescribeTargetGroupsResponse>
      """
    try await StubHTTPServer.run { _ in
      .text(200, nobody)
    } while: { server in
      await #expect(throws: ReleaseError.self) {
        try await CloudWatchEvidence(
          access: Sample.access(at: server.url), objectives: ServiceObjectives(), blue: StubMetrics.blue,
          green: StubMetrics.green)
      }
    }
  }
}
