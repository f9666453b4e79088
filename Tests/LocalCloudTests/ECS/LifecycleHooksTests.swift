import AWSWire
import Foundation
import Testing

@testable import LocalCloud

@Suite struct LifecycleHooksTests {
  private let now = Date(timeIntervalSince1970: 1000)
  private let arn = "arn:aws:lambda:eu-west-1:123456789012:function:check:live"

  private func lambda(_ stages: Set<LifecycleHooks.Stage> = [.postScaleUp]) -> LifecycleHooks.Hook {
    .init(functionARN: arn, stages: stages, timeout: 100)
  }

  private func pause(continues: Bool = false) -> LifecycleHooks.Hook {
    .init(stages: [.postScaleUp, .preProductionTrafficShift], timeout: 60, continuesAfterTimeout: continues)
  }

  @Test func allHooksOfAStageRunAtTheSameTimeAndAllMustSucceed() {
    var hooks = LifecycleHooks([pause(), lambda(), lambda(), lambda([.preScaleUp])])
    var verdict = hooks.verdict(at: .postScaleUp, now: now, ids: .live)
    #expect(verdict == .waiting && hooks.runs.map(\.status) == [.awaitingAction, .inProgress, .inProgress])
    #expect(hooks.due(at: now).map(\.id) == hooks.runs.dropFirst().map(\.id))
    let ids = hooks.runs.map(\.id)
    #expect(ids[0].wholeMatch(of: /ecs-pause-[A-Za-z0-9_-]{43}/) != nil)
    // Once, and a function is no pause.
    let accepted = [0, 0, 1].map { hooks.answer(pause: ids[$0], goesOn: true, at: now) }
    #expect(accepted == [true, false, false])
    hooks.answer(function: ids[1], .succeeded) { self.now + $0 }
    verdict = hooks.verdict(at: .postScaleUp, now: now, ids: .live)
    #expect(verdict == .waiting)
    hooks.answer(function: ids[2], .succeeded) { self.now + $0 }
    verdict = hooks.verdict(at: .postScaleUp, now: now, ids: .live)
    #expect(verdict == .passed && hooks.deadlines.isEmpty)
    hooks.leave()
    #expect(hooks.runs.isEmpty)
    verdict = hooks.verdict(at: .bakeTime, now: now, ids: .live)
    #expect(verdict == .passed)
  }

