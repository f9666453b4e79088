import ArgumentParser
import PalcoRelease

/// `palco up`: makes an environment, or brings it back to what the manifest says.
struct Up: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make an environment as palco.yml says; a second time changes nothing.",
    discussion: """
      Makes the image repository, the log group, the cluster, the load balancer with a target group for each colour, and \
      the listener. The service itself is made by the first deploy. Whatever differs from palco.yml is brought back; the \
      listener's weights are left to the releases. With `target: local` the local cloud is started when it does not run.

      With `target: aws` Terraform makes the whole environment; the plan is shown first. An environment called production \
      asks for its name, and what would lose data is refused.

        palco up stage
        palco up production --yes --json
      """)

  @Argument(help: "The environment, as in palco.yml.")
  var environment: String

  @Flag(help: "On AWS: do not ask before production is changed.")
  var yes = false

  @Flag(help: "On AWS: replace or delete a database, a volume or another keeper of data when palco.yml asks for it.")
  var replaceData = false

  @OptionGroup var project: ProjectOptions
  @OptionGroup var output: OutputOptions

  private struct Report: Encodable {
    var environment: String
    var url: String
    var changed: Bool
    var resources: [ResourceChange]
  }

  func run() async throws {
    let project = try project.load()
    if let onAWS = try project.blueprintOnAWS(environment) {
      return try await UpOnAWS(
        blueprint: onAWS, project: project, output: output, yes: yes, replaceData: replaceData
      ).run()
    }
    let blueprint = try project.localBlueprint(environment)
    let access = try await project.accessStartingCloud(note: output.note)
    output.note("\(environment): making what is missing")
    let result = try await Provisioner(access: access, blueprint: blueprint).up { output.note($0) }
    let hasChanged = result.changes.contains(where: \.isChange)
    if output.json {
      try JSONOutput.print(
        Report(environment: environment, url: result.url, changed: hasChanged, resources: result.changes))
    } else {
      Console.out(
        hasChanged ? "\(environment) is up at \(result.url)" : "\(environment) is up at \(result.url), unchanged")
    }
  }
}
