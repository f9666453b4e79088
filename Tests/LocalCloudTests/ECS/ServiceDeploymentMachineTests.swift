import Foundation
import Testing

@testable import LocalCloud

/// A deployment in a world that follows at once, or does not where a test says so.
private struct Trace {
  typealias Machine = ServiceDeploymentMachine

  var machine: Machine
  var seen: Machine.Observation
  var now = Date(timeIntervalSince1970: 1000)
  var lines: [String] = []
  /// What the rules say, for a deployment with rules.
  var followsWeights = true

  init(_ strategy: Machine.Strategy, hasSource: Bool = true, sources: Int = 1, hasRules: Bool = true) {
    machine = Machine(strategy: strategy, bakeTime: strategy == .rolling ? 0 : 60, createdAt: now)
    seen = .init(
      sources: hasSource ? sources : 0, targetIsReady: false, targetServes: false, targetIsGone: true,
      sourceIsReady: hasSource, sourceServes: hasSource, sourcesAreGone: !hasSource,
      productionWeight: hasRules && strategy == .blueGreen ? 0 : nil,
      testWeight: hasRules && strategy == .blueGreen ? 0 : nil)
    machine.start(hasSource: hasSource, at: now)
    lines.append(machine.status.rawValue)
  }

  /// Lets the machine go as far as it can, with rules that follow.
  mutating func run() {
    while true {
      let transitions = machine.advance(seen, at: now, ids: .live)
      lines += transitions.map {
        switch $0 {
        case .status(let status): status.rawValue
        case .stage(let stage):
          "\(stage.rawValue) \(Int(machine.requestedTestWeight))/\(Int(machine.requestedProductionWeight))"
        }
      }
      let before = seen
      if followsWeights, seen.productionWeight != nil {
        seen.productionWeight = machine.requestedProductionWeight
        seen.testWeight = machine.requestedTestWeight
      }
      if transitions.isEmpty, seen == before { return }
    }
  }

  /// Goes on until a stage.
  mutating func run(to stage: Machine.Stage) {
    run()
    if stage != .scaleUp { ready() }
    if stage == .productionTrafficShift { followsWeights = false }
    run()
    if stage == .productionTrafficShift {
      seen.testWeight = 100
      run()
    }
    if stage == .cleanUp {
      now += 60
      run()
    }
    lines = []
    followsWeights = true
  }

  mutating func ready() {
    seen.targetIsReady = true
    seen.targetServes = true
    seen.targetIsGone = false
  }
}

