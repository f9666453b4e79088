import AWSWire
import Foundation

// Services.
extension ECSState {
  /// A service by name or ARN, whatever its status.
  func service(_ identifier: String, in cluster: ClusterRecord) -> ServiceRecord? {
    services[ECSIdentifier.arn("service", named: ECSIdentifier.name(of: identifier), in: cluster.arn)]
  }

  func activeService(_ identifier: String, in cluster: String?) throws(AWSError) -> ServiceRecord {
    guard let record = service(identifier, in: try activeCluster(cluster)) else { throw ECSError.serviceNotFound }
    guard record.status == .active else { throw ECSError.serviceNotActive }
    return record
  }

  // MARK: Create

  mutating func create(
    _ request: ECS.CreateServiceRequest, _ facts: LoadBalancerFacts, at now: Date, in cloud: CloudContext
  ) throws(AWSError) -> ServiceRecord {
    let cluster = try activeCluster(request.cluster)
    guard ECSIdentifier.isValidName(request.serviceName) else {
      throw ECSError.invalid(
        "Service name '\(request.serviceName)' is not valid: up to 255 letters, digits, underscores and hyphens are "
          + "allowed.")
    }
    if let existing = service(request.serviceName, in: cluster) {
      if existing.status == .active, let token = request.clientToken, token == existing.clientToken { return existing }
      guard existing.status != .active else { throw ECSError.invalid("Creation of service was not idempotent.") }
      guard existing.status == .inactive else {
        throw ECSError.invalid("Unable to Start a service that is still Draining.")
      }
      forget(existing.arn)
    }
    if request.deploymentController?.type == DeploymentSettings.external {
      return try createOfTaskSets(request, in: cluster, at: now, in: cloud)
    }
    guard let identifier = request.taskDefinition else {
      throw ECSError.invalid("TaskDefinition cannot be blank for a service with the ECS deployment controller.")
    }
    let definition = try usableTaskDefinition(identifier)
    try Self.refuseWhatIsMissing(request)
    guard let count = request.desiredCount else { throw ECSError.invalid("desiredCount is required.") }
    try Self.check(desiredCount: count)
    let settings = RevisionSettings(
      taskDefinition: definition.arn,
      launchType: request.launchType ?? (request.capacityProviderStrategy?.isEmpty == false ? nil : "EC2"),
      capacityProviderStrategy: request.capacityProviderStrategy ?? [],
      platformVersion: request.launchType == "FARGATE" ? request.platformVersion ?? "LATEST" : request.platformVersion,
      loadBalancers: request.loadBalancers ?? [], serviceRegistries: [],
      networkConfiguration: try Self.network(request.networkConfiguration, for: definition),
      enableECSManagedTags: request.enableECSManagedTags ?? false, propagateTags: request.propagateTags ?? "NONE")
    try Self.check(launchType: settings.launchType, for: definition)
    let configuration = try DeploymentSettings.completed(request.deploymentConfiguration, over: nil)
    try facts.check(
      settings.loadBalancers, strategy: DeploymentSettings.strategy(configuration), for: definition.definition)
    let record = try record(of: request, settings, configuration, count: count, in: cluster, at: now, in: cloud)
    services[record.arn] = record
    deploy(record.arn, at: now, in: cloud)
    return record
  }

  /// A new service as its request has it.
  mutating func record(
    of request: ECS.CreateServiceRequest, _ settings: RevisionSettings, _ configuration: ECS.DeploymentConfiguration,
    count: Int, in cluster: ClusterRecord, at now: Date, in cloud: CloudContext
  ) throws(AWSError) -> ServiceRecord {
    ServiceRecord(
      sequence: nextSequence(), arn: cloud.arn("ecs", "service/\(cluster.name)/\(request.serviceName)"),
      name: request.serviceName, clusterARN: cluster.arn, desiredCount: count, settings: settings,
      deploymentConfiguration: configuration,
      healthCheckGracePeriodSeconds: request.healthCheckGracePeriodSeconds
        ?? (settings.loadBalancers.isEmpty ? nil : 0),
      placementConstraints: request.placementConstraints ?? [], placementStrategy: request.placementStrategy ?? [],
      enableExecuteCommand: request.enableExecuteCommand ?? false,
      availabilityZoneRebalancing: request.availabilityZoneRebalancing ?? "ENABLED", createdAt: now,
      clientToken: request.clientToken, tags: try ECSTags.added(request.tags ?? [], to: []))
  }

  /// Forgets the past of a service that was deleted.
  mutating func forget(_ service: String) {
    for revision in revisions(of: service) { revisions[revision.arn] = nil }
    for deployment in deployments(of: service) { deployments[deployment.arn] = nil }
    for taskSet in taskSets(of: service) { taskSets[taskSet.arn] = nil }
    for task in tasks(of: service) { tasks[task.arn] = nil }
  }

