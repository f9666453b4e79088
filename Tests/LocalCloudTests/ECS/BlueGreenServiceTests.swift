import AWSWire
import Foundation
import Testing

@testable import LocalCloud

@Suite struct BlueGreenServiceTests {
  /// The first release: v1 serves from the group that the rule did not forward to.
  private func release(_ cloud: ECSFixture) async throws -> ECS.ServiceDeployment {
    try await cloud.createBlueGreen(try await cloud.define(["VERSION": "v1"]))
    return try await cloud.ended()
  }

  private func update(_ cloud: ECSFixture, _ environment: [String: String]) async throws {
    let definition = try await cloud.define(environment)
    try await cloud.update { $0.taskDefinition = definition }
  }

  @Test func theFirstReleaseComesToServeFromTheOtherGroup() async throws {
    try await ECSFixture.run { cloud in
      let deployment = try await release(cloud)
      #expect(deployment.status == "SUCCESSFUL" && deployment.lifecycleStage == "CLEAN_UP")
      #expect(deployment.sourceServiceRevisions == [])
      #expect(deployment.targetServiceRevision?.runningTaskCount == 2)
      #expect(deployment.deploymentCircuitBreaker?.status == "MONITORING_COMPLETE")
      #expect(await cloud.productionWeights == [0, 100])
      #expect(await cloud.balancer.ports(in: ECSFixture.green).count == 2)
      #expect(await cloud.balancer.ports(in: ECSFixture.blue).isEmpty)

      let service = try await cloud.described()
      #expect(service.runningCount == 2 && service.deployments?.count == 1)
      let primary = try cloud.unwrap(service.deployments?.first)
      #expect(primary.status == "PRIMARY" && primary.rolloutState == "COMPLETED" && primary.failedTasks == 0)
      // Terraform finds its deployment by this.
      let number = try cloud.unwrap(primary.id).dropFirst("ecs-svc/".count)
      #expect(deployment.targetServiceRevision?.arn?.hasSuffix("/\(number)") == true)
      // Primary and alternate never swap.
      #expect(service.loadBalancers?.first?.targetGroupArn == ECSFixture.blue)
    }
  }

  @Test func coloursAlternateFromReleaseToRelease() async throws {
    try await ECSFixture.run { cloud in
      _ = try await release(cloud)
      for (version, weights) in [("v2", [100, 0]), ("v3", [0, 100])] {
        try await update(cloud, ["VERSION": version])
        #expect(try await cloud.ended().status == "SUCCESSFUL")
        #expect(await cloud.productionWeights == weights)
        #expect(cloud.versions == [version, version])
      }
      #expect(await cloud.balancer.ports(in: ECSFixture.blue).isEmpty)
    }
  }

  @Test func whileItBakesBothColoursRunAndTheWeightsAreTold() async throws {
    try await ECSFixture.run { cloud in
      _ = try await release(cloud)
      try await update(cloud, ["VERSION": "v2"])
      try await cloud.reaches("BAKE_TIME")
      let deployment = try await cloud.newest()
      let target = try cloud.unwrap(deployment.targetServiceRevision)
      let source = try cloud.unwrap(deployment.sourceServiceRevisions?.first)
      #expect(target.requestedProductionTrafficWeight == 100 && source.requestedProductionTrafficWeight == 0)
      #expect(target.requestedTestTrafficWeight == 100 && source.requestedTestTrafficWeight == 0)
      #expect(target.runningTaskCount == 2 && source.runningTaskCount == 2 && source.requestedTaskCount == 2)
      let service = try await cloud.described()
      #expect(service.runningCount == 4 && service.deployments?.map(\.status) == ["PRIMARY", "ACTIVE"])
      #expect(service.deployments?.first?.rolloutState == "IN_PROGRESS")
      #expect(cloud.versions == ["v1", "v1", "v2", "v2"])
    }
  }