@Suite struct ServiceDeploymentMachineTests {
  @Test func aBlueGreenReleaseGoesThroughEveryStage() {
    var trace = Trace(.blueGreen)
    trace.run()
    #expect(trace.lines == ["IN_PROGRESS", "PRE_SCALE_UP 0/0", "SCALE_UP 0/0"])
    #expect(trace.machine.targetTasks == .desired && trace.machine.sourceTasks == .desired)
    trace.ready()
    trace.run()
    #expect(
      trace.lines.dropFirst(3) == [
        "POST_SCALE_UP 100/0", "TEST_TRAFFIC_SHIFT 100/0", "POST_TEST_TRAFFIC_SHIFT 100/100",
        "PRE_PRODUCTION_TRAFFIC_SHIFT 100/100", "PRODUCTION_TRAFFIC_SHIFT 100/100",
        "POST_PRODUCTION_TRAFFIC_SHIFT 100/100", "BAKE_TIME 100/100",
      ])
    #expect(trace.machine.deadline == trace.now + 60)
    trace.now += 59
    trace.run()
    #expect(trace.machine.stage == .bakeTime)
    trace.now += 1
    trace.run()
    #expect(trace.machine.stage == .cleanUp && trace.machine.status == .inProgress)
    #expect(trace.machine.sourceTasks == .none && trace.machine.targetTasks == .desired)
    trace.seen.sourcesAreGone = true
    trace.run()
    #expect(trace.lines.suffix(2) == ["CLEAN_UP 100/100", "SUCCESSFUL"])
    #expect(trace.machine.finishedAt == trace.now)
  }

  @Test func theShiftsWaitForTheRules() {
    var trace = Trace(.blueGreen)
    trace.ready()
    trace.followsWeights = false
    trace.run()
    #expect(trace.machine.stage == .testTrafficShift && trace.machine.requestedTestWeight == 100)
    trace.seen.testWeight = 100
    trace.run()
    #expect(trace.machine.stage == .productionTrafficShift && trace.machine.requestedProductionWeight == 100)
    trace.seen.productionWeight = 50
    trace.run()
    #expect(trace.machine.stage == .productionTrafficShift)
    trace.seen.productionWeight = 100
    trace.run()
    #expect(trace.machine.stage == .bakeTime)
  }

  @Test func productionTrafficIsNotShiftedToTasksThatWereLost() {
    var trace = Trace(.blueGreen)
    trace.ready()
    trace.followsWeights = false
    trace.run()
    trace.seen.targetIsReady = false
    trace.seen.testWeight = 100
    trace.run()
    #expect(trace.machine.stage == .preProductionTrafficShift)
    #expect(trace.machine.stage?.lifecycleStage == "PRODUCTION_TRAFFIC_SHIFT")
    #expect(trace.machine.requestedProductionWeight == 0)
  }

  @Test func aReleaseWithoutLoadBalancerHasTheSameStages() {
    var trace = Trace(.blueGreen, hasRules: false)
    trace.ready()
    trace.run()
    #expect(trace.machine.stage == .bakeTime)
  }

  @Test func severalActiveRevisionsAreReconciledFirst() {
    var trace = Trace(.blueGreen, sources: 2)
    trace.run()
    #expect(trace.lines == ["IN_PROGRESS", "RECONCILE_SERVICE 0/0"])
    #expect(trace.machine.targetTasks == .none)
    trace.seen.sources = 1
    trace.run()
    #expect(trace.machine.stage == .scaleUp)
  }

  @Test func testTrafficThatASupersededReleaseTookIsGivenBackFirst() {
    var trace = Trace(.blueGreen)
    trace.followsWeights = false
    trace.seen.testWeight = 100
    trace.run()
    #expect(trace.machine.stage == .preScaleUp && trace.machine.requestedTestWeight == 0)
    trace.seen.testWeight = 0
    trace.run()
    #expect(trace.machine.stage == .scaleUp)
  }

  @Test func aRollingReleaseHasNoStages() {
    var trace = Trace(.rolling)
    trace.run()
    trace.ready()
    trace.run()
    #expect(trace.lines == ["IN_PROGRESS"])
    trace.seen.sourcesAreGone = true
    trace.run()
    #expect(trace.lines == ["IN_PROGRESS", "SUCCESSFUL"] && trace.machine.stage == nil)
  }

  // MARK: Going back

  enum Cause: CaseIterable { case breaker, stop }

  private func goBack(_ trace: inout Trace, _ cause: Cause) {
    switch cause {
    case .breaker: trace.machine.fail(ServiceDeploymentMachine.breakerReason, rollsBack: true, at: trace.now)
    case .stop: trace.machine.requestRollback(at: trace.now)
    }
  }

  @Test(arguments: Cause.allCases)
  func beforeAnyShiftOnlyTasksAreTakenBack(_ cause: Cause) {
    var trace = Trace(.blueGreen)
    trace.run(to: .scaleUp)
    trace.seen.targetIsGone = false
    goBack(&trace, cause)
    trace.run()
    #expect(trace.machine.status == .rollbackInProgress && trace.machine.targetTasks == .none)
    #expect(trace.machine.stage == .cleanUp && trace.machine.requestedTestWeight == 0)
    trace.seen.targetIsGone = true
    trace.run()
    #expect(trace.lines.last == "ROLLBACK_SUCCESSFUL")
    #expect(trace.machine.rollback?.reason == trace.machine.statusReason)
    #expect(
      trace.machine.statusReason
        == (cause == .breaker ? ServiceDeploymentMachine.breakerReason : ServiceDeploymentMachine.stopReason))
  }

  @Test(arguments: Cause.allCases)
  func afterTheTestShiftTestTrafficGoesBack(_ cause: Cause) {
    var trace = Trace(.blueGreen)
    trace.ready()
    trace.followsWeights = false
    trace.run()
    trace.seen.testWeight = 100
    goBack(&trace, cause)
    trace.lines = []
    trace.run()
    #expect(trace.machine.stage == .testTrafficShift && trace.machine.requestedTestWeight == 0)
    #expect(trace.machine.targetTasks == .existing)
    trace.followsWeights = true
    trace.run()
    #expect(trace.lines.suffix(1) == ["CLEAN_UP 0/0"])
    trace.seen.targetIsGone = true
    trace.run()
    #expect(trace.machine.status == .rollbackSuccessful && trace.machine.requestedProductionWeight == 0)
  }

  @Test(arguments: [ServiceDeploymentMachine.Stage.productionTrafficShift, .bakeTime], Cause.allCases)
  func afterTheProductionShiftProductionGoesBackFirstAndInOneStep(
    _ stage: ServiceDeploymentMachine.Stage, _ cause: Cause
  ) {
    var trace = Trace(.blueGreen)
    trace.run(to: stage)
    #expect(trace.machine.stage == stage && trace.machine.requestedProductionWeight == 100)
    trace.seen.productionWeight = 100
    goBack(&trace, cause)
    trace.followsWeights = false
    trace.run()
    #expect(trace.machine.stage == .productionTrafficShift && trace.machine.requestedProductionWeight == 0)
    #expect(trace.machine.requestedTestWeight == 100, "test traffic goes back after production traffic")
    trace.followsWeights = true
    trace.run()
    #expect(trace.lines.suffix(2) == ["TEST_TRAFFIC_SHIFT 0/0", "CLEAN_UP 0/0"])
    trace.seen.targetIsGone = true
    trace.run()
    #expect(trace.machine.status == .rollbackSuccessful)
  }

  @Test(arguments: Cause.allCases)
  func inCleanUpItIsTooLateToGoBack(_ cause: Cause) {
    var trace = Trace(.blueGreen)
    trace.run(to: .cleanUp)
    #expect(trace.machine.stage == .cleanUp)
    goBack(&trace, cause)
    trace.run()
    #expect(trace.machine.status == (cause == .stop ? .rollbackRequested : .inProgress))
    trace.seen.sourcesAreGone = true
    trace.run()
    #expect(trace.machine.status == .successful && trace.machine.rollback == nil)
  }

  @Test(arguments: Cause.allCases)
  func aRollingReleaseGoesBackUntilTheSourceIsComplete(_ cause: Cause) {
    var trace = Trace(.rolling)
    trace.run()
    trace.seen.targetIsGone = false
    trace.seen.sourceIsReady = false
    goBack(&trace, cause)
    trace.run()
    #expect(trace.machine.status == .rollbackInProgress)
    trace.seen.targetIsGone = true
    trace.run()
    #expect(trace.machine.status == .rollbackInProgress)
    trace.seen.sourceIsReady = true
    trace.run()
    #expect(trace.machine.status == .rollbackSuccessful)
  }

  @Test(arguments: [ServiceDeploymentMachine.Strategy.rolling, .blueGreen], Cause.allCases)
  func theFirstReleaseHasNothingToGoBackTo(_ strategy: ServiceDeploymentMachine.Strategy, _ cause: Cause) {
    var trace = Trace(strategy, hasSource: false)
    trace.run()
    goBack(&trace, cause)
    trace.run()
    #expect(trace.machine.status == .rollbackFailed)
    #expect(trace.machine.statusReason == "No rollback candidate was found to run the rollback.")
    #expect(trace.machine.rollback?.reason.isEmpty == false, "the cause stays known")
  }

  @Test func withRollbackOffAFailureStops() {
    var trace = Trace(.blueGreen)
    trace.run()
    trace.machine.fail(ServiceDeploymentMachine.breakerReason, rollsBack: false, at: trace.now)
    #expect(trace.machine.status == .stopRequested)
    trace.run()
    #expect(trace.lines.last == "STOPPED")
    #expect(trace.machine.targetTasks == .existing && trace.machine.sourceTasks == .desired)
  }

  @Test func aFaultOfTheRulesGoesBackWithAWSsWords() {
    var trace = Trace(.blueGreen)
    trace.run()
    trace.seen.networkFault = "productionListenerRule x was not found."
    trace.run()
    #expect(trace.machine.status == .rollbackSuccessful)
    #expect(
      trace.machine.statusReason
        == "Service deployment rolled back because of invalid networking configuration. "
        + "productionListenerRule x was not found.")
  }

  @Test func aRollbackThatCannotWriteTheRulesFails() {
    var trace = Trace(.blueGreen)
    trace.run(to: .bakeTime)
    trace.machine.requestRollback(at: trace.now)
    trace.followsWeights = false
    trace.run()
    trace.seen.networkFault = "gone"
    trace.run()
    #expect(trace.machine.status == .rollbackFailed)
  }

  // MARK: Superseded, stopped before its turn, ended

  @Test func aNewerReleaseStopsOneUnderWayButNotOneThatGoesBack() {
    var trace = Trace(.blueGreen)
    trace.run()
    trace.machine.supersede(reason: "newer", at: trace.now)
    trace.run()
    #expect(trace.lines.suffix(2) == ["SCALE_UP 0/0", "STOPPED"])
    #expect(trace.machine.stoppedAt == trace.now && trace.machine.statusReason == "newer")

    trace = Trace(.blueGreen)
    trace.run()
    trace.seen.targetIsGone = false
    trace.machine.requestRollback(at: trace.now)
    trace.run()
    trace.machine.supersede(reason: "newer", at: trace.now)
    #expect(trace.machine.status == .rollbackInProgress)
  }

  @Test func oneThatWaitsForItsTurnCanBeStoppedAndGoesBackWhenItIs() {
    var machine = ServiceDeploymentMachine(strategy: .blueGreen, bakeTime: 0, createdAt: .distantPast)
    var transitions = machine.advance(.init(), at: .distantPast, ids: .live)
    #expect(transitions.isEmpty && machine.status == .pending)
    machine.requestRollback(at: .distantPast)
    transitions = machine.advance(.init(), at: .distantPast, ids: .live)
    #expect(transitions.isEmpty && machine.status == .rollbackRequested)
    machine.start(hasSource: true, at: .distantPast)
    transitions = machine.advance(.init(), at: .distantPast, ids: .live)
    #expect(transitions == [.status(.rollbackInProgress), .stage(.cleanUp), .status(.rollbackSuccessful)])
  }

  @Test func nothingChangesWhatHasEnded() {
    var trace = Trace(.rolling)
    trace.ready()
    trace.seen.sourcesAreGone = true
    trace.run()
    let ended = trace.machine
    trace.now += 10
    trace.machine.requestRollback(at: trace.now)
    trace.machine.supersede(reason: "newer", at: trace.now)
    trace.machine.abandon(reason: "deleted", at: trace.now)
    trace.machine.fail("late", rollsBack: true, at: trace.now)
    trace.run()
    #expect(trace.machine == ended && ended.status == .successful)
  }

  @Test func aRestartGoesOnWhereItWas() throws {
    var trace = Trace(.blueGreen)
    trace.run(to: .bakeTime)
    let data = try JSONEncoder().encode(trace.machine)
    let restored = try JSONDecoder().decode(ServiceDeploymentMachine.self, from: data)
    #expect(restored == trace.machine && restored.deadline == trace.machine.deadline)
  }
}
