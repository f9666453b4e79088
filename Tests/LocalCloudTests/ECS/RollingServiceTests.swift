import AWSWire
import Foundation
import Testing

@testable import LocalCloud

@Suite struct RollingServiceTests {
  private func update(_ cloud: ECSFixture, _ environment: [String: String]) async throws {
    let definition = try await cloud.define(environment)
    try await cloud.update { $0.taskDefinition = definition }
  }

  @Test func aReleaseReplacesTheTasksAndTellsSoInOrder() async throws {
    try await ECSFixture.run { cloud in
      try await cloud.createRolling(try await cloud.define(["VERSION": "v1"]), count: 1)
      #expect(try await cloud.ended().status == "SUCCESSFUL")
      #expect(await cloud.until { (try? await cloud.events().last) == "(service web) has reached a steady state." })
      let first = try await cloud.events().count
      try await update(cloud, ["VERSION": "v2"])
      let deployment = try await cloud.ended()
      #expect(deployment.status == "SUCCESSFUL" && deployment.lifecycleStage == nil)
      #expect(deployment.targetServiceRevision?.requestedProductionTrafficWeight == nil)
      #expect(cloud.versions == ["v2"])
      #expect(await cloud.until { (try? await cloud.events().last) == "(service web) has reached a steady state." })
      // Names of tasks and deployments differ from run to run.
      let events = try await cloud.events().dropFirst(first).map {
        $0.replacing(/task [0-9a-f]{32}/, with: "task T").replacing(/ecs-svc\/[0-9]+/, with: "ecs-svc/N")
      }
      #expect(
        events == [
          "(service web) has started 1 tasks: (task T).",
          "(service web) registered 1 targets in (target-group \(ECSFixture.blue))",
          "(service web) has stopped 1 running tasks: (task T).",
          "(service web) deregistered 1 targets in (target-group \(ECSFixture.blue))",
          "(service web, taskSet ecs-svc/N) has begun draining connections on 1 tasks.",
          "(service web) (deployment ecs-svc/N) deployment completed.",
          "(service web) has reached a steady state.",
        ])
    }
  }

  @Test func oldTasksDrainBeforeTheyAreStopped() async throws {
    try await ECSFixture.run { cloud in
      try await cloud.createRolling(try await cloud.define(["VERSION": "v1"]), count: 1)
      try await cloud.ended()
      await cloud.balancer.setDrains(true)
      try await update(cloud, ["VERSION": "v2"])
      #expect(await cloud.until { await !cloud.balancer.draining.isEmpty })
      #expect(await cloud.until { (try? await cloud.tasks("STOPPED").first?.lastStatus) == "DEACTIVATING" })
      cloud.clock.advance(by: .seconds(5))
      #expect(cloud.versions == ["v1", "v2"], "requests in flight end first")
      #expect(try await cloud.newest().status == "IN_PROGRESS")
      await cloud.balancer.endDraining()
      #expect(try await cloud.ended().status == "SUCCESSFUL")
      #expect(cloud.versions == ["v2"])
      let stopped = cloud.runtime.containers.first { !$0.isRunning }
      #expect(stopped?.stopTimeout == .seconds(5), "a stop time-out is never scaled")
    }
  }

  @Test func aReleaseWhoseTasksCannotStartGoesBack() async throws {
    try await ECSFixture.run { cloud in
      try await cloud.createRolling(try await cloud.define(["VERSION": "v1"]))
      try await cloud.ended()
      let definition = try await cloud.send(ECS.DescribeServicesRequest(services: ["web"], cluster: "walk"))
        .services?.first?.taskDefinition
      try await update(cloud, ["VERSION": "v2", "MODE": "unstartable"])
      let deployment = try await cloud.ended()
      #expect(deployment.status == "ROLLBACK_SUCCESSFUL")
      let failed = try cloud.unwrap(try await cloud.tasks("STOPPED").first { $0.stopCode == "TaskFailedToStart" })
      #expect(failed.stoppedReason == "CannotStartContainerError: exec /bin/web: no such file or directory")
      let service = try await cloud.described()
      #expect(service.taskDefinition == definition && service.deployments?.count == 1)
      #expect(cloud.versions == ["v1", "v1"])
      #expect(try await cloud.events().contains("(service web) deployment failed: tasks failed to start."))
    }
  }

  @Test func aProgramThatEndsAtOnceTripsTheBreakerWithItsBackOff() async throws {
    try await ECSFixture.run { cloud in
      try await cloud.createRolling(try await cloud.define(["MODE": "exit"]), count: 1, balanced: false)
      let deployment = try await cloud.ended()
      #expect(deployment.status == "ROLLBACK_FAILED")
      #expect(cloud.runtime.containers.count == 3)
      let took = cloud.clock.now.timeIntervalSince(try cloud.unwrap(deployment.createdAt))
      #expect(took >= (10 + 20) / 60.0, "two waits of the back-off, a minute being a second")
      let task = try cloud.unwrap(try await cloud.tasks("STOPPED").first)
      #expect(task.stopCode == "EssentialContainerExited")
      #expect(task.stoppedReason == "Essential container in task exited" && task.containers?.first?.exitCode == 3)
    }
  }

  @Test func withoutRollbackAFailedReleaseStallsAndTheOldOneServes() async throws {
    try await ECSFixture.run { cloud in
      try await cloud.createRolling(
        try await cloud.define(["VERSION": "v1"]), breaker: .init(enable: true, rollback: false))
      try await cloud.ended()
      try await update(cloud, ["VERSION": "v2", "MODE": "unstartable"])
      let deployment = try await cloud.ended()
      #expect(deployment.status == "STOPPED" && deployment.rollback == nil)
      #expect(cloud.versions == ["v1", "v1"])
      let deployments = try cloud.unwrap(try await cloud.described().deployments)
      #expect(deployments.map(\.rolloutState) == ["FAILED", "COMPLETED"])
      #expect(deployments.map(\.status) == ["PRIMARY", "ACTIVE"])
      // Tasks that were on their way when the breaker tripped fail as well, and no others are started.
      #expect(await cloud.until { (try? await cloud.described().deployments?.map(\.desiredCount)) == [0, 2] })
      #expect(deployments.first?.rolloutStateReason == "ECS deployment circuit breaker: tasks failed to start.")
    }
  }

  @Test func percentagesThatAllowNoStepAreTold() async throws {
    try await ECSFixture.run { cloud in
      try await cloud.createRolling(try await cloud.define(["VERSION": "v1"]), count: 3, maximum: 125)
      // The first release has nothing in its way.
      #expect(try await cloud.ended().status == "SUCCESSFUL")
      try await update(cloud, ["VERSION": "v2"])
      let text =
        "(service web) was unable to stop or start tasks during a deployment because of the service deployment "
        + "configuration. Update the minimumHealthyPercent or maximumPercent value and try again."
      #expect(await cloud.until { (try? await cloud.events().contains(text)) == true })
      #expect(cloud.versions == ["v1", "v1", "v1"])
    }
  }

  @Test func tasksWithoutLoadBalancerAreHealthyAfter40Seconds() async throws {
    try await ECSFixture.run { cloud in
      try await cloud.createRolling(try await cloud.define(["VERSION": "v1"]), count: 1, balanced: false)
      #expect(await cloud.until { (try? await cloud.described().runningCount) == 1 })
      let started = try cloud.unwrap(try await cloud.tasks().first?.startedAt)
      let deployment = try await cloud.ended()
      #expect(try cloud.unwrap(deployment.finishedAt).timeIntervalSince(started) >= 40 / 60.0)
    }
  }

  @Test func tasksThatEndOrAreStoppedAreReplaced() async throws {
    try await ECSFixture.run { cloud in
      try await cloud.createRolling(try await cloud.define(["VERSION": "v1"]))
      try await cloud.ended()
      let victim = try cloud.unwrap(try await cloud.tasks().first?.taskArn)
      var stop = ECS.StopTaskRequest(task: victim)
      stop.cluster = "walk"
      stop.reason = "walk"
      try await cloud.send(stop)
      #expect(
        await cloud.until {
          let tasks = (try? await cloud.tasks()) ?? []
          return tasks.filter { $0.lastStatus == "RUNNING" && $0.taskArn != victim }.count == 2
        })
      cloud.runtime.running.first?.end(.code(0))
      #expect(await cloud.until { cloud.runtime.containers.count == 4 && cloud.runtime.running.count == 2 })
      let stopped = try await cloud.tasks("STOPPED")
      #expect(stopped.contains { $0.stopCode == "UserInitiated" && $0.stoppedReason == "walk" })
      #expect(try await cloud.deployments().count == 1)
    }
  }

  @Test func theGracePeriodIgnoresFailedChecks() async throws {
    try await ECSFixture.run { cloud in
      try await cloud.createRolling(try await cloud.define(["VERSION": "v1"]), count: 1)
      try await cloud.ended()
      try await cloud.update { $0.healthCheckGracePeriodSeconds = 600 }
      let definition = try await cloud.define(["SICK": "1"])
      try await cloud.update { $0.taskDefinition = definition }
      let changed = cloud.clock.now
      #expect(try await cloud.ended().status == "ROLLBACK_SUCCESSFUL")
      #expect(cloud.clock.now.timeIntervalSince(changed) >= 3 * 10, "three tasks with ten seconds of grace each")
    }
  }

  @Test func aProgramHasRealSecondsUntilItMustAnswer() async throws {
    try await ECSFixture.run { cloud in
      try await cloud.createRolling(try await cloud.define(["SICK": "deaf"]), count: 1)
      #expect(await cloud.until { (try? await cloud.tasks().first?.lastStatus) == "RUNNING" })
      let started = try cloud.unwrap(try await cloud.tasks().first?.startedAt)
      #expect(await cloud.until { (try? await cloud.tasks("STOPPED").first) != nil })
      let stopping = try cloud.unwrap(try await cloud.tasks("STOPPED").first?.stoppingAt)
      #expect(stopping.timeIntervalSince(started) >= 10, "although a minute is a second here")
    }
  }

  @Test func anUpdateWithoutNewsMakesNoDeploymentUnlessForced() async throws {
    try await ECSFixture.run { cloud in
      let definition = try await cloud.define(["VERSION": "v1"])
      try await cloud.createRolling(definition, count: 1)
      try await cloud.ended()
      try await cloud.update {
        $0.taskDefinition = definition
        $0.desiredCount = 2
        $0.healthCheckGracePeriodSeconds = 5
      }
      #expect(try await cloud.deployments().count == 1)
      #expect(await cloud.until { cloud.versions.count == 2 })
      try await cloud.update { $0.forceNewDeployment = true }
      #expect(try await cloud.deployments().count == 2)
      #expect(try await cloud.ended().status == "SUCCESSFUL")
      try await cloud.update { $0.desiredCount = 0 }
      #expect(await cloud.until { cloud.versions.isEmpty })
    }
  }

  @Test func aDeletedServiceDrainsAndIsInactive() async throws {
    try await ECSFixture.run { cloud in
      try await cloud.createRolling(try await cloud.define(["VERSION": "v1"]))
      try await cloud.ended()
      let gentle = ECS.DeleteServiceRequest(service: "web", cluster: "walk")
      #expect(try await cloud.refusal(of: gentle)?.code == "InvalidParameterException")
      #expect(
        try await cloud.refusal(of: ECS.DeleteClusterRequest(cluster: "walk"))?.code
          == "ClusterContainsServicesException")
      let deleted = try await cloud.send(ECS.DeleteServiceRequest(service: "web", cluster: "walk", force: true))
      #expect(deleted.service?.status == "DRAINING")
      #expect(
        try await cloud.refusal(of: ECS.UpdateServiceRequest(service: "web", cluster: "walk"))?.code
          == "ServiceNotActiveException")
      #expect(await cloud.until { (try? await cloud.described().status) == "INACTIVE" })
      #expect(cloud.runtime.running.isEmpty)
      #expect(try await cloud.send(ECS.DeleteClusterRequest(cluster: "walk")).cluster?.status == "INACTIVE")
    }
  }

  @Test func aNameIsFreeAgainOnceItsServiceIsGone() async throws {
    try await ECSFixture.run { cloud in
      let definition = try await cloud.define(["VERSION": "v1"])
      try await cloud.createRolling(definition, count: 1)
      await #expect(throws: AWSError.self) { try await cloud.createRolling(definition, count: 1) }
      try await cloud.send(ECS.DeleteServiceRequest(service: "web", cluster: "walk", force: true))
      #expect(await cloud.until { (try? await cloud.described().status) == "INACTIVE" })
      try await cloud.createRolling(definition, count: 1)
      #expect(try await cloud.ended().status == "SUCCESSFUL")
      #expect(try await cloud.deployments().count == 1)
    }
  }
}
