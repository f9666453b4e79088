import PalcoArtifacts
import PalcoBlueprint

/// A finding of a security scanner that is accepted in an environment, for `palco check --findings`.
struct AcceptedFinding: Listable {
  var environment: String
  var exception: ScannerException

  static let header = ["ENVIRONMENT", "SCANNER", "FINDING", "RESOURCE", "WHY"]
  var row: [String] {
    [environment, exception.scanner.rawValue, exception.rule, exception.address, exception.reason]
  }

  /// Those of all environments on AWS, or of one.
  static func all(of manifest: Manifest, in environment: String?) throws -> [AcceptedFinding] {
    var found: [AcceptedFinding] = []
    for name in environment.map({ [$0] }) ?? manifest.environments {
      let blueprint: Blueprint
      do {
        blueprint = try manifest.blueprint(for: name)
      } catch {
        throw CommandError(.usage, error.description)
      }
      guard let aws = blueprint.aws, let generator = try? EnvironmentTerraform(blueprint) else { continue }
      found += ScannerExceptions.exceptions(in: generator.module(), for: aws).map {
        AcceptedFinding(environment: name, exception: $0)
      }
    }
    return found
  }

  static func print(of manifest: Manifest, in environment: String?, json: Bool) throws {
    try Listing.print(
      all(of: manifest, in: environment), json: json, empty: "no environment lives on AWS: nothing is accepted")
  }
}
