import Foundation
import PalcoCore
import Subprocess

/// The program that makes infrastructure out of the generated files.
public struct TerraformTool: Sendable, Equatable {
  /// Which of the two, as the first word of their `version` says.
  public enum Kind: String, Sendable, Equatable {
    case terraform = "Terraform"
    case openTofu = "OpenTofu"
  }

  public var kind: Kind
  /// Its absolute path.
  public var path: String
  public var version: TerraformVersion

  /// Describes a tool.
  public init(kind: Kind, path: String, version: TerraformVersion) {
    self.kind = kind
    self.path = path
    self.version = version
  }

  /// As in `Terraform 1.15.5`.
  public var name: String { "\(kind.rawValue) \(version)" }

  /// Finds the tool: what `PALCO_TERRAFORM` names (a path, or a name in the `PATH`), else the first of `terraform` and
  /// `tofu` in the `PATH` that is new enough.
  ///
  /// - Parameter environment: The variables, as of `ProcessInfo`.
  /// - Throws: ``TerraformError`` with `toolMissing`, which says how to get one.
  public static func find(environment: [String: String]) async throws -> TerraformTool {
    let searchPath = SearchPath(environment["PATH"])
    if let wanted = environment["PALCO_TERRAFORM"], !wanted.isEmpty {
      guard let path = Self.path(of: wanted, in: searchPath) else {
        throw TerraformError(.toolMissing, "PALCO_TERRAFORM names '\(wanted)', which is no program here")
      }
      guard let tool = await look(path, environment: environment) else {
        throw TerraformError(
          .toolMissing, "PALCO_TERRAFORM names '\(wanted)', which is neither Terraform nor OpenTofu")
      }
      guard tool.version >= .oldest else { throw missing(tooOld: [tool]) }
      return tool
    }
    var tooOld: [TerraformTool] = []
    for name in ["terraform", "tofu"] {
      guard let path = Self.path(of: name, in: searchPath), let tool = await look(path, environment: environment) else {
        continue
      }
      if tool.version >= .oldest { return tool }
      tooOld.append(tool)
    }
    throw missing(tooOld: tooOld)
  }

  private static func path(of program: String, in searchPath: SearchPath) -> String? {
    let found =
      program.contains("/")
      ? (FileManager.default.isExecutableFile(atPath: program) ? program : nil) : searchPath.program(named: program)
    return found.map { URL(fileURLWithPath: $0).standardizedFileURL.path }
  }

  private static func look(_ path: String, environment: [String: String]) async -> TerraformTool? {
    let settings = TerraformEnvironment(environment).variables
    let answer = try? await Subprocess.run(
      .path(.init(path)), arguments: ["version"], environment: settings, input: .none, output: .string(limit: 1 << 20),
      error: .discarded)
    guard let text = answer?.standardOutput, let (kind, version) = TerraformVersion.read(text) else { return nil }
    return TerraformTool(kind: kind, path: path, version: version)
  }

  private static func missing(tooOld: [TerraformTool]) -> TerraformError {
    let found =
      tooOld.isEmpty
      ? "neither terraform nor tofu is in the PATH"
      : tooOld.map { "\($0.path) is \($0.name)" }.joined(separator: " and ") + ", which is too old"
    return TerraformError(
      .toolMissing,
      """
      Terraform or OpenTofu \(TerraformVersion.oldest.major).\(TerraformVersion.oldest.minor) or newer is needed: \(found)
        macOS:   brew install hashicorp/tap/terraform      (or: brew install opentofu)
        Linux:   https://developer.hashicorp.com/terraform/install
        another: PALCO_TERRAFORM=/path/to/terraform
      """)
  }
}
