import AWSWire
import Foundation

// Tasks.
extension ECSState {
  /// How long a client token stands for what it made first.
  private static let secondsTokensAreKept = 24 * 3600.0

  /// A task by identifier or ARN.
  func task(_ identifier: String, in cluster: ClusterRecord) -> TaskRecord? {
    tasks[ECSIdentifier.arn("task", named: ECSIdentifier.name(of: identifier), in: cluster.arn)]
  }

  // MARK: Run

  mutating func run(
    _ request: ECS.RunTaskRequest, at now: Date, in cloud: CloudContext
  ) throws(AWSError) -> ECS.RunTaskResponse {
    let cluster = try activeCluster(request.cluster)
    if let token = request.clientToken, let earlier = clientTokens["\(cluster.arn) \(token)"],
      earlier.createdAt.addingTimeInterval(Self.secondsTokensAreKept) > now
    {
      return .init(tasks: earlier.taskARNs.compactMap { tasks[$0].map { shape($0) } }, failures: [])
    }
    let definition = try usableTaskDefinition(request.taskDefinition)
    try ECSError.check(request.count, "Task count", in: 1...10)
    try ECSError.check(request.launchType, "launchType", among: ["EC2", "FARGATE", "EXTERNAL"])
    try Self.check(launchType: request.launchType, for: definition)
    _ = try Self.network(request.networkConfiguration, for: definition)
    let names = Set((definition.definition.containerDefinitions ?? []).compactMap(\.name))
    for override in request.overrides?.containerOverrides ?? [] where !names.contains(override.name ?? "") {
      throw ECSError.invalid(
        "Override for container named \(override.name ?? "") is not a container in the TaskDefinition.")
    }
    try ECSError.check(request.propagateTags, "propagateTags", among: ["TASK_DEFINITION", "SERVICE", "NONE"])
    var tags = try ECSTags.added(request.tags ?? [], to: [])
    if request.propagateTags == "TASK_DEFINITION" { tags = try ECSTags.added(tags, to: definition.tags) }
    let started = (0..<(request.count ?? 1)).map { _ in
      var task = TaskRecord(
        definition: definition.definition, taskDefinition: definition.arn, cluster: cluster.arn,
        group: request.group ?? "family:\(definition.family)", targets: [], sequence: nextSequence(), at: now, in: cloud
      )
      task.startedBy = request.startedBy
      task.launchType = request.launchType ?? (request.capacityProviderStrategy?.isEmpty == false ? nil : "EC2")
      task.platformVersion = request.launchType == "FARGATE" ? request.platformVersion ?? "LATEST" : nil
      task.overrides = request.overrides
      task.enableExecuteCommand = request.enableExecuteCommand ?? false
      task.tags = tags
      tasks[task.arn] = task
      return task
    }
    for (key, token) in clientTokens.values
    where token.createdAt.addingTimeInterval(Self.secondsTokensAreKept) <= now {
      clientTokens[key] = nil
    }
    if let token = request.clientToken {
      clientTokens["\(cluster.arn) \(token)"] = ClientTokenRecord(createdAt: now, taskARNs: started.map(\.arn))
    }
    return .init(tasks: started.map { shape($0) }, failures: [])
  }

  // MARK: Stop

  mutating func stop(_ request: ECS.StopTaskRequest, at now: Date) throws(AWSError) -> ECS.StopTaskResponse {
    let cluster = try activeCluster(request.cluster)
    guard let task = task(request.task, in: cluster) else {
      throw ECSError.invalid("The referenced task was not found.")
    }
    if let reason = request.reason, reason.count > 1024 {
      throw ECSError.invalid("The reason must be at most 1024 characters long.")
    }
    tasks[task.arn]?.machine.requestStop(.userInitiated, request.reason ?? "Task stopped by user", at: now)
    tasks[task.arn]?.version += 1
    return .init(task: tasks[task.arn].map { shape($0) })
  }

  // MARK: Read

  func describe(_ request: ECS.DescribeTasksRequest) throws(AWSError) -> ECS.DescribeTasksResponse {
    let cluster = try activeCluster(request.cluster)
    guard (1...100).contains(request.tasks.count) else {
      throw ECSError.invalid(
        request.tasks.isEmpty ? "Tasks cannot be empty." : "Tasks cannot contain more than 100 entries.")
    }
    var answer = ECS.DescribeTasksResponse(tasks: [], failures: [])
    for identifier in request.tasks {
      if let task = task(identifier, in: cluster) {
        answer.tasks?.append(shape(task, include: request.include ?? []))
      } else {
        answer.failures?.append(
          .init(arn: missingARN(identifier, "task", under: cluster.name), reason: "MISSING"))
      }
    }
    return answer
  }

