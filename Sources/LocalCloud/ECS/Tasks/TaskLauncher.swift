import AWSWire
import Foundation
import Logging
import OCIImages
import TaskRuntimes

/// Why a task could not be started, as `stoppedReason` says it.
struct TaskStartFailure: Error, Sendable, Equatable {
  var reason: String
  /// The container at fault, when it is one's.
  var container: String?

  init(_ reason: String, container: String? = nil) {
    self.reason = reason
    self.container = container
  }
}

/// A container of a task that runs.
struct LaunchedContainer: Sendable {
  var name: String
  var running: any RunningContainer
  var imageDigest: String?
  var ports: [ContainerPort]
  var isEssential: Bool
  var stopTimeout: Duration
}

/// Starts the containers of a task: gets images, leases ports, puts the environment together.
struct TaskLauncher: Sendable {
  /// Where tasks listen.
  static let host = "127.0.0.1"
  /// AWS's default when a container names no stop timeout.
  private static let defaultStopTimeout = 30

  let ports = PortLeases()
  private let cloud: CloudContext
  private let runtime: any TaskRuntime
  private let images: any ImageSource
  private let unpacked: UnpackedImages
  private let logs: any LogSink
  private let secrets: any SecretSource
  private let logger: Logger

  init(
    cloud: CloudContext, runtime: any TaskRuntime, images: any ImageSource, logs: any LogSink,
    secrets: any SecretSource,
    logger: Logger
  ) {
    self.cloud = cloud
    self.runtime = runtime
    self.images = images
    unpacked = UnpackedImages(directory: cloud.stateDirectory.appendingPathComponent("images"))
    self.logs = logs
    self.secrets = secrets
    self.logger = logger
  }

  /// Starts all containers or none.
  ///
  /// - Parameter digests: The digest that the revision's first task found, by container name.
  /// - Throws: ``TaskStartFailure``.
  func start(
    _ task: TaskRecord, _ definition: ECS.TaskDefinition?, digests: [String: String]
  ) async throws -> [LaunchedContainer] {
    guard let definition else {
      throw TaskStartFailure("ResourceInitializationError: the task definition \(task.taskDefinition) is gone")
    }
    let order = try ContainerOrder.sorted(definition.containerDefinitions ?? [])
    var launched: [LaunchedContainer] = []
    do {
      // Everything that can fail without a program comes first.
      var programs: [PreparedContainer] = []
      for container in order {
        programs.append(
          try await prepare(container, of: task, digest: digests[container.name ?? ""]))
      }
      for prepared in programs { launched.append(try await launch(prepared)) }
      return launched
    } catch {
      for container in launched.reversed() { await container.running.stop(timeout: container.stopTimeout) }
      await ports.release(task.arn)
      throw error
    }
  }

  /// A container that only needs to be started.
  private struct PreparedContainer {
    var definition: ECS.ContainerDefinition
    var specification: ContainerSpecification
    var output: any OutputSink
    var imageDigest: String?
    var ports: [ContainerPort]
  }

  private func prepare(
    _ container: ECS.ContainerDefinition, of task: TaskRecord, digest: String?
  ) async throws -> PreparedContainer {
    let name = container.name ?? ""
    let override = task.overrides?.containerOverrides?.first { $0.name == name }
    let output = try await output(of: container, task)
    let image = try await program(container.image ?? "", digest: digest, container: name)
    let leased = try await leasePorts(container, task)
    let plan = ContainerPlan(container, override: override, image: image.configuration)
    let secrets = try await secretValues(of: container)
    let environment = plan.environment(secrets: secrets, ports: leased, region: cloud.region)
    let specification = ContainerSpecification(
      id: "\(task.id)/\(name)", program: image.program, command: plan.command, environment: environment,
      workingDirectory: plan.workingDirectory, stopSignal: image.configuration?.stopSignal ?? "SIGTERM")
    return PreparedContainer(
      definition: container, specification: specification, output: output, imageDigest: image.digest, ports: leased)
  }

