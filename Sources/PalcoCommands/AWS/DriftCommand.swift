import ArgumentParser
import PalcoTerraform

/// `palco drift`: what somebody changed beside Palco.
struct DriftCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drift",
    abstract: "Say what was changed by hand on AWS, beside Palco.",
    discussion: """
      What ECS and the auto scaler change is no drift: colours and weights, the number of tasks, the running revision. \
      What palco.yml says anew is not either; `palco plan` shows it. The exit code is 1 when something was changed by hand.

        palco drift production
        palco drift production --json
      """)

  @Argument(help: "The environment, as in palco.yml.")
  var environment: String

  @OptionGroup var project: ProjectOptions
  @OptionGroup var output: OutputOptions

  private struct Report: Encodable {
    var environment: String
    var drifted: Bool
    var drift: Drift
  }

  func run() async throws {
    let project = try project.load()
    let blueprint = try project.requireOnAWS(environment, for: "drift")
    let prepared = try await AWSEnvironment.prepare(blueprint, of: project, output: output)
    let drift = try await prepared.watching { runner in
      let hasChanges = try await runner.plan(locks: false)
      return hasChanges ? Drift(try await runner.planned()) : Drift.none
    }
    prepared.runner.discardPlan()
    let count = drift.byHand.count
    if output.json {
      try JSONOutput.print(Report(environment: environment, drifted: count > 0, drift: drift))
    } else {
      if count == 0 { Console.out("\(environment): nothing was changed by hand") }
      let lines = PlanText.lines(drift, environment: environment, terminal: .detect(descriptor: 1))
      if !lines.isEmpty { Console.out(lines.joined(separator: "\n")) }
    }
    guard count == 0 else {
      throw CommandError(
        .failure,
        "\(count) resource\(count == 1 ? " was" : "s were") changed by hand; "
          + "`palco up \(environment)` puts \(count == 1 ? "it" : "them") back")
    }
  }
}
