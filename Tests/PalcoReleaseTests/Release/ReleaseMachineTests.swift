import Foundation
import PalcoRelease
import Testing

@Suite struct ReleaseMachineTests {
  private let start = Date(timeIntervalSince1970: 1_000_000)

  private func snapshot(
    _ status: DeploymentSnapshot.Status, reason: String? = nil, rollback: String? = nil
  ) -> DeploymentSnapshot {
    DeploymentSnapshot(
      arn: "arn:deployment", status: status, statusReason: reason,
      target: .init(revisionARN: "arn:green", requested: 2, running: 0, pending: 2, productionWeight: 0),
      rollbackReason: rollback)
  }

  /// Feeds statuses and returns the last action.
  private func end(_ statuses: [DeploymentSnapshot.Status], isLatest: Bool = true) -> ReleaseMachine.Action {
    var machine = ReleaseMachine()
    var action = ReleaseMachine.Action.wait
    for status in statuses {
      #expect(action == .wait)
      action = machine.event(.observed(snapshot(status, reason: "why"), isLatest: isLatest), at: start)
    }
    return action
  }

  @Test func aSuccessfulDeploymentIsReleased() {
    #expect(end([.pending, .inProgress, .inProgress, .successful]) == .finish(.released))
  }

  @Test func aRollbackIsNeverASuccess() {
    #expect(end([.inProgress, .rollbackInProgress, .rollbackSuccessful]) == .finish(.rolledBack(reason: "why")))
    #expect(end([.inProgress, .rollbackInProgress, .rollbackFailed]) == .finish(.failed(reason: "why")))
  }

  @Test func aRollbackThatSomebodyAskedForIsStopped() {
    #expect(
      end([.inProgress, .rollbackRequested, .rollbackInProgress, .rollbackSuccessful])
        == .finish(.stopped(reason: "why")))
  }

  @Test func aStopFromAnotherMachineIsReadFromTheReason() {
    var machine = ReleaseMachine()
    let reason = "Service deployment rolled back because StopServiceDeployment was requested."
    let end = machine.event(.observed(snapshot(.rollbackSuccessful, reason: reason), isLatest: true), at: start)
    #expect(end == .finish(.stopped(reason: reason)))
  }

  @Test func stoppedMeansSupersededOnlyWhenANewerDeploymentExists() {
    #expect(end([.inProgress, .stopRequested, .stopped], isLatest: false) == .finish(.superseded))
    #expect(end([.inProgress, .stopRequested, .stopped], isLatest: true) == .finish(.failed(reason: "why")))
  }

  @Test func theFirstInterruptionStopsAndTheSecondLeaves() {
    var machine = ReleaseMachine()
    #expect(machine.event(.interrupted, at: start) == .stopDeployment)
    #expect(machine.event(.observed(snapshot(.rollbackInProgress), isLatest: true), at: start) == .wait)
    var impatient = machine
    guard case .leave = impatient.event(.interrupted, at: start) else {
      Issue.record("the second interruption must leave")
      return
    }
    #expect(
      machine.event(.observed(snapshot(.rollbackSuccessful), isLatest: true), at: start)
        == .finish(.stopped(reason: "stopped on request")))
  }

  @Test func aCondemnedReleaseIsStoppedOnceAndIsRolledBackNotStopped() {
    var machine = ReleaseMachine()
    #expect(machine.event(.condemned("it fails"), at: start) == .stopDeployment)
    #expect(machine.event(.condemned("it fails"), at: start) == .wait)
    for status in [DeploymentSnapshot.Status.rollbackRequested, .rollbackInProgress] {
      #expect(machine.event(.observed(snapshot(status), isLatest: true), at: start) == .wait)
    }
    #expect(
      machine.event(
        .observed(snapshot(.rollbackSuccessful, reason: "StopServiceDeployment"), isLatest: true), at: start)
        == .finish(.rolledBack(reason: "it fails")))
  }

  @Test func aCondemnedReleaseThatECSFinishesNeverthelessHasFailed() {
    var machine = ReleaseMachine()
    _ = machine.event(.condemned("it fails"), at: start)
    guard
      case .finish(.failed(let reason)) = machine.event(
        .observed(snapshot(.successful), isLatest: true), at: start)
    else {
      Issue.record("a condemned release that serves must not count as released")
      return
    }
    #expect(reason.hasPrefix("it fails; ") && reason.contains("palco rollback"))
  }

  @Test func whoStopsItHimselfHasStoppedIt() {
    var machine = ReleaseMachine()
    _ = machine.event(.interrupted, at: start)
    #expect(machine.event(.condemned("it fails"), at: start) == .wait)
    #expect(
      machine.event(.observed(snapshot(.rollbackSuccessful, reason: "asked"), isLatest: true), at: start)
        == .finish(.stopped(reason: "asked")))
  }

  @Test func anInterruptionThatComesTooLateIsStillARelease() {
    var machine = ReleaseMachine()
    _ = machine.event(.interrupted, at: start)
    #expect(
      machine.event(.observed(snapshot(.successful), isLatest: true), at: start) == .finish(.released))
  }

  @Test func silenceEndsTheWatchOnlyAfterPatience() {
    var machine = ReleaseMachine(patience: .seconds(60))
    #expect(machine.event(.unreachable("refused"), at: start) == .wait)
    #expect(machine.event(.unreachable("refused"), at: start.addingTimeInterval(59)) == .wait)
    // An answer in between starts the count anew.
    #expect(machine.event(.observed(snapshot(.inProgress), isLatest: true), at: start.addingTimeInterval(59)) == .wait)
    #expect(machine.event(.unreachable("refused"), at: start.addingTimeInterval(60)) == .wait)
    guard case .leave(let reason) = machine.event(.unreachable("refused"), at: start.addingTimeInterval(120)) else {
      Issue.record("patience must end")
      return
    }
    #expect(reason.contains("refused"))
  }
}
