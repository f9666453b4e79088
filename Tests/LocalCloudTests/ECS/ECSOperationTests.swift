import AWSWire
import Foundation
import Testing

@testable import LocalCloud

@Suite struct ECSOperationTests {
  // MARK: Clusters

  @Test func clustersAreMadeOnceAndKeepWhatTheyWereGiven() async throws {
    try await ECSFixture.run { cloud in
      let tags: [ECS.Tag] = [.init(key: "team", value: "walk")]
      let made = try await cloud.send(ECS.CreateClusterRequest(clusterName: "other", tags: tags)).cluster
      #expect(made?.clusterArn == "arn:aws:ecs:eu-west-1:123456789012:cluster/other" && made?.status == "ACTIVE")
      #expect(made?.settings == [.init(name: "containerInsights", value: "disabled")] && made?.tags == tags)
      let again = try await cloud.send(ECS.CreateClusterRequest(clusterName: "other")).cluster
      #expect(again == made)
      let answer = try await cloud.send(ECS.DescribeClustersRequest(clusters: ["other", "nowhere"]))
      #expect(answer.clusters?.count == 1 && answer.clusters?.first?.tags == [])
      #expect(
        answer.failures == [
          .init(arn: "arn:aws:ecs:eu-west-1:123456789012:cluster/nowhere", reason: "MISSING")
        ])
      try await cloud.send(ECS.DeleteClusterRequest(cluster: "other"))
      #expect(try await cloud.send(ECS.ListClustersRequest()).clusterArns?.count == 1)
      #expect(
        try await cloud.refusal(of: ECS.DeleteClusterRequest(cluster: "never"))?.code == "ClusterNotFoundException")
    }
  }

  @Test func listsComeInPages() async throws {
    try await ECSFixture.run { cloud in
      for name in ["a", "b", "c", "d"] { try await cloud.send(ECS.CreateClusterRequest(clusterName: name)) }
      var (token, seen): (String?, [String]) = (nil, [])
      repeat {
        var request = ECS.ListClustersRequest()
        request.maxResults = 2
        request.nextToken = token
        let page = try await cloud.send(request)
        #expect((page.clusterArns?.count ?? 0) <= 2)
        seen += page.clusterArns ?? []
        token = page.nextToken
      } while token != nil
      #expect(seen.map { ECSIdentifier.name(of: $0) } == ["walk", "a", "b", "c", "d"])
      var bad = ECS.ListClustersRequest()
      bad.nextToken = "nonsense"
      #expect(try await cloud.refusal(of: bad)?.code == "InvalidParameterException")
      bad.nextToken = nil
      bad.maxResults = 0
      #expect(try await cloud.refusal(of: bad)?.code == "InvalidParameterException")
    }
  }

  // MARK: Task definitions

  @Test func aTaskDefinitionComesBackWithAWSsDefaults() async throws {
    try await ECSFixture.run { cloud in
      let arn = try await cloud.define()
      let answer = try await cloud.send(ECS.DescribeTaskDefinitionRequest(taskDefinition: "web", include: ["TAGS"]))
      let definition = try cloud.unwrap(answer.taskDefinition)
      #expect(definition.taskDefinitionArn == arn && definition.revision == 1 && definition.status == "ACTIVE")
      #expect(definition.compatibilities == ["EC2", "FARGATE"] && definition.volumes == [] && answer.tags == [])
      let container = try cloud.unwrap(definition.containerDefinitions?.first)
      #expect(container.cpu == 0 && container.essential == true)
      #expect(container.mountPoints == [] && container.volumesFrom == [] && container.environment == [])
      #expect(container.systemControls == [])
      #expect(container.portMappings == [.init(containerPort: 8080, hostPort: 8080, protocol: "tcp")])
    }
  }

  @Test func revisionNumbersAreNeverUsedAgain() async throws {
    try await ECSFixture.run { cloud in
      let first = try await cloud.define()
      try await cloud.send(ECS.DeregisterTaskDefinitionRequest(taskDefinition: first))
      try await cloud.send(ECS.DeleteTaskDefinitionsRequest(taskDefinitions: [first]))
      #expect(try await cloud.define().hasSuffix(":2"))
      #expect(
        try await cloud.send(ECS.ListTaskDefinitionsRequest()).taskDefinitionArns?.map { ECSIdentifier.name(of: $0) }
          == ["web:2"])
      #expect(try await cloud.send(ECS.ListTaskDefinitionFamiliesRequest()).families == ["web"])
      let inactive = ECS.RunTaskRequest(taskDefinition: first, cluster: "walk")
      #expect(try await cloud.refusal(of: inactive)?.message == "TaskDefinition is inactive")
    }
  }

  static let invalid: [(String, @Sendable (inout ECS.RegisterTaskDefinitionRequest) -> Void)] = [
    ("Fargate requires that 'cpu' be defined at the task level.", { $0.cpu = nil }),
    ("Fargate requires that 'memory' be defined at the task level.", { $0.memory = nil }),
    ("Fargate only supports network mode", { $0.networkMode = "bridge" }),
    ("No Fargate configuration exists for given values: 256 CPU, 4096 memory.", { $0.memory = "4096" }),
    ("Container list cannot be empty.", { $0.containerDefinitions = [] }),
    ("Container.image should not be null or empty.", { $0.containerDefinitions[0].image = nil }),
    ("Container.name should not be null or empty.", { $0.containerDefinitions[0].name = "" }),
    ("must be essential", { $0.containerDefinitions[0].essential = false }),
    ("duplicate value: web", { $0.containerDefinitions.append($0.containerDefinitions[0]) }),
    ("must match", { $0.containerDefinitions[0].portMappings = [.init(containerPort: 80, hostPort: 8080)] }),
    (
      "Unknown volume 'x'", { $0.containerDefinitions[0].mountPoints = [.init(sourceVolume: "x", containerPath: "/x")] }
    ),
    ("Family", { $0.family = "not a family" }),
  ]

  @Test(arguments: invalid.indices)
  func aTaskDefinitionThatCannotRunIsRefused(_ index: Int) async throws {
    var request = ECS.RegisterTaskDefinitionRequest(
      family: "web", containerDefinitions: [.init(name: "web", image: "x")], networkMode: "awsvpc",
      requiresCompatibilities: ["FARGATE"], cpu: "256", memory: "512")
    Self.invalid[index].1(&request)
    let error = #expect(throws: AWSError.self) { try TaskDefinitionRules.completed(request) }
    #expect(error?.code == "ClientException")
    #expect(error?.message.contains(Self.invalid[index].0) == true)
  }

  @Test func sizesInOtherUnitsAreKeptInAWSsOwn() throws {
    let (cpu, memory) = try FargateSize.checked(cpu: ".5 vCPU", memory: "2 GB")
    #expect(cpu == "512" && memory == "2048")
  }

  // MARK: Services

  private func refusal(
    _ cloud: ECSFixture, strategy: String? = "BLUE_GREEN", _ change: (inout ECS.CreateServiceRequest) -> Void
  ) async throws -> AWSError? {
    var configuration = ECS.DeploymentConfiguration()
    configuration.strategy = strategy
    var request = ECSFixture.request(
      "web", balancers: [ECSFixture.blueGreenBalancer(test: ECSFixture.test)], configuration)
    change(&request)
    return try await cloud.refusal(of: request)
  }

  @Test func loadBalancersAreCheckedWithAWSsWords() async throws {
    try await ECSFixture.run { cloud in
      try await cloud.define()
      await cloud.balancer.set(ECSFixture.weights(1, 0), ofRule: ECSFixture.test)
      var error = try await refusal(cloud) {
        $0.loadBalancers?[0].advancedConfiguration?.productionListenerRule = "arn:aws:elb:listener/x"
      }
      #expect(
        error?.message
          == "productionListenerRule has an invalid ARN format. Must be RuleArn for ALB or ListenerArn for NLB. Got: "
          + "arn:aws:elb:listener/x")
      error = try await refusal(cloud) {
        $0.loadBalancers?[0].advancedConfiguration?.testListenerRule = ECSFixture.production
      }
      #expect(
        error?.message
          == "The following rules cannot be used as both production and test listener rules: \(ECSFixture.production)")
      error = try await refusal(cloud) {
        $0.loadBalancers?[0].advancedConfiguration?.alternateTargetGroupArn = ECSFixture.blue
      }
      #expect(error?.message == "Duplicate targetGroupArn found: \(ECSFixture.blue)")
      error = try await refusal(cloud) { $0.loadBalancers?[0].advancedConfiguration = nil }
      #expect(
        error?.message
          == "advancedConfiguration field is required for all loadBalancers when using a non-ROLLING deployment strategy"
      )
      error = try await refusal(cloud) {
        $0.loadBalancers?.append(.init(targetGroupArn: ECSFixture.green, containerName: "web", containerPort: 8080))
      }
      #expect(
        error?.message == "Either all or none of the provided loadBalancers must have advancedConfiguration defined")
      error = try await refusal(cloud) { $0.loadBalancers?[0].containerPort = 81 }
      #expect(error?.message == "The container web did not have a container port 81 defined.")
      error = try await refusal(cloud) { $0.loadBalancers?[0].containerName = "api" }
      #expect(error?.message == "The container api does not exist in the task definition.")
      error = try await refusal(cloud) { $0.loadBalancers?[0].targetGroupArn = "arn:aws:x" }
      #expect(error?.message == "The specified target group does not exist: arn:aws:x")
      #expect(try await cloud.send(ECS.ListServicesRequest(cluster: "walk")).serviceArns == [])
    }
  }

  @Test func whatThisCloudDoesNotHaveIsRefusedByName() async throws {
    try await ECSFixture.run { cloud in
      try await cloud.define()
      var error = try await refusal(cloud) { $0.deploymentController = .init(type: "CODE_DEPLOY") }
      #expect(error?.message.contains("CODE_DEPLOY") == true)
      error = try await refusal(cloud) { $0.schedulingStrategy = "DAEMON" }
      #expect(error?.message.contains("DAEMON") == true)
      error = try await refusal(cloud, strategy: "SIDEWAYS") { _ in }
      #expect(error?.message.contains("SIDEWAYS") == true)
    }
  }

  @Test func aServiceThatCannotBeIsRefused() async throws {
    try await ECSFixture.run { cloud in
      try await cloud.define()
      await cloud.balancer.set(ECSFixture.weights(1, 0), ofRule: ECSFixture.test)
      #expect(try await refusal(cloud) { $0.cluster = "nowhere" }?.code == "ClusterNotFoundException")
      #expect(try await refusal(cloud) { $0.taskDefinition = "none:1" }?.message == "TaskDefinition not found.")
      #expect(
        try await refusal(cloud) { $0.networkConfiguration = nil }?.message
          == "Network Configuration must be provided when networkMode 'awsvpc' is specified.")
      #expect(try await refusal(cloud) { $0.desiredCount = -1 }?.code == "InvalidParameterException")
      #expect(
        try await refusal(cloud, strategy: "ROLLING") {
          $0.deploymentConfiguration?.maximumPercent = 100
        }?.message == "Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.")
      #expect(
        try await refusal(cloud) { $0.deploymentConfiguration?.bakeTimeInMinutes = 1441 }?.code
          == "InvalidParameterException")
      let missing = ECS.UpdateServiceRequest(service: "nothing", cluster: "walk")
      #expect(try await cloud.refusal(of: missing)?.code == "ServiceNotFoundException")
      let described = try await cloud.send(ECS.DescribeServicesRequest(services: ["nothing"], cluster: "walk"))
      #expect(
        described.failures == [
          .init(arn: "arn:aws:ecs:eu-west-1:123456789012:service/walk/nothing", reason: "MISSING")
        ])
    }
  }

  @Test func aServiceIsMadeOnceForAClientToken() async throws {
    try await ECSFixture.run { cloud in
      var request = ECSFixture.request(try await cloud.define(), count: 0, balancers: [], .init())
      request.clientToken = "once"
      let first = try await cloud.send(request).service
      let second = try await cloud.send(request).service
      #expect(first?.createdAt == second?.createdAt)
      request.clientToken = "twice"
      #expect(try await cloud.refusal(of: request)?.message == "Creation of service was not idempotent.")
      #expect(
        first?.deploymentConfiguration?.strategy == "ROLLING" && first?.deploymentConfiguration?.maximumPercent == 200)
      #expect(first?.schedulingStrategy == "REPLICA" && first?.propagateTags == "NONE")
      #expect(first?.platformVersion == "LATEST" && first?.deploymentController == .init(type: "ECS"))
    }
  }

  // MARK: Deployments and tags

  @Test func deploymentsAreFoundByTimeAndStatus() async throws {
    try await ECSFixture.run { cloud in
      try await cloud.createRolling(try await cloud.define(), count: 1)
      try await cloud.ended()
      let after = cloud.clock.now
      cloud.clock.advance(by: .seconds(1))
      try await cloud.update { $0.forceNewDeployment = true }
      var request = ECS.ListServiceDeploymentsRequest(service: "web")
      request.cluster = "walk"
      request.createdAt = .init(after: after)
      #expect(try await cloud.send(request).serviceDeployments?.count == 1)
      request.createdAt = .init(before: after)
      #expect(try await cloud.send(request).serviceDeployments?.map(\.status) == ["SUCCESSFUL"])
      request.createdAt = nil
      request.status = ["ROLLBACK_FAILED"]
      #expect(try await cloud.send(request).serviceDeployments == [])
      let arn = try cloud.unwrap(try await cloud.described().serviceArn)
      #expect(
        try await cloud.send(ECS.ListServiceDeploymentsRequest(service: arn)).serviceDeployments?.count == 2,
        "the ARN names the cluster")
      let unknown = try await cloud.send(ECS.DescribeServiceDeploymentsRequest(serviceDeploymentArns: ["arn:x"]))
      #expect(unknown.failures == [.init(arn: "arn:x", reason: "MISSING")])
      #expect(
        try await cloud.refusal(of: ECS.StopServiceDeploymentRequest(serviceDeploymentArn: "arn:x"))?.code
          == "ServiceDeploymentNotFoundException")
      let pause = ECS.ContinueServiceDeploymentRequest(serviceDeploymentArn: "arn:x", hookId: "x")
      #expect(
        try await cloud.refusal(of: pause)?.message
          == "Invalid hookId: hookId must follow the format: ecs-{hookType}-{id}")
    }
  }

  @Test func tagsAreAddedReplacedAndTakenAway() async throws {
    try await ECSFixture.run { cloud in
      try await cloud.createRolling(try await cloud.define(), count: 0)
      let arn = try cloud.unwrap(try await cloud.described().serviceArn)
      func tags() async throws -> [ECS.Tag]? {
        try await cloud.send(ECS.ListTagsForResourceRequest(resourceArn: arn)).tags
      }
      #expect(try await tags() == [])
      try await cloud.send(ECS.TagResourceRequest(resourceArn: arn, tags: [.init(key: "team", value: "walk")]))
      try await cloud.send(
        ECS.TagResourceRequest(resourceArn: arn, tags: [.init(key: "team", value: "run"), .init(key: "b", value: "")]))
      #expect(try await tags() == [.init(key: "team", value: "run"), .init(key: "b", value: "")])
      try await cloud.send(ECS.UntagResourceRequest(resourceArn: arn, tagKeys: ["team"]))
      #expect(try await tags() == [.init(key: "b", value: "")])
      #expect(try await cloud.described().tags == nil, "only with include TAGS")
      let foreign = ECS.TagResourceRequest(
        resourceArn: "arn:aws:ecs:eu-west-1:123456789012:service/walk/x", tags: [.init(key: "a", value: "b")])
      #expect(try await cloud.refusal(of: foreign)?.code == "ServiceNotFoundException")
      let reserved = ECS.TagResourceRequest(resourceArn: arn, tags: [.init(key: "aws:x", value: "b")])
      #expect(try await cloud.refusal(of: reserved)?.code == "InvalidParameterException")
    }
  }
}
