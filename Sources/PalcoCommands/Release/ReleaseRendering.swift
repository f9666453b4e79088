import PalcoBlueprint
import PalcoRelease

/// What a running release looks like, as text: a pure function of what was seen.
struct ReleaseRendering: Sendable {
  let environment: String
  let release: RunningRelease
  let terminal: Terminal
  /// Whether Palco lets each step go on.
  var isPaced = false

  static let barWidth = 24

  /// The block that a terminal redraws.
  ///
  /// - Parameter traffic: Lines of whoever measures the traffic; nothing is claimed that nobody measured.
  func block(_ progress: ReleaseProgress, traffic: [String] = []) -> [String] {
    let strategy = isPaced ? "paced" : ReleaseStrategy.name(ofWire: release.strategy)
    let title = "\(environment)  \(release.image.version)  \(PublishedImage.short(release.image.digest))  \(strategy)"
    var lines = [terminal.styled(title, .bold) + "  " + progress.elapsed.text, "  stage    \(stage(progress))"]
    if let weight = progress.snapshot.target.productionWeight {
      let old = "old \(percent(100 - weight))".padded(to: 10)
      lines.append("  traffic  \(old)\(bar(weight))  new \(percent(weight))\(step(weight))")
    }
    if let wait = wait(progress.snapshot) { lines.append("  waits    \(terminal.styled(wait, .yellow))") }
    lines.append("  new      \(tasks(progress.snapshot.target, progress.new))\(requests(progress.newTraffic))")
    if let source = progress.snapshot.sources.first {
      lines.append("  old      \(tasks(source, progress.old))\(requests(progress.oldTraffic))")
    }
    if let judged = judged(progress) { lines.append("  judged   \(judged)") }
    if let complaint = complaint(progress) { lines.append("  \(terminal.styled(complaint, .yellow))") }
    return lines + traffic.map { "  " + $0 }
  }

  /// What is told in a line when it changes, where no terminal redraws. The time is not part of it.
  func state(_ progress: ReleaseProgress) -> String {
    var parts = [stage(progress).padded(to: 26)]
    parts.append("new \(tasks(progress.snapshot.target, progress.new))".padded(to: 34))
    if let weight = progress.snapshot.target.productionWeight {
      parts.append("traffic to new \(percent(weight))\(step(weight))")
    }
    if let wait = wait(progress.snapshot) { parts.append("waits: \(wait)") }
    if let traffic = progress.newTraffic { parts.append("new" + requests(traffic)) }
    if let traffic = progress.oldTraffic { parts.append("old" + requests(traffic)) }
    if let judged = progress.judged { parts.append("judged: " + Self.word(judged.standing)) }
    if let trouble = progress.evidenceTrouble { parts.append(trouble) }
    if let complaint = complaint(progress) { parts.append(complaint) }
    return parts.joined(separator: "  ")
  }

  /// What the engine makes of it, in a line.
  private func judged(_ progress: ReleaseProgress) -> String? {
    if let trouble = progress.evidenceTrouble { return terminal.styled(trouble, .yellow) }
    guard let judged = progress.judged, let numbers = judged.numbers else { return nil }
    let counts =
      "new failed \(numbers.green.bad) of \(numbers.green.total), old \(numbers.blue.bad) of \(numbers.blue.total)"
    return "\(Self.word(judged.standing)); \(counts)"
  }

  /// Where a judgement stands, in words.
  static func word(_ standing: JudgedRelease.Standing) -> String {
    switch standing {
    case .waiting: "not yet"
    case .watching: "nothing against it"
    case .held(let reason): "held: \(reason)"
    case .safe: "shown to be safe"
    case .unproven: "not enough evidence"
    case .condemned(let reason): "worse: \(reason)"
    }
  }

  /// What a release that serves has shown, in words.
  static func words(_ proof: ReleaseProof) -> String {
    switch proof {
    case .shown: "shown to be safe"
    case .unproven(let doubt): "not shown to be safe: \(doubt)"
    case .accepted(let doubt, let reason): "not shown to be safe (\(doubt)); accepted: \(reason)"
    case .notJudged(let reason): "not judged: \(reason)"
    }
  }

  /// How many requests a release has cost that was taken back.
  static func harm(_ judged: JudgedRelease?) -> String {
    guard let numbers = judged?.numbers else { return "" }
    return
      "\n  about \(Int(numbers.harmed.rounded())) of \(numbers.green.total) requests to the new tasks were worse than "
      + "they would have been"
  }

  /// What a target has to complain of. A program that has just been started is not heard yet.
  private func complaint(_ progress: ReleaseProgress) -> String? {
    progress.elapsed > .seconds(2) ? progress.new?.complaint : nil
  }

  private func stage(_ progress: ReleaseProgress) -> String {
    let snapshot = progress.snapshot
    switch snapshot.status {
    case .pending: return "waiting to begin"
    case .inProgress: return snapshot.lifecycleStage.map(Self.words) ?? "replacing tasks"
    case .successful: return "released"
    case .stopRequested, .stopped: return "stopping"
    case .rollbackRequested, .rollbackInProgress: return "rolling back"
    case .rollbackSuccessful: return "rolled back"
    case .rollbackFailed: return "rollback failed"
    }
  }

  /// `POST_PRODUCTION_TRAFFIC_SHIFT` as people say it.
  static func words(_ stage: String) -> String { stage.lowercased().replacing("_", with: " ") }

  private func bar(_ percent: Double) -> String {
    let filled = Int((Double(Self.barWidth) * min(max(percent, 0), 100) / 100).rounded())
    return terminal.styled(String(repeating: "░", count: Self.barWidth - filled), .blue)
      + terminal.styled(String(repeating: "█", count: filled), .green)
  }

  /// Whole percents, and tenths where there are some.
  private func percent(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10) %" : "\(tenths / 10).\(abs(tenths % 10)) %"
  }

  /// Which of the steps a weight is; nothing before the first.
  private func step(_ weight: Double) -> String {
    let steps = release.trafficSteps
    guard !steps.isEmpty, weight > 0, let index = steps.lastIndex(where: { $0 <= weight + 0.05 }) else { return "" }
    return "  step \(index + 1) of \(steps.count)"
  }

  /// What a release waits for, and how it goes on.
  private func wait(_ snapshot: DeploymentSnapshot) -> String? {
    guard let pause = snapshot.waiting.first else { return nil }
    let end = pause.expiresAt.map { instant in
      " until \(instant.tableText), then it \(pause.goesOnByItself ? "goes on" : "is rolled back")"
    }
    if isPaced { return "for evidence\(end ?? "")" }
    return "for somebody\(end ?? ""): `palco continue \(environment)` or `palco continue \(environment) --roll-back`"
  }

  private func requests(_ traffic: ColourTraffic?) -> String {
    traffic.map { "  \($0.requests) requests, \($0.errors) failed" } ?? ""
  }

  private func tasks(_ colour: DeploymentSnapshot.Colour, _ targets: ReleaseProgress.Targets?) -> String {
    var text = "\(colour.running)/\(colour.requested) tasks"
    if colour.pending > 0 { text += ", \(colour.pending) starting" }
    if let targets { text += ", \(targets.healthy) healthy" }
    return text
  }
}
