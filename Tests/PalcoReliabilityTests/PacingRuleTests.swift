import Testing

@testable import PalcoReliability

/// The expected numbers were computed with the reference implementation.
@Suite struct PacingRuleTests {
  let rule = PacingRule(target: 0.999, interval: 10)

  @Test(arguments: [(0, 100, 0.0308689), (3, 1000, 0.0114457), (50, 100_000, 0.000773978)])
  func theUpperBoundIsThatOfTheReference(bad: Int, total: Int, expected: Double) {
    #expect(abs(UpperRateBound.rate(events(bad, total), priorRate: 0.001) / expected - 1) < 1e-5)
  }

  @Test func withoutRequestsEveryRateIsPossible() {
    #expect(UpperRateBound.rate(.none, priorRate: 0.001) == 1)
    #expect(UpperRateBound.rate(events(5, 5), priorRate: 0.001) == 1)
  }

  @Test(arguments: [
    (0.004, false, events(50, 49_800), events(0, 200), 100, 0.008),
    (0.3, false, events(350, 350_000), events(150, 150_000), 1000, 0.95),
    (0.1, false, events(200, 200_000), events(20, 20_000), 400, 0.2),
    (0.1, true, events(200, 200_000), events(20, 20_000), 400, 0.1),
  ])
  func theNextWeightIsThatOfTheReference(
    weight: Double, isWarned: Bool, blue: EventCounts, green: EventCounts, elapsed: Double, expected: Double
  ) {
    let step = rule.step(
      weight: weight, isWarned: isWarned, blue: blue, green: green, priorRate: 0.001, elapsed: elapsed, timeIsUp: false)
    #expect(abs(step.weight - expected) < 1e-5)
  }

  @Test func theFirstWeightIsWhatTheHarmCapBears() {
    #expect(abs(rule.firstWeight - 0.0038880) < 1e-6)
    #expect(PacingRule(target: 0.99999, interval: 60).firstWeight == 0.001)
    #expect(PacingRule(target: 0.5, interval: 10).firstWeight == 0.3)
  }

  @Test(arguments: [
    ([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9], 0.3, 0.9), ([0.07, 0.14, 0.21, 0.28, 0.35, 0.98], 0.28, 0.35),
    ([0.4, 0.8], 0.4, 0.8), ([], 0.3, 0.95),
  ])
  func coarseStepsAreHeldAndWatchedWhereTheRuleWouldBeJustAbove(shares: [Double], hold: Double, top: Double) {
    let rule = PacingRule(target: 0.999, interval: 10, shares: shares)
    #expect(rule.hold == hold && rule.top == top)
    let proven = rule.step(
      weight: hold, isWarned: false, blue: events(350, 350_000), green: events(150, 150_000), priorRate: 0.001,
      elapsed: 1000, timeIsUp: false)
    #expect(proven.weight == top)
  }

  @Test func aSpentHarmCapStopsTheGrowth() {
    let step = rule.step(
      weight: 0.02, isWarned: false, blue: events(50, 50_000), green: events(2000, 4000), priorRate: 0.001,
      elapsed: 100, timeIsUp: false)
    #expect(step.harmLeft == 0)
    #expect(step.weight == 0.02)
  }

  @Test func timeThatIsUpLeadsToTheTopOnlyFromTheHoldWeight() {
    func weight(from weight: Double) -> Double {
      rule.step(
        weight: weight, isWarned: false, blue: events(9, 9000), green: events(0, 300), priorRate: 0.001, elapsed: 1800,
        timeIsUp: true
      ).weight
    }
    #expect(weight(from: 0.3) == 0.95)
    #expect(weight(from: 0.2) <= 0.3)
  }
}
