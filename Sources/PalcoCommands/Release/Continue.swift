import ArgumentParser
import PalcoRelease

/// `palco continue`: answers a release that waits at a pause.
struct Continue: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Let a release that waits go on, or have it rolled back.",
    discussion: """
      A release waits where `release.pause` of palco.yml says. Any machine may answer; who watches the release (`palco \
      deploy`) sees it go on. With `canary` and `linear`, a pause before the traffic shift comes before every step.

        palco continue production
        palco continue production --roll-back
      """)

  @Argument(help: "The environment, as in palco.yml.")
  var environment: String

  @Flag(help: "Have it rolled back: the image before it goes on serving.")
  var rollBack = false

  @OptionGroup var project: ProjectOptions
  @OptionGroup var output: OutputOptions

  private struct Report: Encodable {
    var environment: String
    var release: String
    var version: String?
    var stage: String?
    var action: String
  }

  func run() async throws {
    let project = try project.load()
    let blueprint = try project.blueprint(environment)
    let answer = try await Continuation(
      access: project.access(to: blueprint), blueprint: blueprint
    ).answer(rollBack: rollBack)
    if output.json {
      try JSONOutput.print(
        Report(
          environment: environment, release: answer.release, version: answer.version, stage: answer.stage,
          action: rollBack ? "roll back" : "continue"))
    }
    let name = answer.version.map { "\($0) " } ?? ""
    let place = answer.stage.map { " from \(ReleaseRendering.words($0))" } ?? ""
    output.result(
      rollBack
        ? "the release of \(name)to \(environment) is being rolled back"
        : "the release of \(name)to \(environment) goes on\(place); see `palco status \(environment)`")
  }
}
