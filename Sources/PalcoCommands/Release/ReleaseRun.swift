import Foundation
import PalcoBlueprint
import PalcoRelease

/// The result of a release for machines.
struct ReleaseSummary: Encodable, Sendable {
  var environment: String
  var release: String?
  var version: String
  var digest: String
  var strategy: String
  var result: String
  var reason: String?
  var durationSeconds: Double?
  var failure: FailureReport?
  /// What it has shown, in a word.
  var proof: String?
  /// What was decided while it ran, with numbers.
  var decisions: [ReleaseDecision]?
  var url: String?
}

/// Watches a release for a command: shows it, lets Ctrl-C stop it, tells how it ended, and sets the exit code.
struct ReleaseRun: Sendable {
  let access: CloudAccess
  let blueprint: Blueprint
  let output: OutputOptions
  let records: RecordKeeper
  /// Why somebody accepts a release that is not shown to be safe; nil when nobody does.
  var acceptance: String?
  /// Whether it is judged: what goes back to what was good before is not.
  var isJudged = true

  /// Brings what was started to its end.
  ///
  /// - Parameter canSupersede: Whether the command has the flag `--supersede`.
  func finish(_ start: Deployer.Start, canSupersede: Bool = true) async throws {
    switch start {
    case .started(let release):
      try await watch(release)
    case .nothingToDo(let image, let settings):
      try report(
        ReleaseSummary(
          environment: blueprint.environment, version: image.version, digest: image.digest,
          strategy: blueprint.release.wireName, result: "nothing to do"))
      output.result(
        settings.isEmpty
          ? "nothing to do: \(blueprint.environment) serves \(Self.name(image)) already (--force releases it again)"
          : "\(blueprint.environment) serves \(Self.name(image)) already; set without a release: "
            + settings.joined(separator: ", "))
    case .refused(let reason):
      throw CommandError(
        .refused, "\(reason); wait for its end" + (canSupersede ? ", or add --supersede to let this one take over" : "")
      )
    }
  }

  /// Takes up the release that is under way.
  func takeUp() async throws {
    guard let release = try await RunningReleaseReader(access: access, blueprint: blueprint).release() else {
      throw CommandError(
        .refused,
        "no release is under way in \(blueprint.environment); `palco releases \(blueprint.environment)` lists those before"
      )
    }
    output.note("taking up the release of \(release.image.version) that is under way")
    try await watch(release)
  }

  /// Watches to the end.
  ///
  /// - Parameter stopNow: Have it stopped and rolled back, which is success then.
  func watch(_ release: RunningRelease, stopNow: Bool = false) async throws {
    let display = ProgressDisplay(quiet: output.quiet)
    let rendering = ReleaseRendering(
      environment: blueprint.environment, release: release, terminal: display.terminal,
      isPaced: blueprint.release.isPaced)
    let judging = stopNow ? nil : await judging(of: release)
    let interruptions = Interruptions()
    let signals = InterruptionSignals(interruptions) { count in
      if count == 1, !stopNow {
        display.note("stopping the release and rolling it back; Ctrl-C again to leave it to ECS")
      }
    }
    let end = try await ReleaseWatcher(access: access, blueprint: blueprint).run(
      release, judging: judging, interruptions: interruptions, stopNow: stopNow
    ) { progress in
      display.show(
        block: rendering.block(progress), change: rendering.state(progress),
        prefix: "  \(progress.elapsed.text.aligned(to: 8))  ")
    }
    withExtendedLifetime(signals) {}
    switch end {
    case .left(let reason, _):
      throw CommandError(
        .stopped, "\(reason); see `palco status \(blueprint.environment)`")
    case .ended(let report):
      try await tell(report, stopNow: stopNow)
    }
  }

  /// How a release is judged; nil where there are no two sets of tasks to compare, or nobody wants it.
  private func judging(of release: RunningRelease) async -> Judging? {
    guard isJudged, blueprint.release.movesTraffic else { return nil }
    do {
      return Judging(
        source: try await EvidenceSources.make(for: blueprint, access: access, release: release),
        terms: ReleaseTerms(blueprint.objectives, acceptance: acceptance))
    } catch {
      // ECS goes on whether or not anybody judges; a paced release then ends by its time-out.
      output.note("the release is not judged: \(error)")
      return nil
    }
  }

