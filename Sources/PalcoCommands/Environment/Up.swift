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

        palco up stage
        palco up production --json
      """)

  @Argument(help: "The environment, as in palco.yml.")
  var environment: String

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
    let blueprint = try project.blueprint(environment)
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
