import Testing

@testable import PalcoReliability

@Suite struct DispersionTests {
  @Test func clumpsAreSeen() {
    let history = [1, 1, 0, 6, 2, 0, 0, 0].map { events($0, 100) }
    #expect(abs(Dispersion.estimate(history: history) - 3) < 1e-5)
  }

  @Test func aHistoryWithoutErrorsCountsAsIndependent() {
    #expect(Dispersion.estimate(history: Array(repeating: events(0, 100), count: 50)) == 1)
  }

  @Test func withoutAHistoryClumpsAreAssumed() {
    #expect(Dispersion.estimate(history: []) == 2)
  }

  @Test func aSlowDriftIsNoClump() {
    // The rate triples within a day; neighbours stay nearly alike.
    let history = (0..<1440).map { events(3 + $0 / 240, 3000) }
    #expect(Dispersion.estimate(history: history) == 1)
  }

  @Test func theEdgesOfAnIncidentAreCutOff() {
    var history = (0..<1440).map { events(2 + $0 % 2, 3000) }
    let calm = Dispersion.estimate(history: history)
    history[701] = events(900, 3000)
    #expect(Dispersion.estimate(history: history) == calm)
  }

  @Test func theEstimateHasACeiling() {
    let history = (0..<1440).map { events($0 % 2 == 0 ? 500 : 0, 3000) }
    #expect(Dispersion.estimate(history: history) == 20)
  }
}
