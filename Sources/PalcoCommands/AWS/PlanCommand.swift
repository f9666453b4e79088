import ArgumentParser
import PalcoTerraform

/// `palco plan`: what `palco up` would do on AWS.
struct PlanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Show what `palco up` would change on AWS, what that hurts, and what it opens to the internet.",
    discussion: """
      Nothing is changed and nothing is locked. Replacements say which setting forces them and what they cost; what \
      would lose data is named, and `palco up` refuses it.

        palco plan stage
        palco plan production --json | jq '.plan.changes[] | select(.action == "replace")'
      """)

  @Argument(help: "The environment, as in palco.yml.")
  var environment: String

  @OptionGroup var project: ProjectOptions
  @OptionGroup var output: OutputOptions

  private struct Report: Encodable {
    var environment: String
    var account: String
    var changed: Bool
    var plan: PlanReport?
  }

  func run() async throws {
    let project = try project.load()
    let blueprint = try project.requireOnAWS(environment, for: "plan")
    let prepared = try await AWSEnvironment.prepare(blueprint, of: project, output: output)
    let plan = try await prepared.plan(locks: false)
    prepared.runner.discardPlan()
    if output.json {
      try JSONOutput.print(
        Report(environment: environment, account: prepared.session.account, changed: plan != nil, plan: plan))
    } else if let plan {
      Console.out(PlanText.lines(plan, terminal: .detect(descriptor: 1)).joined(separator: "\n"))
      if !plan.dataLosses.isEmpty {
        Console.note("`palco up \(environment)` refuses this without --replace-data")
      }
    } else {
      Console.out("\(environment) is as palco.yml says: no changes")
    }
  }
}
