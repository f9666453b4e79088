import AWSWire
import Testing

@testable import LocalCloud

/// What chaos found: releases of one strategy that take the place of one of another strategy, half way.
@Suite struct SupersededReleaseTests {
  @Test func whatARollingReleaseHasStartedServesOnUntilTheOldTasksAreBack() throws {
    var world = try ReconcilerWorld(seed: 1)
    let old = try #require(world.record?.currentRevision)
    try world.release(.good, world.configuration(strategy: "ROLLING"))
    try world.go { $0.active(old).count < 2 }
    // The last old task dies; only what the rolling release has started serves.
    for task in world.active(old) { world.programs[task.arn]?.runs = false }
    try world.release(.good, world.configuration(strategy: "BLUE_GREEN"))
    try world.settle()
  }

  @Test func tasksWithoutTrafficAreNoCapacityOfARollingRelease() throws {
    var world = try ReconcilerWorld(seed: 2)
    var paused = world.configuration(strategy: "BLUE_GREEN")
    paused.lifecycleHooks = [.init(targetType: "PAUSE", lifecycleStages: ["POST_SCALE_UP"])]
    try world.release(.good, paused)
    try world.go { $0.capacity.values.reduce(0, +) == 4 }
    try world.release(.good, world.configuration(strategy: "ROLLING"))
    try world.settle()
  }

  @Test(arguments: ["BLUE_GREEN", "ROLLING"])
  func aReleaseAfterTheOneThatSupersededAShiftPutsTrafficRight(_ second: String) throws {
    var world = try ReconcilerWorld(seed: 3)
    try world.release(.good, world.configuration(strategy: "CANARY"))
    try world.go { world in world.weights.values.allSatisfy { $0 > 0 } }
    // Nothing happens between them but that both have started.
    try world.release(.good, world.configuration(strategy: second))
    _ = try world.pass()
    try world.release(.good, world.configuration(strategy: "BLUE_GREEN"))
    try world.settle()
    #expect(world.state.deployments(of: ReconcilerWorld.service).last?.machine.status == .successful)
  }

  @Test func aRollingReleaseEndsAShiftThatItSupersedes() throws {
    var world = try ReconcilerWorld(seed: 4)
    try world.release(.good, world.configuration(strategy: "LINEAR"))
    try world.go { world in world.weights.values.allSatisfy { $0 > 0 } }
    try world.release(.good, world.configuration(strategy: "ROLLING"))
    try world.settle()
    #expect(world.weights.values.sorted() == [0, 100])
  }

  @Test func aRollingReleaseGoesBackToWhatServedWhenItStarted() throws {
    var world = try ReconcilerWorld(seed: 5)
    var baking = world.configuration(strategy: "BLUE_GREEN")
    baking.bakeTimeInMinutes = 1000
    try world.release(.good, baking)
    let weights = world.weights
    try world.go { $0.weights != weights }
    let serving = try #require(world.state.deployments(of: ReconcilerWorld.service).last?.target)
    try world.release(.sick, world.configuration(strategy: "ROLLING"))
    try world.settle()
    #expect(world.record?.currentRevision == serving)
  }
}

extension ReconcilerWorld {
  /// The tasks of a revision that run or are to run.
  fileprivate func active(_ revision: String) -> [TaskRecord] {
    tasks.filter { $0.revisionARN == revision && $0.machine.isActive }
  }
}
