import AWSWire
import OCIImages

/// What to run of a container: image, definition and override put together as Docker and ECS do.
struct ContainerPlan {
  let command: [String]
  let workingDirectory: String?
  private let declared: [String: String]

  init(
    _ container: ECS.ContainerDefinition, override: ECS.ContainerOverride?, image: ImageConfiguration.Execution?
  ) {
    let entryPoint = container.entryPoint ?? image?.entrypoint ?? []
    // Who sets another entry point does not want the image's arguments for the old one.
    let imageCommand = container.entryPoint == nil ? image?.command : nil
    command = entryPoint + (override?.command ?? container.command ?? imageCommand ?? [])
    workingDirectory = container.workingDirectory ?? image?.workingDirectory
    var environment: [String: String] = [:]
    for pair in image?.environment ?? [] {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = parts.first, !name.isEmpty else { continue }
      environment[String(name)] = parts.count == 2 ? String(parts[1]) : ""
    }
    for pair in (container.environment ?? []) + (override?.environment ?? []) {
      if let name = pair.name { environment[name] = pair.value ?? "" }
    }
    declared = environment
  }

  /// The whole environment.
  ///
  /// `PORT` is always the leased port of the first container port: containers of this cloud share the machine's ports,
  /// and a program that listened on the container port would be in the way of the next one. Further ports are
  /// `PORT_<container port>`.
  func environment(secrets: [String: String], ports: [ContainerPort], region: String) -> [String: String] {
    var environment = [
      "AWS_REGION": region, "AWS_DEFAULT_REGION": region, "AWS_EXECUTION_ENV": "AWS_ECS_FARGATE",
    ]
    environment.merge(declared) { $1 }
    environment.merge(secrets) { $1 }
    if let first = ports.first { environment["PORT"] = String(first.hostPort) }
    for port in ports.dropFirst() { environment["PORT_\(port.containerPort)"] = String(port.hostPort) }
    return environment
  }
}

/// In which order the containers of a task start.
enum ContainerOrder {
  /// Containers after those that they depend on, else as they are defined.
  ///
  /// - Throws: ``TaskStartFailure`` for conditions other than `START`, and for circles.
  static func sorted(_ containers: [ECS.ContainerDefinition]) throws -> [ECS.ContainerDefinition] {
    var sorted: [ECS.ContainerDefinition] = []
    var rest = containers
    while !rest.isEmpty {
      let started = Set(sorted.compactMap(\.name))
      guard
        let index = rest.firstIndex(where: { container in
          (container.dependsOn ?? []).allSatisfy { started.contains($0.containerName) }
        })
      else {
        throw TaskStartFailure("ResourceInitializationError: the containers depend on each other in a circle")
      }
      let container = rest.remove(at: index)
      if let other = container.dependsOn?.first(where: { $0.condition != "START" }) {
        throw TaskStartFailure(
          "ResourceInitializationError: this local cloud knows the dependency condition START only, not "
            + other.condition, container: container.name)
      }
      sorted.append(container)
    }
    return sorted
  }
}
