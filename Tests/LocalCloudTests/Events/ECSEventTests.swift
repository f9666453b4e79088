import AWSWire
import Foundation
import PalcoTestSupport
import Testing

@testable import LocalCloud

@Suite struct ECSEventTests {
  private func events(
    _ fixture: ECSFixture, _ type: String, _ member: String
  ) async throws -> [String] {
    let page = try await EventLog(store: fixture.store).list(.init(after: 0, detailType: type, maxResults: 1000))
    return page.events.compactMap { event in
      guard case .object(let detail) = event.detail, case .string(let text) = detail[member] else { return nil }
      return text
    }
  }

  @Test func aReleaseTellsItsDeploymentItsTasksAndItsSteadyState() async throws {
    try await ECSFixture.run { fixture in
      try await fixture.createRolling(try await fixture.define(), count: 1)
      try await fixture.ended()
      #expect(await fixture.until { (try? await fixture.events().contains { $0.contains("steady state") }) == true })
      #expect(
        try await events(fixture, "ECS Deployment State Change", "eventName") == [
          "SERVICE_DEPLOYMENT_IN_PROGRESS", "SERVICE_DEPLOYMENT_COMPLETED",
        ])
      let service = try await fixture.described()
      let id = try #require(service.deployments?.first?.id)
      #expect(
        try await events(fixture, "ECS Deployment State Change", "reason") == [
          "ECS deployment \(id) in progress.", "ECS deployment \(id) completed.",
        ])
      #expect(try await events(fixture, "ECS Service Action", "eventName") == ["SERVICE_STEADY_STATE"])
      let statuses = try await events(fixture, "ECS Task State Change", "lastStatus")
      #expect(statuses.first == "PROVISIONING")
      #expect(statuses.last == "RUNNING")
      let event = try #require(
        try await EventLog(store: fixture.store).list(.init(detailType: "ECS Task State Change")).events.last)
      #expect(event.source == "aws.ecs")
      #expect(event.account == "123456789012")
      #expect(event.region == "eu-west-1")
      #expect(event.resources == [try await fixture.tasks().first?.taskArn])
      #expect(event.time.hasPrefix("2023-11-14T22:1") && event.time.hasSuffix("Z"))
      guard case .object(let detail) = event.detail else { throw ECSFixture.Missing(what: "detail") }
      #expect(detail["group"] == .string("service:web"))
      #expect(detail["desiredStatus"] == .string("RUNNING"))
      guard case .string(let created) = detail["createdAt"] else { throw ECSFixture.Missing(what: "createdAt") }
      #expect(created.hasPrefix("2023-11-14T22:13:20."))
    }
  }

  @Test func aPauseTellsThatItWaitsAndWhatBecameOfIt() async throws {
    try await ECSFixture.run { fixture in
      var configuration = ECS.DeploymentConfiguration(strategy: "BLUE_GREEN", bakeTimeInMinutes: 0)
      configuration.lifecycleHooks = [
        .init(
          targetType: "PAUSE", lifecycleStages: ["PRE_SCALE_UP", "POST_SCALE_UP"],
          timeoutConfiguration: .init(timeoutInMinutes: 2000))
      ]
      try await fixture.create(try await fixture.define(), configuration)
      func waits() async throws -> String? {
        #expect(
          await fixture.until { (try? await fixture.newest().lifecycleHookDetails?.first?.status) == "AWAITING_ACTION" }
        )
        return try await fixture.newest().lifecycleHookDetails?.first?.hookId
      }
      let first = try #require(try await waits())
      let arn = try #require(try await fixture.newest().serviceDeploymentArn)
      try await fixture.send(ECS.ContinueServiceDeploymentRequest(serviceDeploymentArn: arn, hookId: first))
      try await fixture.reaches("POST_SCALE_UP")
      let second = try #require(try await waits())
      fixture.clock.advance(by: .seconds(2000))
      try await fixture.ended()
      #expect(
        try await events(fixture, "ECS Hook State Change", "eventName") == [
          "HOOK_AWAITING_ACTION", "HOOK_SUCCEEDED", "HOOK_AWAITING_ACTION", "HOOK_TIMED_OUT",
        ])
      #expect(try await events(fixture, "ECS Hook State Change", "hookId") == [first, first, second, second])
      #expect(
        try await events(fixture, "ECS Hook State Change", "lifecycleStage") == [
          "PRE_SCALE_UP", "PRE_SCALE_UP", "POST_SCALE_UP", "POST_SCALE_UP",
        ])
      #expect(try await events(fixture, "ECS Hook State Change", "hookType").allSatisfy { $0 == "PAUSE" })
    }
  }

  @Test func aReleaseThatCannotStartTellsThatItFailedAndWhatIsBack() async throws {
    try await ECSFixture.run { fixture in
      try await fixture.createRolling(try await fixture.define(), count: 1)
      try await fixture.ended()
      let bad = try await fixture.define(["MODE": "exit"])
      try await fixture.update { $0.taskDefinition = bad }
      try await fixture.ended()
      #expect(
        try await events(fixture, "ECS Deployment State Change", "eventName") == [
          "SERVICE_DEPLOYMENT_IN_PROGRESS", "SERVICE_DEPLOYMENT_COMPLETED", "SERVICE_DEPLOYMENT_IN_PROGRESS",
          "SERVICE_DEPLOYMENT_IN_PROGRESS", "SERVICE_DEPLOYMENT_FAILED", "SERVICE_DEPLOYMENT_COMPLETED",
        ])
      #expect(
        try await events(fixture, "ECS Deployment State Change", "eventType").filter { $0 == "ERROR" }.count == 1)
      #expect(
        try await events(fixture, "ECS Service Action", "eventName").contains("SERVICE_TASK_START_IMPAIRED"))
      let reasons = try await events(fixture, "ECS Task State Change", "stoppedReason")
      #expect(reasons.contains("Essential container in task exited"))
    }
  }

  @Test func eventsSurviveARestartAndTheRestartTellsLostTasks() async throws {
    try await withTemporaryDirectory { directory in
      let first = try await ECSFixture(directory: directory)
      try await first.send(ECS.CreateClusterRequest(clusterName: "walk"))
      try await first.createRolling(try await first.define(), count: 1)
      let service = first.service
      // The daemon is killed: its reconciler just stops, and nothing is tidied up.
      let running = Task { try await service.run() }
      let isUp = await first.until { (try? await first.tasks().first?.lastStatus) == "RUNNING" }
      #expect(isUp)
      let before = try await events(first, "ECS Task State Change", "lastStatus")
      let second = try await ECSFixture(directory: directory, after: first)
      let after = try await events(second, "ECS Task State Change", "lastStatus")
      #expect(after == before + ["STOPPED"])
      await first.service.shutdown()
      try await running.value
    }
  }
}
