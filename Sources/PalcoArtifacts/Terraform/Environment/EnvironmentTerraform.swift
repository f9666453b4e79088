import PalcoBlueprint

/// The root module of one environment: everything between an account with a state bucket and a service that waits for
/// its first release.
///
/// Values refer to each other, so that Terraform knows the order and a reviewer the reason. What ECS and the auto
/// scaler change is ignored by literals, chosen for the environment's release strategy (see ``MutatedByECS``).
public struct EnvironmentTerraform: Sendable {
  let blueprint: Blueprint
  let aws: AWSInfrastructure

  /// A generator for an environment on AWS.
  ///
  /// - Throws: ``ArtifactError`` with `notOnAWS` when the environment's target is another
  public init(_ blueprint: Blueprint) throws(ArtifactError) {
    guard let aws = blueprint.aws else { throw .notOnAWS(environment: blueprint.environment) }
    self.blueprint = blueprint
    self.aws = aws
  }

  /// The module, with the scanners' accepted exceptions beside what they are about.
  public func module() -> TerraformModule {
    let files = [
      versions(), provider(), variables(), network(), endpoints(), security(), key(), balancer(), dns(), cluster(),
      capacity(), task(), service(), scaling(), database(), access(), iam(), logs(), alarms(), dashboard(), outputs(),
    ]
    return ScannerExceptions.annotate(TerraformModule(files: files).moving(), for: aws)
  }

  // MARK: What several files need

  var names: ResourceNames { blueprint.names }
  var prefix: String { aws.names.prefix }
  /// The zones' numbers.
  var zones: Range<Int> { 0..<aws.network.zones }
  /// Whether the environment has a KMS key of its own.
  var hasKey: Bool { aws.logs.encryptedWithOwnKey }

  /// A zone's letter in names: the first zone that the region lists is `a`, whatever AWS calls it.
  static func letter(_ zone: Int) -> String { String(UnicodeScalar(UInt8(ascii: "a") + UInt8(zone))) }

  /// A zone's name.
  func zoneName(_ zone: Int) -> TerraformValue { Addresses.zones["names[\(zone)]"] }

  /// The `Name` tag; the others come from the provider's default tags.
  func tagged(_ suffix: String) -> TerraformItem {
    set("tags", ["Name": "\(suffix.isEmpty ? prefix : "\(prefix)-\(suffix)")"])
  }
}

/// Why a file could not be made.
public enum ArtifactError: Error, Equatable, CustomStringConvertible {
  /// The environment does not live on AWS.
  case notOnAWS(environment: String)
  /// No environment lives on AWS.
  case noEnvironmentOnAWS
  /// A version of the AWS provider that the files are not made for.
  case unusableProvider(String)

  public var description: String {
    switch self {
    case .notOnAWS(let environment):
      "the environment '\(environment)' does not live on AWS; give it `target: aws` and a `region` in palco.yml"
    case .noEnvironmentOnAWS: "no environment of palco.yml has `target: aws`"
    case .unusableProvider(let version):
      "'\(version)' is no version of the AWS provider that the files can be made for; name one as in 6.62.0"
    }
  }
}
