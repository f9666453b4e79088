import Foundation
import PalcoArtifacts
import PalcoBlueprint
import Testing

/// Every environment of the AWS manifests that the blueprint's tests keep.
enum ManifestMatrix {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var blueprint: Blueprint
    var testDescription: String { name }
  }

  static let manifests: [(name: String, blueprints: [Blueprint])] = {
    let folder = root.appendingPathComponent("Tests/PalcoBlueprintTests/Fixtures/aws")
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".yml") }.sorted().compactMap { file in
      guard let manifest = try? ManifestFile.load(path: folder.appendingPathComponent(file).path) else { return nil }
      let blueprints = manifest.environments.compactMap { try? manifest.blueprint(for: $0) }
      return (String(file.dropLast(4)), blueprints.filter { $0.aws != nil })
    }
  }()

  static let cases: [Case] = manifests.flatMap { name, blueprints in
    blueprints.map { Case(name: "\(name) \($0.environment)", blueprint: $0) }
  }

  static func blueprint(_ manifest: String, _ environment: String) throws -> Blueprint {
    guard let found = cases.first(where: { $0.name == "\(manifest) \(environment)" }) else {
      throw MissingCase(name: "\(manifest) \(environment)")
    }
    return found.blueprint
  }

  static func module(_ manifest: String, _ environment: String) throws -> TerraformModule {
    try EnvironmentTerraform(try blueprint(manifest, environment)).module()
  }

  struct MissingCase: Error { var name: String }
}
