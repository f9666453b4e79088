import AWSWire
import Foundation
import PalcoTestSupport
import Testing

@testable import LocalCloud

/// Container health checks and what they decide, in services and tasks.
@Suite struct ContainerHealthServiceTests {
  private static let check = ECS.HealthCheck(command: ["CMD", "/bin/check"], interval: 5, timeout: 2, retries: 2)

  private func define(_ cloud: ECSFixture, _ environment: [String: String] = [:]) async throws -> String {
    try await cloud.define(environment) { $0.healthCheck = Self.check }
  }

  @Test func aServiceWithoutLoadBalancerGoesByItsOwnCheck() async throws {
    try await ECSFixture.run { cloud in
      try await cloud.createRolling(try await define(cloud, ["VERSION": "v1"]), balanced: false)
      #expect(try await cloud.ended().status == "SUCCESSFUL")
      let tasks = try await cloud.tasks()
      #expect(tasks.count == 2 && tasks.allSatisfy { $0.healthStatus == "HEALTHY" })
      #expect(tasks.first?.containers?.first?.healthStatus == "HEALTHY")
      #expect(cloud.runtime.running.first?.checks.first == ["/bin/check"])
    }
  }

  @Test func aTaskThatGetsUnhealthyIsReplacedAndTheEventSaysWhy() async throws {
    try await ECSFixture.run { cloud in
      try await cloud.createRolling(try await define(cloud), count: 1, balanced: false)
      try await cloud.ended()
      let sick = try cloud.unwrap(cloud.runtime.running.first)
      sick.set(passing: false)
      #expect(await cloud.until { cloud.runtime.running.count == 1 && !sick.isRunning })
      let stopped = try cloud.unwrap(try await cloud.tasks("STOPPED").first)
      #expect(stopped.stoppedReason == "Task failed container health checks" && stopped.healthStatus == "UNHEALTHY")
      let id = stopped.taskArn?.split(separator: "/").last ?? ""
      #expect(try await cloud.events().contains("(service web) (task \(id)) failed container health checks."))
      #expect(
        await cloud.until { (try? await cloud.tasks().first?.healthStatus) == "HEALTHY" }, "the next one serves")
    }
  }

  @Test func aReleaseWhoseTasksNeverPassIsRolledBack() async throws {
    try await ECSFixture.run { cloud in
      try await cloud.createRolling(try await define(cloud, ["VERSION": "v1"]), count: 1, balanced: false)
      try await cloud.ended()
      let sick = try await define(cloud, ["VERSION": "v2", "SICK": "check"])
      try await cloud.update { $0.taskDefinition = sick }
      #expect(try await cloud.ended().status == "ROLLBACK_SUCCESSFUL")
      #expect(cloud.versions == ["v1"])
    }
  }

  @Test func besideALoadBalancerBothMustBeContent() async throws {
    try await ECSFixture.run { cloud in
      let sick = try await define(cloud, ["SICK": "check"])
      try await cloud.createRolling(sick, count: 1, breaker: .init(enable: false, rollback: false))
      #expect(
        await cloud.until {
          (try? await cloud.events().contains { $0.hasSuffix("failed container health checks.") }) == true
        })
      #expect(try await cloud.newest().status == "IN_PROGRESS", "the target is healthy, and the container is not")
    }
  }

  @Test func aTaskOnItsOwnIsToldUnhealthyAndGoesOn() async throws {
    try await ECSFixture.run { cloud in
      var request = ECS.RunTaskRequest(taskDefinition: try await define(cloud, ["SICK": "check"]), cluster: "walk")
      request.networkConfiguration = ECSFixture.network
      try await cloud.send(request)
      #expect(await cloud.until { (try? await cloud.tasks().first?.healthStatus) == "UNHEALTHY" })
      #expect(try await cloud.tasks().first?.lastStatus == "RUNNING")
    }
  }

  // MARK: What containers wait for

  private func start(
    _ cloud: ECSFixture, _ condition: String, change: (inout ECS.ContainerDefinition) -> Void = { _ in }
  ) async throws -> String {
    var first = ECS.ContainerDefinition(name: "first", image: "process:/bin/first", essential: condition == "HEALTHY")
    first.healthCheck = condition == "HEALTHY" ? Self.check : nil
    change(&first)
    let web = ECS.ContainerDefinition(
      name: "web", image: "process:/bin/web", dependsOn: [.init(containerName: "first", condition: condition)])
    let definition = try await cloud.send(
      ECS.RegisterTaskDefinitionRequest(
        family: "two", containerDefinitions: [web, first], networkMode: "awsvpc",
        requiresCompatibilities: ["FARGATE"], cpu: "256", memory: "512")
    ).taskDefinition
    var request = ECS.RunTaskRequest(taskDefinition: definition?.taskDefinitionArn ?? "", cluster: "walk")
    request.networkConfiguration = ECSFixture.network
    return try cloud.unwrap(try await cloud.send(request).tasks?.first?.taskArn)
  }

  private func status(_ cloud: ECSFixture, _ task: String) async throws -> ECS.Task {
    try cloud.unwrap(
      try await cloud.send(ECS.DescribeTasksRequest(tasks: [task], cluster: "walk")).tasks?.first)
  }

  @Test func oneThatWaitsForSuccessStartsAfterExitCodeZero() async throws {
    try await ECSFixture.run { cloud in
      let task = try await start(cloud, "SUCCESS")
      #expect(await cloud.until { cloud.runtime.containers.count == 1 })
      cloud.clock.advance(by: .seconds(60))
      #expect(try await status(cloud, task).lastStatus == "PENDING" && cloud.runtime.containers.count == 1)
      cloud.runtime.containers[0].end(.code(0))
      #expect(await cloud.until { (try? await status(cloud, task).lastStatus) == "RUNNING" })
      #expect(cloud.runtime.running.map { $0.specification.id.split(separator: "/").last } == ["web"])
    }
  }

  @Test(arguments: [("SUCCESS", false), ("COMPLETE", true)])
  func afterAFailureOnlyOneThatWaitsForTheEndStarts(_ condition: String, _ starts: Bool) async throws {
    try await ECSFixture.run { cloud in
      let task = try await start(cloud, condition)
      #expect(await cloud.until { cloud.runtime.containers.count == 1 })
      cloud.runtime.containers[0].end(.code(3))
      let wanted = starts ? "RUNNING" : "STOPPED"
      #expect(await cloud.until { (try? await status(cloud, task).lastStatus) == wanted })
      guard !starts else { return }
      let stopped = try await status(cloud, task)
      #expect(stopped.stopCode == "TaskFailedToStart" && cloud.runtime.containers.count == 1)
      #expect(stopped.stoppedReason?.contains("first to be SUCCESS, which ended with exit code 3") == true)
    }
  }

  @Test func oneThatWaitsForHealthStartsOnceTheOtherIsHealthy() async throws {
    try await ECSFixture.run { cloud in
      let task = try await start(cloud, "HEALTHY")
      #expect(await cloud.until { (try? await status(cloud, task).lastStatus) == "RUNNING" })
      #expect(cloud.runtime.containers[0].checks.count >= 1)
      let names = cloud.runtime.containers.map { $0.specification.id.split(separator: "/").last }
      #expect(names == ["first", "web"])
    }
  }

  @Test func itGivesUpAfterTheStartTimeoutOfTheOther() async throws {
    try await ECSFixture.run { cloud in
      let task = try await start(cloud, "HEALTHY") {
        $0.startTimeout = 20
        $0.environment = [.init(name: "SICK", value: "check")]
      }
      #expect(await cloud.until { cloud.runtime.containers.count == 1 })
      #expect(
        await cloud.until {
          cloud.clock.advance(by: .seconds(1))
          return (try? await status(cloud, task).lastStatus) == "STOPPED"
        })
      #expect(try await status(cloud, task).stoppedReason?.contains("for 20 s (its startTimeout)") == true)
      #expect(cloud.runtime.running.isEmpty, "what was started is stopped again")
    }
  }

  @Test func aTaskThatIsStoppedWhileItWaitsIsStoppedForThatReason() async throws {
    try await ECSFixture.run { cloud in
      let task = try await start(cloud, "COMPLETE")
      #expect(await cloud.until { cloud.runtime.containers.count == 1 })
      try await cloud.send(ECS.StopTaskRequest(task: task, cluster: "walk", reason: "enough"))
      #expect(await cloud.until { (try? await status(cloud, task).lastStatus) == "STOPPED" })
      #expect(try await status(cloud, task).stoppedReason == "enough" && cloud.runtime.running.isEmpty)
    }
  }

  @Test func conditionsThatCannotComeTrueAreRefused() async throws {
    try await ECSFixture.run { cloud in
      func refusal(_ condition: String, _ change: (inout ECS.ContainerDefinition) -> Void) async throws -> String? {
        var first = ECS.ContainerDefinition(name: "first", image: "x", essential: false)
        change(&first)
        let web = ECS.ContainerDefinition(
          name: "web", image: "x", dependsOn: [.init(containerName: "first", condition: condition)])
        return try await cloud.refusal(
          of: ECS.RegisterTaskDefinitionRequest(
            family: "x", containerDefinitions: [web, first], networkMode: "awsvpc",
            requiresCompatibilities: ["FARGATE"], cpu: "256", memory: "512"))?.message
      }
      let unchecked = try await refusal("HEALTHY") { _ in }
      #expect(unchecked?.contains("has no health check") == true)
      let essential = try await refusal("COMPLETE") { $0.essential = true }
      #expect(essential?.contains("is essential") == true)
      let unknown = try await refusal("DONE") { _ in }
      #expect(unknown != nil)
      let wordless = try await refusal("START") { $0.healthCheck = .init(command: ["curl"]) }
      #expect(wordless?.contains("CMD-SHELL") == true)
      let hasty = try await refusal("START") { $0.healthCheck = .init(command: ["CMD", "x"], interval: 4) }
      #expect(hasty?.contains("5 and 300") == true)
    }
  }

  @Test func dependentsStopBeforeWhatTheyDependOn() async throws {
    try await ECSFixture.run { cloud in
      func launched(_ name: String, _ others: [String]) -> LaunchedContainer {
        let definition = ECS.ContainerDefinition(
          name: name, image: "x", dependsOn: others.map { .init(containerName: $0, condition: "START") })
        let running = FakeRuntime.Container(
          .init(id: name, program: .host(path: "/"), command: [], environment: [:]), DroppedOutput())
        return LaunchedContainer(definition, running: running, imageDigest: nil, ports: [], in: cloud.context)
      }
      let groups = ContainerDependencies.stopGroups([
        launched("db", []), launched("web", ["db", "proxy"]), launched("proxy", ["db"]), launched("side", []),
      ])
      #expect(groups.map { $0.map(\.name) } == [["web", "side"], ["proxy"], ["db"]])
    }
  }
}