  /// The values of a container's secrets by variable name. They go into its environment and nowhere else.
  private func secretValues(of container: ECS.ContainerDefinition) async throws -> [String: String] {
    var values: [String: String] = [:]
    for secret in container.secrets ?? [] {
      do {
        values[secret.name] = try await secrets.value(of: secret.valueFrom)
      } catch let failure as SecretFailure {
        throw TaskStartFailure(
          "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: "
            + failure.reason, container: container.name)
      }
    }
    return values
  }

  private func launch(_ prepared: PreparedContainer) async throws -> LaunchedContainer {
    let name = prepared.definition.name ?? ""
    do {
      let running = try await runtime.start(prepared.specification, output: prepared.output)
      return LaunchedContainer(
        name: name, running: running, imageDigest: prepared.imageDigest, ports: prepared.ports,
        isEssential: prepared.definition.essential ?? true,
        stopTimeout: .seconds(prepared.definition.stopTimeout ?? Self.defaultStopTimeout))
    } catch {
      throw TaskStartFailure("CannotStartContainerError: \(error)", container: name)
    }
  }

  // MARK: The program

  private struct Program {
    var program: ContainerSpecification.Program
    var digest: String?
    var configuration: ImageConfiguration.Execution?
  }

  private func program(_ reference: String, digest: String?, container: String) async throws -> Program {
    if let path = HostProgram.path(of: reference) {
      guard cloud.allowsHostCommands else {
        throw TaskStartFailure(
          "CannotPullContainerError: \(reference) is a program of this machine, and this local cloud may run none of "
            + "them; start it with --allow-host-commands", container: container)
      }
      return Program(program: .host(path: path), digest: nil, configuration: nil)
    }
    do {
      let image = try await images.resolve(try Self.pinned(reference, to: digest))
      let (root, configuration) = try await unpacked.unpack(image)
      return Program(program: .image(root: root), digest: image.digest, configuration: configuration.config)
    } catch let error as ImageNotFound {
      throw TaskStartFailure(error.reason, container: container)
    } catch {
      throw TaskStartFailure("CannotPullContainerError: \(reference): \(error)", container: container)
    }
  }

  private static func pinned(_ reference: String, to digest: String?) throws -> String {
    guard let digest else { return reference }
    var parsed = try ImageReference(parsing: reference)
    parsed.tag = nil
    parsed.digest = digest
    return parsed.description
  }

  // MARK: Ports and output

  private func leasePorts(_ container: ECS.ContainerDefinition, _ task: TaskRecord) async throws -> [ContainerPort] {
    var leased: [ContainerPort] = []
    for mapping in container.portMappings ?? [] {
      guard let port = mapping.containerPort else { continue }
      guard let hostPort = await ports.lease(for: task.arn) else {
        throw TaskStartFailure(
          "ResourceInitializationError: no port of 127.0.0.1 is free for the container port \(port)",
          container: container.name)
      }
      leased.append(ContainerPort(containerPort: port, hostPort: hostPort))
    }
    return leased
  }

  private func output(of container: ECS.ContainerDefinition, _ task: TaskRecord) async throws -> any OutputSink {
    guard let configuration = container.logConfiguration, configuration.logDriver == "awslogs",
      let group = configuration.options?["awslogs-group"]
    else { return DroppedOutput() }
    let options = configuration.options ?? [:]
    let prefix = options["awslogs-stream-prefix"].map { $0 + "/" } ?? ""
    let sink = LogOutput(
      logs: logs, group: group, stream: "\(prefix)\(container.name ?? "")/\(task.id)", logger: logger)
    do {
      if options["awslogs-create-group"] == "true" { try await logs.ensureGroup(group) }
      // Also makes the stream, so that it is there before the first line.
      try await logs.append([], group: group, stream: sink.stream)
    } catch {
      throw TaskStartFailure(
        "ResourceInitializationError: failed to validate logger args: the log group \(group) cannot be written: "
          + "\(error). Make the group, or set awslogs-create-group", container: container.name)
    }
    return sink
  }
}

/// A program of this machine in the place of an image: `process:/path/to/program`.
enum HostProgram {
  static func path(of image: String) -> String? {
    guard image.hasPrefix("process:") else { return nil }
    return String(image.dropFirst("process:".count))
  }
}
