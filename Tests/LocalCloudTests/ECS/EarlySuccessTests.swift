import AWSWire
import Foundation
import Testing

@testable import LocalCloud

/// Rolling deployments that are done before all is replaced, as the page on early success criteria tells it.
@Suite struct EarlySuccessTests {
  typealias Machine = ServiceDeploymentMachine

  /// The table of the page, and its bounds: one task at least, never more than are desired.
  @Test(arguments: [
    (2, 50, 1), (3, 50, 2), (10, 80, 8), (100, 90, 90), (10, 100, 10), (10, 0, 1), (1, 1, 1), (0, 100, 0),
  ])
  func soManyHealthyTasksSuffice(_ desired: Int, _ percent: Int, _ tasks: Int) {
    #expect(EarlySuccess(healthyPercent: percent, waitsForCleanUp: true).tasks(desiredCount: desired) == tasks)
  }

  @Test(arguments: [true, false])
  func aDeploymentIsDoneAfterItsBakeAndWaitsForTheOldTasksOnlyIfToldSo(_ waits: Bool) {
    var now = Date(timeIntervalSince1970: 1000)
    var machine = Machine(
      strategy: .rolling, bakeTime: 60, earlySuccess: .init(healthyPercent: 50, waitsForCleanUp: waits), createdAt: now)
    machine.start(hasSource: true, at: now)
    var seen = Machine.Observation(sources: 1, targetIsGone: false, sourcesAreGone: false)
    func look() -> Machine.Status {
      _ = machine.advance(seen, at: now, ids: .live)
      return machine.status
    }
    #expect(look() == .inProgress)
    #expect(machine.deadline == nil)
    seen.targetSuffices = true
    #expect(look() == .inProgress)
    #expect(machine.deadline == now + 60)
    now += 59
    #expect(look() == .inProgress)
    now += 1
    // A task too few at the end of the bake is one too few.
    seen.targetSuffices = false
    #expect(look() == .inProgress)
    seen.targetSuffices = true
    #expect(look() == (waits ? .inProgress : .successful))
    seen.sourcesAreGone = true
    #expect(look() == .successful)
    #expect(machine.targetTasks == .desired && machine.sourceTasks == .none)
  }

  private func update(_ cloud: ECSFixture, _ cleanUp: String) async throws {
    let definition = try await cloud.define(["VERSION": "v2"])
    try await cloud.update {
      $0.taskDefinition = definition
      $0.deploymentConfiguration = .init(
        earlySuccessCriteria: .init(enable: true, healthyPercent: 50, sourceServiceRevisionCleanup: cleanUp))
    }
  }

  /// Four tasks of which two may be missing: two new ones are healthy while two old ones have yet to go.
  private func halfWay(_ cleanUp: String, _ body: (ECSFixture) async throws -> Void) async throws {
    try await ECSFixture.run { cloud in
      try await cloud.createRolling(try await cloud.define(["VERSION": "v1"]), count: 4, minimum: 50, maximum: 100)
      try await cloud.ended()
      await cloud.balancer.setDrains(true)
      try await update(cloud, cleanUp)
      try await body(cloud)
      let isDone = await cloud.until {
        await cloud.balancer.endDraining()
        guard cloud.versions == ["v2", "v2", "v2", "v2"] else { return false }
        return (try? await cloud.newest().status) == "SUCCESSFUL"
      }
      #expect(isDone)
      #expect(await cloud.until { (try? await cloud.events().last) == "(service web) has reached a steady state." })
    }
  }

  @Test func deferredCleanUpGoesOnAfterTheDeployment() async throws {
    try await halfWay("DEFERRED") { cloud in
      let deployment = try await cloud.ended()
      #expect(deployment.status == "SUCCESSFUL" && deployment.targetServiceRevision?.runningTaskCount == 2)
      #expect(deployment.deploymentConfiguration?.earlySuccessCriteria?.sourceServiceRevisionCleanup == "DEFERRED")
      #expect(cloud.versions.contains("v1"), "old tasks drain outside of the deployment")
      #expect(try await cloud.described().deployments?.first?.rolloutState == "COMPLETED")
    }
  }

  @Test func blockingCleanUpIsWaitedFor() async throws {
    try await halfWay("BLOCKING") { cloud in
      #expect(await cloud.until { cloud.versions.filter { $0 == "v2" }.count == 4 })
      cloud.clock.advance(by: .seconds(60))
      #expect(await cloud.until { await cloud.balancer.draining.count == 4 })
      let status = try await cloud.newest().status
      #expect(status == "IN_PROGRESS")
    }
  }

  @Test func criteriaThatCannotBeAreRefused() async throws {
    try await ECSFixture.run { cloud in
      let definition = try await cloud.define()
      func refusal(by strategy: String = "ROLLING", _ criteria: ECS.EarlySuccessCriteria) async throws -> String {
        var configuration = ECS.DeploymentConfiguration(minimumHealthyPercent: 50)
        configuration.strategy = strategy
        configuration.earlySuccessCriteria = criteria
        let error = try await cloud.refusal(
          of: ECSFixture.request(definition, balancers: [ECSFixture.blueGreenBalancer()], configuration))
        return error?.code == "InvalidParameterException" ? error?.message ?? "" : "\(String(describing: error))"
      }
      let whole = ECS.EarlySuccessCriteria(enable: true, healthyPercent: 90, sourceServiceRevisionCleanup: "BLOCKING")
      try await #expect(
        refusal(by: "BLUE_GREEN", whole) == "earlySuccessCriteria is only valid with the deployment strategy ROLLING.")
      try await #expect(
        refusal(.init(enable: true, healthyPercent: 90))
          == "healthyPercent and sourceServiceRevisionCleanup are required when earlySuccessCriteria is enabled.")
      try await #expect(
        refusal(.init(enable: true, healthyPercent: 101, sourceServiceRevisionCleanup: "BLOCKING"))
          == "earlySuccessCriteria.healthyPercent must be between 0 and 100, not 101.")
      try await #expect(
        refusal(.init(enable: true, healthyPercent: 49, sourceServiceRevisionCleanup: "BLOCKING"))
          == "earlySuccessCriteria.healthyPercent must not be less than minimumHealthyPercent, which is 50.")
      try await #expect(
        refusal(.init(enable: true, healthyPercent: 90, sourceServiceRevisionCleanup: "LATER"))
          .hasPrefix("earlySuccessCriteria.sourceServiceRevisionCleanup 'LATER' is not valid."))
    }
  }
}