  private static func refuseWhatIsMissing(_ request: ECS.CreateServiceRequest) throws(AWSError) {
    try check(request.launchType, request.capacityProviderStrategy)
    try check(schedulingStrategy: request.schedulingStrategy)
    try check(request.deploymentController)
    try check(propagateTags: request.propagateTags)
    if request.serviceRegistries?.isEmpty == false { throw ECSError.notHere("Service discovery (serviceRegistries)") }
  }

  static func check(
    _ launchType: String?, _ strategy: [ECS.CapacityProviderStrategyItem]?
  ) throws(AWSError) {
    try ECSError.check(launchType, "launchType", among: ["EC2", "FARGATE", "EXTERNAL"])
    guard launchType == nil || strategy?.isEmpty != false else {
      throw ECSError.invalid("Specifying both a launch type and capacity provider strategy is not supported.")
    }
  }

  static func check(schedulingStrategy: String?) throws(AWSError) {
    try ECSError.check(schedulingStrategy, "schedulingStrategy", among: ["REPLICA", "DAEMON"])
    if schedulingStrategy == "DAEMON" { throw ECSError.notHere("The scheduling strategy DAEMON") }
  }

  static func check(propagateTags: String?) throws(AWSError) {
    try ECSError.check(propagateTags, "propagateTags", among: ["TASK_DEFINITION", "SERVICE", "NONE"])
  }

  /// - Parameter current: What a service has that there is already.
  private static func check(_ controller: ECS.DeploymentController?, current: String = "ECS") throws(AWSError) {
    guard let controller, controller.type != current else { return }
    try ECSError.check(
      controller.type, "deploymentController.type", among: ["ECS", "CODE_DEPLOY", DeploymentSettings.external])
    throw ECSError.notHere("The deployment controller \(controller.type), or a change to it,")
  }

  static func check(desiredCount: Int) throws(AWSError) {
    guard (0...5000).contains(desiredCount) else {
      throw ECSError.invalid("desiredCount must be between 0 and 5000, not \(desiredCount).")
    }
  }

  static func check(launchType: String?, for definition: TaskDefinitionRecord) throws(AWSError) {
    guard launchType == "FARGATE", definition.definition.compatibilities?.contains("FARGATE") != true else { return }
    throw ECSError.invalid("Task definition does not support launch_type FARGATE.")
  }

  static func network(
    _ configuration: ECS.NetworkConfiguration?, for definition: TaskDefinitionRecord
  ) throws(AWSError) -> ECS.NetworkConfiguration? {
    guard definition.definition.networkMode == "awsvpc" else {
      guard configuration == nil else {
        throw ECSError.invalid(
          "Network Configuration is not valid for the given networkMode of this task definition.")
      }
      return nil
    }
    guard var network = configuration?.awsvpcConfiguration else {
      throw ECSError.invalid("Network Configuration must be provided when networkMode 'awsvpc' is specified.")
    }
    guard !network.subnets.isEmpty else { throw ECSError.invalid("subnets can not be empty.") }
    network.securityGroups = network.securityGroups ?? []
    network.assignPublicIp = network.assignPublicIp ?? "DISABLED"
    return .init(awsvpcConfiguration: network)
  }

  // MARK: Update

  mutating func update(
    _ request: ECS.UpdateServiceRequest, _ facts: LoadBalancerFacts, at now: Date, in cloud: CloudContext
  ) throws(AWSError) -> ServiceRecord {
    var record = try activeService(request.service, in: request.cluster)
    try Self.check(request.deploymentController, current: record.deploymentController ?? "ECS")
    if record.hasTaskSets { return try update(record, ofTaskSets: request) }
    if request.serviceRegistries?.isEmpty == false { throw ECSError.notHere("Service discovery (serviceRegistries)") }
    var settings = record.settings
    var definition: TaskDefinitionRecord?
    if let identifier = request.taskDefinition {
      definition = try usableTaskDefinition(identifier)
      settings.taskDefinition = definition?.arn ?? settings.taskDefinition
    } else {
      definition = settings.taskDefinition.flatMap { taskDefinitions[$0] }
    }
    guard let definition else { throw ECSError.taskDefinitionNotFound }
    if let strategy = request.capacityProviderStrategy {
      settings.capacityProviderStrategy = strategy
      if !strategy.isEmpty { settings.launchType = nil }
    }
    settings.platformVersion = request.platformVersion ?? settings.platformVersion
    settings.loadBalancers = request.loadBalancers ?? settings.loadBalancers
    settings.enableECSManagedTags = request.enableECSManagedTags ?? settings.enableECSManagedTags
    settings.propagateTags = request.propagateTags ?? settings.propagateTags
    settings.networkConfiguration = try Self.network(
      request.networkConfiguration ?? settings.networkConfiguration, for: definition)
    try Self.check(launchType: settings.launchType, for: definition)
    if let count = request.desiredCount {
      try Self.check(desiredCount: count)
      record.desiredCount = count
    }
    record.deploymentConfiguration = try DeploymentSettings.completed(
      request.deploymentConfiguration, over: record.deploymentConfiguration)
    try facts.check(
      settings.loadBalancers, strategy: DeploymentSettings.strategy(record.deploymentConfiguration),
      for: definition.definition)
    record.healthCheckGracePeriodSeconds = request.healthCheckGracePeriodSeconds ?? record.healthCheckGracePeriodSeconds
    record.placementConstraints = request.placementConstraints ?? record.placementConstraints
    record.placementStrategy = request.placementStrategy ?? record.placementStrategy
    record.enableExecuteCommand = request.enableExecuteCommand ?? record.enableExecuteCommand
    record.availabilityZoneRebalancing = request.availabilityZoneRebalancing ?? record.availabilityZoneRebalancing
    let isDeployed = settings != record.settings || request.forceNewDeployment == true
    record.settings = settings
    services[record.arn] = record
    if isDeployed { deploy(record.arn, at: now, in: cloud) }
    return services[record.arn] ?? record
  }

