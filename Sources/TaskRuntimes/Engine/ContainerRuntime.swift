import Foundation
import Logging
import PalcoCore

/// Runs tasks as containers of Podman or Docker, whose command lines it speaks.
///
/// - Each task has a network of its own, held by a container that does nothing else: containers of one task reach each
///   other on `localhost`, and two tasks may listen on one port. Ports are published on 127.0.0.1.
/// - Images are pulled by digest from a registry of this machine, over plain HTTP; any other registry is spoken to over
///   TLS by the engine, and is not asked here.
/// - No value of the environment is in a command line.
/// - Containers outlive this program. Labels and names tell the next one on the same folder which are its own.
public actor ContainerRuntime: TaskRuntime {
  /// The engines.
  public enum Engine: String, Sendable, CaseIterable { case podman, docker }

  public nonisolated let summary: String
  public nonisolated let isolatesTasks = true

  private let engine: ContainerEngine
  private let supervisor: EngineSupervisor
  private let commands: EngineCommands
  private let directory: URL
  private let registry: String
  private let logger: Logger
  /// The names of containers and networks that this runtime started or adopted.
  private var own: Set<String> = []
  private var pulls: [String: Task<Void, any Error>] = [:]
  private var pauseImport: Task<Void, any Error>?

  /// Finds the engine and makes a runtime.
  ///
  /// - Parameters:
  ///   - directory: Where it keeps who it is, and files for an instant; made when absent. Two runtimes must not use one
  ///     at a time.
  ///   - registry: The registry whose images it pulls, such as `127.0.0.1:4650`; they are removed by ``close()``.
  ///   - logger: Gets what goes wrong after a start; never a program's output, environment or arguments.
  ///   - time: The clock of stop timeouts.
  ///   - environment: The environment of the engine's commands, such as `CONTAINERS_CONF` and `DOCKER_HOST`.
  /// - Throws: ``TaskRuntimeError`` when the engine cannot be used.
  public init(
    engine kind: Engine, directory: URL, registry: String, logger: Logger, time: TimeSource = .live,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) async throws {
    engine = try ContainerEngine(kind, environment: environment, directory: directory, time: time)
    // This makes the folder.
    let readers = try ProcessRuntime(
      directory: directory.appendingPathComponent("readers"), logger: logger, time: time)
    let facts = try await engine.facts()
    summary = "\(kind.rawValue) \(facts.version) (\(facts.lowLevelRuntime), cgroups v\(facts.cgroupVersion))"
    supervisor = EngineSupervisor(
      engine: engine, readers: readers, cgroupVersion: facts.cgroupVersion, logger: logger)
    commands = EngineCommands(cloud: try Self.identity(in: directory))
    self.directory = directory
    self.registry = registry
    self.logger = logger
  }

  /// Who the folder's containers belong to: made once, and kept.
  private static func identity(in directory: URL) throws -> String {
    let file = directory.appendingPathComponent("identity")
    if let known = try? String(contentsOf: file, encoding: .utf8), known.count == 32 { return known }
    let new = UUID().uuidString.replacing("-", with: "").lowercased()
    try Data(new.utf8).write(to: file, options: .atomic)
    return new
  }

  // MARK: Tasks

  public func prepare(_ task: TaskPlace) async throws {
    for image in Set(task.images) { try await pull(image) }
    let holder = commands.holder(of: task.id)
    own.insert(holder)
    do {
      try await importPauseImage()
      let answer = try await engine.run(commands.hold(task))
      guard answer.isSuccess else {
        throw TaskRuntimeError(.placeFailed, "the task's network cannot be made: \(answer.lastWords)")
      }
    } catch {
      await release(task: task.id)
      throw error
    }
  }

  public func release(task: String) async {
    let holder = commands.holder(of: task)
    // A task that failed before it got a place has none.
    guard own.remove(holder) != nil else { return }
    await engine.remove([holder])
  }

  private func importPauseImage() async throws {
    if let pauseImport { return try await pauseImport.value }
    let (engine, commands) = (engine, commands)
    let archive = directory.appendingPathComponent("pause.tar")
    let task = Task {
      try PauseImage.archive.write(to: archive)
      defer { try? FileManager.default.removeItem(at: archive) }
      let answer = try await engine.run(commands.importPause(from: archive.path))
      guard answer.isSuccess else {
        throw TaskRuntimeError(.placeFailed, "the image of task networks cannot be made: \(answer.lastWords)")
      }
    }
    pauseImport = task
    do {
      try await task.value
    } catch {
      pauseImport = nil
      throw error
    }
  }

  // MARK: Images

  /// Makes sure that the engine has an image, however many tasks ask at the same time.
  private func pull(_ reference: String) async throws {
    if let pull = pulls[reference] { return try await pull.value }
    let task = Task { [engine] in try await Self.pull(reference, with: engine) }
    pulls[reference] = task
    defer { pulls[reference] = nil }
    try await task.value
  }

  private static func pull(_ reference: String, with engine: ContainerEngine) async throws {
    if try await engine.run(["image", "inspect", "--format", "{{.Id}}", reference]).isSuccess { return }
    // Docker takes the addresses of loopback for what they are by itself.
    let plain = engine.kind == .podman && isOnLoopback(reference) ? ["--tls-verify=false"] : []
    // A daemon starts its tasks at about the time when its registry begins to answer.
    var attempts = 1
    while true {
      let answer = try await engine.run(["pull", "--quiet"] + plain + [reference], within: .seconds(600))
      if answer.isSuccess { return }
      guard attempts < 20, answer.errors.contains("connection refused") else {
        throw TaskRuntimeError(
          .pullFailed,
          "pull image manifest has been retried \(attempts) time(s): failed to resolve ref \(reference): "
            + answer.lastWords, image: reference)
      }
      attempts += 1
      try await engine.time.sleep(.milliseconds(250))
    }
  }

  static func isOnLoopback(_ reference: String) -> Bool {
    reference.hasPrefix("127.0.0.1:") || reference.hasPrefix("localhost:")
  }

  // MARK: Containers

  public func start(
    _ container: ContainerSpecification, output: any OutputSink
  ) async throws -> any RunningContainer {
    guard case .registry(let image) = container.program else {
      throw TaskRuntimeError(.imageInvalid, "\(engine.kind.rawValue) runs images, and no programs of this machine")
    }
    guard StopSignal.number(of: container.stopSignal) != nil else {
      throw TaskRuntimeError(
        .imageInvalid, "the image's stop signal \"\(container.stopSignal)\" is none; SIGTERM is the usual one")
    }
    let name = commands.name(of: container.id)
    guard own.insert(name).inserted else {
      throw TaskRuntimeError(.launchFailed, "a container \(container.id) runs already")
    }
    do {
      let file = try EnvironmentFile(container.environment, in: directory)
      defer { file.remove() }
      let words = try commands.run(container, image: image, environment: file, engine: engine.kind)
      let answer = try await engine.run(words, values: file.values)
      guard answer.isSuccess else { throw Self.failure(answer.lastWords) }
      return try await accompany(name, container, output: output, after: nil)
    } catch {
      await engine.remove([name])
      own.remove(name)
      throw error
    }
  }

  private static func failure(_ words: String) -> TaskRuntimeError {
    let lower = words.lowercased()
    if lower.contains("not found") || lower.contains("no such file") { return .init(.programNotFound, words) }
    if lower.contains("permission denied") { return .init(.notExecutable, words) }
    return .init(.launchFailed, words)
  }

  public func adopt(
    _ container: ContainerSpecification, output: any OutputSink, after known: Date?
  ) async -> (any RunningContainer)? {
    let name = commands.name(of: container.id)
    let holder = container.task.map { commands.holder(of: $0) }
    do {
      if let holder {
        // Without its network it would answer nobody.
        guard try await engine.state(of: holder)?.isRunning == true else { return nil }
      }
      guard try await engine.state(of: name).map({ $0.isRunning || $0.hasEnded }) == true,
        own.insert(name).inserted
      else { return nil }
      if let holder { own.insert(holder) }
      return try await accompany(name, container, output: output, after: known)
    } catch {
      logger.warning(
        "a container cannot be taken over", metadata: ["container": "\(container.id)", "error": "\(error)"])
      own.remove(name)
      return nil
    }
  }

  private func accompany(
    _ name: String, _ container: ContainerSpecification, output: any OutputSink, after known: Date?
  ) async throws -> EngineContainer {
    guard let state = try await engine.state(of: name) else {
      throw TaskRuntimeError(.launchFailed, "somebody removed the container \(name) at once")
    }
    let course = EngineContainer.Course()
    // Nothing of this is lost: the task ends with the container, and whoever asks how it ended waits for it.
    let supervision = Task { [supervisor] in
      let exit = await supervisor.follow(name, container, output: output, after: known, course: course)
      self.forget(name)
      return exit
    }
    return EngineContainer(
      name: name, stopSignal: container.stopSignal, processIdentifier: state.processIdentifier, engine: engine,
      course: course, supervision: supervision)
  }

  private func forget(_ name: String) { own.remove(name) }

  // MARK: The end

  public func stopLeftovers() async throws -> [String] {
    _ = try await supervisor.readers.stopLeftovers()
    EnvironmentFile.removeAll(in: directory)
    let filter = "label=\(EngineCommands.cloudLabel)=\(commands.cloud)"
    let answer = try await engine.run(["ps", "--all", "--filter", filter, "--format", "{{.Names}}"])
    guard answer.isSuccess else { throw TaskRuntimeError(.engineUnusable, answer.lastWords) }
    let names = answer.output.split(whereSeparator: \.isWhitespace).map(String.init).filter { !own.contains($0) }
    let (holders, containers) = (
      names.filter { $0.hasSuffix(EngineCommands.holderSuffix) },
      names.filter { !$0.hasSuffix(EngineCommands.holderSuffix) }
    )
    if !containers.isEmpty { _ = try await engine.run(["stop", "--time", "5"] + containers) }
    // A network goes after those that use it.
    await engine.remove(containers)
    await engine.remove(holders)
    return containers
  }

  public func close() async {
    guard let answer = try? await engine.run(["images", "--format", "{{.Repository}}@{{.Digest}}"]) else { return }
    let images = answer.output.split(whereSeparator: \.isWhitespace).map(String.init)
    // One that something else uses stays.
    for image in images where image.hasPrefix(registry + "/") { _ = try? await engine.run(["rmi", image]) }
    _ = try? await engine.run(["rmi", commands.pauseImage])
  }
}
