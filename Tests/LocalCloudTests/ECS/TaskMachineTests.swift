import Foundation
import Testing

@testable import LocalCloud

@Suite struct TaskMachineTests {
  private let start = Date(timeIntervalSince1970: 0)

  /// Drives a machine until it watches or ends, and writes down status and action.
  private func drive(_ machine: inout TaskMachine, at now: Date) -> [String] {
    var lines: [String] = []
    while true {
      let action = machine.next(at: now)
      lines.append("\(machine.status.rawValue) \(action)")
      if action == .watch || action == .finish { return lines }
      machine.completed(action, at: now)
    }
  }

  @Test func aTaskInATargetGroupGoesThroughEveryStatus() {
    var machine = TaskMachine(hasTargets: true, createdAt: start)
    let up = drive(&machine, at: start + 1)
    #expect(
      up == [
        "PROVISIONING provision", "PENDING start", "ACTIVATING register", "RUNNING watch",
      ])
    #expect(machine.startedAt == start + 1 && machine.desiredStatus == .running)
    machine.requestStop(.serviceSchedulerInitiated, "scaling", at: start + 2)
    let down = drive(&machine, at: start + 3)
    #expect(
      down == [
        "DEACTIVATING deregister(drains: true)", "STOPPING stop", "DEPROVISIONING deprovision", "STOPPED finish",
      ])
    #expect(machine.stoppingAt == start + 2 && machine.stoppedAt == start + 3)
    #expect(machine.stopCode == .serviceSchedulerInitiated && machine.stoppedReason == "scaling")
  }

  @Test func aTaskWithoutTargetsIsNeitherRegisteredNorDrained() {
    var machine = TaskMachine(hasTargets: false, createdAt: start)
    let up = drive(&machine, at: start)
    #expect(up == ["PROVISIONING provision", "PENDING start", "RUNNING watch"])
    machine.essentialContainerExited(at: start)
    let down = drive(&machine, at: start)
    #expect(down == ["STOPPING stop", "DEPROVISIONING deprovision", "STOPPED finish"])
    #expect(machine.stopCode == .essentialContainerExited)
    #expect(machine.stoppedReason == "Essential container in task exited")
  }

  @Test func aTaskThatEndedItselfHasNothingToDrain() {
    var machine = TaskMachine(hasTargets: true, createdAt: start)
    _ = drive(&machine, at: start)
    machine.essentialContainerExited(at: start)
    let down = drive(&machine, at: start)
    #expect(down.first == "DEACTIVATING deregister(drains: false)")
  }

  @Test func aTaskThatCannotStartIsNeverStopped() {
    var machine = TaskMachine(hasTargets: true, createdAt: start)
    machine.completed(machine.next(at: start), at: start)
    let action = machine.next(at: start)
    #expect(action == .start)
    machine.requestStop(.taskFailedToStart, "CannotPullContainerError: x", at: start)
    let down = drive(&machine, at: start)
    #expect(down == ["DEPROVISIONING deprovision", "STOPPED finish"])
    #expect(!machine.hasRun)
  }

  @Test func aStopWhileContainersStartStopsThemAfterwards() {
    for hasTargets in [true, false] {
      var machine = TaskMachine(hasTargets: hasTargets, createdAt: start)
      machine.completed(machine.next(at: start), at: start)
      let action = machine.next(at: start)
      machine.requestStop(.userInitiated, "enough", at: start)
      machine.completed(action, at: start)
      let down = drive(&machine, at: start)
      #expect(down == ["STOPPING stop", "DEPROVISIONING deprovision", "STOPPED finish"])
      #expect(machine.startedAt == nil)
    }
  }

  @Test func aStopWhileTargetsAreRegisteredTakesThemOutAgain() {
    var machine = TaskMachine(hasTargets: true, createdAt: start)
    for _ in 0..<2 { machine.completed(machine.next(at: start), at: start) }
    let action = machine.next(at: start)
    #expect(action == .register)
    machine.requestStop(.userInitiated, "enough", at: start)
    machine.completed(action, at: start)
    let down = drive(&machine, at: start)
    #expect(down.first == "DEACTIVATING deregister(drains: true)")
  }

  @Test func theFirstReasonStays() {
    var machine = TaskMachine(hasTargets: false, createdAt: start)
    _ = drive(&machine, at: start)
    machine.requestStop(.userInitiated, "by hand", at: start)
    machine.essentialContainerExited(at: start + 1)
    machine.requestStop(.serviceSchedulerInitiated, "scaling", at: start + 2)
    #expect(machine.stopCode == .userInitiated && machine.stoppedReason == "by hand" && machine.stoppingAt == start)
  }

  @Test func aTaskThatIsStoppedBeforeItBeganNeverBegins() {
    var machine = TaskMachine(hasTargets: true, createdAt: start)
    machine.requestStop(.userInitiated, "enough", at: start)
    let down = drive(&machine, at: start)
    #expect(down == ["DEPROVISIONING deprovision", "STOPPED finish"])
  }

  @Test func aLostTaskIsStopped() {
    var machine = TaskMachine(hasTargets: true, createdAt: start)
    _ = drive(&machine, at: start)
    machine.lost(.serviceSchedulerInitiated, "restarted", at: start + 5)
    #expect(machine.status == .stopped && machine.stoppedAt == start + 5 && !machine.isActive)
    #expect(machine.stoppedReason == "restarted")
  }
}
