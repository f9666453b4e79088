import AWSWire
import Foundation
import Testing

@testable import LocalCloud

/// Random schedules of releases and failures, thousands of scaled hours of them. `PALCO_CHAOS_SEEDS` plays more seeds.
@Suite struct ReconcilerChaosTests {
  private static let seeds = UInt64(ProcessInfo.processInfo.environment["PALCO_CHAOS_SEEDS"] ?? "") ?? 8
  private static let acts = 40

  @Test func whateverHappensServesSettlesAndStaysOfOneColour() throws {
    var failures: [String] = []
    for seed in 1...Self.seeds {
      var world = try ReconcilerWorld(seed: seed)
      do {
        for _ in 0..<Self.acts { try world.act() }
        try world.settle()
      } catch let fault as ReconcilerWorld.Fault {
        failures.append("seed \(seed): \(fault)\n  \(world.story.suffix(12).joined(separator: "\n  "))")
      }
    }
    #expect(
      failures.isEmpty, "\(failures.prefix(3).joined(separator: "\n")) (\(failures.count) of \(Self.seeds) seeds)")
  }
}

extension ReconcilerWorld {
  /// One act of the schedule, and a while of the cloud's work.
  fileprivate mutating func act() throws {
    try perform()
    for _ in 0..<Int.random(in: 1...12, using: &random) {
      _ = try pass()
      try drive()
      try checkColours()
      now += [0.1, 1, 30, 120].randomElement(using: &random) ?? 1
    }
  }

  private mutating func perform() throws {
    let open = state.openDeployments(of: Self.service).last
    switch Int.random(in: 0..<100, using: &random) {
    case 0..<22: try release(.good, configuration())
    case 22..<34: try release([.exits, .sick, .mute].randomElement(using: &random) ?? .sick, configuration())
    case 34..<42:
      let count = Int.random(in: 1...4, using: &random)
      story.append("desired count \(count)")
      try update { $0.desiredCount = count }
    case 42..<52:
      guard let open else { return }
      story.append("stop in \(open.machine.stage as Any)")
      // What is too late is refused.
      _ = try? state.stop(.init(serviceDeploymentArn: open.arn, stopType: "ROLLBACK"), at: now)
    case 52..<62:
      guard let open, let run = open.machine.hooks.runs.first(where: \.isActive) else { return }
      let action = Bool.random(using: &random) ? "CONTINUE" : "ROLLBACK"
      story.append("\(action) at \(run.stage)")
      _ = try? state.answer(.init(serviceDeploymentArn: open.arn, hookId: run.id, action: action), at: now)
    case 62..<76:
      // Of those that serve, one may be killed that is not the last.
      let running = tasks.filter { programs[$0.arn]?.runs == true }
      guard running.count > 1, let task = running.randomElement(using: &random) else { return }
      story.append("kill a task of \(task.revisionARN?.suffix(4) ?? "")")
      programs[task.arn]?.runs = false
    case 76..<82:
      alarm = alarm == "OK" ? "ALARM" : "OK"
      story.append("alarm \(alarm)")
    case 82..<88:
      story.append("restart")
      try restart()
    case 88..<92:
      let hours = Double.random(in: 1...30, using: &random)
      story.append("the clock jumps \(hours) h")
      now += hours * 3600
    case 92..<95:
      story.append("the clock is set back")
      now -= Double.random(in: 1...7200, using: &random)
    case 95..<97:
      story.append("a new deployment of the same")
      try update { $0.forceNewDeployment = true }
    default: break
    }
  }
}
