import AWSWire
import Foundation
import Logging
import PalcoCore
import PalcoTestSupport

@testable import LocalCloud

/// ECS on a folder of its own, with everything around it made up, and spoken to as the front door does.
///
/// A minute of AWS's time lasts a second on a clock that a test moves with ``until(_:)``.
final class ECSFixture: Sendable {
  static let blue = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/blue/1"
  static let green = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/green/2"
  static let production = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener-rule/app/web/1/2/3"
  static let test = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener-rule/app/web/1/2/4"

  let directory: URL
  let clock: TestClock
  let context: CloudContext
  let store: Store
  let runtime: FakeRuntime
  let balancer: FakeBalancer
  let images: FakeImages
  let logs = FakeLogs()
  let alarms = FakeAlarms()
  let functions = FakeFunctions()
  let secrets = FakeSecrets()
  let service: ECSService
  private let codec = JSONCodec(version: "1.1", targetPrefix: "x")

  init(
    directory: URL, after other: ECSFixture? = nil, allowsHostCommands: Bool = true, leftovers: [String] = [],
    isolatesTasks: Bool = false, survivors: [FakeRuntime.Container] = [], images: FakeImages = FakeImages()
  ) async throws {
    self.directory = directory
    self.images = images
    clock = TestClock(now: other.map { $0.clock.now } ?? Date(timeIntervalSince1970: 1_700_000_000))
    context = CloudContext(
      accountID: "123456789012", region: "eu-west-1", port: 1, stateDirectory: directory, minute: .seconds(1),
      allowsHostCommands: allowsHostCommands, time: clock.timeSource,
      logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    store = try Store(directory: directory)
    runtime = FakeRuntime(leftovers: leftovers, isolatesTasks: isolatesTasks, survivors: survivors)
    balancer = FakeBalancer(
      runtime, groups: [Self.blue, Self.green],
      rules: await other?.balancer.rules ?? [Self.production: Self.weights(100, 0)])
    service = try await ECSService(
      context: context, store: store, runtime: runtime, images: images, balancer: balancer, logs: logs,
      alarms: alarms, functions: functions, secrets: secrets)
  }

  static func weights(_ blue: Int, _ green: Int) -> [TargetGroupWeight] {
    [.init(targetGroupARN: Self.blue, weight: blue), .init(targetGroupARN: Self.green, weight: green)]
  }

  /// Runs a test with a cluster and a running reconciler; at the end nothing runs any more.
  static func run(
    allowsHostCommands: Bool = true, isolatesTasks: Bool = false, _ body: (ECSFixture) async throws -> Void
  ) async throws {
    try await withTemporaryDirectory { directory in
      let fixture = try await ECSFixture(
        directory: directory, allowsHostCommands: allowsHostCommands, isolatesTasks: isolatesTasks)
      try await fixture.send(ECS.CreateClusterRequest(clusterName: "walk"))
      try await fixture.running { try await body(fixture) }
    }
  }

  /// Runs the service around a part of a test.
  func running(_ body: () async throws -> Void) async throws {
    async let running: Void = service.run()
    do {
      try await body()
    } catch {
      await service.shutdown()
      try await running
      throw error
    }
    await service.shutdown()
    try await running
  }

  @discardableResult func send<R: AWSRequest>(_ request: R) async throws -> R.Response {
    guard let handler = service.operations()[R.operation] else { throw Missing(what: R.operation) }
    let answer = try await handler(
      codec, try codec.encodeRequest(request).body, CallContext(requestID: "r", accessKey: nil, logger: context.logger))
    return try codec.decodeResponse(to: R.self, from: answer.body)
  }

  /// The error that a request is refused with.
  func refusal<R: AWSRequest>(of request: R) async throws -> AWSError? {
    do {
      try await send(request)
      return nil
    } catch let error as AWSError { return error }
  }

  /// Moves the clock until a condition comes true.
  func until(_ condition: () async throws -> Bool) async rethrows -> Bool {
    try await eventually(within: .seconds(60)) {
      if try await condition() { return true }
      clock.advance(by: .milliseconds(50))
      return false
    }
  }

  /// Whether the service begins to wait again and again although the clock stands still, so that nothing can be due.
  func spins() async -> Bool {
    let before = clock.sleeps.count
    return await eventually(within: .milliseconds(200)) { clock.sleeps.count > before + 3 }
  }

  struct Missing: Error { var what: String }

  func unwrap<T>(_ value: T?, _ what: String = "value") throws -> T {
    guard let value else { throw Missing(what: what) }
    return value
  }

  // MARK: What tests make

  @discardableResult func define(
    _ environment: [String: String] = [:], family: String = "web", image: String = "process:/bin/web",
    change: (inout ECS.ContainerDefinition) -> Void = { _ in }
  ) async throws -> String {
    var container = ECS.ContainerDefinition(name: "web", image: image)
    container.portMappings = [.init(containerPort: 8080)]
    container.environment = environment.map { .init(name: $0.key, value: $0.value) }
    container.stopTimeout = 5
    change(&container)
    let definition = try await send(
      ECS.RegisterTaskDefinitionRequest(
        family: family, containerDefinitions: [container], networkMode: "awsvpc", requiresCompatibilities: ["FARGATE"],
        cpu: "256", memory: "512")
    ).taskDefinition
    return try unwrap(definition?.taskDefinitionArn)
  }

  static let network = ECS.NetworkConfiguration(awsvpcConfiguration: .init(subnets: ["subnet-1"]))

  static func blueGreenBalancer(test: String? = nil) -> ECS.LoadBalancer {
    .init(
      targetGroupArn: blue, containerName: "web", containerPort: 8080,
      advancedConfiguration: .init(
        alternateTargetGroupArn: green, productionListenerRule: production, testListenerRule: test,
        roleArn: "arn:aws:iam::123456789012:role/ecs"))
  }

  static func request(
    _ definition: String, count: Int = 2, balancers: [ECS.LoadBalancer], _ configuration: ECS.DeploymentConfiguration
  ) -> ECS.CreateServiceRequest {
    var request = ECS.CreateServiceRequest(serviceName: "web")
    request.cluster = "walk"
    request.taskDefinition = definition
    request.desiredCount = count
    request.launchType = "FARGATE"
    request.networkConfiguration = network
    request.loadBalancers = balancers
    request.deploymentConfiguration = configuration
    return request
  }

  static let breaker = ECS.DeploymentCircuitBreaker(enable: true, rollback: true)

  func createBlueGreen(_ definition: String, count: Int = 2, test: String? = nil, bake: Int = 1) async throws {
    var configuration = ECS.DeploymentConfiguration(deploymentCircuitBreaker: Self.breaker)
    configuration.strategy = "BLUE_GREEN"
    configuration.bakeTimeInMinutes = bake
    try await send(
      Self.request(definition, count: count, balancers: [Self.blueGreenBalancer(test: test)], configuration))
  }

  /// Makes a service that shifts traffic, on the two target groups and the production rule.
  func create(_ definition: String, count: Int = 2, test: String? = nil, _ configuration: ECS.DeploymentConfiguration)
    async throws
  {
    try await send(
      Self.request(definition, count: count, balancers: [Self.blueGreenBalancer(test: test)], configuration))
  }

  func createRolling(
    _ definition: String, count: Int = 2, balanced: Bool = true, minimum: Int = 100, maximum: Int = 200,
    breaker: ECS.DeploymentCircuitBreaker? = ECSFixture.breaker
  ) async throws {
    var configuration = ECS.DeploymentConfiguration(deploymentCircuitBreaker: breaker)
    configuration.minimumHealthyPercent = minimum
    configuration.maximumPercent = maximum
    let balancer = ECS.LoadBalancer(targetGroupArn: Self.blue, containerName: "web", containerPort: 8080)
    try await send(
      Self.request(definition, count: count, balancers: balanced ? [balancer] : [], configuration))
  }

  func update(_ change: (inout ECS.UpdateServiceRequest) -> Void) async throws {
    var request = ECS.UpdateServiceRequest(service: "web")
    request.cluster = "walk"
    change(&request)
    try await send(request)
  }

  // MARK: What tests look at

  func described() async throws -> ECS.Service {
    var request = ECS.DescribeServicesRequest(services: ["web"])
    request.cluster = "walk"
    return try unwrap(try await send(request).services?.first, "service")
  }

  /// The deployments, the newest first.
  func deployments() async throws -> [ECS.ServiceDeployment] {
    var request = ECS.ListServiceDeploymentsRequest(service: "web")
    request.cluster = "walk"
    let arns = (try await send(request).serviceDeployments ?? []).compactMap(\.serviceDeploymentArn)
    return try await send(ECS.DescribeServiceDeploymentsRequest(serviceDeploymentArns: arns)).serviceDeployments ?? []
  }

  func newest() async throws -> ECS.ServiceDeployment {
    try unwrap(try await deployments().first, "deployment")
  }

  /// Waits until the newest deployment has ended.
  @discardableResult func ended() async throws -> ECS.ServiceDeployment {
    let isTerminal: Set = ["SUCCESSFUL", "STOPPED", "ROLLBACK_SUCCESSFUL", "ROLLBACK_FAILED"]
    guard await until({ (try? await newest().status).map { isTerminal.contains($0) } == true }) else {
      throw Missing(what: "end of the deployment")
    }
    return try await newest()
  }

  /// Waits until the newest deployment is in a stage.
  func reaches(_ stage: String) async throws {
    guard await until({ (try? await newest().lifecycleStage) == stage }) else {
      throw Missing(what: "stage \(stage)")
    }
  }

  func events() async throws -> [String] {
    (try await described().events ?? []).reversed().compactMap(\.message)
  }

  func tasks(_ desiredStatus: String = "RUNNING") async throws -> [ECS.Task] {
    var list = ECS.ListTasksRequest()
    list.cluster = "walk"
    list.desiredStatus = desiredStatus
    let arns = try await send(list).taskArns ?? []
    guard !arns.isEmpty else { return [] }
    var describe = ECS.DescribeTasksRequest(tasks: arns)
    describe.cluster = "walk"
    return try await send(describe).tasks ?? []
  }

  /// What `VERSION` says of the programs that run, sorted.
  var versions: [String] { runtime.running.map { $0.specification.environment["VERSION"] ?? "" }.sorted() }

  var productionWeights: [Int] {
    get async { await balancer.rules[Self.production]?.map(\.weight) ?? [] }
  }
}
