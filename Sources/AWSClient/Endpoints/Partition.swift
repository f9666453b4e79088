/// A part of AWS that stands alone: own accounts, own domain.
///
/// https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
public struct Partition: Sendable, Equatable {
  /// As in ARNs: `aws`, `aws-cn`, `aws-us-gov`.
  public let name: String
  /// The domain of endpoints, such as `amazonaws.com`.
  public let dnsSuffix: String
  /// The domain of endpoints that also answer over IPv6.
  public let dualStackDNSSuffix: String
  /// How the names of its regions begin.
  private let prefixes: [String]

  /// The partition of a region; AWS's own for one that is not known.
  public init(region: String) {
    self = Self.others.first { $0.prefixes.contains { region.hasPrefix($0) } } ?? .aws
  }

  private init(_ name: String, _ dnsSuffix: String, dualStack: String, prefixes: [String]) {
    self.name = name
    self.dnsSuffix = dnsSuffix
    self.dualStackDNSSuffix = dualStack
    self.prefixes = prefixes
  }

  private static let aws = Partition("aws", "amazonaws.com", dualStack: "api.aws", prefixes: [])
  private static let others = [
    Partition("aws-cn", "amazonaws.com.cn", dualStack: "api.amazonwebservices.com.cn", prefixes: ["cn-"]),
    Partition("aws-us-gov", "amazonaws.com", dualStack: "api.aws", prefixes: ["us-gov-", "aws-us-gov-"]),
    Partition("aws-eusc", "amazonaws.eu", dualStack: "api.amazonwebservices.eu", prefixes: ["eusc-"]),
    Partition("aws-iso", "c2s.ic.gov", dualStack: "api.aws.ic.gov", prefixes: ["us-iso-"]),
    Partition("aws-iso-b", "sc2s.sgov.gov", dualStack: "api.aws.scloud", prefixes: ["us-isob-"]),
    Partition("aws-iso-e", "cloud.adc-e.uk", dualStack: "api.cloud-aws.adc-e.uk", prefixes: ["eu-isoe-"]),
    Partition("aws-iso-f", "csp.hci.ic.gov", dualStack: "api.aws.hci.ic.gov", prefixes: ["us-isof-"]),
  ]
}