  func list(_ request: ECS.ListTasksRequest) throws(AWSError) -> ECS.ListTasksResponse {
    let cluster = try activeCluster(request.cluster)
    let desired = request.desiredStatus ?? "RUNNING"
    try ECSError.check(desired, "desiredStatus", among: ["RUNNING", "PENDING", "STOPPED"])
    var ofService: String?
    if let name = request.serviceName {
      guard let service = service(name, in: cluster) else { throw ECSError.serviceNotFound }
      ofService = service.arn
    }
    let found = tasks.values.values
      .filter { $0.clusterARN == cluster.arn && $0.machine.desiredStatus.rawValue == desired }
      .filter { ofService == nil || $0.serviceARN == ofService }
      .filter { request.startedBy == nil || $0.startedBy == request.startedBy }
      .filter { request.launchType == nil || $0.launchType == request.launchType }
      .filter { task in
        request.family == nil || (try? ECSIdentifier.taskDefinition(task.taskDefinition).family) == request.family
      }
      // Tasks run on no container instance.
      .filter { _ in request.containerInstance == nil }
      .sorted { $0.sequence < $1.sequence }
    let page = try ECSPage(found, token: request.nextToken, size: request.maxResults, key: \.arn)
    return .init(taskArns: page.items.map(\.arn), nextToken: page.nextToken)
  }

  // MARK: The shape

  func shape(_ task: TaskRecord, include: [String] = []) -> ECS.Task {
    let definition = taskDefinitions[task.taskDefinition]?.definition
    let machine = task.machine
    let address = TaskLauncher.host
    let isAttached = machine.status != .provisioning && machine.status != .stopped
    let region = task.arn.split(separator: ":")[3]
    return ECS.Task(
      attachments: [
        .init(
          id: task.attachmentID, type: "ElasticNetworkInterface",
          status: machine.status == .stopped ? "DELETED" : isAttached ? "ATTACHED" : "PRECREATED",
          details: isAttached ? [.init(name: "privateIPv4Address", value: address)] : [])
      ],
      attributes: [], availabilityZone: "\(region)a", clusterArn: task.clusterARN,
      connectivity: isAttached ? "CONNECTED" : nil, connectivityAt: isAttached ? task.pullStartedAt : nil,
      containers: task.containers.map { shape($0, of: task, isAttached ? address : nil, definition) },
      cpu: task.overrides?.cpu ?? definition?.cpu, createdAt: machine.createdAt,
      desiredStatus: machine.desiredStatus.rawValue, enableExecuteCommand: task.enableExecuteCommand,
      executionStoppedAt: machine.executionStoppedAt, group: task.group,
      healthStatus: (containerHealth(of: task) ?? .unknown).rawValue,
      lastStatus: machine.status.rawValue, launchType: task.launchType,
      memory: task.overrides?.memory ?? definition?.memory,
      overrides: task.overrides
        ?? .init(containerOverrides: task.containers.map { .init(name: $0.name) }, inferenceAcceleratorOverrides: []),
      platformVersion: task.platformVersion, platformFamily: task.launchType == "FARGATE" ? "Linux" : nil,
      pullStartedAt: task.pullStartedAt, pullStoppedAt: task.pullStoppedAt, startedAt: machine.startedAt,
      startedBy: task.startedBy, stopCode: machine.stopCode?.rawValue, stoppedAt: machine.stoppedAt,
      stoppedReason: machine.stoppedReason, stoppingAt: machine.stoppingAt,
      tags: include.contains("TAGS") ? task.tags : [], taskArn: task.arn, taskDefinitionArn: task.taskDefinition,
      version: task.version, ephemeralStorage: definition?.ephemeralStorage)
  }

  private func shape(
    _ container: ContainerRecord, of task: TaskRecord, _ address: String?, _ definition: ECS.TaskDefinition?
  ) -> ECS.Container {
    let defined = definition?.containerDefinitions?.first { $0.name == container.name }
    return ECS.Container(
      containerArn: container.arn, taskArn: task.arn, name: container.name, image: container.image,
      imageDigest: container.imageDigest,
      runtimeId: container.status == "PENDING" ? nil : "\(task.id)-\(container.name)",
      lastStatus: container.status, exitCode: container.exitCode, reason: container.reason,
      // On AWS a task of the awsvpc mode has none, because its ports are its own. Here they are leased.
      networkBindings: container.ports.map {
        .init(bindIP: TaskLauncher.host, containerPort: $0.containerPort, hostPort: $0.hostPort, protocol: "tcp")
      },
      networkInterfaces: address.map { [.init(attachmentId: task.attachmentID, privateIpv4Address: $0)] } ?? [],
      healthStatus: (container.health ?? .unknown).rawValue, cpu: defined?.cpu.map(String.init),
      memory: defined?.memory.map(String.init),
      memoryReservation: defined?.memoryReservation.map(String.init))
  }
}
