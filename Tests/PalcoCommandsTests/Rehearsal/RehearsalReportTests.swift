import Testing

@testable import PalcoCommands

@Suite struct RehearsalReportTests {
  private func step(_ version: String, _ result: String, expected: String = "released") -> RehearsalStep {
    RehearsalStep(
      version: version, environment: "production", strategy: "blue/green", result: result, expected: expected,
      seconds: 4.25,
      traffic: .init(requests: 10, failed: 0), versions: [:], cause: nil)
  }

  private var good: RehearsalReport {
    var report = RehearsalReport(releases: [step("v2", "released"), step("v3", "rolled back", expected: "rolled back")])
    report.traffic = .init(requests: 20, failed: 0)
    report.serving = "v2"
    return report
  }

  @Test func aRehearsalThatWentAsItShouldHasNoProblems() {
    #expect(good.problems(serving: "v2").isEmpty)
  }

  @Test func oneFailedRequestIsAProblem() {
    var report = good
    report.traffic.failed = 1
    report.failures = [.init(count: 1, how: "HTTP 502 (production)")]
    #expect(
      report.problems(serving: "v2") == [
        "1 of 20 requests failed that no version was made to fail: 1 × HTTP 502 (production)"
      ])
  }

  @Test func whatABadVersionWasMadeToFailIsNoProblem() {
    var report = good
    report.traffic.failed = 3
    #expect(report.problems(serving: "v2").isEmpty)
  }

  @Test func aBadVersionSaysWhatItCostBesideFixedRules() {
    var step = step("v4", "rolled back", expected: "rolled back")
    #expect(step.price == nil)
    step.versions = ["v2": .init(answered: 900), "v4": .init(answered: 95, failed: 4, slow: 1)]
    step.comparison = .init(alarm: .init(harmed: 41.6, minutes: 26.2), check: .init(harmed: 300, minutes: nil))
    #expect(
      step.price == "v4 harmed 5 requests in 4.2 s. LINEAR at the same rates: 42 (after 26 min) with an alarm at 1 % "
        + "for 2 minutes, 300 (never noticed) with a check at 1 % that may fail 4 times")
  }

  @Test func theLastReleaseIsBesideLinear() {
    var report = good
    report.releases.append(step("v6", "released"))
    #expect(report.speed == nil)
    report.minute = 0.5
    #expect(
      report.speed == "v6 went through in 9 minutes of this cloud; LINEAR takes 59 and what it takes to start tasks")
  }

  @Test func aBadReleaseThatGotThroughIsAProblem() {
    var report = good
    report.releases[1].result = "released"
    report.serving = "v3"
    #expect(
      report.problems(serving: "v2") == [
        "v3 to production ended as 'released', not as 'rolled back'", "production serves v3, not v2",
      ])
  }

  @Test func silenceProvesNothing() {
    var report = good
    report.traffic = .init()
    #expect(report.problems(serving: "v2") == ["no request was sent, so nothing is proven of the traffic"])
  }

  @Test func aStepIsARowOfTheTable() {
    #expect(step("v2", "released").row == ["v2", "production", "blue/green", "released", "4.2 s", "10", "0", "0"])
  }
}
