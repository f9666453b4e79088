import Testing

@testable import PalcoReliability

@Suite struct ErrorBudgetTests {
  let objective: Objective

  init() throws { objective = try Objective.availability("99.9%") }

  @Test func aBudgetIsSpentByBadEvents() {
    let budget = ErrorBudget(objective, counts: events(250, 1_000_000))
    #expect(abs(budget.allowed - 1000) < 1e-6)
    #expect(abs(budget.spent - 0.25) < 1e-9)
    #expect(abs(budget.left - 0.75) < 1e-9)
    #expect(abs(budget.badEventsLeft - 750) < 1e-6)
  }

  @Test func aMissedObjectiveHasNothingLeft() {
    let budget = ErrorBudget(objective, counts: events(1500, 1_000_000))
    #expect(abs(budget.left + 0.5) < 1e-9)
    #expect(budget.badEventsLeft == 0)
    #expect(budget.secondsUntilSpent(burnRate: 1) == 0)
  }

  @Test func withoutEventsNothingIsSpent() {
    let budget = ErrorBudget(objective, counts: .none)
    #expect(budget.spent == 0)
    #expect(budget.burnRate(.none) == 0)
    #expect(budget.secondsUntilSpent(burnRate: 0) == nil)
  }

  @Test func aBurnRateOfOneLastsForTheWindow() throws {
    let budget = ErrorBudget(objective, counts: events(0, 1_000_000))
    #expect(abs(budget.burnRate(events(1, 1000)) - 1) < 1e-9)
    #expect(abs(budget.burnRate(events(144, 10_000)) - 14.4) < 1e-9)
    #expect(try #require(budget.secondsUntilSpent(burnRate: 1)) == 30 * 86_400)
    // 14.4 spends a budget of 30 days in 50 hours.
    #expect(abs(try #require(budget.secondsUntilSpent(burnRate: 14.4)) - 50 * 3600) < 1e-6)
  }

  @Test func anAlertFiresWhenBothWindowsBurn() throws {
    let alert = try BurnRateAlert(factor: 14.4, longWindow: 3600, shortWindow: 300, of: objective)
    let budget = ErrorBudget(objective, counts: .none)
    #expect(alert.fires(long: events(15, 1000), short: events(15, 1000), budget: budget))
    #expect(!alert.fires(long: events(15, 1000), short: events(14, 1000), budget: budget))
    #expect(!alert.fires(long: events(14, 1000), short: events(900, 1000), budget: budget))
    // Google's example: 2 % of the budget in an hour.
    #expect(abs(alert.budgetShareAtFiring(of: objective) - 0.02) < 1e-12)
  }

  @Test func anAlertThatCanNeverFireIsRefused() throws {
    let loose = try Objective.latency(
      under: "300ms", target: "90%", buckets: LatencyBuckets(upperBounds: [300]))
    let error = #expect(throws: ObjectiveError.self) {
      try BurnRateAlert(factor: 14.4, longWindow: 3600, shortWindow: 300, of: loose)
    }
    #expect(
      error?.description
        == "latency.burn: a burn rate of 14.4 can never be passed: with every event bad it is 10.0; write less than 10.0"
    )
    #expect(throws: Never.self) { try BurnRateAlert(factor: 9.5, longWindow: 3600, shortWindow: 300, of: loose) }
    #expect(throws: ObjectiveError.self) {
      try BurnRateAlert(factor: 0.5, longWindow: 3600, shortWindow: 300, of: loose)
    }
  }

  @Test(arguments: [(3600.0, 3600.0), (300.0, 3600.0), (3600.0, 0.0), (3_456_000.0, 3600.0)])
  func windowsThatDoNotFitAreRefused(long: Double, short: Double) {
    #expect(throws: ObjectiveError.self) {
      try BurnRateAlert(factor: 6, longWindow: long, shortWindow: short, of: objective)
    }
  }
}
