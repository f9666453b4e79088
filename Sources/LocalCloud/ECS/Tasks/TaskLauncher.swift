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

/// Starts the containers of a task: gets images, leases ports, puts the environment together.
struct TaskLauncher: Sendable {
  /// Where tasks listen.
  static let host = "127.0.0.1"
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
    unpacked = UnpackedImages(directory: cloud.stateDirectory.appendingPathComponent("images"), time: cloud.time)
    self.logs = logs
    self.secrets = secrets
    self.logger = logger
  }

  /// Gets everything that the containers of a task need, so that little can fail once the first one runs.
  ///
  /// - Parameter digests: The digest that the revision's first task found, by container name.
  /// - Returns: The containers in the order of starting.
  /// - Throws: ``TaskStartFailure``. What is left then, ``giveBack(_:)`` takes away.
  func prepare(
    _ task: TaskRecord, _ definition: ECS.TaskDefinition?, digests: [String: String]
  ) async throws -> [PreparedContainer] {
    guard let definition else {
      throw TaskStartFailure("ResourceInitializationError: the task definition \(task.taskDefinition) is gone")
    }
    var prepared: [PreparedContainer] = []
    for container in try ContainerDependencies.sorted(definition.containerDefinitions ?? []) {
      prepared.append(
        try await prepare(container, of: task, definition, digest: digests[container.name ?? ""]))
    }
    do {
      try await runtime.prepare(place(of: task, prepared))
    } catch let error as TaskRuntimeError where error.code == .pullFailed {
      throw TaskStartFailure(
        "CannotPullContainerError: \(error)",
        container: prepared.first { $0.specification.program == .registry(reference: error.image ?? "") }?.name)
    } catch {
      throw TaskStartFailure("ResourceInitializationError: \(error)")
    }
    return prepared
  }

  private func place(of task: TaskRecord, _ containers: [PreparedContainer]) -> TaskPlace {
    let ports = containers.flatMap { container in
      container.ports.map { port in
        let mapping = container.definition.portMappings?.first { $0.containerPort == port.containerPort }
        return TaskPlace.Port(
          container: port.containerPort, host: port.hostPort, transport: mapping?.protocol ?? "tcp")
      }
    }
    let images = containers.compactMap { container -> String? in
      if case .registry(let reference) = container.specification.program { reference } else { nil }
    }
    return TaskPlace(id: task.id, ports: ports, images: images)
  }

  private func prepare(
    _ container: ECS.ContainerDefinition, of task: TaskRecord, _ definition: ECS.TaskDefinition, digest: String?
  ) async throws -> PreparedContainer {
    let name = container.name ?? ""
    let override = task.overrides?.containerOverrides?.first { $0.name == name }
    let output = try await output(of: container, task)
    let image = try await program(container.image ?? "", digest: digest, container: name)
    let leased = try await leasePorts(container, task)
    let plan = ContainerPlan(container, override: override, image: image.configuration)
    let secrets = try await secretValues(of: container)
    let environment = plan.environment(
      secrets: secrets, ports: runtime.isolatesTasks ? [] : leased, region: cloud.region)
    var specification = ContainerSpecification(
      id: "\(task.id)/\(name)", program: image.program, command: plan.command, environment: environment,
      workingDirectory: plan.workingDirectory, stopSignal: image.configuration?.stopSignal ?? "SIGTERM", task: task.id)
    specification.user = container.user
    specification.hasReadOnlyFiles = container.readonlyRootFilesystem ?? false
    specification.limits = ContainerSpecification.Limits(container, override: override, of: task, definition)
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

  /// Starts a container.
  ///
  /// - Throws: ``TaskStartFailure``.
  func launch(_ prepared: PreparedContainer) async throws -> LaunchedContainer {
    do {
      let running = try await runtime.start(prepared.specification, output: prepared.output)
      return LaunchedContainer(
        prepared.definition, running: running, imageDigest: prepared.imageDigest, ports: prepared.ports, in: cloud)
    } catch {
      throw TaskStartFailure("CannotStartContainerError: \(error)", container: prepared.name)
    }
  }

  /// Gives back what a task had, once none of its containers runs.
  func giveBack(_ task: TaskRecord) async {
    await runtime.release(task: task.id)
    await ports.release(task.arn)
  }

  /// Removes the files of images that no task needs any more.
  ///
  /// - Parameter digests: The images that tasks use.
  func collectImages(keeping digests: Set<String>) async { await unpacked.collect(keeping: digests) }

  // MARK: What an earlier daemon started

  /// Takes over the containers of a task that were running when an earlier daemon ended; `nil` when one is missing, and
  /// then none of them runs any more.
  func adopt(_ task: TaskRecord, _ definition: ECS.TaskDefinition) async -> [LaunchedContainer]? {
    guard runtime.isolatesTasks else { return nil }
    var adopted: [LaunchedContainer] = []
    for record in task.containers where record.status == "RUNNING" {
      guard let container = definition.containerDefinitions?.first(where: { $0.name == record.name }),
        let running = await adopt(record, container, of: task, definition)
      else {
        for container in adopted { await container.running.stop(timeout: .zero) }
        await runtime.release(task: task.id)
        return nil
      }
      await ports.adopt(record.ports.map(\.hostPort), for: task.arn)
      adopted.append(
        LaunchedContainer(
          container, running: running, imageDigest: record.imageDigest, ports: record.ports, in: cloud))
    }
    return adopted.isEmpty ? nil : adopted
  }

  private func adopt(
    _ record: ContainerRecord, _ container: ECS.ContainerDefinition, of task: TaskRecord,
    _ definition: ECS.TaskDefinition
  ) async -> (any RunningContainer)? {
    guard let output = try? await output(of: container, task),
      let image = try? await program(record.image, digest: record.imageDigest, container: record.name)
    else { return nil }
    let override = task.overrides?.containerOverrides?.first { $0.name == record.name }
    var specification = ContainerSpecification(
      id: "\(task.id)/\(record.name)", program: image.program, command: [], environment: [:],
      stopSignal: image.configuration?.stopSignal ?? "SIGTERM", task: task.id)
    specification.limits = ContainerSpecification.Limits(container, override: override, of: task, definition)
    return await runtime.adopt(specification, output: output, after: (output as? LogOutput)?.lastLine())
  }

  // MARK: The program

  private struct Program {
    var program: ContainerSpecification.Program
    var digest: String?
    var configuration: ImageConfiguration.Execution?
  }

  private func program(_ reference: String, digest: String?, container: String) async throws -> Program {
    if let path = HostProgram.path(of: reference) {
      guard !runtime.isolatesTasks else {
        throw TaskStartFailure(
          "CannotPullContainerError: \(reference) is a program of this machine, and containers (\(runtime.summary)) run "
            + "images only; use an image, or start the local cloud with --runtime process", container: container)
      }
      guard cloud.allowsHostCommands else {
        throw TaskStartFailure(
          "CannotPullContainerError: \(reference) is a program of this machine, and this local cloud may run none of "
            + "them; start it with --allow-host-commands", container: container)
      }
      return Program(program: .host(path: path), digest: nil, configuration: nil)
    }
    do {
      let image = try await images.resolve(try Self.pinned(reference, to: digest))
      guard !runtime.isolatesTasks else { return try registryProgram(reference, image) }
      let (root, configuration) = try await unpacked.unpack(image)
      return Program(program: .image(root: root), digest: image.digest, configuration: configuration.config)
    } catch let error as ImageNotFound {
      throw TaskStartFailure(error.reason, container: container)
    } catch {
      throw TaskStartFailure("CannotPullContainerError: \(reference): \(error)", container: container)
    }
  }

  /// The image as an engine pulls it from this cloud's own registry, whatever host its reference names.
  private func registryProgram(_ reference: String, _ image: ResolvedImage) throws -> Program {
    let configuration = try ImageConfiguration.read(
      image.manifest.config, from: image.blobPath(image.manifest.config.digest))
    let repository = try ImageReference(parsing: reference).repository
    return Program(
      program: .registry(reference: "127.0.0.1:\(cloud.port)/\(repository)@\(image.digest)"), digest: image.digest,
      configuration: configuration.config)
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
