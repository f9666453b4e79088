import AWSWire
import Foundation

/// What makes a task definition valid, and the defaults that AWS fills in.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
enum TaskDefinitionRules {
  /// The definition with its defaults.
  static func completed(_ request: ECS.RegisterTaskDefinitionRequest) throws(AWSError) -> ECS.TaskDefinition {
    guard ECSIdentifier.isValidName(request.family) else {
      throw ECSError.client(
        "Family '\(request.family)' is not valid: up to 255 letters, digits, underscores and hyphens are allowed.")
    }
    for container in request.containerDefinitions { try checkNames(of: container) }
    let compatibilities = request.requiresCompatibilities ?? []
    for name in compatibilities {
      try ECSError.check(name, "requiresCompatibilities", among: ["EC2", "FARGATE", "EXTERNAL"])
    }
    try ECSError.check(request.networkMode, "networkMode", among: ["bridge", "host", "awsvpc", "none"])
    let isFargate = compatibilities.contains("FARGATE")
    var (cpu, memory) = (request.cpu, request.memory)
    if isFargate {
      guard request.networkMode == "awsvpc" else {
        throw ECSError.client("Fargate only supports network mode \u{2018}awsvpc\u{2019}.")
      }
      if let mode = request.pidMode, mode != "task" {
        throw ECSError.client(
          "Tasks using the Fargate launch type do not support pidMode '\(mode)'. The supported value for pidMode is "
            + "'task'.")
      }
      (cpu, memory) = try FargateSize.checked(cpu: request.cpu, memory: request.memory)
    }
    var containers: [ECS.ContainerDefinition] = []
    for container in request.containerDefinitions {
      containers.append(
        try completed(container, networkMode: request.networkMode, hasTaskMemory: request.memory != nil))
    }
    var volumes = request.volumes ?? []
    for index in volumes.indices where volumes[index].efsVolumeConfiguration?.rootDirectory == nil {
      volumes[index].efsVolumeConfiguration?.rootDirectory = "/"
    }
    try check(containers, volumes: volumes)
    return ECS.TaskDefinition(
      containerDefinitions: containers, family: request.family, taskRoleArn: request.taskRoleArn,
      executionRoleArn: request.executionRoleArn, networkMode: request.networkMode, volumes: volumes,
      requiresAttributes: [], placementConstraints: request.placementConstraints ?? [],
      compatibilities: isFargate || compatibilities.isEmpty && request.networkMode == "awsvpc" && cpu != nil
        ? ["EC2", "FARGATE"] : ["EC2"] + (compatibilities.contains("EXTERNAL") ? ["EXTERNAL"] : []),
      runtimePlatform: request.runtimePlatform, requiresCompatibilities: request.requiresCompatibilities, cpu: cpu,
      memory: memory, inferenceAccelerators: request.inferenceAccelerators, pidMode: request.pidMode,
      ipcMode: request.ipcMode, proxyConfiguration: request.proxyConfiguration,
      ephemeralStorage: request.ephemeralStorage, enableFaultInjection: request.enableFaultInjection)
  }

  private static func check(_ containers: [ECS.ContainerDefinition], volumes: [ECS.Volume]) throws(AWSError) {
    guard !containers.isEmpty else { throw ECSError.client("Container list cannot be empty.") }
    guard containers.contains(where: { $0.essential == true }) else {
      throw ECSError.client("At least one container of a task definition must be essential.")
    }
    var names: Set<String> = []
    for container in containers {
      guard names.insert(container.name ?? "").inserted else {
        throw ECSError.client("Container.name contains duplicate value: \(container.name ?? "")")
      }
    }
    for container in containers {
      for dependency in container.dependsOn ?? [] where !names.contains(dependency.containerName) {
        throw ECSError.client(
          "Invalid setting for container '\(container.name ?? "")'. Its dependency '\(dependency.containerName)' does "
            + "not exist.")
      }
      try check(container.dependsOn ?? [], of: container.name ?? "", among: containers)
      for mount in container.mountPoints ?? []
      where !volumes.contains(where: { $0.name == mount.sourceVolume }) {
        throw ECSError.client("Unknown volume '\(mount.sourceVolume ?? "")'.")
      }
    }
  }

  private static func checkNames(of container: ECS.ContainerDefinition) throws(AWSError) {
    guard container.name?.isEmpty == false else {
      throw ECSError.client("Container.name should not be null or empty.")
    }
    guard container.image?.isEmpty == false else {
      throw ECSError.client("Container.image should not be null or empty.")
    }
  }

  /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html
  private static func check(
    _ dependencies: [ECS.ContainerDependency], of name: String, among containers: [ECS.ContainerDefinition]
  ) throws(AWSError) {
    for dependency in dependencies {
      try ECSError.check(dependency.condition, "condition", among: ["START", "COMPLETE", "SUCCESS", "HEALTHY"])
      guard let other = containers.first(where: { $0.name == dependency.containerName }) else { continue }
      let start = "Invalid setting for container '\(name)'. Its dependency '\(dependency.containerName)'"
      if dependency.condition == "HEALTHY", other.healthCheck == nil {
        throw ECSError.client("\(start) has no health check, and the condition HEALTHY needs one.")
      }
      if ["COMPLETE", "SUCCESS"].contains(dependency.condition), other.essential == true {
        throw ECSError.client("\(start) is essential, and the condition \(dependency.condition) would end the task.")
      }
    }
  }

