import AsyncHTTPClient
import Foundation
import NIOCore
import OCIImages
import PalcoBlueprint
import PalcoRelease

/// The story of a rehearsal: two environments and six versions on live traffic. One never gets healthy, one fails some
/// requests, one is slow now and then; the others are good.
struct Rehearsal: Sendable {
  let project: Project
  let access: CloudAccess
  let output: OutputOptions
  /// Requests a second to production; stage gets a fifth of it.
  let rate: Double

  static let stage = "stage"
  static let production = "production"
  /// What serves at the end.
  static let last = "v6"
  /// The versions that are made to answer badly.
  static let bad: Set = ["v4", "v5"]

  /// An environment whose releases go on as the evidence allows.
  static func paced(_ blueprint: Blueprint) -> Blueprint {
    var paced = blueprint
    paced.release = .paced(stepPercent: 15, bakeMinutes: 1)
    paced.pauses = ReleasePauses(stages: [.preProductionTrafficShift], timeoutMinutes: 60)
    return paced
  }

  /// Tells the story to its end.
  ///
  /// - Throws: What kept it from being told; an outcome that is not as expected is part of the report instead.
  func run() async throws -> RehearsalReport {
    let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: LiveTraffic.clientConfiguration)
    do {
      let report = try await told(with: client)
      try await client.shutdown()
      return report
    } catch {
      try? await client.shutdown()
      throw error
    }
  }

  private func told(with client: HTTPClient) async throws -> RehearsalReport {
    let begin = ContinuousClock.now
    let stage = try project.localBlueprint(Self.stage)
    let production = try project.localBlueprint(Self.production)
    let traffic = LiveTraffic(environments: [Self.stage, Self.production], client: client)
    var report = RehearsalReport()
    try await withThrowingTaskGroup(of: Void.self) { group in
      func send(to blueprint: Blueprint, rate: Double) {
        let url = (report.urls[blueprint.environment] ?? "") + "/"
        group.addTask { await traffic.run(to: url, environment: blueprint.environment, rate: rate) }
      }
      chapter("up \(Self.stage)")
      report.urls[Self.stage] = try await up(stage)
      chapter("deploy v1 to \(Self.stage)")
      report.releases.append(try await deploy("v1", to: stage, traffic))
      send(to: stage, rate: rate / 5)
      chapter("up \(Self.production)")
      report.urls[Self.production] = try await up(production)
      chapter("promote v1 from \(Self.stage) to \(Self.production): the same digest")
      report.releases.append(try await promote("v1", from: stage, to: production, traffic))
      send(to: production, rate: rate)
      chapter("deploy v2 to \(Self.stage)")
      report.releases.append(try await deploy("v2", to: stage, traffic))
      chapter("promote v2 to \(Self.production) under load")
      report.releases.append(try await promote("v2", from: stage, to: production, traffic))
      chapter("deploy v3 to \(Self.production): it never gets healthy")
      report.releases.append(
        try await deploy(
          "v3", to: production, traffic, environment: [("PULSE_FAIL_HEALTH", "1")], expected: "rolled back"))
      let paced = Self.paced(production)
      chapter("deploy v4 to \(Self.production), paced: it passes every health check and fails 2 % of its requests")
      report.releases.append(
        try await deploy(
          "v4", to: paced, traffic, environment: [("PULSE_ERROR_RATE", "0.02")], expected: "rolled back"))
      chapter("deploy v5 to \(Self.production), paced: it is slow for one request in twenty")
      report.releases.append(
        try await deploy(
          "v5", to: paced, traffic,
          environment: [("PULSE_LATENCY", "1500ms"), ("PULSE_LATENCY_RATE", "0.05")], expected: "rolled back"))
      chapter("deploy v6 to \(Self.production), paced: it is good, and goes as fast as the evidence allows")
      report.releases.append(try await deploy("v6", to: paced, traffic))
      report.serving = try await serving(client, url: report.urls[Self.production] ?? "", production)
      group.cancelAll()
    }
    report.traffic = traffic.totals
    report.failures = traffic.failures(besides: Self.bad)
    report.minute = access.minute.seconds
    report.seconds = (ContinuousClock.now - begin).seconds
    return report
  }

  private func chapter(_ title: String) { output.note("▸ \(title)") }

  private func up(_ blueprint: Blueprint) async throws -> String {
    let result = try await Provisioner(access: access, blueprint: blueprint).up { if $0.isChange { output.note($0) } }
    output.note("  \(blueprint.environment) is at \(result.url)")
    return result.url
  }

  private func deploy(
    _ version: String, to blueprint: Blueprint, _ traffic: LiveTraffic, environment: [(String, String)] = [],
    expected: String = ReleaseOutcome.released.name
  ) async throws -> RehearsalStep {
    guard case .files(_, let command, _) = blueprint.image, let program = command.first else {
      throw CommandError(
        .refused, "a rehearsal makes its versions by adding a file to the image, which needs an image of `files:`")
    }
    let folder = program.split(separator: "/").dropLast().joined(separator: "/")
    let additions = ImageAdditions(
      files: [
        ImageFile(path: "/\(folder.isEmpty ? "" : folder + "/")VERSION", content: .data(Data("\(version)\n".utf8)))
      ],
      environment: environment)
    let image = try await Publisher(access: access, blueprint: blueprint).publish(label: version, additions: additions)
    {
      output.note("  \($0)")
    }
    return try await release(image, to: blueprint, traffic, expected: expected)
  }

  private func promote(
    _ version: String, from source: Blueprint, to target: Blueprint, _ traffic: LiveTraffic
  ) async throws -> RehearsalStep {
    let (image, _) = try await Promotion(
      access: access, from: source, records: project.records(of: source, access: access)
    ).proven()
    guard image.version == version else {
      throw CommandError(.failure, "\(source.environment) has proven \(image.version), not \(version)")
    }
    output.note("  \(image.digest)")
    return try await release(image, to: target, traffic, expected: ReleaseOutcome.released.name)
  }

  private func release(
    _ image: PublishedImage, to blueprint: Blueprint, _ traffic: LiveTraffic, expected: String
  ) async throws -> RehearsalStep {
    let environment = blueprint.environment
    let mark = traffic.mark(environment)
    // Forced: a second rehearsal releases the same digests again.
    let start = try await Deployer(access: access, blueprint: blueprint).start(image, force: true)
    guard case .started(let release) = start else {
      throw CommandError(.refused, "\(image.version) was not released to \(environment): \(start)")
    }
    let display = ProgressDisplay(quiet: output.quiet)
    let rendering = ReleaseRendering(
      environment: environment, release: release, terminal: display.terminal,
      isPaced: blueprint.release.isPaced)
    let interruptions = Interruptions()
    let signals = InterruptionSignals(interruptions) { _ in display.note("stopping the release and the rehearsal") }
    var judging: Judging?
    if blueprint.release.isPaced {
      judging = Judging(
        source: try await EvidenceSources.make(for: blueprint, access: access, release: release),
        terms: ReleaseTerms(blueprint.objectives))
    }
    let end = try await ReleaseWatcher(access: access, blueprint: blueprint).run(
      release, judging: judging, interruptions: interruptions
    ) { progress in
      display.show(
        block: rendering.block(progress, traffic: traffic.since(mark, environment).lines),
        change: rendering.state(progress), prefix: "  \(progress.elapsed.text.aligned(to: 8))  ")
    }
    withExtendedLifetime(signals) {}
    guard case .ended(let report) = end else { throw CommandError(.stopped, "the rehearsal was interrupted") }
    if case .stopped(let reason) = report.outcome {
      throw CommandError(.stopped, "the rehearsal was stopped: \(reason)")
    }
    let document = try await ReleaseRecorder(access: access, blueprint: blueprint).document(of: report)
    let kept = try await project.records(of: blueprint, access: access).keep(document)
    guard kept == .registry else { throw CommandError(.failure, "the registry did not take the record: \(kept)") }
    let counted = traffic.since(mark, environment)
    let cause = report.failure?.cause
    output.note(
      "  \(report.outcome.name) in \(report.duration.text)" + (cause.map { ": \($0)" } ?? "")
        + (counted.lines.first.map { "; \($0)" } ?? ""))
    return RehearsalStep(
      version: image.version, environment: environment, strategy: blueprint.release.name, result: report.outcome.name,
      expected: expected, seconds: report.duration.seconds, traffic: counted.totals, versions: counted.versions,
      cause: cause ?? report.outcome.reason, comparison: comparison(image.version, counted, report.duration))
  }

  /// What fixed rules would have made of a bad version, at the rates that were measured.
  private func comparison(
    _ version: String, _ counted: LiveTraffic.Mark, _ duration: Duration
  ) -> RehearsalStep.Comparison? {
    guard Self.bad.contains(version), let new = counted.versions[version] else { return nil }
    let old = counted.versions.filter { $0.key != version }.values.reduce(into: TrafficLedger.Version()) {
      $0.answered += $1.answered
      $0.failed += $1.failed
      $0.slow += $1.slow
    }
    let rules = FixedRules(
      requestsPerMinute: Double(counted.totals.requests) / (duration / access.minute), oldRate: old.badShare,
      newRate: new.badShare)
    return RehearsalStep.Comparison(alarm: rules.alarm, check: rules.check)
  }

  /// The version that answers: what the service itself says, or what ECS has on record when it does not say.
  private func serving(_ client: HTTPClient, url: String, _ blueprint: Blueprint) async throws -> String? {
    let response = try await client.execute(HTTPClientRequest(url: url + "/"), timeout: .seconds(10))
    _ = try? await response.body.collect(upTo: 16 << 20)
    if let version = response.headers.first(name: "X-Pulse-Version") { return version }
    return try await StatusReader(access: access, blueprint: blueprint).status().version
  }
}
