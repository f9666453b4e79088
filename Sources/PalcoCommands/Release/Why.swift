import ArgumentParser
import PalcoRelease

/// `palco why`: the causal story of a release.
struct Why: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tell why a release ended as it did, the first cause first.",
    discussion: """
      Joins what is known from all sides: Palco's decisions, stopped tasks with exit codes, health checks, events of the \
      service, alarms, and ECS's own reason. Of an older release ECS forgets tasks and events; its record does not.

        palco why production
        palco why production 3f2a9c1b
      """)

  @Argument(help: "The environment, as in palco.yml.")
  var environment: String

  @Argument(help: "The release, as `palco releases` names it. Default: the newest.")
  var release: String?

  @OptionGroup var project: ProjectOptions

  @Flag(help: "Print the story as JSON.")
  var json = false

  private struct Report: Encodable {
    var environment: String
    var release: String
    var version: String?
    var result: String
    var story: ReleaseStory
  }

  func run() async throws {
    let project = try project.load()
    let blueprint = try project.blueprint(environment)
    let access = try project.access(to: blueprint)
    let listed = try await ListedRelease.find(release, in: blueprint, access: access)
    var record: ReleaseDocument?
    if let digest = listed.digest {
      record = try await project.records(of: blueprint, access: access).records(of: digest).first {
        $0.release == listed.release
      }
    }
    let story: ReleaseStory
    if let record {
      story = record.story
    } else {
      story = try await ReleaseRecorder(access: access, blueprint: blueprint).story(of: listed.deploymentARN)
    }
    let report = Report(
      environment: environment, release: listed.release, version: listed.version,
      result: record?.result ?? listed.result, story: story)
    if json { return try JSONOutput.print(report) }
    Console.out("\(report.release)  \(report.version ?? "?") to \(environment): \(report.result)")
    Console.out(RecordText.story(story).joined(separator: "\n"))
  }
}
