import PalcoBlueprint
import Testing

@Suite struct ReleaseStrategyTests {
  private func blueprint(_ release: String) throws -> Blueprint {
    try Sample.parse(Sample.least.replacingOccurrences(of: "8080}", with: "8080}\nrelease: {\(release)}"))
      .blueprint(for: "stage")
  }

  @Test func canaryHasTheDefaultsOfECS() throws {
    #expect(
      try blueprint("strategy: canary").release == .canary(percent: 5, percentBakeMinutes: 10, bakeMinutes: 5))
  }

  @Test func linearHasTheDefaultsOfECS() throws {
    #expect(
      try blueprint("strategy: linear").release == .linear(stepPercent: 10, stepBakeMinutes: 6, bakeMinutes: 5))
  }

  @Test func pacedPausesBeforeEachStepAndIsRolledBackWhenNobodyAnswers() throws {
    let paced = try blueprint("strategy: paced")
    #expect(paced.release == .paced(stepPercent: 10, bakeMinutes: 5))
    #expect(paced.pauses == ReleasePauses(stages: [.preProductionTrafficShift], timeoutMinutes: 60))
    let other = try blueprint("strategy: paced, step_percent: 3, step_timeout: 2h, bake: 1m")
    #expect(other.release == .paced(stepPercent: 3, bakeMinutes: 1) && other.pauses?.timeoutMinutes == 120)
  }

  @Test(arguments: [("0.1", 0.1), ("2.5", 2.5), ("99.9", 99.9), ("100", 100), ("7.0", 7), ("7.10", 7.1)])
  func aPercentageIsWhatIsWritten(_ text: String, _ expected: Double) throws {
    let release = try blueprint("strategy: canary, canary_percent: \(text), canary_bake: 0m, bake: 24h").release
    #expect(release == .canary(percent: expected, percentBakeMinutes: 0, bakeMinutes: 1440))
  }

  @Test func pausesStandInTheOrderOfADeployment() throws {
    let pauses = try blueprint(
      "strategy: blue_green, pause: [post_production_traffic_shift, pre_scale_up], pause_timeout: 2h"
    ).pauses
    #expect(pauses == ReleasePauses(stages: [.preScaleUp, .postProductionTrafficShift], timeoutMinutes: 120))
  }

  @Test(arguments: ["canary", "linear", "blue_green"])
  func whoeverMovesTrafficMayPause(_ strategy: String) throws {
    let pauses = try blueprint(
      "strategy: \(strategy), pause: [pre_production_traffic_shift], pause_timeout: 336h, pause_action: continue"
    ).pauses
    #expect(
      pauses
        == ReleasePauses(stages: [.preProductionTrafficShift], timeoutMinutes: 20160, timeoutAction: .continue))
  }

  @Test func withoutAStageNothingPauses() throws {
    #expect(try blueprint("strategy: canary, pause_timeout: 1h").pauses == nil)
    #expect(try blueprint("strategy: rolling").pauses == nil)
  }

  @Test func theLongestLinearReleaseThatECSLetsEndIsTaken() throws {
    // 33 waits of 21 h 49 min and 24 h are just under 30 days.
    let release = try blueprint("strategy: linear, step_percent: 3, step_bake: 1265m, bake: 24h").release
    #expect(release == .linear(stepPercent: 3, stepBakeMinutes: 1265, bakeMinutes: 1440))
  }
}
