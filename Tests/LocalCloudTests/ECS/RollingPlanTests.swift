import Testing

@testable import LocalCloud

@Suite struct RollingPlanTests {
  typealias Tasks = RollingPlan.Tasks

  @Test(arguments: [
    (4, 50, 200, 2, 8), (2, 75, 200, 2, 4), (3, 100, 125, 3, 3), (4, 100, 200, 4, 8), (1, 50, 100, 1, 1),
    (10, 33, 133, 4, 13), (0, 100, 200, 0, 0),
  ])
  func boundsRoundUpBelowAndDownAbove(_ desired: Int, _ minimum: Int, _ maximum: Int, _ lower: Int, _ upper: Int) {
    let plan = RollingPlan(desired: desired, minimumHealthyPercent: minimum, maximumPercent: maximum)
    #expect(plan.lower == lower && plan.upper == upper)
  }

  @Test func withRoomAboveNewTasksStartFirst() {
    let plan = RollingPlan(desired: 4, minimumHealthyPercent: 100, maximumPercent: 200)
    #expect(plan.step(incoming: Tasks(), outgoing: Tasks(healthy: 4), replaced: 0) == .init(startIncoming: 4))
    #expect(plan.step(incoming: Tasks(pending: 4), outgoing: Tasks(healthy: 4), replaced: 0) == .init())
    #expect(
      plan.step(incoming: Tasks(healthy: 1, pending: 3), outgoing: Tasks(healthy: 4), replaced: 0)
        == .init(stopOutgoing: 1))
    #expect(
      plan.step(incoming: Tasks(healthy: 4), outgoing: Tasks(healthy: 4), replaced: 0) == .init(stopOutgoing: 4))
  }

  @Test func withRoomBelowOldTasksStopFirst() {
    let plan = RollingPlan(desired: 4, minimumHealthyPercent: 50, maximumPercent: 100)
    #expect(plan.step(incoming: Tasks(), outgoing: Tasks(healthy: 4), replaced: 0) == .init(stopOutgoing: 2))
    #expect(plan.step(incoming: Tasks(), outgoing: Tasks(healthy: 2), replaced: 0) == .init(startIncoming: 2))
    #expect(plan.step(incoming: Tasks(pending: 2), outgoing: Tasks(healthy: 2), replaced: 0) == .init())
    #expect(
      plan.step(incoming: Tasks(healthy: 2), outgoing: Tasks(healthy: 2), replaced: 0) == .init(stopOutgoing: 2))
  }

  @Test func minimum75PercentOfTwoIsTwo() {
    let plan = RollingPlan(desired: 2, minimumHealthyPercent: 75, maximumPercent: 200)
    #expect(plan.step(incoming: Tasks(), outgoing: Tasks(healthy: 2), replaced: 0).stopOutgoing == 0)
  }

  @Test func maximum125PercentOfThreeStalls() {
    let plan = RollingPlan(desired: 3, minimumHealthyPercent: 100, maximumPercent: 125)
    #expect(plan.step(incoming: Tasks(), outgoing: Tasks(healthy: 3), replaced: 0) == .init(isStalled: true))
    // Something is on its way: that is no stall.
    #expect(!plan.step(incoming: Tasks(), outgoing: Tasks(healthy: 2, pending: 1), replaced: 0).isStalled)
  }

  @Test func unhealthyOldTasksMakeRoom() {
    let plan = RollingPlan(desired: 3, minimumHealthyPercent: 100, maximumPercent: 125)
    #expect(plan.step(incoming: Tasks(), outgoing: Tasks(unhealthy: 3), replaced: 0) == .init(stopOutgoing: 3))
  }

  @Test func anUnhealthyNewTaskGoesOnceAnotherOneIsHealthyInItsPlace() {
    let plan = RollingPlan(desired: 2, minimumHealthyPercent: 100, maximumPercent: 200)
    #expect(
      plan.step(incoming: Tasks(healthy: 1, unhealthy: 1), outgoing: Tasks(), replaced: nil)
        == .init(startIncoming: 1))
    #expect(
      plan.step(incoming: Tasks(healthy: 1, pending: 1, unhealthy: 1), outgoing: Tasks(), replaced: nil) == .init())
    #expect(
      plan.step(incoming: Tasks(healthy: 2, unhealthy: 1), outgoing: Tasks(), replaced: nil) == .init(stopIncoming: 1)
    )
    // Without room for another one it makes room itself.
    let full = RollingPlan(desired: 2, minimumHealthyPercent: 50, maximumPercent: 100)
    #expect(
      full.step(incoming: Tasks(healthy: 1, unhealthy: 1), outgoing: Tasks(), replaced: nil) == .init(stopIncoming: 1)
    )
  }

  @Test func unhealthyOldTasksServeUntilOthersDoIfThereIsRoom() {
    let plan = RollingPlan(desired: 2, minimumHealthyPercent: 100, maximumPercent: 200)
    // A rollback from tasks that are all sick: none goes before another one is healthy.
    #expect(plan.step(incoming: Tasks(), outgoing: Tasks(unhealthy: 2), replaced: nil) == .init(startIncoming: 2))
    #expect(plan.step(incoming: Tasks(pending: 2), outgoing: Tasks(unhealthy: 2), replaced: nil) == .init())
    #expect(
      plan.step(incoming: Tasks(healthy: 1, pending: 1), outgoing: Tasks(unhealthy: 2), replaced: nil)
        == .init(stopOutgoing: 1))
    // An old one that got sick in a release is replaced by one of its own revision.
    #expect(
      plan.step(incoming: Tasks(pending: 1), outgoing: Tasks(healthy: 1, unhealthy: 1), replaced: 0)
        == .init(startOutgoing: 1))
  }

  @Test func oldTasksThatAreLostComeBackBeforeNewOnesStart() {
    let plan = RollingPlan(desired: 2, minimumHealthyPercent: 50, maximumPercent: 100)
    #expect(plan.step(incoming: Tasks(pending: 1), outgoing: Tasks(), replaced: 0) == .init(startOutgoing: 1))
    // After a restart nothing runs: both sides start, as far as there is room.
    let roomy = RollingPlan(desired: 2, minimumHealthyPercent: 100, maximumPercent: 200)
    #expect(
      roomy.step(incoming: Tasks(), outgoing: Tasks(), replaced: 0) == .init(startIncoming: 2, startOutgoing: 2))
  }

  @Test func whatWasReplacedDoesNotComeBackForATaskThatIsLost() {
    let plan = RollingPlan(desired: 2, minimumHealthyPercent: 100, maximumPercent: 200)
    // One of two new tasks is lost, and later the last old one: each gets a successor of its own revision.
    #expect(
      plan.step(incoming: Tasks(), outgoing: Tasks(healthy: 1), replaced: 1) == .init(startIncoming: 2))
    #expect(
      plan.step(incoming: Tasks(healthy: 1, pending: 1), outgoing: Tasks(), replaced: 1) == .init(startOutgoing: 1))
    #expect(plan.step(incoming: Tasks(), outgoing: Tasks(), replaced: 1) == .init(startIncoming: 2, startOutgoing: 1))
  }

  @Test func aFirstReleaseHasNothingToRestore() {
    let plan = RollingPlan(desired: 3, minimumHealthyPercent: 100, maximumPercent: 125)
    #expect(plan.step(incoming: Tasks(), outgoing: Tasks(), replaced: nil) == .init(startIncoming: 3))
  }

  @Test func withNothingDesiredEverythingGoes() {
    let plan = RollingPlan(desired: 0, minimumHealthyPercent: 100, maximumPercent: 200)
    #expect(
      plan.step(incoming: Tasks(), outgoing: Tasks(healthy: 2, pending: 1), replaced: 0) == .init(stopOutgoing: 3))
  }

  /// Whatever tasks do, the service keeps its bounds.
  @Test func noStepBreaksTheBounds() {
    for desired in 0...5 {
      for (minimum, maximum) in [(100, 200), (50, 100), (50, 150), (0, 100), (100, 150)] {
        let plan = RollingPlan(desired: desired, minimumHealthyPercent: minimum, maximumPercent: maximum)
        for incoming in [Tasks(), Tasks(pending: 1), Tasks(healthy: 1), Tasks(healthy: desired)] {
          for outgoing in [Tasks(), Tasks(healthy: desired), Tasks(pending: desired), Tasks(unhealthy: desired)] {
            let step = plan.step(incoming: incoming, outgoing: outgoing, replaced: 0)
            let active = incoming.active + outgoing.active
            let started = step.startIncoming + step.startOutgoing
            #expect(started == 0 || active + started <= plan.upper)
            let healthyStopped = max(0, step.stopOutgoing - outgoing.unhealthy - outgoing.pending)
            let healthy = incoming.healthy + outgoing.healthy
            #expect(healthyStopped == 0 || healthy - healthyStopped >= plan.lower)
          }
        }
      }
    }
  }
}