  private func tell(_ report: ReleaseReport, stopNow: Bool) async throws {
    let release = report.release
    let url = try? await StatusReader(access: access, blueprint: blueprint).status().url
    try self.report(
      ReleaseSummary(
        environment: blueprint.environment, release: release.id, version: release.image.version,
        digest: release.image.digest, strategy: release.strategy, result: report.outcome.name,
        reason: report.outcome.reason, durationSeconds: report.duration.seconds, failure: report.failure,
        proof: report.proof?.name, decisions: report.judged?.decisions, url: url))
    await keep(report)
    let name = Self.name(release.image)
    let place = blueprint.environment
    switch report.outcome {
    case .released:
      output.result(
        "released \(name) to \(place) in \(report.duration.text)" + (url.map { ": \($0)" } ?? "")
          + (report.proof.map { "\n  \(ReleaseRendering.words($0))" } ?? ""))
    case .undecided(let reason):
      throw CommandError(
        .undecided,
        "\(name) serves in \(place) since \(report.duration.text) after its begin, and is not shown to be safe: "
          + "\(reason)\n  wait longer (`bake`), take larger steps, or accept it with --accept-unproven REASON")
    case .stopped where stopNow:
      output.result("stopped the release of \(name) to \(place); the image before it serves")
    case .rolledBack(let reason) where report.judged?.isCondemned == true:
      throw CommandError(
        .rolledBack,
        "\(name) rolled back in \(place) after \(report.duration.text): \(reason)"
          + ReleaseRendering.harm(report.judged))
    case .rolledBack(let reason), .failed(let reason):
      let verb = report.outcome.name
      throw CommandError(
        ExitStatus(report.outcome),
        "\(name) \(verb) in \(place) after \(report.duration.text): \(report.failure?.cause ?? reason)"
          + Self.story(report.failure) + secretHint(report.failure))
    case .stopped(let reason):
      throw CommandError(
        .stopped, "the release of \(name) to \(place) was stopped; the image before it serves (\(reason))")
    case .superseded:
      throw CommandError(.superseded, "a newer release to \(place) took over from \(name)")
    case .refused(let reason):
      throw CommandError(.refused, reason)
    }
  }

  /// Keeps the record. The release has ended as it has: that nothing could be kept is said, and changes nothing.
  private func keep(_ report: ReleaseReport) async {
    do {
      let document = try await ReleaseRecorder(access: access, blueprint: blueprint).document(of: report)
      if case .file(let file, let reason) = try await records.keep(document) {
        output.note("the record of this release is in \(file.path) only: \(reason)")
      }
    } catch {
      output.note("there is no record of this release: \(error)")
    }
  }

  private func report(_ summary: ReleaseSummary) throws {
    if output.json { try JSONOutput.print(summary) }
  }

  private static func name(_ image: PublishedImage) -> String {
    let short = PublishedImage.short(image.digest)
    return image.version == short ? short : "\(image.version) (\(short))"
  }

  /// How a secret that a task misses is given to the local cloud.
  private func secretHint(_ failure: FailureReport?) -> String {
    guard blueprint.target == .local, failure?.cause.contains("unable to pull secrets") == true else { return "" }
    return "\n  set it with `palco secret set NAME`, which reads the value from standard input, and deploy again"
  }

  /// What is known of a failure, below the line that names the first cause.
  static func story(_ failure: FailureReport?) -> String {
    guard let failure else { return "" }
    var lines = ["ECS: \(failure.reason)"]
    for task in failure.tasks.prefix(5) {
      let parts = [task.reason, task.containerReason, task.exitCode.map { "exit code \($0)" }].compactMap { $0 }
      lines.append("task \(task.id.prefix(8)): \(parts.joined(separator: "; "))")
    }
    if failure.tasks.count > 5 { lines.append("and \(failure.tasks.count - 5) more tasks") }
    if let complaint = failure.targetComplaint { lines.append("health: \(complaint)") }
    if !failure.logLines.isEmpty { lines.append("its last lines:") }
    return "\n" + (lines + failure.logLines.map { "  " + $0 }).map { "  " + $0 }.joined(separator: "\n")
  }
}
