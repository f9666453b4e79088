import AWSWire
import Testing

@testable import PalcoRelease

@Suite struct DeploymentSnapshotWireTests {
  @Test func aDeploymentIsReadWithItsColours() throws {
    let snapshot = try DeploymentSnapshot(
      ECS.ServiceDeployment(
        serviceDeploymentArn: "arn:d",
        sourceServiceRevisions: [.init(arn: "arn:old", requestedTaskCount: 2, runningTaskCount: 2)],
        targetServiceRevision: .init(
          arn: "arn:new", requestedTaskCount: 2, runningTaskCount: 1, pendingTaskCount: 1,
          requestedProductionTrafficWeight: 0),
        status: "IN_PROGRESS", lifecycleStage: "SCALE_UP"))
    #expect(snapshot.target == .init(revisionARN: "arn:new", requested: 2, running: 1, pending: 1, productionWeight: 0))
    #expect(snapshot.sources.map(\.revisionARN) == ["arn:old"])
    #expect(!snapshot.hasEnded)
  }

  @Test func onlyAPauseThatWaitsIsWaitedFor() throws {
    func hook(_ type: String, _ status: String, _ action: String? = nil) -> ECS.DeploymentLifecycleHookDetail {
      .init(hookId: "ecs-\(type)-\(status)", targetType: type, status: status, timeoutAction: action)
    }
    let snapshot = try DeploymentSnapshot(
      ECS.ServiceDeployment(
        serviceDeploymentArn: "a", targetServiceRevision: .init(), status: "IN_PROGRESS",
        lifecycleHookDetails: [
          hook("PAUSE", "SUCCEEDED"), hook("AWS_LAMBDA", "IN_PROGRESS"), hook("PAUSE", "AWAITING_ACTION", "CONTINUE"),
        ]))
    #expect(snapshot.waiting == [.init(hookID: "ecs-PAUSE-AWAITING_ACTION", goesOnByItself: true)])
  }

  @Test(arguments: [
    ("CANARY", 5.0, [5.0, 100.0]), ("CANARY", 100, [100]), ("LINEAR", 30, [30, 60, 90, 100]),
    ("LINEAR", 33.3, [33.3, 66.6, 99.9, 100]), ("LINEAR", 50, [50, 100]), ("BLUE_GREEN", 5, []),
  ])
  func stepsAreThoseOfECS(_ strategy: String, _ percent: Double, _ steps: [Double]) {
    let configuration = ECS.DeploymentConfiguration(
      strategy: strategy, linearConfiguration: .init(stepPercent: percent),
      canaryConfiguration: .init(canaryPercent: percent))
    #expect(configuration.trafficSteps == steps)
  }

  @Test func aStatusThatNobodyKnowsIsAnErrorThatNamesIt() {
    #expect(throws: ReleaseError(.unexpectedAnswer, "'NEW' is no status of a service deployment that Palco knows")) {
      try DeploymentSnapshot(
        ECS.ServiceDeployment(serviceDeploymentArn: "a", targetServiceRevision: .init(), status: "NEW"))
    }
  }

  @Test func targetsThatDrainDoNotCount() {
    let targets = ReleaseProgress.Targets([
      .init(target: .init(id: "a"), targetHealth: .init(state: "healthy")),
      .init(target: .init(id: "b"), targetHealth: .init(state: "draining")),
      .init(target: .init(id: "c"), targetHealth: .init(state: "initial", reason: "Elb.RegistrationInProgress")),
    ])
    #expect(targets == .init(healthy: 1, registered: 2, complaint: nil))
    let sick = ReleaseProgress.Targets([
      .init(
        target: .init(id: "a"), targetHealth: .init(state: "unhealthy", reason: "Target.Timeout", description: "Slow"))
    ])
    #expect(sick.complaint == "Target.Timeout: Slow")
  }
}
