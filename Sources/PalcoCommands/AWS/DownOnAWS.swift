import Foundation
import PalcoBlueprint
import PalcoTerraform

/// `palco down` for an environment on AWS. The repository and the state's bucket stay: they are the project's.
struct DownOnAWS {
  let blueprint: Blueprint
  let project: Project
  let output: OutputOptions
  var yes: Bool

  private struct Report: Encodable {
    var environment: String
    var changed: Bool
    var plan: PlanReport?
  }

  func run() async throws {
    let environment = try await AWSEnvironment.prepare(blueprint, of: project, output: output)
    try await environment.refuseDuringRelease()
    let plan = try await environment.plan(destroys: true, locks: true)
    if let plan {
      defer { environment.runner.discardPlan() }
      for line in PlanText.lines(plan, terminal: .detect(descriptor: 2)) { environment.note(line) }
      // A database is a reason to ask, whatever the environment is called.
      if !yes, Down.needsConfirmation(blueprint.environment) || !plan.dataLosses.isEmpty {
        try Confirmation.ask(
          "This takes '\(blueprint.environment)' away from the account \(environment.session.account), with its data.",
          name: blueprint.environment)
      }
      _ = try await environment.watching { try await $0.apply() }
    }
    if output.json {
      try JSONOutput.print(Report(environment: blueprint.environment, changed: plan != nil, plan: plan))
    } else {
      Console.out(plan == nil ? "\(blueprint.environment) was not there" : "\(blueprint.environment) is gone")
    }
  }
}
