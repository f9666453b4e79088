import Testing

@testable import PalcoCommands

@Suite struct RehearsalReportTests {
  private func step(_ version: String, _ result: String, expected: String = "released") -> RehearsalStep {
    RehearsalStep(
      version: version, environment: "production", strategy: "BLUE_GREEN", result: result, expected: expected,
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
    report.failures = ["1 × HTTP 502 (production)"]
    #expect(report.problems(serving: "v2") == ["1 of 20 requests failed: 1 × HTTP 502 (production)"])
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
    #expect(step("v2", "released").row == ["v2", "production", "blue/green", "released", "4.2 s", "10", "0"])
  }
}
