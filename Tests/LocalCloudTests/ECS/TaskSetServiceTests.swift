import AWSWire
import Foundation
import PalcoTestSupport
import Testing

@testable import LocalCloud

/// Services with the deployment controller EXTERNAL.
@Suite struct TaskSetServiceTests {
  private static let balancer = ECS.LoadBalancer(
    targetGroupArn: ECSFixture.blue, containerName: "web", containerPort: 8080)

  private func createService(_ cloud: ECSFixture, count: Int = 2) async throws {
    try await cloud.send(
      ECS.CreateServiceRequest(
        serviceName: "web", cluster: "walk", desiredCount: count, deploymentController: .init(type: "EXTERNAL")))
  }

  private func request(_ definition: String, scale: Double? = nil) -> ECS.CreateTaskSetRequest {
    ECS.CreateTaskSetRequest(
      service: "web", cluster: "walk", taskDefinition: definition, networkConfiguration: ECSFixture.network,
      launchType: "FARGATE", scale: scale.map { .init(value: $0, unit: "PERCENT") })
  }

  private func create(
    _ cloud: ECSFixture, _ version: String, scale: Double? = 100,
    change: (inout ECS.CreateTaskSetRequest) -> Void = { _ in }
  ) async throws -> String {
    var request = request(try await cloud.define(["VERSION": version]), scale: scale)
    change(&request)
    return try cloud.unwrap(try await cloud.send(request).taskSet?.taskSetArn)
  }

  private func scale(_ cloud: ECSFixture, _ taskSet: String, to percent: Double) async throws {
    try await cloud.send(
      ECS.UpdateTaskSetRequest(
        taskSet: taskSet, service: "web", cluster: "walk", scale: .init(value: percent, unit: "PERCENT")))
  }

  private func makePrimary(_ cloud: ECSFixture, _ taskSet: String) async throws {
    try await cloud.send(
      ECS.UpdateServicePrimaryTaskSetRequest(primaryTaskSet: taskSet, service: "web", cluster: "walk"))
  }

  private func taskSets(_ cloud: ECSFixture, include: [String]? = nil) async throws -> [ECS.TaskSet] {
    try await cloud.send(ECS.DescribeTaskSetsRequest(service: "web", cluster: "walk", include: include)).taskSets ?? []
  }

  private func isSteady(_ cloud: ECSFixture) async -> Bool {
    guard let sets = try? await taskSets(cloud) else { return false }
    return sets.allSatisfy { $0.stabilityStatus == "STEADY_STATE" }
  }

  @Test func aServiceOfTaskSetsStartsNothingByItself() async throws {
    try await ECSFixture.run { cloud in
      try await createService(cloud)
      let service = try await cloud.described()
      #expect(service.deploymentController?.type == "EXTERNAL" && service.status == "ACTIVE")
      #expect(service.taskDefinition == nil && service.launchType == nil && service.networkConfiguration == nil)
      #expect(service.deployments == [] && service.taskSets == [] && service.currentServiceDeployment == nil)
      let deployments = try await cloud.send(ECS.ListServiceDeploymentsRequest(service: "web", cluster: "walk"))
      #expect(deployments.serviceDeployments == [])
      #expect(cloud.runtime.containers.isEmpty)
    }
  }

  @Test func aTaskSetRunsItsShareOfTheTasksRoundedUp() async throws {
    try await ECSFixture.run { cloud in
      try await createService(cloud, count: 3)
      let definition = try await cloud.define(["VERSION": "v1"])
      let made = try cloud.unwrap(try await cloud.send(request(definition)).taskSet)
      #expect(made.scale == .init(value: 0, unit: "PERCENT") && made.status == "ACTIVE")
      #expect(made.id.map { made.taskSetArn?.hasSuffix("task-set/walk/web/\($0)") == true } == true)
      #expect(made.tags == [] && made.platformVersion == "LATEST" && made.computedDesiredCount == 0)
      #expect(await cloud.until { await isSteady(cloud) })
      #expect(cloud.runtime.running.isEmpty, "no task without a scale")

      let arn = try cloud.unwrap(made.taskSetArn)
      try await scale(cloud, arn, to: 40)
      #expect(await cloud.until { cloud.runtime.running.count == 2 })
      #expect(await cloud.until { await isSteady(cloud) })
      let scaled = try #require(try await taskSets(cloud).first)
      #expect(scaled.computedDesiredCount == 2 && scaled.runningCount == 2 && scaled.pendingCount == 0)
      let task = try #require(try await cloud.tasks().first)
      #expect(task.startedBy == made.id && task.group == "service:web" && task.taskDefinitionArn == definition)

      try await cloud.update { $0.desiredCount = 10 }
      #expect(await cloud.until { cloud.runtime.running.count == 4 })
      try await scale(cloud, arn, to: 0)
      #expect(await cloud.until { cloud.runtime.running.isEmpty })
      let events = try await cloud.events()
      let id = try cloud.unwrap(made.id)
      #expect(events.contains("(service web) updated computedDesiredCount for taskSet \(id) to 2."), "\(events)")
      #expect(events.contains("(service web, taskSet \(id)) updated state to STEADY_STATE."))
      #expect(events.contains("(service web) has reached a steady state."))
    }
  }

