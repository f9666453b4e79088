import AWSWire
import Foundation

/// Which AWS to speak to, and as whom.
public struct AWSConfiguration: Sendable {
  /// The region, such as `eu-west-1`.
  public var region: String
  /// One endpoint for every service, as a local cloud has it; `nil` for AWS's own, one a service.
  public var endpoint: URL?
  /// Endpoints of single services by signing name (`ecs`, `elasticloadbalancing`), before `endpoint`.
  public var serviceEndpoints: [String: URL]
  /// Whether AWS's endpoints are those with FIPS 140 cryptography.
  public var usesFIPS: Bool
  /// Whether AWS's endpoints are those that also answer over IPv6.
  public var usesDualStack: Bool
  /// Where credentials come from.
  public var credentials: any CredentialsProvider

  /// Makes a configuration.
  public init(
    region: String, endpoint: URL? = nil, serviceEndpoints: [String: URL] = [:], usesFIPS: Bool = false,
    usesDualStack: Bool = false, credentials: any CredentialsProvider
  ) {
    self.region = region
    self.endpoint = endpoint
    self.serviceEndpoints = serviceEndpoints
    self.usesFIPS = usesFIPS
    self.usesDualStack = usesDualStack
    self.credentials = credentials
  }

  /// Where a service is.
  ///
  /// - Throws: ``AWSClientError/configuration(_:)`` for a region that cannot be one.
  public func endpoint(of service: AWSService) throws(AWSClientError) -> URL {
    if let url = serviceEndpoints[service.signingName] ?? endpoint { return url }
    // It becomes a part of a host: 'evil.example/' must not.
    guard !region.isEmpty, region.utf8.allSatisfy({ Self.regionCharacters.contains($0) }),
      let url = URL(string: "https://\(host(of: service))")
    else { throw .configuration("'\(region)' is no AWS region, such as eu-west-1") }
    return url
  }

  private static let regionCharacters = Set("abcdefghijklmnopqrstuvwxyz0123456789-".utf8)

  private func host(of service: AWSService) -> String {
    let partition = Partition(region: region)
    var prefix = service.endpointPrefix
    // The registry's API dropped its `api.` there.
    if usesDualStack, prefix == "api.ecr" { prefix = "ecr" }
    if usesFIPS, !isFIPSAnyway(service, in: partition) { prefix += "-fips" }
    return "\(prefix).\(region).\(usesDualStack ? partition.dualStackDNSSuffix : partition.dnsSuffix)"
  }

  /// The ordinary endpoints of some services in GovCloud are of FIPS already, and they have no others.
  private func isFIPSAnyway(_ service: AWSService, in partition: Partition) -> Bool {
    guard partition.name == "aws-us-gov" else { return false }
    return service.signingName == "monitoring"
      || (!usesDualStack
        && ["sts", "logs", "elasticloadbalancing", "awsssoportal", "sso-oauth"].contains(service.signingName))
  }
}
