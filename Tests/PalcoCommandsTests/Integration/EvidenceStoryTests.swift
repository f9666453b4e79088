import AsyncHTTPClient
import Foundation
import PalcoBlueprint
import PalcoReliability
import PalcoTestSupport
import Testing

@testable import PalcoCommands
@testable import PalcoRelease

/// What a real load balancer's metrics tell of a release under traffic, beside what the clients saw.
@Suite(.enabled(if: LocalCloudFixture.program != nil, "the sample service was not built"), .serialized)
struct EvidenceStoryTests {
  /// What clients saw, by version.
  private struct Seen {
    var requests: [String: Int] = [:]
    var failures: [String: Int] = [:]
    var total: Int { requests.values.reduce(0, +) }
  }

  /// Sends requests until a version has answered so many.
  private static func send(to url: String, until version: String, answers count: Int, _ seen: inout Seen) async throws {
    let deadline = ContinuousClock.now + .seconds(90)
    while seen.requests[version, default: 0] < count, ContinuousClock.now < deadline {
      let answers = try await withThrowingTaskGroup(of: (String, Bool).self) { group in
        for _ in 0..<20 {
          group.addTask {
            let response = try await HTTPClient.shared.execute(HTTPClientRequest(url: url), timeout: .seconds(10))
            for try await _ in response.body {}
            return (response.headers.first(name: "X-Pulse-Version") ?? "none", response.status.code >= 500)
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      for (version, failed) in answers {
        seen.requests[version, default: 0] += 1
        if failed { seen.failures[version, default: 0] += 1 }
      }
    }
  }

  @Test(.timeLimit(.minutes(4))) func theMetricsTellWhatClientsSawAndTheJudgeSeesTheRegression() async throws {
    try await LocalCloudFixture.run { cloud in
      var blueprint = cloud.blueprint("stage", .canary(percent: 50, percentBakeMinutes: 1000, bakeMinutes: 1))
      // So loose that some hundred requests bear a failure or two.
      blueprint.objectives = ServiceObjectives(
        availability: try .availability("99%"),
        latency: try ServiceObjectives.Latency(under: "1s", target: "95%", buckets: .usual), isDeclared: true)
      _ = try await Provisioner(access: cloud.access, blueprint: blueprint).up { _ in }
      // The first release has nothing to move traffic from; its canary would bake for nothing.
      let first = try await cloud.publish("v1", to: blueprint)
      #expect(
        try await cloud.release(first, to: cloud.blueprint("stage", .blueGreen(bakeMinutes: 0))).outcome == .released)
      let url = try #require(
        try await StatusReader(access: cloud.access, blueprint: blueprint).status().url)

      var seen = Seen()
      try await Self.send(to: url, until: "v1", answers: 100, &seen)
      let before = seen
      let second = try await cloud.publish("v2", to: blueprint, environment: [("PULSE_ERROR_RATE", "0.3")])
      guard
        case .started(let release) = try await Deployer(access: cloud.access, blueprint: blueprint).start(second)
      else {
        Issue.record("not started")
        return
      }
      let source = try await EvidenceSources.make(for: blueprint, access: cloud.access, release: release)
      try await Self.send(to: url, until: "v2", answers: 150, &seen)

      // Every request is counted once, for the colour that answered it.
      let sent = seen.total - before.total
      var intervals: [ObservedInterval] = []
      #expect(
        await eventually(within: .seconds(30)) {
          intervals = (try? await source.intervals(after: release.startedAt)) ?? []
          return intervals.reduce(0) { $0 + $1.blue.errors.total + $1.green.errors.total } >= sent
        })
      let blue = intervals.reduce(.none) { $0 + $1.blue.errors }
      let green = intervals.reduce(.none) { $0 + $1.green.errors }
      #expect(green == EventCounts(bad: seen.failures["v2", default: 0], total: seen.requests["v2", default: 0]))
      #expect(blue.bad == 0 && blue.total >= seen.requests["v1", default: 0] - before.total)
      #expect(intervals.allSatisfy { $0.green.latency.count == LatencyBuckets.usual.count })
      #expect(intervals.reduce(0) { $0 + $1.green.latency.reduce(0, +) } == green.total)

      // The past is there too, and the judge sees the regression.
      let history = try await source.history(before: release.startedAt)
      #expect(history.errors.reduce(.none, +).total >= 80)
      #expect(history.latency.reduce(0, +) == history.errors.reduce(.none, +).total)
      var judge = try ReleaseJudge(ReleaseWatch(blueprint.objectives, interval: 60), history: history)
      for (number, interval) in intervals.enumerated() {
        try judge.judge(
          ReleaseInterval(
            elapsed: Double(number + 1) * 60, weight: 0.5, blue: interval.blue, green: interval.green))
      }
      #expect(judge.judgement.verdict == .rollback, "\(judge.judgement)")

      // And so is the budget: 30 % of the second version's requests are far more than one in a hundred.
      let report = try await BudgetReader(access: cloud.access, blueprint: blueprint).report()
      let budget = try #require(report.budgets.first).budget
      #expect(budget.counts.total >= seen.total && budget.counts.bad == seen.failures["v2"])
      guard case .spent(let names) = report.gate(for: blueprint.release, objectives: blueprint.objectives) else {
        Issue.record("\(report)")
        return
      }
      #expect(names == ["availability"])
    }
  }
}