  @Test func aReleaseThatNeverGetsHealthyGoesBackAndTheOldOneKeepsServing() async throws {
    try await ECSFixture.run { cloud in
      _ = try await release(cloud)
      let before = try await cloud.described()
      await cloud.balancer.setDrains(false)
      try await update(cloud, ["VERSION": "v2", "SICK": "1"])
      let deployment = try await cloud.ended()
      #expect(deployment.status == "ROLLBACK_SUCCESSFUL")
      #expect(
        deployment.rollback?.reason
          == "Service deployment rolled back because the circuit breaker threshold was exceeded.")
      #expect(deployment.rollback?.serviceRevisionArn == deployment.sourceServiceRevisions?.first?.arn)
      #expect(deployment.deploymentCircuitBreaker?.status == "TRIGGERED")
      #expect(
        deployment.deploymentCircuitBreaker?.failureCount == 3 && deployment.deploymentCircuitBreaker?.threshold == 3)
      #expect(await cloud.productionWeights == [0, 100])
      #expect(await !cloud.balancer.calls.contains("weights [100, 0]"), "production was never touched")
      let after = try await cloud.described()
      #expect(after.taskDefinition == before.taskDefinition && cloud.versions == ["v1", "v1"])
      #expect(after.deployments?.map(\.rolloutState) == ["COMPLETED"])
      #expect(after.deployments?.first?.id == before.deployments?.first?.id)
      let sick = try await cloud.tasks("STOPPED").first {
        $0.stoppedReason == "Task failed ELB health checks in (target-group \(ECSFixture.blue))"
      }
      #expect(sick?.stopCode == "ServiceSchedulerInitiated")
      #expect(
        try await cloud.events().contains {
          $0.contains(
            "is unhealthy in (target-group \(ECSFixture.blue)) due to (reason Health checks failed with these codes: [503])"
          )
        })
    }
  }

  @Test func stoppingItWhileItBakesGivesTrafficBack() async throws {
    try await ECSFixture.run { cloud in
      _ = try await release(cloud)
      try await update(cloud, ["VERSION": "v2"])
      try await cloud.reaches("BAKE_TIME")
      #expect(await cloud.productionWeights == [100, 0])
      let arn = try cloud.unwrap(try await cloud.newest().serviceDeploymentArn)
      try await cloud.send(ECS.StopServiceDeploymentRequest(serviceDeploymentArn: arn))
      let deployment = try await cloud.ended()
      #expect(deployment.status == "ROLLBACK_SUCCESSFUL")
      #expect(await cloud.productionWeights == [0, 100])
      #expect(await cloud.balancer.calls.filter { $0 == "weights [0, 100]" }.count == 2)
      #expect(cloud.versions == ["v1", "v1"])
      let refusal = try await cloud.refusal(of: ECS.StopServiceDeploymentRequest(serviceDeploymentArn: arn))
      #expect(refusal?.code == "ConflictException")
    }
  }

  @Test func theTestRuleGetsTrafficFirstAndGivesItBack() async throws {
    try await ECSFixture.run { cloud in
      await cloud.balancer.set(ECSFixture.weights(100, 0), ofRule: ECSFixture.test)
      try await cloud.createBlueGreen(try await cloud.define(["VERSION": "v1"]), test: ECSFixture.test)
      try await cloud.ended()
      #expect(await cloud.balancer.rules[ECSFixture.test] == ECSFixture.weights(0, 100))
      try await update(cloud, ["VERSION": "v2"])
      try await cloud.reaches("BAKE_TIME")
      #expect(await cloud.balancer.rules[ECSFixture.test] == ECSFixture.weights(100, 0))
      let arn = try cloud.unwrap(try await cloud.newest().serviceDeploymentArn)
      try await cloud.send(ECS.StopServiceDeploymentRequest(serviceDeploymentArn: arn))
      try await cloud.ended()
      #expect(await cloud.balancer.rules[ECSFixture.test] == ECSFixture.weights(0, 100))
    }
  }

  @Test func aNewerReleaseTakesThePlaceOfOneUnderWay() async throws {
    try await ECSFixture.run { cloud in
      _ = try await release(cloud)
      try await update(cloud, ["VERSION": "v2", "SICK": "slow"])
      try await cloud.reaches("SCALE_UP")
      #expect(await cloud.until { cloud.versions == ["v1", "v1", "v2", "v2"] })
      try await update(cloud, ["VERSION": "v3"])
      #expect(try await cloud.ended().status == "SUCCESSFUL")
      let deployments = try await cloud.deployments()
      #expect(deployments.map(\.status) == ["SUCCESSFUL", "STOPPED", "SUCCESSFUL"])
      #expect(deployments[0].sourceServiceRevisions?.count == 2)
      #expect(cloud.versions == ["v3", "v3"])
      #expect(await cloud.productionWeights == [100, 0])
    }
  }

  @Test func aReleaseSupersededAfterItsShiftServesUntilTheNextOne() async throws {
    try await ECSFixture.run { cloud in
      _ = try await release(cloud)
      try await update(cloud, ["VERSION": "v2"])
      try await cloud.reaches("BAKE_TIME")
      try await update(cloud, ["VERSION": "v3", "SICK": "1"])
      #expect(try await cloud.ended().status == "ROLLBACK_SUCCESSFUL")
      #expect(cloud.versions == ["v2", "v2"])
      #expect(await cloud.productionWeights == [100, 0])
    }
  }

  @Test func theFirstReleaseThatFailsHasNothingToGoBackTo() async throws {
    try await ECSFixture.run { cloud in
      try await cloud.createBlueGreen(try await cloud.define(["SICK": "1"]))
      let deployment = try await cloud.ended()
      #expect(deployment.status == "ROLLBACK_FAILED")
      #expect(deployment.statusReason == "No rollback candidate was found to run the rollback.")
      #expect(deployment.rollback?.reason?.contains("circuit breaker") == true)
      #expect(cloud.runtime.running.isEmpty)
      #expect(await cloud.productionWeights == [100, 0])
      // The next one may succeed.
      try await update(cloud, ["VERSION": "v2"])
      #expect(try await cloud.ended().status == "SUCCESSFUL")
    }
  }

  @Test func rulesThatAreNotAsTheyMustBeFailTheRelease() async throws {
    try await ECSFixture.run { cloud in
      _ = try await release(cloud)
      await cloud.balancer.set(ECSFixture.weights(50, 50), ofRule: ECSFixture.production)
      try await update(cloud, ["VERSION": "v2"])
      var deployment = try await cloud.ended()
      #expect(deployment.status == "ROLLBACK_SUCCESSFUL")
      #expect(
        deployment.statusReason
          == "Service deployment rolled back because of invalid networking configuration. productionListenerRule "
          + "\(ECSFixture.production) should have exactly one target group serving traffic but found 2.")
      #expect(cloud.versions == ["v1", "v1"])

      await cloud.balancer.set([.init(targetGroupARN: ECSFixture.green, weight: 1)], ofRule: ECSFixture.production)
      var update = ECS.UpdateServiceRequest(service: "web", cluster: "walk")
      update.forceNewDeployment = true
      #expect(
        try await cloud.refusal(of: update)?.message.hasPrefix("For Application LoadBalancer, testListenerRule") == true
      )

      await cloud.balancer.set(nil, ofRule: ECSFixture.production)
      try await cloud.send(update)
      deployment = try await cloud.ended()
      #expect(deployment.statusReason?.contains("\(ECSFixture.production) was not found.") == true)
      #expect(cloud.versions == ["v1", "v1"])
    }
  }

  @Test func weightsThatCannotBeWrittenFailTheRelease() async throws {
    try await ECSFixture.run { cloud in
      _ = try await release(cloud)
      await cloud.balancer.refuseWrites()
      try await update(cloud, ["VERSION": "v2"])
      let deployment = try await cloud.ended()
      #expect(deployment.status == "ROLLBACK_FAILED")
      #expect(deployment.statusReason?.contains("ECS was unable to modify the rule") == true)
      #expect(await cloud.until { cloud.versions == ["v1", "v1"] }, "what serves stays")
    }
  }

  @Test func aFullDiskDelaysAReleaseAndFailsNone() async throws {
    try await ECSFixture.run { cloud in
      _ = try await release(cloud)
      try await update(cloud, ["VERSION": "v2"])
      try await cloud.reaches("SCALE_UP")
      // Weights first, then the targets of the tasks that go.
      await cloud.balancer.failWrites(8)
      #expect(try await cloud.ended().status == "SUCCESSFUL")
      #expect(await cloud.productionWeights == [100, 0])
      #expect(await cloud.until { await cloud.balancer.ports(in: ECSFixture.green).isEmpty }, "no dead target stays")
      #expect(cloud.versions == ["v2", "v2"])
    }
  }

  @Test func theDesiredCountHoldsForBothColours() async throws {
    try await ECSFixture.run { cloud in
      _ = try await release(cloud)
      try await update(cloud, ["VERSION": "v2"])
      try await cloud.reaches("BAKE_TIME")
      try await cloud.update { $0.desiredCount = 3 }
      #expect(await cloud.until { cloud.versions == ["v1", "v1", "v1", "v2", "v2", "v2"] })
      #expect(try await cloud.deployments().count == 2, "a count makes no deployment")
      #expect(try await cloud.ended().status == "SUCCESSFUL")
      #expect(cloud.versions == ["v2", "v2", "v2"])
    }
  }
}
