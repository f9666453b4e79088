import Foundation
import PalcoArtifacts
import PalcoBlueprint
import PalcoTerraform

/// `palco down` for an environment on AWS. The repository and the state's bucket stay: they are the project's.
struct DownOnAWS {
  let blueprint: Blueprint
  let project: Project
  let output: OutputOptions
  var yes: Bool
  /// Take off first what protects the environment.
  var unprotect: Bool

  private struct Report: Encodable {
    var environment: String
    var changed: Bool
    var plan: PlanReport?
  }

  func run() async throws {
    if blueprint.aws?.isProtected == true, !unprotect {
      throw CommandError(
        .refused,
        """
        '\(blueprint.environment)' is protected: its load balancer, its database and its buckets refuse to be deleted
          if it shall go all the same: palco down \(blueprint.environment) --unprotect
        """)
    }
    let unprotected = try EnvironmentTerraform(blueprint).module().unprotected()
    let environment = try await AWSEnvironment.prepare(blueprint, of: project, output: output) {
      unprotect ? $0.unprotected().module : $0
    }
    try await environment.refuseDuringRelease()
    // What is gone already after a run that was cut short is not made again.
    let present = try await environment.presentAddresses()
    let protected = unprotect ? unprotected.addresses.filter(present.contains) : []
    if !protected.isEmpty {
      if !yes { try ask(environment) }
      environment.note("\(blueprint.environment): taking the protection off")
      if try await environment.plan(targets: protected, locks: true) != nil {
        _ = try await environment.watching { try await $0.apply() }
      }
    }
    let plan = try await environment.plan(destroys: true, locks: true)
    if let plan {
      defer { environment.runner.discardPlan() }
      for line in PlanText.lines(plan, terminal: .detect(descriptor: 2)) { environment.note(line) }
      // A database is a reason to ask, whatever the environment is called.
      if !yes, protected.isEmpty, Down.needsConfirmation(blueprint.environment) || !plan.dataLosses.isEmpty {
        try ask(environment)
      }
      _ = try await environment.watching { try await $0.apply() }
    }
    if output.json {
      try JSONOutput.print(Report(environment: blueprint.environment, changed: plan != nil, plan: plan))
    } else {
      Console.out(plan == nil ? "\(blueprint.environment) was not there" : "\(blueprint.environment) is gone")
    }
  }

  private func ask(_ environment: AWSEnvironment) throws {
    try Confirmation.ask(
      "This takes '\(blueprint.environment)' away from the account \(environment.session.account), with its data.",
      name: blueprint.environment)
  }
}
