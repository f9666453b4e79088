import PalcoArtifacts
import PalcoTerraform

/// `PALCO_AWS_PROVIDER`: one exact version of the AWS provider in the place of the range that the files ask for. It is
/// there for machines that reach no registry and have another version, as those that prove Palco's Terraform do.
enum ProviderOverride {
  static let variable = "PALCO_AWS_PROVIDER"

  /// The module that the variable asks for.
  ///
  /// - Parameter note: Told what was left out, so that nobody takes the module for the whole one.
  /// - Throws: ``CommandError`` for a value that is no version
  static func applied(
    to module: TerraformModule, environment: [String: String], note: (String) -> Void
  ) throws -> TerraformModule {
    guard let version = environment[variable], !version.isEmpty else { return module }
    do {
      let (pinned, dropped) = try module.pinned(toProvider: version)
      let without = dropped.map { "\($0.address) \($0.path)" }.joined(separator: ", ")
      note(
        "\(variable): version \(version) of the AWS provider" + (without.isEmpty ? "" : "; left out for it: \(without)")
      )
      return pinned
    } catch {
      throw CommandError(.usage, "\(variable): \(error.description)")
    }
  }
}
