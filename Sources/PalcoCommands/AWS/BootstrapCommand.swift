import ArgumentParser

/// `palco bootstrap`: what an account needs before its first environment.
struct BootstrapCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bootstrap",
    abstract:
      "Make what comes before the first environment on AWS: the state's bucket, the image repository, deploy roles.",
    discussion: """
      The bucket is versioned, encrypted, private and reached by TLS only. One that exists and is public is refused. A \
      second time changes nothing; a run that was cut short is finished by the next, on any machine. Environments in \
      several regions get a bucket and a repository in each.

        palco bootstrap
        palco bootstrap --json
      """)

  @OptionGroup var project: ProjectOptions
  @OptionGroup var output: OutputOptions

  private struct Report: Encodable {
    var regions: [Bootstrap.Outcome]
  }

  func run() async throws {
    let project = try project.load()
    let regions = BootstrapRegions(try project.blueprints())
    guard !regions.names.isEmpty else {
      throw CommandError(.refused, "no environment of palco.yml has `target: aws`; there is nothing to make on AWS")
    }
    var outcomes: [Bootstrap.Outcome] = []
    for region in regions.names {
      let outcome = try await Bootstrap(
        project: project, blueprints: regions.blueprints(in: region), region: region, output: output
      ).run()
      outcomes.append(outcome)
      output.result(
        outcome.changed
          ? "the account \(outcome.account) is ready in \(region); states are kept in \(outcome.bucket)"
          : "the account \(outcome.account) is ready in \(region), unchanged")
    }
    if output.json { try JSONOutput.print(Report(regions: outcomes)) }
  }
}
