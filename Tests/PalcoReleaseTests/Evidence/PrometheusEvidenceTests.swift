import AsyncHTTPClient
import Foundation
import PalcoBlueprint
import PalcoReliability
import PalcoTestSupport
import Synchronization
import Testing

@testable import PalcoRelease

/// Evidence from a server that answers as Prometheus does.
@Suite struct PrometheusEvidenceTests {
  private static let start = StubPrometheus.start
  private static let queries = PrometheusQueries(
    url: "", requests: #"requests{v=~"$version"}"#, errors: #"errors{v=~"$version"}"#,
    latency: #"buckets{v=~"$version"}"#,
    answers: ["promoters", "passives", "detractors"].map { "\($0){v=~\"$version\"}" })
  private static let blue = RevisionNames(version: "v1", digest: "", revision: "1")
  private static let green = RevisionNames(version: "v2", digest: "", revision: "2")

  private func intervals(
    _ objectives: ServiceObjectives = ServiceObjectives(), now: Double, after: Double = 0,
    asks: PrometheusQueries = queries,
    _ counter: @escaping StubPrometheus.Counter
  ) async throws -> [ObservedInterval] {
    try await serve(objectives, now: now, asks: asks, counter) { source, _ in
      try await source.intervals(after: Date(timeIntervalSince1970: Self.start + after))
    }
  }

  private func serve<Result: Sendable>(
    _ objectives: ServiceObjectives, now: Double, asks: PrometheusQueries = queries,
    _ counter: @escaping StubPrometheus.Counter,
    _ body: @escaping @Sendable (PrometheusEvidence, StubHTTPServer) async throws -> Result
  ) async throws -> Result {
    try await StubHTTPServer.run {
      StubPrometheus.answer($0, now: now, counter)
    } while: { server in
      var asks = asks
      asks.url = "http://127.0.0.1:\(server.port)"
      return try await body(
        PrometheusEvidence(asks, objectives: objectives, blue: Self.blue, green: Self.green, http: .shared), server)
    }
  }

  /// Blue counts a hundred requests a second and green ten, from the start on, and a tenth of green's fail.
  private static let steady: StubPrometheus.Counter = { query, second in
    switch query {
    case #"requests{v=~"v1"}"#: [("", 50_000 + second * 100)]
    case #"requests{v=~"v2"}"# where second >= 0: [("", second * 10)]
    case #"errors{v=~"v2"}"# where second >= 0: [("", second)]
    default: []
    }
  }

  @Test func countersBecomeIntervalsByRevision() async throws {
    let intervals = try await intervals(now: 45, Self.steady)
    // The step until 40 is over, and so is a whole one after it until 30.
    #expect(intervals.map { $0.start.timeIntervalSince1970 - Self.start } == [0, 10, 20])
    #expect(intervals.allSatisfy { $0.length == 10 })
    #expect(intervals.allSatisfy { $0.blue.errors == EventCounts(bad: 0, total: 1000) })
    #expect(intervals.allSatisfy { $0.green.errors == EventCounts(bad: 10, total: 100) })
  }

  @Test func whoeverAsksAgainIsGivenTheSame() async throws {
    let all = try await intervals(now: 125, Self.steady)
    #expect(try await intervals(now: 125, after: 50, Self.steady) == Array(all.dropFirst(5)))
    #expect(try await intervals(now: 15, Self.steady).isEmpty)
  }

  @Test func aProcessThatBeginsAgainLosesNothing() async throws {
    let found = try await intervals(now: 65) { query, second in
      guard query == #"requests{v=~"v2"}"# else { return [] }
      return [("\"i\":\"a\"", second < 25 ? 100 + second : second - 25)]
    }
    // At 20 it stood at 120, at 30 it had counted 5 anew.
    #expect(found.map(\.green.errors.total) == [10, 10, 5, 10, 10])
  }

  @Test func stepsThatWereNotMeasuredAreLeftOut() async throws {
    let found = try await intervals(now: 75) { query, second in
      (25..<45).contains(second) ? [] : Self.steady(query, second)
    }
    #expect(found.map { $0.start.timeIntervalSince1970 - Self.start } == [0, 10, 40, 50])
    // What was counted meanwhile is not lost.
    #expect(found.map(\.green.errors.total) == [100, 100, 300, 100])
  }