  @Test(arguments: [(1, 1.2, 1), (5, 24.0, 2), (10, 30.0, 3), (3, 100.0, 3), (7, 0.0, 0), (100, 55.0, 55)])
  func sharesAreRoundedUp(service: Int, percent: Double, expected: Int) {
    let record = TaskSetRecord(
      sequence: 1, arn: "", serviceARN: "", clusterARN: "", revision: "", id: "", scale: percent,
      stabilityAt: .distantPast, createdAt: .distantPast, updatedAt: .distantPast, tags: [])
    #expect(record.desiredCount(of: service) == expected)
  }

  @Test func theServiceIsWhatItsPrimaryTaskSetIs() async throws {
    try await ECSFixture.run { cloud in
      try await createService(cloud)
      let old = try await create(cloud, "v1")
      let new = try await create(cloud, "v2", scale: 50)
      #expect(await cloud.until { cloud.versions == ["v1", "v1", "v2"] })
      try await makePrimary(cloud, old)
      var service = try await cloud.described()
      #expect(service.taskSets?.map(\.status) == ["PRIMARY", "ACTIVE"])
      #expect(service.taskDefinition?.hasSuffix("web:1") == true && service.launchType == "FARGATE")
      #expect(service.networkConfiguration?.awsvpcConfiguration?.subnets == ["subnet-1"])

      try await makePrimary(cloud, String(new.split(separator: "/", maxSplits: 3)[3]))
      try await scale(cloud, new, to: 100)
      try await cloud.send(ECS.DeleteTaskSetRequest(taskSet: old, service: "web", cluster: "walk", force: true))
      #expect(await cloud.until { cloud.versions == ["v2", "v2"] })
      #expect(await cloud.until { (try? await taskSets(cloud).count) == 1 })
      #expect(await cloud.until { (try? await cloud.described())?.runningCount == 2 })
      service = try await cloud.described()
      #expect(service.taskSets?.map(\.status) == ["PRIMARY"] && service.taskDefinition?.hasSuffix("web:2") == true)
    }
  }

