import ArgumentParser
import Foundation
import PalcoBlueprint
import PalcoRelease

/// `palco releases show`: the record of one release.
struct ReleasesShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show the record of a release: who, what, every decision with its numbers, and why.",
    discussion: """
      The record is attached to the image's digest in the registry, so it is there for as long as the image is.

        palco releases show production 3f2a9c1b
        palco releases show production 3f2a9c1b --json
      """)

  @Argument(help: "The environment, as in palco.yml.")
  var environment: String

  @Argument(help: "The release, as `palco releases` names it.")
  var release: String

  @OptionGroup var project: ProjectOptions

  @Flag(help: "Print the record as JSON.")
  var json = false

  func run() async throws {
    let project = try project.load()
    let blueprint = try project.blueprint(environment)
    let access = try project.access(to: blueprint)
    let listed = try await ListedRelease.find(release, in: blueprint, access: access)
    guard let digest = listed.digest,
      let record = try await project.records(of: blueprint, access: access).records(of: digest).first(where: {
        $0.release == listed.release
      })
    else {
      throw CommandError(
        .refused,
        "there is no record of the release \(listed.release) to \(environment), which ended as '\(listed.result)'; "
          + "`palco why \(environment) \(listed.release)` tells what ECS still knows of it")
    }
    if json { return try JSONOutput.print(record) }
    Console.out(RecordText.lines(record).joined(separator: "\n"))
  }
}

/// Finds a release by what people call it.
enum ListedRelease {
  /// The release, or the newest one.
  ///
  /// - Throws: ``CommandError`` when there is none.
  static func find(
    _ name: String?, in blueprint: Blueprint, access: CloudAccess
  ) async throws -> ReleaseRecord {
    let place = blueprint.environment
    let all = try await ReleaseRecords(access: access, blueprint: blueprint).records(limit: name == nil ? 1 : nil)
    guard let found = all.first(where: { name == nil || $0.release == name || $0.version == name }) else {
      throw CommandError(
        .refused,
        name.map { "'\(place)' has no release '\($0)'; `palco releases \(place)` lists them" }
          ?? "nothing was released to '\(place)' yet")
    }
    return found
  }
}
