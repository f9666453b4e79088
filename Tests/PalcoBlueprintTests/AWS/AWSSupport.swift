import Foundation
import PalcoBlueprint
import Testing

/// Manifests for `target: aws`.
enum AWSSample {
  static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fixtures/aws")

  /// The names of the matrix's manifests.
  static let matrix: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: fixtures.path)) ?? []
    return files.filter { $0.hasSuffix(".yml") }.sorted()
  }()

  static func manifest(_ file: String) throws -> Manifest {
    try ManifestFile.parse(
      Data(contentsOf: fixtures.appendingPathComponent(file)), file: file, directory: URL(fileURLWithPath: "/project"))
  }

  /// A manifest with a stage on AWS; `more` stands at the top, `stage` below the environment.
  static func text(_ more: String = "", stage: String = "", name: String = "stage") -> String {
    """
    name: shop
    image: {dockerfile: Dockerfile}
    service: {port: 8080, tasks: 2}
    domain: {name: shop.example.org, zone: example.org}
    tags: {owner: team-shop}
    environments: {\(name): {target: aws, region: eu-west-1\(stage.isEmpty ? "" : ", " + stage)}}
    \(more)
    """
  }

  static func aws(_ more: String = "", stage: String = "", name: String = "stage") throws -> AWSInfrastructure {
    let blueprint = try Sample.parse(text(more, stage: stage, name: name)).blueprint(for: name)
    return try #require(blueprint.aws)
  }
}
