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

      Where traffic moves between two sets of tasks, the new one is judged against the old one all the time, and is rolled \
      back as soon as it is shown to be worse (docs/releases.md). If Palco ends meanwhile, ECS goes on by itself, and \
      rolls a `paced` release back; `--resume` takes it up again.

        palco deploy stage
        palco deploy stage --label v2
        palco deploy stage --image sha256:4f53cda18c2b…
        palco deploy stage --resume
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

  @Flag(help: "Start nothing: take up the release that is under way, to its end.")
  var resume = false

  @OptionGroup var judging: JudgingOptions
  @OptionGroup var budget: BudgetOptions

  @OptionGroup var project: ProjectOptions
  @OptionGroup var output: OutputOptions

  mutating func validate() throws {
    if resume, image != nil || label != nil || force || supersede {
      throw ValidationError("--resume starts nothing, so --image, --label, --force and --supersede do not go with it.")
    }
  }

  func run() async throws {
    let project = try project.load()
    let blueprint = try project.blueprint(environment)
    let access = try project.access(to: blueprint)
    let run = ReleaseRun(
      access: access, blueprint: blueprint, output: output, records: project.records(of: blueprint, access: access),
      acceptance: judging.acceptUnproven)
    if resume { return try await run.takeUp() }
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
    try await run.finish(start)
  }
}
