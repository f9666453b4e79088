import AWSWire
import TaskRuntimes

/// A container that only needs to be started.
struct PreparedContainer: Sendable {
  var definition: ECS.ContainerDefinition
  var specification: ContainerSpecification
  var output: any OutputSink
  var imageDigest: String?
  var ports: [ContainerPort]

  var name: String { definition.name ?? "" }
}

/// A container of a task that runs.
struct LaunchedContainer: Sendable {
  var name: String
  var running: any RunningContainer
  var imageDigest: String?
  var ports: [ContainerPort]
  var isEssential: Bool
  var stopTimeout: Duration
  /// Its health check, when it has one.
  var check: ContainerCheck?
  /// The containers that it depends on.
  var dependsOn: [String]

  /// AWS's default when a container names no stop timeout.
  private static let defaultStopTimeout = 30

  init(
    _ definition: ECS.ContainerDefinition, running: any RunningContainer, imageDigest: String?, ports: [ContainerPort],
    in cloud: CloudContext
  ) {
    name = definition.name ?? ""
    self.running = running
    self.imageDigest = imageDigest
    self.ports = ports
    isEssential = definition.essential ?? true
    stopTimeout = .seconds(definition.stopTimeout ?? Self.defaultStopTimeout)
    check = ContainerCheck(definition, in: cloud)
    dependsOn = (definition.dependsOn ?? []).map(\.containerName)
  }
}

extension ContainerSpecification.Limits {
  /// What a definition allows a container. The task's own limits are each container's, too: no engine limits several
  /// containers together.
  init(
    _ container: ECS.ContainerDefinition, override: ECS.ContainerOverride?, of task: TaskRecord,
    _ definition: ECS.TaskDefinition
  ) {
    let units = (task.overrides?.cpu ?? definition.cpu).flatMap(Double.init)
    let shares = override?.cpu ?? container.cpu ?? 0
    let taskMemory = (task.overrides?.memory ?? definition.memory).flatMap { Int($0) }
    let mebibytes = override?.memory ?? container.memory ?? taskMemory
    self.init(
      processors: units.map { $0 / 1024 }, processorShares: shares > 0 ? max(2, shares) : nil,
      memory: mebibytes.map { $0 << 20 },
      resources: (container.ulimits ?? []).map { .init(name: $0.name, soft: $0.softLimit, hard: $0.hardLimit) })
  }
}
