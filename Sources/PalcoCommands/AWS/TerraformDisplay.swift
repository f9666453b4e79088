import Foundation
import PalcoRelease
import PalcoTerraform

/// Shows how far Terraform is, as Palco shows all its progress: counts, what is being done, how long it takes.
struct TerraformDisplay: Sendable {
  let environment: String
  let display: ProgressDisplay

  init(environment: String, quiet: Bool) {
    self.environment = environment
    display = ProgressDisplay(quiet: quiet)
  }

  func show(_ progress: TerraformProgress) {
    let elapsed = Duration.seconds(Date().timeIntervalSince(progress.startedAt))
    display.show(
      block: Self.block(progress, environment: environment, now: Date(), terminal: display.terminal),
      change: Self.change(progress, environment: environment), prefix: "  \(elapsed.text.aligned(to: 11))  ")
  }

  /// What a terminal shows: a line for the whole, and one for each of the longest running steps.
  static func block(_ progress: TerraformProgress, environment: String, now: Date, terminal: Terminal) -> [String] {
    func since(_ date: Date) -> String { Duration.seconds(now.timeIntervalSince(date)).text }
    let head = "\(terminal.styled(environment, .bold))  \(state(progress))  \(since(progress.startedAt))"
    let rest = progress.running.count - 5
    return [head]
      + progress.running.prefix(5).map {
        "  \(sign(of: $0.action)) \($0.address.cut(to: max(terminal.width - 24, 20)))  \(since($0.since))"
      } + (rest > 0 ? ["    and \(rest) more"] : [])
  }

  /// What a log gets: one line for each action that has ended.
  static func change(_ progress: TerraformProgress, environment: String) -> String {
    guard progress.phase == .apply, let last = progress.last else { return "\(environment): \(phase(progress))" }
    return "\(progress.done)/\(progress.planned)  \(last)"
  }

  private static func state(_ progress: TerraformProgress) -> String {
    switch progress.phase {
    case .initialize: phase(progress)
    case .plan: phase(progress) + (progress.refreshed == 0 ? "" : ": \(progress.refreshed) resources compared")
    case .apply:
      "\(progress.done)/\(progress.planned)" + (progress.failed == 0 ? "" : ", \(progress.failed) failed")
        + (progress.isStopping ? ", stopping" : "")
    }
  }

  private static func phase(_ progress: TerraformProgress) -> String {
    switch progress.phase {
    case .initialize: "preparing"
    case .plan: "comparing with AWS"
    case .apply: "applying"
    }
  }

  private static func sign(of action: String) -> String {
    switch action {
    case "create": "+"
    case "delete": "-"
    default: "~"
    }
  }
}
