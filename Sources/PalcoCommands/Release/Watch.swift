import ArgumentParser
import PalcoRelease

/// `palco watch`: takes up a release that somebody else has started.
struct Watch: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Watch and judge the release that is under way, to its end.",
    discussion: """
      Takes up a release from any machine: what was counted since it began is judged anew, so nothing is lost when the one \
      who started it is gone. Several may watch at once; they come to the same decisions, and ECS takes each one once. \
      Ctrl-C stops the release, as in `palco deploy`.

        palco watch production
      """)

  @Argument(help: "The environment, as in palco.yml.")
  var environment: String

  @OptionGroup var judging: JudgingOptions
  @OptionGroup var project: ProjectOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let project = try project.load()
    let blueprint = try project.blueprint(environment)
    let access = try project.access(to: blueprint)
    try await ReleaseRun(
      access: access, blueprint: blueprint, output: output, records: project.records(of: blueprint, access: access),
      acceptance: judging.acceptUnproven
    ).takeUp()
  }
}