  @Test func deletionDrainsAndNeedsForceForWhatIsUsed() async throws {
    try await ECSFixture.run { cloud in
      try await createService(cloud, count: 1)
      let taskSet = try await create(cloud, "v1") { $0.loadBalancers = [Self.balancer] }
      #expect(await cloud.until { await cloud.balancer.ports(in: ECSFixture.blue).count == 1 })
      try await makePrimary(cloud, taskSet)
      var deletion = ECS.DeleteTaskSetRequest(taskSet: taskSet, service: "web", cluster: "walk")
      #expect(try await cloud.refusal(of: deletion)?.message.contains("scaled above 0") == true)
      deletion.force = true
      await cloud.balancer.setDrains(true)
      let deleted = try await cloud.send(deletion).taskSet
      #expect(deleted?.status == "DRAINING" && deleted?.scale?.value == 0 && deleted?.stabilityStatus == "STABILIZING")
      #expect(try await cloud.described().taskDefinition == nil)
      #expect(
        try await cloud.refusal(
          of: ECS.UpdateTaskSetRequest(
            taskSet: taskSet, service: "web", cluster: "walk", scale: .init(value: 1, unit: "PERCENT"))) != nil)
      #expect(await cloud.until { await cloud.balancer.ports(in: ECSFixture.blue).isEmpty })
      #expect(try await taskSets(cloud).map(\.status) == ["DRAINING"])
      #expect(cloud.runtime.running.count == 1, "requests in flight end first")
      await cloud.balancer.endDraining()
      #expect(await cloud.until { cloud.runtime.running.isEmpty })
      #expect(await cloud.until { (try? await taskSets(cloud)) == [] })
      #expect(try await cloud.refusal(of: deletion)?.code == "TaskSetNotFoundException")
    }
  }

  @Test func tasksThatFailTheirChecksAreReplacedWithinTheirTaskSet() async throws {
    try await ECSFixture.run { cloud in
      try await createService(cloud, count: 1)
      _ = try await create(cloud, "v1") { $0.loadBalancers = [Self.balancer] }
      #expect(await cloud.until { await isSteady(cloud) })
      cloud.runtime.running.first?.end(.code(1))
      #expect(await cloud.until { cloud.runtime.containers.count == 2 && cloud.runtime.running.count == 1 })
      #expect(await cloud.until { await isSteady(cloud) })
      #expect(try await taskSets(cloud).first?.runningCount == 1)
    }
  }

  @Test func aSickTaskSetNeverGetsSteady() async throws {
    try await ECSFixture.run { cloud in
      try await createService(cloud, count: 1)
      let definition = try await cloud.define(["VERSION": "v1", "SICK": "slow"])
      var request = request(definition, scale: 100)
      request.loadBalancers = [Self.balancer]
      try await cloud.send(request)
      #expect(await cloud.until { (try? await taskSets(cloud).first?.runningCount) == 1 })
      #expect(try await taskSets(cloud).first?.stabilityStatus == "STABILIZING")
    }
  }

  @Test func aDeletedServiceTakesItsTaskSetsWithIt() async throws {
    try await ECSFixture.run { cloud in
      try await createService(cloud)
      let taskSet = try await create(cloud, "v1")
      #expect(await cloud.until { cloud.runtime.running.count == 2 })
      try await cloud.send(ECS.DeleteServiceRequest(service: "web", cluster: "walk", force: true))
      #expect(await cloud.until { (try? await cloud.described().status) == "INACTIVE" })
      #expect(cloud.runtime.running.isEmpty)
      #expect(try await cloud.described().taskSets == [])
      let gone = ECS.DescribeTaskSetsRequest(service: "web", cluster: "walk", taskSets: [taskSet])
      #expect(try await cloud.refusal(of: gone)?.code == "ServiceNotActiveException")
    }
  }

  @Test func taskSetsComeBackAfterARestart() async throws {
    try await withTemporaryDirectory { directory in
      let before = try await ECSFixture(directory: directory)
      try await before.send(ECS.CreateClusterRequest(clusterName: "walk"))
      var primary = ""
      try await before.running {
        try await createService(before)
        primary = try await create(before, "v1")
        _ = try await create(before, "v2", scale: 50)
        try await makePrimary(before, primary)
        #expect(await before.until { before.versions == ["v1", "v1", "v2"] })
      }
      let after = try await ECSFixture(directory: directory, after: before)
      try await after.running {
        #expect(await after.until { after.versions == ["v1", "v1", "v2"] })
        #expect(try await taskSets(after).map(\.status) == ["PRIMARY", "ACTIVE"])
        #expect(await after.until { await isSteady(after) })
        let newer = try await create(after, "v3", scale: 0)
        #expect(try await taskSets(after).last?.taskSetArn == newer, "it is the youngest")
      }
    }
  }

  @Test func whatIsTheTaskSetsIsRefusedOfTheService() async throws {
    try await ECSFixture.run { cloud in
      let definition = try await cloud.define()
      var request = ECS.CreateServiceRequest(serviceName: "web", cluster: "walk")
      request.deploymentController = .init(type: "EXTERNAL")
      request.taskDefinition = definition
      #expect(try await cloud.refusal(of: request)?.message == "TaskDefinition must be blank.")
      request.taskDefinition = nil
      request.launchType = "FARGATE"
      #expect(try await cloud.refusal(of: request)?.message == "LaunchType must be blank.")
      request.launchType = nil
      request.deploymentConfiguration = .init(deploymentCircuitBreaker: ECSFixture.breaker)
      #expect(try await cloud.refusal(of: request)?.message.contains("Deployment circuit breaker") == true)
      request.deploymentConfiguration = .init(strategy: "CANARY")
      #expect(try await cloud.refusal(of: request)?.message.contains("CANARY") == true)
      request.deploymentConfiguration = nil
      request.schedulingStrategy = "DAEMON"
      #expect(try await cloud.refusal(of: request) != nil)
      request.schedulingStrategy = nil
      #expect(try await cloud.send(request).service?.desiredCount == 0)
      var update = ECS.UpdateServiceRequest(service: "web", cluster: "walk")
      update.taskDefinition = definition
      #expect(try await cloud.refusal(of: update)?.message.contains("new task set") == true)
      update.taskDefinition = nil
      update.forceNewDeployment = true
      #expect(try await cloud.refusal(of: update) != nil)
      update.forceNewDeployment = false
      update.healthCheckGracePeriodSeconds = 7
      #expect(try await cloud.send(update).service?.healthCheckGracePeriodSeconds == 7)
    }
  }

  @Test func taskSetsThatCannotBeAreRefused() async throws {
    try await ECSFixture.run { cloud in
      let definition = try await cloud.define()
      try await cloud.createRolling(definition, count: 0, balanced: false)
      let message = try await cloud.refusal(of: request(definition))?.message
      #expect(message?.contains("configured to use external deployment controllers") == true)
      try await cloud.send(ECS.DeleteServiceRequest(service: "web", cluster: "walk", force: true))
      #expect(await cloud.until { (try? await cloud.described().status) == "INACTIVE" })

      try await createService(cloud, count: 0)
      func refused(_ text: String, _ change: (inout ECS.CreateTaskSetRequest) -> Void) async throws {
        var request = request(definition)
        change(&request)
        let refusal = try await cloud.refusal(of: request)
        #expect(refusal?.message.contains(text) == true, "\(text): \(refusal?.message ?? "accepted")")
      }
      try await refused("Service not found") { $0.service = "nobody" }
      try await refused("Cluster not found") { $0.cluster = "nowhere" }
      try await refused("TaskDefinition not found") { $0.taskDefinition = "other" }
      try await refused("between 0 and 100") { $0.scale = .init(value: 100.5, unit: "PERCENT") }
      try await refused("scale.unit") { $0.scale = .init(value: 1, unit: "TASKS") }
      try await refused("launchType") { $0.launchType = "SOMETHING" }
      try await refused("Network Configuration") { $0.networkConfiguration = nil }
      try await refused("does not exist") {
        $0.loadBalancers = [.init(targetGroupArn: "arn:none", containerName: "web")]
      }
      try await refused("only one target group") { $0.loadBalancers = [Self.balancer, Self.balancer] }
      try await refused("advancedConfiguration") { $0.loadBalancers = [ECSFixture.blueGreenBalancer()] }
      try await refused("Service discovery") { $0.serviceRegistries = [.init(registryArn: "arn:aws:x")] }

      var first = request(definition)
      first.clientToken = "once"
      let made = try await cloud.send(first).taskSet?.taskSetArn
      #expect(try await cloud.send(first).taskSet?.taskSetArn == made, "the token makes a repetition harmless")
      for _ in 2...5 { try await cloud.send(request(definition)) }
      try await refused("5 deployments exist on the service.") { _ in }
    }
  }

  @Test func taskSetsHaveTagsAndUnknownOnesAreFailures() async throws {
    try await ECSFixture.run { cloud in
      try await createService(cloud, count: 0)
      let taskSet = try await create(cloud, "v1") {
        $0.externalId = "release-1"
        $0.tags = [.init(key: "a", value: "1")]
      }
      try await cloud.send(ECS.TagResourceRequest(resourceArn: taskSet, tags: [.init(key: "b", value: "2")]))
      try await cloud.send(ECS.UntagResourceRequest(resourceArn: taskSet, tagKeys: ["a"]))
      #expect(try await cloud.send(ECS.ListTagsForResourceRequest(resourceArn: taskSet)).tags?.map(\.key) == ["b"])
      #expect(try await taskSets(cloud).first?.tags == nil)
      let shown = try #require(try await taskSets(cloud, include: ["TAGS"]).first)
      #expect(shown.tags?.map(\.key) == ["b"] && shown.externalId == "release-1")
      let answer = try await cloud.send(
        ECS.DescribeTaskSetsRequest(service: "web", cluster: "walk", taskSets: [taskSet, "ecs-svc/1"]))
      #expect(answer.taskSets?.count == 1 && answer.failures?.first?.reason == "MISSING")
      #expect(answer.failures?.first?.arn?.hasSuffix("task-set/walk/web/ecs-svc/1") == true)
    }
  }

  @Test func schedulersTellEventsOfTaskSets() async throws {
    try await ECSFixture.run { cloud in
      try await createService(cloud, count: 1)
      let taskSet = try await create(cloud, "v1")
      #expect(await cloud.until { await isSteady(cloud) })
      let log = EventLog(store: cloud.store)
      let actions = try await log.list(.init(detailType: "ECS Service Action")).events.compactMap { event in
        if case .object(let detail) = event.detail { detail } else { nil }
      }
      #expect(
        actions.map { $0["eventName"] } == [
          .string("SERVICE_DESIRED_COUNT_UPDATED"), .string("TASKSET_STEADY_STATE"), .string("SERVICE_STEADY_STATE"),
        ])
      #expect(actions.map { $0["taskSetArns"] } == [.array([.string(taskSet)]), .array([.string(taskSet)]), nil])
      #expect(actions.first?["desiredCount"] == .number(1))
      let deployments = try await log.list(.init(detailType: "ECS Deployment State Change")).events
      #expect(deployments.isEmpty, "ECS deploys nothing")
    }
  }
}
