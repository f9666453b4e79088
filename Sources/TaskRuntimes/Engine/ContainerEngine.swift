import Foundation
import PalcoCore
import Subprocess

/// The command line of a container engine.
///
/// Podman and Docker take the same words for all that is asked of them here. Their command lines are the one interface
/// that both have without further set-up, rootful and rootless.
struct ContainerEngine: Sendable {
  /// What a command said.
  struct Answer: Sendable {
    var isSuccess: Bool
    var output: String
    var errors: String
  }

  /// Which of them.
  var kind: ContainerRuntime.Engine
  /// The program's path.
  var program: String
  /// The environment of its commands.
  var environment: [String: String]
  /// Where its commands run. Monitors that outlive them keep it, and may leave a file in it.
  var directory: URL
  var time: TimeSource

  /// The most that a command may print.
  private static let outputLimit = 4 << 20

  /// Finds the engine's program in `PATH`.
  ///
  /// - Throws: ``TaskRuntimeError`` when it is not there.
  init(
    _ kind: ContainerRuntime.Engine, environment: [String: String], directory: URL, time: TimeSource
  ) throws(TaskRuntimeError) {
    guard let path = SearchPath(environment["PATH"]).program(named: kind.rawValue) else {
      throw TaskRuntimeError(
        .engineUnusable,
        "there is no \(kind.rawValue) in PATH; install it, or run tasks as processes (--runtime process)")
    }
    self.kind = kind
    program = path
    self.environment = environment
    self.directory = directory
    self.time = time
  }

  /// Runs a command to its end, whatever becomes of the caller's task: half a command would leave half a container.
  ///
  /// - Parameters:
  ///   - values: Further variables of the command, for words like `--env NAME`.
  ///   - limit: How long it may take.
  /// - Throws: ``TaskRuntimeError`` when it cannot be run or takes longer.
  func run(
    _ arguments: [String], values: [String: String] = [:], within limit: Duration = .seconds(120)
  ) async throws -> Answer {
    // Awaited at once, so it outlives nobody; it only is not cancelled.
    try await Task { try await runCancellable(arguments, values: values, within: limit) }.value
  }

  /// Runs a command to its end, or kills it when the caller's task is cancelled.
  func runCancellable(
    _ arguments: [String], values: [String: String] = [:], within limit: Duration
  ) async throws -> Answer {
    let environment = environment.merging(values) { $1 }
    return try await withThrowingTaskGroup(of: Answer?.self) { group in
      group.addTask {
        do {
          let result = try await Subprocess.run(
            .path(.init(program)), arguments: .init(arguments),
            environment: .custom(
              Dictionary(uniqueKeysWithValues: environment.map { (.init(stringLiteral: $0), $1) })),
            workingDirectory: .init(directory.path), input: .none, output: .string(limit: Self.outputLimit),
            error: .string(limit: Self.outputLimit))
          return Answer(
            isSuccess: result.terminationStatus.isSuccess, output: result.standardOutput,
            errors: result.standardError)
        } catch {
          // Its words may hold the environment.
          throw TaskRuntimeError(.engineUnusable, "`\(shown(arguments))` cannot be run")
        }
      }
      group.addTask {
        try await time.sleep(limit)
        return nil
      }
      defer { group.cancelAll() }
      guard let answer = try await group.next() ?? nil else {
        throw TaskRuntimeError(.engineUnusable, "`\(shown(arguments))` did not end within \(limit)")
      }
      return answer
    }
  }

  private func shown(_ arguments: [String]) -> String {
    ([kind.rawValue] + arguments.prefix(1)).joined(separator: " ")
  }

  // MARK: What the engine is

  /// What is known of an engine.
  struct Facts: Sendable, Equatable {
    var version: String
    /// What it starts containers with, such as `crun`.
    var lowLevelRuntime: String
    /// 1 or 2.
    var cgroupVersion: Int
  }

  /// Asks the engine.
  ///
  /// - Throws: ``TaskRuntimeError`` with its own words when it is of no use, as docker without its daemon.
  func facts() async throws -> Facts {
    let answer = try await run(["info", "--format", "{{json .}}"], within: .seconds(30))
    guard answer.isSuccess, let facts = Facts(json: answer.output) else {
      throw TaskRuntimeError(
        .engineUnusable,
        "\(kind.rawValue) cannot be used: \(answer.lastWords); start it, or run tasks as processes (--runtime process)")
    }
    return facts
  }

  // MARK: Containers

  /// What the engine says of a container; `nil` when there is none of this name.
  func state(of name: String) async throws -> EngineState? {
    let answer = try await run(["container", "inspect", "--format", "{{json .State}}", name], within: .seconds(30))
    guard answer.isSuccess else {
      guard answer.errors.lowercased().contains("no such") else {
        throw TaskRuntimeError(.engineUnusable, "\(kind.rawValue) inspect \(name): \(answer.lastWords)")
      }
      return nil
    }
    guard let state = try? JSONDecoder().decode(EngineState.self, from: Data(answer.output.utf8)) else {
      throw TaskRuntimeError(.engineUnusable, "\(kind.rawValue) inspect \(name) answers in an unknown form")
    }
    return state
  }

  /// Removes containers, running or not, and their volumes; those that are not there are no failure.
  func remove(_ names: [String]) async {
    guard !names.isEmpty else { return }
    _ = try? await run(["rm", "--force", "--volumes"] + names)
  }
}

extension ContainerEngine.Answer {
  /// The last line of what it complained about, without what engines put around it.
  var lastWords: String {
    let lines = (errors.isEmpty ? output : errors).split(whereSeparator: \.isNewline)
      .map { $0.trimmingCharacters(in: .whitespaces) }
    // Docker ends with where to get help.
    guard var words = lines.last(where: { !$0.isEmpty && !$0.hasPrefix("Run '") && !$0.hasPrefix("See '") }) else {
      return "it gives no reason"
    }
    for prefix in ["docker: ", "Error: ", "Error response from daemon: "] where words.hasPrefix(prefix) {
      words.removeFirst(prefix.count)
    }
    return words
  }
}

extension ContainerEngine.Facts {
  /// Reads `info` of Podman (`host`, `version`) or Docker (`ServerVersion`, …).
  init?(json: String) {
    struct Info: Decodable {
      struct Host: Decodable {
        struct Runtime: Decodable { var name: String? }
        var cgroupVersion: String?
        var ociRuntime: Runtime?
      }
      struct Version: Decodable { var Version: String? }
      var host: Host?
      var version: Version?
      var ServerVersion: String?
      var CgroupVersion: String?
      var DefaultRuntime: String?
    }
    guard let info = try? JSONDecoder().decode(Info.self, from: Data(json.utf8)),
      let version = info.version?.Version ?? info.ServerVersion, !version.isEmpty
    else { return nil }
    self.version = version
    lowLevelRuntime = info.host?.ociRuntime?.name ?? info.DefaultRuntime ?? "?"
    cgroupVersion = (info.host?.cgroupVersion ?? info.CgroupVersion)?.contains("1") == true ? 1 : 2
  }
}
