import Foundation

/// The names and labels of a cloud's containers, and the command lines that make them.
struct EngineCommands: Sendable {
  /// Whose containers they are: the state folder's identifier.
  let cloud: String

  /// The label that every container of every local cloud has; its value is the cloud.
  static let cloudLabel = "palco.cloud"
  /// The label that says which container of which task it is; the holder of a network has none.
  static let containerLabel = "palco.container"

  /// The name of a container in the engine.
  func name(of container: String) -> String {
    "palco-\(cloud.prefix(8))-" + container.map { $0.isLetter || $0.isNumber || "_.-".contains($0) ? $0 : "-" }
  }

  /// The name of the container that holds a task's network.
  func holder(of task: String) -> String { name(of: task) + Self.holderSuffix }

  static let holderSuffix = ".network"

  /// The name of the pause image.
  var pauseImage: String { "localhost/palco-pause:\(cloud.prefix(8))" }

  /// Imports the pause image.
  func importPause(from archive: String) -> [String] {
    ["import", "--change", "ENTRYPOINT [\"/pause\"]", archive, pauseImage]
  }

  /// Makes the network of a task, with its ports on loopback. Published ports work as root and without, on Linux and in
  /// the virtual machine of a desktop engine; a container's own address only as root on Linux.
  func hold(_ place: TaskPlace) -> [String] {
    let ports = place.ports.flatMap { ["--publish", "127.0.0.1:\($0.host):\($0.container)/\($0.transport)"] }
    return ["run", "--detach", "--name", holder(of: place.id), "--label", "\(Self.cloudLabel)=\(cloud)"]
      + ["--log-driver", "none", "--read-only", "--cap-drop", "ALL"] + ports + [pauseImage]
  }

  /// Starts a container.
  ///
  /// - Throws: ``TaskRuntimeError`` when there is nothing to run.
  func run(
    _ container: ContainerSpecification, image: String, environment: EnvironmentFile, engine: ContainerRuntime.Engine
  ) throws -> [String] {
    guard let program = container.command.first, !program.isEmpty else {
      throw TaskRuntimeError(.noCommand, "no command specified: the image has none and the container definition too")
    }
    var words = ["run", "--detach", "--pull", "never", "--name", name(of: container.id)]
    words += ["--label", "\(Self.cloudLabel)=\(cloud)", "--label", "\(Self.containerLabel)=\(container.id)"]
    words += container.task.map { ["--network", "container:\(holder(of: $0))"] } ?? []
    // Files of lines, which `logs` follows; both engines have a driver of this kind.
    words += ["--log-driver", engine == .podman ? "k8s-file" : "json-file", "--log-opt", "max-size=64m"]
    words += ["--stop-signal", container.stopSignal] + environment.arguments
    words += container.workingDirectory.map { ["--workdir", $0] } ?? []
    words += container.user.map { ["--user", $0] } ?? []
    if container.hasReadOnlyFiles { words.append("--read-only") }
    words += self.words(container.limits)
    return words + ["--entrypoint", program, image] + container.command.dropFirst()
  }

  private func words(_ limits: ContainerSpecification.Limits) -> [String] {
    var words: [String] = []
    if let processors = limits.processors {
      words += ["--cpus", String(format: "%.3f", locale: Locale(identifier: "en_US_POSIX"), processors)]
    }
    if let shares = limits.processorShares { words += ["--cpu-shares", "\(shares)"] }
    // Without swap: on Fargate there is none, and a limit that swaps is no limit.
    if let memory = limits.memory { words += ["--memory", "\(memory)", "--memory-swap", "\(memory)"] }
    for limit in limits.resources { words += ["--ulimit", "\(limit.name)=\(limit.soft):\(limit.hard)"] }
    return words
  }
}
