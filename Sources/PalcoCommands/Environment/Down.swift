import ArgumentParser
import Foundation
import PalcoRelease

/// `palco down`: takes an environment away.
struct Down: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Take an environment away: its tasks, its load balancer, its logs, its history.",
    discussion: """
      The image repository goes with the last environment of the project; on AWS it stays, as the state's bucket does. \
      An environment called production asks for its \
      name first. What is gone already is passed over, so a run that was cut short is finished by the next.

        palco down stage
        palco down production --yes --unprotect
      """)

  @Argument(help: "The environment, as in palco.yml.")
  var environment: String

  @Flag(help: "Do not ask.")
  var yes = false

  @Flag(help: "On AWS: take the protection off first that keeps production from being deleted.")
  var unprotect = false

  @OptionGroup var project: ProjectOptions
  @OptionGroup var output: OutputOptions

  private struct Report: Encodable {
    var environment: String
    var changed: Bool
    var resources: [ResourceChange]
  }

  func run() async throws {
    let project = try project.load()
    if let onAWS = try project.blueprintOnAWS(environment) {
      return try await DownOnAWS(
        blueprint: onAWS, project: project, output: output, yes: yes, unprotect: unprotect
      ).run()
    }
    let blueprint = try project.localBlueprint(environment)
    let access = try project.access()
    if Self.needsConfirmation(environment), !yes {
      try Confirmation.ask("This takes '\(environment)' away with its logs and its history.", name: environment)
    }
    output.note("\(environment): taking away what is there")
    let siblings = try project.localBlueprints().filter { $0.environment != environment }.map(\.names.cluster)
    let changes = try await Teardown(access: access, blueprint: blueprint, siblingClusters: siblings).down {
      output.note($0)
    }
    let hasChanged = changes.contains(where: \.isChange)
    if output.json {
      try JSONOutput.print(Report(environment: environment, changed: hasChanged, resources: changes))
    } else {
      Console.out(hasChanged ? "\(environment) is gone" : "\(environment) was not there")
    }
  }

  /// Whether people depend on an environment, by its name.
  static func needsConfirmation(_ environment: String) -> Bool {
    ["production", "prod", "live"].contains(environment.lowercased())
  }
}
