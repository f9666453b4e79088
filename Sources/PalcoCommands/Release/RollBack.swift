import ArgumentParser
import PalcoRelease

/// `palco rollback`: stops the release under way, or releases again what served before.
struct RollBack: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rollback",
    abstract: "Go back to what served before.",
    discussion: """
      Stops a release that is under way and has ECS roll it back. When none is, the successful release before the one that \
      serves is released again, with the same digest and the same task definition: so a second rollback goes forward \
      again. `--to` names another one of `palco releases`.

        palco rollback production
        palco rollback production --to v1
      """)

  @Argument(help: "The environment, as in palco.yml.")
  var environment: String

  @Option(help: "A release, a version, or a digest (six digits of it are enough).")
  var to: String?

  @OptionGroup var project: ProjectOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let project = try project.load()
    let blueprint = try project.blueprint(environment)
    let access = try project.access(to: blueprint)
    let rollback = Rollback(access: access, blueprint: blueprint)
    let run = ReleaseRun(
      access: access, blueprint: blueprint, output: output, records: project.records(of: blueprint, access: access),
      isJudged: false)
    if to == nil, let release = try await RunningReleaseReader(access: access, blueprint: blueprint).release() {
      output.note("stopping the release of \(release.image.version) that is under way")
      return try await run.watch(release, stopNow: true)
    }
    try await run.finish(rollback.start(to: to), canSupersede: false)
  }
}
