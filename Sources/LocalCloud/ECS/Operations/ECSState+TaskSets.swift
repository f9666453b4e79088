import AWSWire
import Foundation

// Task sets.
extension ECSState {
  /// AWS's quota: so many task sets a service can have.
  private static let taskSetsOfService = 5

  /// A service that has task sets.
  private func serviceOfTaskSets(_ identifier: String, in cluster: String) throws(AWSError) -> ServiceRecord {
    let record = try activeService(identifier, in: cluster)
    guard record.hasTaskSets else {
      throw ECSError.invalid(
        "Amazon ECS only supports task set management on services configured to use external deployment controllers.")
    }
    return record
  }

  /// A task set of a service by ARN, by `ecs-svc/N` or by its number.
  private func taskSet(_ identifier: String, of service: ServiceRecord) -> TaskSetRecord? {
    if identifier.hasPrefix("arn:") {
      return taskSets[identifier].flatMap { $0.serviceARN == service.arn ? $0 : nil }
    }
    let number = ECSIdentifier.name(of: identifier)
    return taskSets(of: service.arn).first { ECSIdentifier.name(of: $0.id) == number }
  }

  private func existingTaskSet(_ identifier: String, of service: ServiceRecord) throws(AWSError) -> TaskSetRecord {
    guard let record = taskSet(identifier, of: service) else { throw ECSError.taskSetNotFound }
    return record
  }

  private func usableTaskSet(_ identifier: String, of service: ServiceRecord) throws(AWSError) -> TaskSetRecord {
    let record = try existingTaskSet(identifier, of: service)
    guard !record.isDraining else { throw ECSError.invalid("The task set \(record.id) is DRAINING.") }
    return record
  }

  // MARK: Create

  mutating func create(
    _ request: ECS.CreateTaskSetRequest, _ facts: LoadBalancerFacts, at now: Date, in cloud: CloudContext
  ) throws(AWSError) -> TaskSetRecord {
    let service = try serviceOfTaskSets(request.service, in: request.cluster)
    let existing = taskSets(of: service.arn)
    if let token = request.clientToken, let earlier = existing.first(where: { $0.clientToken == token }) {
      return earlier
    }
    guard existing.count < Self.taskSetsOfService else {
      throw ECSError.invalid(
        "\(existing.count) deployments exist on the service. Unable to create new TaskSet since this exceeds the "
          + "maximum limit.")
    }
    let settings = try settings(of: request, facts, in: service)
    let number = cloud.ids.digits(19)
    let path = "\(ECSIdentifier.name(of: service.clusterARN))/\(service.name)"
    let revision = ServiceRevisionRecord(
      sequence: nextSequence(), arn: cloud.arn("ecs", "service-revision/\(path)/\(number)"), number: number,
      serviceARN: service.arn, clusterARN: service.clusterARN, settings: settings, createdAt: now, updatedAt: now,
      rolloutReason: "", targetGroups: settings.loadBalancers.compactMap(\.targetGroupArn))
    let record = TaskSetRecord(
      sequence: nextSequence(), arn: cloud.arn("ecs", "task-set/\(path)/\(revision.deploymentID)"),
      serviceARN: service.arn, clusterARN: service.clusterARN, revision: revision.arn, id: revision.deploymentID,
      externalID: request.externalId, clientToken: request.clientToken, scale: try Self.percent(request.scale),
      stabilityAt: now, createdAt: now, updatedAt: now, tags: try ECSTags.added(request.tags ?? [], to: []))
    revisions[revision.arn] = revision
    taskSets[record.arn] = record
    services[service.arn]?.isSteady = false
    return record
  }

  private func settings(
    of request: ECS.CreateTaskSetRequest, _ facts: LoadBalancerFacts, in service: ServiceRecord
  ) throws(AWSError) -> RevisionSettings {
    let definition = try usableTaskDefinition(request.taskDefinition)
    try Self.check(request.launchType, request.capacityProviderStrategy)
    try Self.check(launchType: request.launchType, for: definition)
    if request.serviceRegistries?.isEmpty == false { throw ECSError.notHere("Service discovery (serviceRegistries)") }
    let balancers = request.loadBalancers ?? []
    guard balancers.count <= 1 else { throw ECSError.invalid("A task set can have only one target group.") }
    guard balancers.allSatisfy({ $0.advancedConfiguration == nil }) else {
      throw ECSError.invalid("advancedConfiguration can only be given with deployment controller type ECS.")
    }
    try facts.check(balancers, strategy: .rolling, for: definition.definition)
    return RevisionSettings(
      taskDefinition: definition.arn,
      launchType: request.launchType ?? (request.capacityProviderStrategy?.isEmpty == false ? nil : "EC2"),
      capacityProviderStrategy: request.capacityProviderStrategy ?? [],
      platformVersion: request.launchType == "FARGATE" ? request.platformVersion ?? "LATEST" : request.platformVersion,
      loadBalancers: balancers, serviceRegistries: [],
      networkConfiguration: try Self.network(request.networkConfiguration, for: definition),
      enableECSManagedTags: service.settings.enableECSManagedTags, propagateTags: service.settings.propagateTags)
  }

  private static func percent(_ scale: ECS.Scale?) throws(AWSError) -> Double {
    try ECSError.check(scale?.unit, "scale.unit", among: ["PERCENT"])
    let value = scale?.value ?? 0
    guard (0...100).contains(value) else {
      throw ECSError.invalid("scale.value must be between 0 and 100, not \(value).")
    }
    return value
  }

