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
  /// Where containers share the machine's ports, `PORT` is always the leased port of the first container port: a program
  /// that listened on the container port would be in the way of the next one. Further ports are `PORT_<container port>`.
  ///
  /// - Parameter ports: The leased ports; none for a task with a network of its own.
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
