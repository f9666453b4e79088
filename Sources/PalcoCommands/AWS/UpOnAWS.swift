import Foundation
import PalcoBlueprint
import PalcoRelease
import PalcoTerraform

/// `palco up` for an environment on AWS: plan, ask where people depend on it, apply.
struct UpOnAWS {
  let blueprint: Blueprint
  let project: Project
  let output: OutputOptions
  var yes: Bool
  var replaceData: Bool

  private struct Report: Encodable {
    var environment: String
    var url: String?
    var changed: Bool
    var plan: PlanReport?
    var outputs: [String: PlanValue]
  }

  func run() async throws {
    let environment = try await AWSEnvironment.prepare(blueprint, of: project, output: output)
    try await environment.refuseDuringRelease()
    let plan = try await environment.plan(locks: true)
    if let plan {
      defer { environment.runner.discardPlan() }
      for line in PlanText.lines(plan, terminal: .detect(descriptor: 2)) { environment.note(line) }
      if !replaceData { try Self.refuseLosses(plan, environment: blueprint.environment) }
      if Down.needsConfirmation(blueprint.environment), !yes {
        try Confirmation.ask(
          "This changes '\(blueprint.environment)' in the account \(environment.session.account) as said above.",
          name: blueprint.environment)
      }
      // A person may have thought about it for long.
      try await environment.refuseDuringRelease()
      _ = try await environment.watching { try await $0.apply() }
    }
    let outputs = try await environment.watching { try await $0.outputs() }
    let url = outputs["url"]?.text
    if output.json {
      try JSONOutput.print(
        Report(
          environment: blueprint.environment, url: url, changed: plan != nil, plan: plan, outputs: outputs))
    } else {
      let place = url.map { " at \($0)" } ?? ""
      Console.out("\(blueprint.environment) is up\(place)\(plan == nil ? ", unchanged" : "")")
    }
  }

  /// - Throws: ``CommandError`` with exit code 13 for a plan after which data is gone.
  static func refuseLosses(_ plan: PlanReport, environment: String) throws {
    let losses = plan.dataLosses
    guard !losses.isEmpty else { return }
    let lines = losses.map { loss in
      let because = loss.because.isEmpty ? "" : ", because of \(loss.because.joined(separator: ", "))"
      return "  \(loss.address) would be \(loss.action == .delete ? "deleted" : "replaced")\(because): "
        + (loss.consequence ?? "its data is lost")
    }
    throw CommandError(
      .refused,
      """
      this would lose data in '\(environment)':
      \(lines.joined(separator: "\n"))
        take back what palco.yml changed there; or, after a backup, mean it with --replace-data
      """)
  }
}
