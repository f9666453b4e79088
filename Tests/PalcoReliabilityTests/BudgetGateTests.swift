import PalcoReliability
import Testing

@Suite struct BudgetGateTests {
  private func counts(_ bad: Int, _ total: Int) throws -> EventCounts {
    try #require(EventCounts(bad: bad, total: total))
  }

  private func objectives(_ target: String = "99.9%", declared: Bool = true) throws -> ServiceObjectives {
    ServiceObjectives(
      availability: try .availability(target),
      latency: try ServiceObjectives.Latency(under: "250ms", target: "95%", buckets: .usual), isDeclared: declared)
  }

  private func gate(
    _ objectives: ServiceObjectives, availability: EventCounts, latency: EventCounts = .none,
    forecast: Forecast? = nil
  ) throws -> BudgetGate {
    BudgetGate(
      objectives,
      budgets: [
        ErrorBudget(objectives.availability, counts: availability),
        ErrorBudget(try #require(objectives.latency).objective, counts: latency),
      ], forecast: forecast)
  }

  private func forecast(requestsPerSecond: Double, seconds: Double = 600) -> Forecast {
    Forecast(
      Forecast.Plan(
        requestsPerSecond: requestsPerSecond, errorRate: 0.001, interval: 60,
        steps: [TrafficStep(weight: 1, seconds: seconds)]))
  }

  @Test func whatIsLeftIsNoReasonToWait() throws {
    let gate = try gate(objectives(), availability: counts(999, 1_000_000), latency: counts(49_999, 1_000_000))
    #expect(gate == .open)
    #expect(gate.refusal == nil)
  }

  @Test func aSpentBudgetStandsInTheWay() throws {
    #expect(try gate(objectives(), availability: counts(1000, 1_000_000)) == .spent(["availability"]))
    let both = try gate(objectives(), availability: counts(5000, 1_000_000), latency: counts(60_000, 1_000_000))
    #expect(both == .spent(["availability", "latency"]))
    #expect(both.refusal?.contains("availability and latency") == true)
  }

  @Test func whatNobodyPromisedStandsInNobodysWay() throws {
    #expect(try gate(objectives(declared: false), availability: counts(500, 1000)) == .open)
  }

  @Test func oneFailureAmongFewRequestsEndsNoBudget() throws {
    // One in 999 is more than one in a thousand, but the budget bears nothing yet.
    #expect(try gate(objectives(), availability: counts(1, 999)) == .open)
    #expect(try gate(objectives(), availability: counts(1, 1000)) == .spent(["availability"]))
  }

  @Test func aReleaseThatWouldRiskMoreThanIsLeftIsRefused() throws {
    // In 30 days 2 592 000 requests, of which 2592 may fail. One percentage point more harms 6 in ten minutes.
    let forecast = forecast(requestsPerSecond: 1)
    let enough = try counts(2585, 2_592_000)
    #expect(try gate(objectives(), availability: enough, forecast: forecast) == .open)
    let scarce = try gate(objectives(), availability: counts(2587, 2_592_000), forecast: forecast)
    guard case .risky(let objective, let effect, let harmed, let left) = scarce else {
      Issue.record("\(scarce)")
      return
    }
    #expect(objective == "availability" && effect == "+1 pp")
    #expect(abs(harmed - 6) < 0.01 && abs(left - 5) < 0.01)
    #expect(scarce.refusal?.contains("6 requests") == true && scarce.refusal?.contains("bears 5 more") == true)
  }

  @Test func aYoungServiceIsSeenAsWhatItWillBe() throws {
    // Of a thousand requests so far one may fail; of those of a month at this traffic 2592.
    #expect(try gate(objectives(), availability: counts(0, 1000), forecast: forecast(requestsPerSecond: 1)) == .open)
  }

  @Test func aLowerPromiseBearsMore() throws {
    #expect(try gate(objectives("99%"), availability: counts(1000, 1_000_000)) == .open)
  }
}