  // MARK: Change

  mutating func update(_ request: ECS.UpdateTaskSetRequest, at now: Date) throws(AWSError) -> TaskSetRecord {
    let service = try serviceOfTaskSets(request.service, in: request.cluster)
    var record = try usableTaskSet(request.taskSet, of: service)
    record.scale = try Self.percent(request.scale)
    record.updatedAt = now
    taskSets[record.arn] = record
    return record
  }

  mutating func update(
    _ request: ECS.UpdateServicePrimaryTaskSetRequest, at now: Date
  ) throws(AWSError) -> TaskSetRecord {
    let service = try serviceOfTaskSets(request.service, in: request.cluster)
    let record = try usableTaskSet(request.primaryTaskSet, of: service)
    guard record.arn != service.primaryTaskSet, let revision = revisions[record.revision] else { return record }
    for arn in [service.primaryTaskSet, record.arn].compactMap(\.self) { taskSets[arn]?.updatedAt = now }
    services[service.arn]?.primaryTaskSet = record.arn
    services[service.arn]?.settings = revision.settings
    return taskSets[record.arn] ?? record
  }

  mutating func delete(_ request: ECS.DeleteTaskSetRequest, at now: Date) throws(AWSError) -> TaskSetRecord {
    let service = try serviceOfTaskSets(request.service, in: request.cluster)
    let record = try existingTaskSet(request.taskSet, of: service)
    if request.force != true {
      guard record.scale == 0 else {
        throw ECSError.invalid(
          "The task set cannot be deleted while it is scaled above 0. Scale it to 0, or use force.")
      }
      guard record.arn != service.primaryTaskSet else {
        throw ECSError.invalid("The task set cannot be deleted while it is PRIMARY. Use force.")
      }
    }
    drain(record.arn, at: now)
    return taskSets[record.arn] ?? record
  }

  /// Lets a task set go once its tasks have. What it was, the service is no more.
  mutating func drain(_ arn: String, at now: Date) {
    guard var record = taskSets[arn], !record.isDraining else { return }
    record.isDraining = true
    record.scale = 0
    record.isSteady = false
    record.stabilityAt = now
    record.updatedAt = now
    taskSets[arn] = record
    guard let service = services[record.serviceARN], service.primaryTaskSet == arn else { return }
    services[service.arn]?.primaryTaskSet = nil
    services[service.arn]?.settings = RevisionSettings(
      enableECSManagedTags: service.settings.enableECSManagedTags, propagateTags: service.settings.propagateTags)
  }

  // MARK: Read

  func describe(_ request: ECS.DescribeTaskSetsRequest) throws(AWSError) -> ECS.DescribeTaskSetsResponse {
    let service = try serviceOfTaskSets(request.service, in: request.cluster)
    let include = request.include ?? []
    guard let identifiers = request.taskSets, !identifiers.isEmpty else {
      return .init(taskSets: taskSets(of: service.arn).map { shape($0, include: include) }, failures: [])
    }
    var answer = ECS.DescribeTaskSetsResponse(taskSets: [], failures: [])
    for identifier in identifiers {
      if let record = taskSet(identifier, of: service) {
        answer.taskSets?.append(shape(record, include: include))
      } else {
        let path = "\(ECSIdentifier.name(of: service.clusterARN))/\(service.name)/ecs-svc"
        let id = identifier.hasPrefix("arn:") ? identifier : ECSIdentifier.name(of: identifier)
        answer.failures?.append(.init(arn: missingARN(id, "task-set", under: path), reason: "MISSING"))
      }
    }
    return answer
  }

  func shape(_ record: TaskSetRecord, include: [String] = []) -> ECS.TaskSet {
    let service = services[record.serviceARN]
    let settings = revisions[record.revision]?.settings
    let (running, pending) = counts(of: record.revision, in: record.serviceARN)
    // What the scheduler has not seen yet is not steady any more.
    let isSteady = record.isSteady && record.computedDesiredCount == record.desiredCount(of: service?.desiredCount ?? 0)
    return ECS.TaskSet(
      id: record.id, taskSetArn: record.arn, serviceArn: record.serviceARN, clusterArn: record.clusterARN,
      externalId: record.externalID,
      status: record.isDraining ? "DRAINING" : record.arn == service?.primaryTaskSet ? "PRIMARY" : "ACTIVE",
      taskDefinition: settings?.taskDefinition, computedDesiredCount: record.computedDesiredCount,
      pendingCount: pending, runningCount: running, createdAt: record.createdAt, updatedAt: record.updatedAt,
      launchType: settings?.launchType,
      capacityProviderStrategy: settings?.capacityProviderStrategy.isEmpty == false
        ? settings?.capacityProviderStrategy : nil,
      platformVersion: settings?.platformVersion, platformFamily: settings?.platformFamily,
      networkConfiguration: settings?.networkConfiguration, loadBalancers: settings?.loadBalancers,
      serviceRegistries: settings?.serviceRegistries, scale: .init(value: record.scale, unit: "PERCENT"),
      stabilityStatus: isSteady ? "STEADY_STATE" : "STABILIZING", stabilityStatusAt: record.stabilityAt,
      tags: include.contains("TAGS") ? record.tags : nil)
  }
}
