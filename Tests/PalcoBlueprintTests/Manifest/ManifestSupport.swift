import Foundation
import PalcoBlueprint
import PalcoCore

/// Manifests for tests.
enum Sample {
  /// The least that is a manifest.
  static let least = """
    name: shop
    image: {dockerfile: Dockerfile}
    service: {port: 8080}
    environments: {stage: }
    """

  static func parse(_ text: String) throws -> Manifest {
    try ManifestFile.parse(Data(text.utf8), file: "palco.yml", directory: URL(fileURLWithPath: "/project"))
  }

  /// What is wrong with a text: everything, as people see it.
  static func problems(_ text: String) -> String {
    problems(Data(text.utf8))
  }

  static func problems(_ data: Data) -> String {
    do {
      let manifest = try ManifestFile.parse(data, file: "palco.yml", directory: URL(fileURLWithPath: "/project"))
      return manifest.warnings.map(\.rendered).joined(separator: "\n")
    } catch {
      return error.description
    }
  }

  /// The first lines of the diagnostics alone.
  static func headlines(_ text: String) -> [String] {
    problems(text).split(separator: "\n").filter { $0.hasPrefix("palco.yml") }.map(String.init)
  }
}