  // MARK: Delete

  mutating func delete(_ request: ECS.DeleteServiceRequest, at now: Date) throws(AWSError) -> ServiceRecord {
    var record = try activeService(request.service, in: request.cluster)
    guard record.desiredCount == 0 || request.force == true else {
      throw ECSError.invalid("The service cannot be stopped while it is scaled above 0.")
    }
    record.status = .draining
    record.desiredCount = 0
    services[record.arn] = record
    for taskSet in taskSets(of: record.arn) { drain(taskSet.arn, at: now) }
    for deployment in deployments(of: record.arn) where !deployment.machine.status.isTerminal {
      deployments[deployment.arn]?.machine.abandon(reason: "The service was deleted.", at: now)
    }
    return record
  }

  // MARK: Read

  func describe(_ request: ECS.DescribeServicesRequest) throws(AWSError) -> ECS.DescribeServicesResponse {
    guard (1...10).contains(request.services.count) else {
      throw ECSError.invalid(
        request.services.isEmpty ? "Services cannot be empty." : "Services cannot contain more than 10 entries.")
    }
    let cluster = try activeCluster(request.cluster)
    var answer = ECS.DescribeServicesResponse(services: [], failures: [])
    for identifier in request.services {
      if let record = service(identifier, in: cluster) {
        answer.services?.append(shape(record, include: request.include ?? []))
      } else {
        answer.failures?.append(
          .init(arn: missingARN(identifier, "service", under: cluster.name), reason: "MISSING"))
      }
    }
    return answer
  }

  func list(_ request: ECS.ListServicesRequest) throws(AWSError) -> ECS.ListServicesResponse {
    let cluster = try activeCluster(request.cluster)
    let found = services.values.values
      .filter { $0.clusterARN == cluster.arn && $0.status != .inactive }
      .filter { request.launchType == nil || $0.settings.launchType == request.launchType }
      .filter { _ in request.schedulingStrategy == nil || request.schedulingStrategy == "REPLICA" }
      .sorted { $0.sequence < $1.sequence }
    let page = try ECSPage(found, token: request.nextToken, size: request.maxResults, key: \.arn)
    return .init(serviceArns: page.items.map(\.arn), nextToken: page.nextToken)
  }

  // MARK: Deploy

  /// Makes a revision of what the service is now, and a deployment of it, which takes the place of one under way.
  private mutating func deploy(_ service: String, at now: Date, in cloud: CloudContext) {
    guard let record = services[service] else { return }
    for deployment in deployments(of: service) where !deployment.machine.status.isTerminal {
      deployments[deployment.arn]?.machine.supersede(
        reason: "Service deployment was superseded by a newer one.", at: now)
    }
    let path = "\(ECSIdentifier.name(of: record.clusterARN))/\(record.name)"
    let number = cloud.ids.digits(19)
    let withTasks = Set(tasks(of: service).filter { $0.machine.status != .stopped }.compactMap(\.revisionARN))
    let sources = revisions(of: service).map(\.arn).filter { withTasks.contains($0) || $0 == record.currentRevision }
    let revision = ServiceRevisionRecord(
      sequence: nextSequence(), arn: cloud.arn("ecs", "service-revision/\(path)/\(number)"), number: number,
      serviceARN: service, clusterARN: record.clusterARN, settings: record.settings, createdAt: now, updatedAt: now,
      rolloutReason: "ECS deployment ecs-svc/\(number) in progress.")
    revisions[revision.arn] = revision
    let deployment = ServiceDeploymentRecord(
      sequence: nextSequence(), arn: cloud.arn("ecs", "service-deployment/\(path)/\(cloud.ids.urlSafe(21))"),
      serviceARN: service, clusterARN: record.clusterARN, target: revision.arn, sources: sources,
      configuration: record.deploymentConfiguration,
      machine: DeploymentSettings.machine(record.deploymentConfiguration, at: now, in: cloud),
      breaker: DeploymentSettings.breaker(record.deploymentConfiguration),
      alarms: DeploymentSettings.alarms(record.deploymentConfiguration))
    deployments[deployment.arn] = deployment
    services[service]?.isSteady = false
    services[service]?.isStalled = false
  }
}