  @Test func bucketsAnswersAndRatiosAreCountedToo() async throws {
    let objectives = ServiceObjectives(
      latency: try ServiceObjectives.Latency(
        under: "300ms", target: "95%", buckets: try LatencyBuckets(upperBounds: [100, 300])),
      netPromoterScore: try .netPromoterScore(atLeast: 30),
      ratio: try .ratio(
        "checkout", bad: #"failed{v=~"$version"}"#, total: #"all{v=~"$version"}"#, target: "99%"), isDeclared: true)
    let counter: StubPrometheus.Counter = { query, second in
      guard query.contains("v2") else { return Self.steady(query, second) }
      switch query.prefix { $0 != "{" } {
      case "buckets":
        return [("\"le\":\"0.1\"", second * 6), ("\"le\":\"0.3\"", second * 9), ("\"le\":\"+Inf\"", second * 10)]
      case "promoters": return [("", second * 3)]
      case "detractors": return [("", second)]
      case "all": return [("", second * 5)]
      case "failed": return [("", second * 2)]
      default: return Self.steady(query, second)
      }
    }
    let found = try await intervals(objectives, now: 45, counter)
    let green = try #require(found.first).green
    #expect(green.latency == [60, 30, 10])
    #expect(green.answers == [30, 0, 10])
    #expect(green.ratios == [EventCounts(bad: 20, total: 50)])
    // Blue has the shape that the judge asks for, and its history too.
    let blue = try #require(found.first).blue
    #expect(blue.latency == [0, 0, 0] && blue.answers == [0, 0, 0] && blue.ratios == [.none])
    let history = try await serve(objectives, now: 45, counter) { source, _ in
      try await source.history(before: Date(timeIntervalSince1970: Self.start))
    }
    #expect(history.errors.count == 1440 && history.errors.allSatisfy { $0.total == 6000 })
    var judge = try ReleaseJudge(ReleaseWatch(objectives, interval: 10), history: history)
    for interval in found {
      try judge.judge(
        ReleaseInterval(
          elapsed: interval.end.timeIntervalSince1970 - Self.start, weight: 0.1, blue: interval.blue,
          green: interval.green))
    }
    #expect(judge.judgement.verdict == .rollback)
  }

  @Test func aBoundThatTheServiceLacksIsNamed() async throws {
    let objectives = ServiceObjectives(
      latency: try ServiceObjectives.Latency(
        under: "300ms", target: "95%", buckets: try LatencyBuckets(upperBounds: [300])), isDeclared: true)
    let error = await #expect(throws: ReleaseError.self) {
      try await intervals(objectives, now: 45) { query, second in
        query.hasPrefix("buckets")
          ? [("\"le\":\"0.25\"", second), ("\"le\":\"+Inf\"", second)] : Self.steady(query, second)
      }
    }
    #expect(error?.message.contains("le=0.3") == true && error?.message.contains("objectives.latency.buckets") == true)
  }

  @Test func aServerThatIsDownOrRefusesIsAnErrorAndNoSilence() async throws {
    let gone = PrometheusEvidence(
      PrometheusQueries(url: "http://127.0.0.1:1", requests: "a", errors: "b"), objectives: ServiceObjectives(),
      blue: nil, green: Self.green, http: .shared)
    let down = await #expect(throws: ReleaseError.self) { try await gone.intervals(after: .now) }
    #expect(down?.message.contains("http://127.0.0.1:1") == true)
    try await StubHTTPServer.run { _ in
      .text(422, #"{"status":"error","errorType":"execution","error":"query timed out"}"#)
    } while: { server in
      let source = PrometheusEvidence(
        PrometheusQueries(url: "http://127.0.0.1:\(server.port)", requests: "a", errors: "b"),
        objectives: ServiceObjectives(), blue: nil, green: Self.green, http: .shared)
      let refused = await #expect(throws: ReleaseError.self) { try await source.intervals(after: .now) }
      #expect(refused?.message.contains("execution: query timed out") == true)
    }
    for nonsense in ["", "[]", #"{"status":"success","data":{"result":[]}}"#] {
      try await StubHTTPServer.run { _ in
        .text(200, nonsense)
      } while: { server in
        let source = PrometheusEvidence(
          PrometheusQueries(url: "http://127.0.0.1:\(server.port)", requests: "a", errors: "b"),
          objectives: ServiceObjectives(), blue: nil, green: Self.green, http: .shared)
        await #expect(throws: ReleaseError.self) { try await source.intervals(after: .now) }
      }
    }
  }

  @Test func withoutAnythingBeforeBlueHasNothing() async throws {
    try await StubHTTPServer.run {
      StubPrometheus.answer($0, now: 45, Self.steady)
    } while: { server in
      var asks = Self.queries
      asks.url = "http://127.0.0.1:\(server.port)"
      let source = PrometheusEvidence(
        asks, objectives: ServiceObjectives(), blue: nil, green: Self.green, http: .shared)
      let intervals = try await source.intervals(after: Date(timeIntervalSince1970: Self.start))
      #expect(intervals.map(\.blue.errors) == [.none, .none, .none])
      #expect(intervals.map(\.green.errors.total) == [100, 100, 100])
    }
  }
}
