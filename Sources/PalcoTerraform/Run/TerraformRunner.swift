import Foundation
import PalcoCore
import Subprocess

/// Runs Terraform in one folder, and tells how far it is.
public struct TerraformRunner: Sendable {
  /// The program.
  public let tool: TerraformTool
  /// Where it runs.
  public let directory: WorkDirectory
  private let environment: String
  private let next: NextCommands
  private let variables: TerraformEnvironment
  private let mask: SecretMask
  private let log: RunLog
  private let stop: TerraformStop
  private let time: TimeSource
  private let report: @Sendable (TerraformProgress) -> Void

  /// What people type after a failure.
  public struct NextCommands: Sendable, Equatable {
    /// Shows what is left to do.
    public var look: String
    /// Goes on.
    public var resume: String

    /// Names the commands.
    public init(look: String, resume: String) {
      self.look = look
      self.resume = resume
    }
  }

  /// Makes a runner, and begins the log of its folder anew.
  ///
  /// - Parameters:
  ///   - environment: The name that messages call the environment by.
  ///   - next: What people type after a failure; by default `palco plan` and `palco up` of the environment.
  ///   - variables: The caller's variables; secrets among them appear in no message and no log.
  ///   - stop: What ends it early.
  ///   - report: Told of every step.
  public init(
    tool: TerraformTool, directory: WorkDirectory, environment: String, next: NextCommands? = nil,
    variables: [String: String], stop: TerraformStop = TerraformStop(), time: TimeSource = .live,
    report: @escaping @Sendable (TerraformProgress) -> Void = { _ in }
  ) {
    self.tool = tool
    self.directory = directory
    self.environment = environment
    self.next = next ?? NextCommands(look: "palco plan \(environment)", resume: "palco up \(environment)")
    self.variables = TerraformEnvironment(variables)
    mask = SecretMask(environment: variables)
    log = RunLog(directory.log)
    self.stop = stop
    self.time = time
    self.report = report
  }

  /// `terraform init`: fetches providers, and settles where the state is.
  ///
  /// - Parameter backend: Settings of the backend that the files leave open.
  public func initialize(backend: [(name: String, value: String)] = []) async throws {
    // A folder of another time may know another bucket: what counts is what is said now.
    let arguments = ["init", "-input=false", "-no-color", "-reconfigure"]
    _ = try await run(
      .initialize, arguments + backend.map { "-backend-config=\($0.name)=\($0.value)" }, accepted: [0])
  }

  /// `terraform plan`: compares files, state and cloud, and keeps the plan for ``apply()``.
  ///
  /// - Parameters:
  ///   - destroys: Plan to take everything away.
  ///   - targets: Addresses to plan for, and nothing else; empty for all.
  ///   - locks: Whether the state is locked meanwhile. Whoever only looks need not, and collides with nobody.
  /// - Returns: Whether there is anything to do.
  public func plan(destroys: Bool = false, targets: [String] = [], locks: Bool = true) async throws -> Bool {
    let arguments =
      ["plan", "-json", "-input=false", "-detailed-exitcode", "-out=\(directory.plan.lastPathComponent)"]
      + (destroys ? ["-destroy"] : []) + targets.map { "-target=\($0)" } + (locks ? [] : ["-lock=false"])
    return try await run(.plan, arguments, accepted: [0, 2]).code == 2
  }

  /// What the last plan says.
  public func planned() async throws -> PlanDocument {
    let data = try await answer(["show", "-json", "-no-color", directory.plan.lastPathComponent])
    do {
      return try JSONDecoder().decode(PlanDocument.self, from: data)
    } catch {
      throw TerraformError(.unreadable, "\(tool.name) shows a plan that cannot be read: \(error)")
    }
  }

  /// `terraform apply` of the last plan. The plan is gone afterwards.
  @discardableResult public func apply() async throws -> TerraformProgress {
    defer { directory.removePlan() }
    return try await run(
      .apply, ["apply", "-json", "-input=false", directory.plan.lastPathComponent], accepted: [0]
    ).progress
  }

  /// Forgets the last plan.
  public func discardPlan() { directory.removePlan() }

  /// The outputs that are not sensitive.
  public func outputs() async throws -> [String: PlanValue] {
    struct Output: Decodable {
      var sensitive: Bool?
      var value: PlanValue?
    }
    let data = try await answer(["output", "-json", "-no-color"])
    do {
      return try JSONDecoder().decode([String: Output].self, from: data)
        .filter { $0.value.sensitive != true }.compactMapValues(\.value)
    } catch {
      throw TerraformError(.unreadable, "\(tool.name) gives outputs that cannot be read: \(error)")
    }
  }

