import AWSWire
import Foundation
import PalcoTestSupport
import Testing

@testable import LocalCloud

@Suite struct ECSRestartTests {
  /// Two lives of one cloud on the same folder.
  private func twoLives(
    _ first: (ECSFixture) async throws -> Void, between: (Store) async throws -> Void = { _ in },
    _ second: (ECSFixture, ECSFixture) async throws -> Void
  ) async throws {
    try await withTemporaryDirectory { directory in
      let before = try await ECSFixture(directory: directory)
      try await before.send(ECS.CreateClusterRequest(clusterName: "walk"))
      try await before.running { try await first(before) }
      #expect(before.runtime.running.isEmpty, "nothing is left running")
      try await between(before.store)
      let after = try await ECSFixture(directory: directory, after: before, leftovers: ["left/web"])
      try await after.running { try await second(before, after) }
    }
  }

  @Test func servicesComeBackWithTheirDesiredCount() async throws {
    try await twoLives {
      try await $0.createRolling(try await $0.define(["VERSION": "v1"]))
      try await $0.ended()
    } _: { before, after in
      #expect(await after.until { after.versions == ["v1", "v1"] })
      #expect(await after.until { (try? await after.described().runningCount) == 2 })
      #expect(try await after.deployments().map(\.status) == ["SUCCESSFUL"])
      let stopped = try await after.tasks("STOPPED")
      #expect(stopped.count == 2 && stopped.allSatisfy { $0.stopCode == "ServiceSchedulerInitiated" })
      #expect(try await after.described().deployments?.first?.failedTasks == 0)
    }
  }

  @Test func aReleaseUnderWayGoesOnFromItsStage() async throws {
    try await twoLives { cloud in
      try await cloud.createBlueGreen(try await cloud.define(["VERSION": "v1"]), bake: 60)
      #expect(await cloud.until { (try? await cloud.newest().lifecycleStage) == "BAKE_TIME" })
      #expect(await cloud.productionWeights == [0, 100])
    } _: { before, after in
      let restored = try await after.newest()
      #expect(restored.lifecycleStage == "BAKE_TIME")
      #expect(await after.until { after.versions == ["v1", "v1"] })
      #expect(await after.productionWeights == [0, 100])
      #expect(await after.until { await after.balancer.ports(in: ECSFixture.green).count == 2 })
      after.clock.advance(by: .seconds(60))
      let ended = try await after.ended()
      #expect(ended.status == "SUCCESSFUL")
      #expect(await after.balancer.rules[ECSFixture.production] == before.balancer.rules[ECSFixture.production])
    }
  }

  @Test func aReleaseOfAnOlderVersionGoesOn() async throws {
    try await twoLives { cloud in
      try await cloud.createBlueGreen(try await cloud.define(["VERSION": "v1"]), bake: 60)
      try await cloud.reaches("BAKE_TIME")
    } between: { store in
      // What was written before there were hooks, steps and alarms.
      try await store.database.write {
        try $0.execute(
          sql: """
            UPDATE records SET value = json_remove(value, '$.alarms', '$.machine.shift', '$.machine.stepBakeTime',
              '$.machine.day', '$.machine.hooks', '$.machine.step', '$.machine.foundSplitTraffic')
            WHERE kind = 'ecs.service-deployment'
            """)
      }
    } _: { _, after in
      #expect(await after.until { after.versions == ["v1", "v1"] })
      after.clock.advance(by: .seconds(60))
      let deployment = try await after.ended()
      #expect(deployment.status == "SUCCESSFUL" && deployment.alarms?.status == "DISABLED")
    }
  }

  @Test func tasksOfADaemonThatWasKilledAreOnRecordAsStopped() async throws {
    try await withTemporaryDirectory { directory in
      let killed = try await ECSFixture(directory: directory)
      try await killed.send(ECS.CreateClusterRequest(clusterName: "walk"))
      var request = ECS.RunTaskRequest(taskDefinition: try await killed.define())
      request.cluster = "walk"
      request.networkConfiguration = ECSFixture.network
      // Its driver never ran: on record the task is on its way, as after `kill -9`.
      try await killed.send(request)
      let next = try await ECSFixture(directory: directory, after: killed)
      let task = try next.unwrap(try await next.tasks("STOPPED").first)
      #expect(task.lastStatus == "STOPPED" && task.stoppedReason == "The local cloud was restarted.")
      #expect(try await next.tasks().isEmpty)
    }
  }

  @Test func anIdleCloudWaitsForNothing() async throws {
    try await ECSFixture.run { cloud in
      try await cloud.createRolling(try await cloud.define(), count: 1, balanced: false)
      try await cloud.ended()
      #expect(await cloud.until { (try? await cloud.events().last) == "(service web) has reached a steady state." })
      #expect(await cloud.service.reconcile() == nil)
    }
  }

  @Test func aSteadyServiceIsLookedAtOnlyWhenItIsTime() async throws {
    try await ECSFixture.run { cloud in
      try await cloud.createRolling(try await cloud.define(), count: 1)
      try await cloud.ended()
      #expect(await cloud.until { (try? await cloud.events().last) == "(service web) has reached a steady state." })
      await cloud.clock.sleepers(1)
      #expect(await !cloud.spins())
      #expect(cloud.clock.sleeps.last.map { $0 > .milliseconds(900) } == true)
    }
  }
}
