import Foundation
import Testing

@testable import LocalCloud

/// A stage may take 24 hours, a deployment 30 days.
@Suite struct DeploymentLimitTests {
  typealias Machine = ServiceDeploymentMachine
  static let day = 24 * DeploymentWorld.hour
  static let places = DeploymentCrossProductTests.places(.linear).filter { $0.stage != .cleanUp }

  @Test(arguments: places) func noStageMayTakeLongerThanADay(_ place: DeploymentWorld.Place) throws {
    var world = DeploymentWorld(
      .linear, shift: .linear(40), sources: place.stage == .reconcileService ? 2 : nil,
      hooks: [.init(functionARN: DeploymentWorld.function, stages: DeploymentWorld.hookStages, timeout: 30 * Self.day)])
    try world.go(to: place)
    // The bake would be over at that very instant; tasks that were lost hold it.
    let isReady = world.targetIsReady
    world.targetIsReady = isReady && place.stage != .bakeTime
    world.now += Self.day - 1
    try world.look()
    #expect(world.place == place && world.machine.status == .inProgress)
    world.now += 1
    try world.look()
    let stage = try #require(place.stage).rawValue
    #expect(
      world.machine.rollback?.reason
        == "Service deployment rolled back because the \(stage) stage took longer than its limit of 24 hours.")
    world.targetIsReady = isReady
    try world.go(to: nil)
    #expect(world.machine.status == .rollbackSuccessful && world.production == 0)
  }

  @Test func whatIsDoneAtTheLastInstantIsDoneInTime() throws {
    var world = DeploymentWorld(.blueGreen)
    try world.go(to: .init(stage: .bakeTime, share: 100))
    world.now += Self.day
    try world.look()
    #expect(world.machine.stage == .cleanUp && world.machine.status == .inProgress)
    // There is no way back, and so no limit.
    world.now += 40 * Self.day
    try world.look()
    #expect(world.machine.stage == .cleanUp && world.machine.deadline == nil)
    try world.go(to: nil)
    #expect(world.machine.status == .successful)
  }

  @Test func aPauseMayWaitForFourteenDaysAndTheStagesDayBeginsThen() throws {
    var world = DeploymentWorld(
      .blueGreen, hooks: [.init(stages: [.preProductionTrafficShift], timeout: 14 * Self.day)])
    try world.go(to: .init(stage: .preProductionTrafficShift))
    world.targetIsReady = false
    world.now += 10 * Self.day
    try world.look()
    #expect(world.machine.stage == .preProductionTrafficShift && world.machine.status == .inProgress)
    let pause = world.machine.hooks.runs[0].id
    let isAccepted = world.machine.answer(pause: pause, goesOn: true, at: world.now)
    #expect(isAccepted)
    world.now += Self.day - 1
    try world.look()
    #expect(world.machine.status == .inProgress)
    world.now += 1
    try world.look()
    #expect(world.machine.status == .rollbackInProgress)
  }

  @Test func aDeploymentMayNotTakeLongerThanThirtyDays() throws {
    let stages: [Machine.Stage] = [.preScaleUp, .postScaleUp, .postTestTrafficShift]
    var world = DeploymentWorld(
      .canary, shift: .canary(5),
      hooks: [.init(stages: Set(stages), timeout: 14 * Self.day, continuesAfterTimeout: true)])
    let began = world.now
    for stage in stages.dropLast() {
      try world.go(to: .init(stage: stage))
      world.now += 14 * Self.day
    }
    try world.go(to: .init(stage: .postTestTrafficShift))
    #expect(world.now == began + 28 * Self.day)
    world.now = began + 30 * Self.day - 1
    try world.look()
    #expect(world.machine.status == .inProgress && world.machine.deadline == world.now + 1)
    world.now += 1
    try world.look()
    #expect(
      world.machine.rollback?.reason
        == "Service deployment rolled back because the deployment took longer than its limit of 30 days.")
  }

  @Test func aRollingDeploymentHasNoLimit() throws {
    var world = DeploymentWorld(.rolling)
    try world.look()
    world.now += 40 * Self.day
    try world.look()
    #expect(world.machine.status == .inProgress && world.machine.deadline == nil)
  }
}