  /// The addresses in the state, which must be there.
  public func stateAddresses() async throws -> [String] {
    String(decoding: try await answer(["state", "list"]), as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// `terraform untaint`: what was cut short while it was made counts as made, and the next plan finishes it in place.
  public func untaint(_ address: String) async throws {
    _ = try await answer(["untaint", address])
  }

  // MARK: Running

  private struct Ending {
    var code: Int32
    var progress: TerraformProgress
  }

  private func run(_ phase: TerraformPhase, _ arguments: [String], accepted: Set<Int32>) async throws -> Ending {
    try refuseWhenStopped()
    log.add("# \(([tool.path] + arguments).joined(separator: " "))")
    let started = TerraformProgress(phase: phase, startedAt: time.now())
    report(started)
    let result: ExecutionResult<(TerraformProgress, [String]), SequenceOutput, CombinedErrorOutput>
    do {
      result = try await Subprocess.run(
        .path(.init(tool.path)), arguments: .init(arguments), environment: variables.variables,
        workingDirectory: .init(directory.url.path), platformOptions: Self.options, input: .none, output: .sequence,
        error: .combinedWithOutput
      ) { execution in
        stop.attach { try? execution.send(signal: .interrupt) }
        defer { stop.detach() }
        return try await listen(
          to: execution.standardOutput.strings(bufferingPolicy: .maxLineLength(64 << 20)), from: started)
      }
    } catch let error as SubprocessError {
      throw notStarted(error)
    }
    let (progress, words) = result.closureResult
    let end = Self.end(result.terminationStatus)
    if case .exited(let code) = end, accepted.contains(code) { return Ending(code: code, progress: progress) }
    throw TerraformFailure(
      environment: environment, next: next, command: "\(shownTool) -chdir=\(shownDirectory)",
      log: Self.shown(directory.log),
      end: end, progress: progress, words: words,
      hasUnsavedState: FileManager.default.fileExists(atPath: directory.unsavedState.path)
    ).error
  }

  private func listen(
    to lines: some AsyncSequence<String, any Error>, from start: TerraformProgress
  ) async throws -> (TerraformProgress, [String]) {
    var progress = start
    var words: [String] = []
    for try await raw in lines {
      let line = mask(raw.trimmingCharacters(in: .newlines))
      progress.isStopping = stop.isRequested
      guard let event = TerraformEvent.read(line) else {
        log.add(line)
        words = words.suffix(199) + [line]
        continue
      }
      // What a program prints that a provisioner starts belongs to nobody's log.
      if event.type != "provision_progress" { log.add(line) }
      if progress.take(event, at: time.now()) { report(progress) }
    }
    progress.isStopping = stop.isRequested
    return (progress, words)
  }

  /// Runs a command for what it prints, which no log keeps: it may hold secrets.
  private func answer(_ arguments: [String]) async throws -> Data {
    try refuseWhenStopped()
    log.add("# \(([tool.path] + arguments).joined(separator: " "))")
    do {
      let result = try await Subprocess.run(
        .path(.init(tool.path)), arguments: .init(arguments), environment: variables.variables,
        workingDirectory: .init(directory.url.path), platformOptions: Self.options, input: .none,
        output: .bytes(limit: 256 << 20), error: .string(limit: 1 << 20))
      guard result.terminationStatus.isSuccess else {
        let words = mask(result.standardError).split(separator: "\n").prefix(20).map { "  " + $0 }
        throw TerraformError(
          .failed, "`\(shownTool) \(arguments[0])` failed for '\(environment)'\n" + words.joined(separator: "\n"))
      }
      return Data(result.standardOutput)
    } catch let error as SubprocessError {
      throw notStarted(error)
    }
  }

  private func refuseWhenStopped() throws {
    if stop.isRequested {
      throw TerraformError(.interrupted, "interrupted; nothing more was changed in '\(environment)'")
    }
  }

  /// The words of a `SubprocessError` may hold the environment.
  private func notStarted(_ error: SubprocessError) -> TerraformError {
    let reason = error.underlyingError.map { String(cString: strerror($0.rawValue)) } ?? "unknown cause"
    return TerraformError(.failed, "\(tool.path) could not be run: \(reason)")
  }

  /// A session of its own, so that Ctrl-C on the terminal reaches Palco alone, which passes it on once. A cancelled task
  /// gives it time to store its state.
  private static var options: PlatformOptions {
    var options = PlatformOptions()
    options.createSession = true
    options.teardownSequence = [.send(signal: .interrupt, allowedDurationToNextStep: .seconds(300))]
    return options
  }

  private static func end(_ status: TerminationStatus) -> TerraformFailure.End {
    switch status {
    case .exited(let code): .exited(code)
    case .signaled(let number): .signaled(number)
    }
  }

  private var shownTool: String {
    let name = URL(fileURLWithPath: tool.path).lastPathComponent
    return SearchPath(variables["PATH"]).program(named: name) == tool.path ? name : tool.path
  }

  private var shownDirectory: String { Self.shown(directory.url) }

  /// A path as a person here would write it.
  private static func shown(_ url: URL) -> String {
    let here = FileManager.default.currentDirectoryPath + "/"
    let path = url.standardizedFileURL.path
    return path.hasPrefix(here) ? String(path.dropFirst(here.count)) : path
  }
}
