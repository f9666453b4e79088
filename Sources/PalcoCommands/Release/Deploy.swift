import ArgumentParser
import PalcoRelease

/// `palco deploy`: builds or finds an image and releases it.
struct Deploy: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Build the image, push it, and release it to an environment.",
    discussion: """
      The image is built as palco.yml says and pushed by digest; the release then follows `release:` of palco.yml. Tasks \
      that do not get healthy are rolled back, and what served before goes on serving. Ctrl-C stops the release and rolls \
      it back; a second Ctrl-C leaves it to ECS. An image that serves already, just so, is not released again.

        palco deploy stage
        palco deploy stage --label v2
        palco deploy stage --image sha256:4f53cda18c2b…
      """)

  @Argument(help: "The environment, as in palco.yml.")
  var environment: String

  @Option(help: "An image of the environment's repository, by tag or digest, instead of building one.")
  var image: String?

  @Option(help: "What people call this version. Default: the beginning of the digest.")
  var label: String?

  @Flag(help: "Release even when this image serves already.")
  var force = false

  @Flag(help: "Take over from a release that is under way.")
  var supersede = false

  @OptionGroup var budget: BudgetOptions

  @OptionGroup var project: ProjectOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let project = try project.load()
    let blueprint = try project.blueprint(environment)
    let access = try project.access(to: blueprint)
    try await budget.check(blueprint, access: access) { output.note($0) }
    let publisher = Publisher(access: access, blueprint: blueprint)
    let published =
      if let image {
        try await publisher.find(image, label: label)
      } else {
        try await publisher.publish(label: label) { output.note($0) }
      }
    let start = try await Deployer(access: access, blueprint: blueprint).start(
      published, force: force, supersede: supersede)
    try await ReleaseRun(access: access, blueprint: blueprint, output: output).finish(start)
  }
}
