import ArgumentParser

/// `palco bootstrap`: what an account needs before its first environment.
struct BootstrapCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bootstrap",
    abstract:
      "Make what comes before the first environment on AWS: the state's bucket, the image repository, deploy roles.",
    discussion: """
      The bucket is versioned, encrypted, private and reached by TLS only. One that exists and is public is refused. A \
      second time changes nothing; a run that was cut short is finished by the next.

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
    let blueprints = try project.manifest.environments.map { try project.manifest.blueprint(for: $0) }
      .filter { $0.aws != nil }
    guard !blueprints.isEmpty else {
      throw CommandError(.refused, "no environment of palco.yml has `target: aws`; there is nothing to make on AWS")
    }
    // A state lies in the region of what it describes.
    let regions = blueprints.compactMap(\.aws?.region).reduce(into: [String]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    var outcomes: [Bootstrap.Outcome] = []
    for region in regions {
      let outcome = try await Bootstrap(
        project: project, blueprints: blueprints.filter { $0.aws?.region == region }, region: region, output: output
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
