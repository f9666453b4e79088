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
