import ArgumentParser
import PalcoRelease

/// `palco promote`: releases the digest that another environment has proven.
struct Promote: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Release to one environment the digest that another one has proven.",
    discussion: """
      Takes the digest that FROM last released successfully and that serves there now: never a tag, nothing is built. The \
      record of that release has to be there. It is refused while FROM releases, and when what serves there is not its \
      last successful release. Where TO pulls from another registry, the image is copied there, byte for byte.

        palco promote stage production
      """)

  @Argument(help: "The environment that has proven the image.")
  var from: String

  @Argument(help: "The environment that gets it.")
  var to: String

  @Flag(help: "Release even when this image serves already.")
  var force = false

  @Flag(help: "Take over from a release that is under way.")
  var supersede = false

  @OptionGroup var judging: JudgingOptions
  @OptionGroup var budget: BudgetOptions
  @OptionGroup var project: ProjectOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let project = try project.load()
    let (source, target) = (try project.blueprint(from), try project.blueprint(to))
    guard from != to else {
      throw CommandError(.usage, "'\(from)' cannot be promoted to itself; name two environments")
    }
    let sourceAccess = try project.access(to: source)
    let (proven, record) = try await Promotion(
      access: sourceAccess, from: source, records: project.records(of: source, access: sourceAccess)
    ).proven()
    let access = try project.access(to: target)
    try await budget.check(target, access: access) { output.note($0) }
    // The same digest, in the registry that the target pulls from.
    let image = try await Publisher(access: access, blueprint: target).bring(
      proven, from: Publisher(access: sourceAccess, blueprint: source)
    ) { output.note($0) }
    output.note(
      "\(from) released it on \(record.endedAt.tableText) by \(record.actor)"
        + (record.proof.map { ": \(ReleaseRendering.words($0))" } ?? ""))
    output.note("promoting \(image.version) \(image.digest) from \(from) to \(to)")
    let start = try await Deployer(access: access, blueprint: target).start(image, force: force, supersede: supersede)
    try await ReleaseRun(
      access: access, blueprint: target, output: output, records: project.records(of: target, access: access),
      acceptance: judging.acceptUnproven
    ).finish(start)
  }
}
