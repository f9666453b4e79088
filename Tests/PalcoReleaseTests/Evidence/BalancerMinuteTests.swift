import AWSWire
import PalcoReliability
import Testing

@testable import PalcoRelease

@Suite struct BalancerMinuteTests {
  private func bad(_ minute: BalancerMinute) -> [Int] {
    let counts = minute.counts(latency: false)
    return [counts.blue.errors.bad, counts.green.errors.bad]
  }

  @Test func errorsOfTargetsAndBrokenConnectionsAreFailures() {
    let minute = BalancerMinute(
      blue: .init(requests: 950, targetErrors: 1), green: .init(requests: 50, targetErrors: 2, connectionErrors: 3),
      ownErrors: 3)
    let counts = minute.counts(latency: false)
    #expect(counts.blue.errors == EventCounts(bad: 1, total: 950))
    // The three 502 of the balancer are those of the broken connections.
    #expect(counts.green.errors == EventCounts(bad: 5, total: 50))
    #expect(counts.green.latency.isEmpty)
  }

  @Test func theBalancersOwnErrorsBelongToWhoHasDeadTargets() {
    var minute = BalancerMinute(
      blue: .init(requests: 900), green: .init(requests: 100, unhealthy: 1), ownErrors: 20)
    #expect(bad(minute) == [0, 20])
    minute.blue.unhealthy = 1
    minute.green.unhealthy = 0
    #expect(bad(minute) == [20, 0])
  }

  @Test func whatHitsBothIsDividedAsTheRequestsAre() {
    var minute = BalancerMinute(blue: .init(requests: 900), green: .init(requests: 100), ownErrors: 20)
    #expect(bad(minute) == [18, 2])
    minute.blue.unhealthy = 2
    minute.green.unhealthy = 1
    #expect(bad(minute) == [18, 2])
  }

  @Test func deadTargetsWithoutTrafficAreNotBlamed() {
    // Before its first traffic, green's tasks are just starting.
    #expect(bad(BalancerMinute(blue: .init(requests: 900), green: .init(unhealthy: 2), ownErrors: 20)) == [20, 0])
  }

  @Test func aFailureWithoutARequestIsARequest() {
    let counts = BalancerMinute(blue: .init(requests: 1, connectionErrors: 4)).counts(latency: false)
    #expect(counts.blue.errors == EventCounts(bad: 4, total: 4))
    #expect(counts.green.errors == .none)
  }

  @Test func ranksBecomeBuckets() {
    let group = BalancerMinute.Group(timed: 200, ranks: [50, 90, 99.5])
    #expect(group.latency == [100, 80, 19, 1])
    // Interpolated ranks need not rise.
    #expect(BalancerMinute.Group(timed: 3, ranks: [100, 66, 100]).latency == [3, 0, 0, 0])
    #expect(BalancerMinute.Group(timed: 0, ranks: [0, 0]).latency == [0, 0, 0])
  }

  @Test(arguments: [(300.0, "PR(:0.3)"), (5, "PR(:0.005)"), (1000, "PR(:1)"), (2500, "PR(:2.5)"), (0.5, "PR(:0.0005)")])
  func aBoundIsARankInSeconds(_ milliseconds: Double, _ expected: String) {
    #expect(CloudWatch.rank(within: milliseconds) == expected)
  }
}