  @Test func oneThatFailsDecides() {
    var hooks = LifecycleHooks([pause(), lambda()])
    _ = hooks.verdict(at: .postScaleUp, now: now, ids: .live)
    hooks.answer(function: hooks.runs[1].id, HookAnswer(Data(#"{"hookStatus": "FAILED"}"#.utf8), from: arn)) {
      self.now + $0
    }
    let verdict = hooks.verdict(at: .postScaleUp, now: now, ids: .live)
    #expect(
      verdict
        == .failed("POST_SCALE_UP lifecycle hook(s) failed. Lifecycle hook target \(arn) returned FAILED status."))
  }

  @Test func aFunctionInProgressIsInvokedAgainAndToldWhatItSaid() {
    var hook = lambda()
    hook.details = ["bucket": .string("a"), "tries": .number(0)]
    var hooks = LifecycleHooks([hook])
    _ = hooks.verdict(at: .postScaleUp, now: now, ids: .live)
    let id = hooks.runs[0].id
    let body = #"{"hookStatus": "IN_PROGRESS", "callBackDelay": 60, "hookDetails": {"tries": 1, "more": true}}"#
    hooks.answer(function: id, HookAnswer(Data(body.utf8), from: arn)) { self.now + $0 }
    #expect(hooks.due(at: now + 59).isEmpty && hooks.due(at: now + 60).map(\.id) == [id])
    #expect(hooks.hooks[0].details == ["bucket": .string("a"), "tries": .number(1), "more": .bool(true)])
    hooks.answer(function: id, HookAnswer(Data(#"{"hookStatus":"IN_PROGRESS"}"#.utf8), from: arn)) { self.now + $0 }
    #expect(hooks.due(at: now + 30).count == 1, "the default delay is 30 seconds")
    #expect(hooks.deadlines.min() == now + 30 && hooks.deadlines.max() == now + 100)
  }

  @Test(arguments: [
    ("null", "HookStatus must not be null"), ("", "HookStatus must not be null"), ("{}", "HookStatus must not be null"),
    (#"{"hookStatus": null}"#, "HookStatus must not be null"), (#"{"hookStatus": 1}"#, "HookStatus must not be null"),
    (#"{"hookStatus": "DONE"}"#, "HookStatus 'DONE' is none of SUCCEEDED, FAILED, IN_PROGRESS"),
  ])
  func anAnswerWithoutAStatusHasFailed(_ body: String, _ why: String) {
    #expect(
      HookAnswer(Data(body.utf8), from: arn)
        == .failed("ECS was unable to parse the response from \(arn) due to \(why)"))
  }

  @Test(arguments: [true, false]) func aPauseThatNobodyAnswersTimesOut(_ continues: Bool) {
    var hooks = LifecycleHooks([pause(continues: continues)])
    var verdict = hooks.verdict(at: .postScaleUp, now: now, ids: .live)
    #expect(hooks.deadlines == [now + 60])
    verdict = hooks.verdict(at: .postScaleUp, now: now + 59, ids: .live)
    #expect(verdict == .waiting)
    verdict = hooks.verdict(at: .postScaleUp, now: now + 60, ids: .live)
    #expect(hooks.runs[0].status == .timedOut)
    #expect(verdict == (continues ? .passed : .failed("POST_SCALE_UP pause hook timed out.")))
  }

  @Test func aPauseIsAskedAnewBeforeEachStep() throws {
    var world = DeploymentWorld(
      .linear, shift: .linear(40), hooks: [.init(stages: [.preProductionTrafficShift], timeout: 1e6)])
    var ids: [String] = []
    for share in [0.0, 40, 80] {
      try world.go(to: .init(stage: .preProductionTrafficShift, share: share))
      ids.append(try #require(world.machine.hooks.runs.first).id)
      #expect(world.machine.stage?.lifecycleStage == "PRODUCTION_TRAFFIC_SHIFT")
    }
    #expect(Set(ids).count == 3)
    let isAccepted = world.machine.answer(pause: ids[0], goesOn: true, at: world.now)
    #expect(!isAccepted, "that one was another step's")
    try world.go(to: nil)
    #expect(world.machine.status == .successful && world.hookRuns.count == 3)
  }

  @Test func aRollbackThatWasAskedForAtAPauseSaysSo() throws {
    var world = DeploymentWorld(.blueGreen, hooks: [.init(stages: [.postTestTrafficShift], timeout: 1e6)])
    try world.go(to: .init(stage: .postTestTrafficShift))
    let isAccepted = world.machine.answer(pause: world.machine.hooks.runs[0].id, goesOn: false, at: world.now)
    #expect(isAccepted)
    try world.go(to: nil)
    #expect(world.machine.status == .rollbackSuccessful && world.test == 0)
    #expect(
      world.machine.rollback?.reason
        == "Service deployment rolled back because ContinueServiceDeployment asked for a rollback at the "
        + "POST_TEST_TRAFFIC_SHIFT pause hook.")
  }

  @Test func aFunctionThatFailsDuringARollbackDoesNotHoldIt() throws {
    var world = DeploymentWorld(.blueGreen)
    try world.go(to: .init(stage: .bakeTime, share: 100))
    world.machine.requestRollback(at: world.now)
    try world.look()
    world.production = 0
    try world.look()
    let run = try #require(world.machine.hooks.runs.first)
    #expect(run.stage == .productionTrafficShift && world.machine.requestedProductionWeight == 0)
    world.machine.answer(function: run.id, .failed("It says no."), second: 1, at: world.now)
    try world.go(to: nil)
    #expect(world.machine.status == .rollbackSuccessful)
    #expect(world.machine.statusReason == Machine.stopReason)
  }

  private typealias Machine = ServiceDeploymentMachine
}

@Suite struct AlarmMonitorTests {
  private func monitor(_ isEnabled: Bool = true) -> AlarmMonitor {
    AlarmMonitor(isEnabled: isEnabled, rollsBack: true, names: ["errors", "latency"])
  }

  @Test func anAlarmThatGoesOffIsToldOnce() {
    var alarms = monitor()
    alarms.start(["errors": "OK", "latency": "INSUFFICIENT_DATA"])
    #expect(alarms.status(isFinished: false) == .monitoring && alarms.status(isFinished: true) == .monitoringComplete)
    let trips = [["errors": "OK"], ["latency": "ALARM"], ["latency": "ALARM", "errors": "ALARM"]].map {
      alarms.record($0)
    }
    #expect(trips == [false, true, false] && alarms.triggered == ["latency"])
    #expect(alarms.status(isFinished: true) == .triggered)
  }

  @Test func alarmsOfWhichOneIsRedAtTheStartAreIgnoredToTheEnd() {
    var alarms = monitor()
    alarms.start(["errors": "ALARM", "latency": "OK"])
    let trips = [["errors": "OK", "latency": "OK"], ["latency": "ALARM"]].map { alarms.record($0) }
    #expect(trips == [false, false] && !alarms.watches && alarms.status(isFinished: false) == .disabled)
    #expect(alarms.triggered == ["errors"])
  }

  @Test func disabledAlarmsWatchNothing() {
    var alarms = monitor(false)
    alarms.start(["errors": "ALARM"])
    let trips = alarms.record(["errors": "ALARM"])
    #expect(!trips && alarms.triggered.isEmpty && alarms.status(isFinished: true) == .disabled)
  }
}
