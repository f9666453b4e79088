import ArgumentParser
import Foundation
import PalcoBlueprint
import PalcoRelease

/// `palco releases`: the history of one environment.
struct Releases: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the releases of an environment, the newest first, or show the record of one.",
    subcommands: [ReleasesList.self, ReleasesShow.self], defaultSubcommand: ReleasesList.self)
}

/// `palco releases ENVIRONMENT`
struct ReleasesList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the releases of an environment, the newest first.",
    discussion: """
      ECS keeps the list, so every machine sees the same: 90 days of it.

        palco releases production
        palco releases production --json | jq -r '.[0].digest'
      """)

  @Argument(help: "The environment, as in palco.yml.")
  var environment: String

  @Option(name: .shortAndLong, help: "How many at most.")
  var number = 20

  @OptionGroup var project: ProjectOptions

  @Flag(help: "Print the releases as JSON.")
  var json = false

  mutating func validate() throws {
    if number < 1 { throw ValidationError("--number must be 1 or more, and \(number) is not.") }
  }

  func run() async throws {
    let project = try project.load()
    let blueprint = try project.blueprint(environment)
    let records = try await ReleaseRecords(access: project.access(to: blueprint), blueprint: blueprint).records(
      limit: number)
    try Listing.print(records, json: json, empty: "no release yet; `palco deploy \(environment)` makes the first one")
  }
}

extension ReleaseRecord: Listable {
  static var header: [String] {
    ["RELEASE", "VERSION", "DIGEST", "STRATEGY", "RESULT", "STARTED", "DURATION", "BY", "REASON"]
  }

  var row: [String] {
    [
      release, version ?? "–", digest.map(PublishedImage.short) ?? "–", ReleaseStrategy.name(ofWire: strategy), result,
      startedAt?.tableText ?? "–", duration?.text ?? "–", actor ?? "–", reason ?? "",
    ]
  }
}