  /// The ranges of a health check.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html
  private static func completed(
    _ check: ECS.HealthCheck, container: String
  ) throws(AWSError) -> ECS.HealthCheck {
    var check = check
    check.interval = check.interval ?? 30
    check.timeout = check.timeout ?? 5
    check.retries = check.retries ?? 3
    let ranges: [(String, Int?, ClosedRange<Int>)] = [
      ("interval", check.interval, 5...300), ("timeout", check.timeout, 2...60), ("retries", check.retries, 1...10),
      ("startPeriod", check.startPeriod, 0...300),
    ]
    for (field, value, range) in ranges {
      guard let value, !range.contains(value) else { continue }
      throw ECSError.client(
        "Invalid setting for container '\(container)'. healthCheck.\(field) must be between \(range.lowerBound) and "
          + "\(range.upperBound).")
    }
    guard ContainerCheck.command(check.command) != nil else {
      throw ECSError.client(
        "Invalid setting for container '\(container)'. healthCheck.command must begin with CMD and a program, or with "
          + "CMD-SHELL and one line for the shell.")
    }
    return check
  }

  private static func completed(
    _ container: ECS.ContainerDefinition, networkMode: String?, hasTaskMemory: Bool
  ) throws(AWSError) -> ECS.ContainerDefinition {
    let name = container.name ?? ""
    guard ECSIdentifier.isValidName(name) else {
      throw ECSError.client(
        "Invalid container name '\(name)': up to 255 letters, digits, underscores and hyphens are allowed.")
    }
    guard hasTaskMemory || container.memory != nil || container.memoryReservation != nil else {
      throw ECSError.client(
        "Invalid setting for container '\(name)'. At least one of 'memory' or 'memoryReservation' must be specified.")
    }
    if let timeout = container.stopTimeout, !(0...120).contains(timeout) {
      throw ECSError.client(
        "Invalid setting for container '\(name)'. The stopTimeout must be between 0 and 120 seconds.")
    }
    var result = container
    result.cpu = container.cpu ?? 0
    result.essential = container.essential ?? true
    result.environment = container.environment ?? []
    result.mountPoints = container.mountPoints ?? []
    result.volumesFrom = container.volumesFrom ?? []
    result.systemControls = container.systemControls ?? []
    result.portMappings = []
    for mapping in container.portMappings ?? [] {
      result.portMappings?.append(try completed(mapping, networkMode: networkMode, container: name))
    }
    if let check = container.healthCheck { result.healthCheck = try completed(check, container: name) }
    return result
  }

  private static func completed(
    _ mapping: ECS.PortMapping, networkMode: String?, container: String
  ) throws(AWSError) -> ECS.PortMapping {
    var result = mapping
    result.protocol = mapping.protocol ?? "tcp"
    try ECSError.check(result.protocol, "protocol", among: ["tcp", "udp"])
    guard let port = mapping.containerPort else {
      guard mapping.containerPortRange == nil else { throw ECSError.notHere("containerPortRange") }
      throw ECSError.client("Invalid setting for container '\(container)'. A port mapping needs a containerPort.")
    }
    guard (1...65535).contains(port) else {
      throw ECSError.client("Invalid 'containerPort' setting for container '\(container)'.")
    }
    if networkMode == "awsvpc" || networkMode == "host" {
      guard mapping.hostPort == nil || mapping.hostPort == 0 || mapping.hostPort == port else {
        throw ECSError.client(
          "When networkMode=\(networkMode ?? ""), the host ports and container ports in port mappings must match.")
      }
      result.hostPort = port
    } else {
      result.hostPort = mapping.hostPort ?? 0
    }
    return result
  }
}

/// The sizes that Fargate has.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size
enum FargateSize {
  /// CPU units and MiB as AWS keeps them.
  static func checked(cpu: String?, memory: String?) throws(AWSError) -> (String?, String?) {
    guard let cpu else { throw ECSError.client("Fargate requires that 'cpu' be defined at the task level.") }
    guard let memory else { throw ECSError.client("Fargate requires that 'memory' be defined at the task level.") }
    guard let units = number(cpu, unit: "vcpu"), let megabytes = number(memory, unit: "gb"),
      memories(for: units).contains(megabytes)
    else {
      throw ECSError.client("No Fargate configuration exists for given values: \(cpu) CPU, \(memory) memory.")
    }
    return (String(units), String(megabytes))
  }

  /// `256`, or `.25 vCPU` in units of 1/1024.
  private static func number(_ text: String, unit: String) -> Int? {
    if let number = Int(text) { return number }
    let lower = text.lowercased()
    guard lower.hasSuffix(unit), let number = Double(lower.dropLast(unit.count).trimmingCharacters(in: .whitespaces))
    else { return nil }
    return Int((number * 1024).rounded())
  }

  private static func memories(for units: Int) -> [Int] {
    func steps(_ from: Int, _ to: Int, by step: Int = 1024) -> [Int] {
      Array(stride(from: from, through: to, by: step))
    }
    switch units {
    case 256: return [512, 1024, 2048]
    case 512: return steps(1024, 4096)
    case 1024: return steps(2048, 8192)
    case 2048: return steps(4096, 16384)
    case 4096: return steps(8192, 30720)
    case 8192: return steps(16384, 61440, by: 4096)
    case 16384: return steps(32768, 122_880, by: 8192)
    default: return []
    }
  }
}
