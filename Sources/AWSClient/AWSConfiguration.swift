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
  /// Where credentials come from.
  public var credentials: any CredentialsProvider

  /// Makes a configuration.
  public init(
    region: String, endpoint: URL? = nil, serviceEndpoints: [String: URL] = [:],
    credentials: any CredentialsProvider
  ) {
    self.region = region
    self.endpoint = endpoint
    self.serviceEndpoints = serviceEndpoints
    self.credentials = credentials
  }

  /// Where a service is.
  public func endpoint(of service: AWSService) throws(AWSClientError) -> URL {
    if let url = serviceEndpoints[service.signingName] ?? endpoint { return url }
    let suffix = region.hasPrefix("cn-") ? "amazonaws.com.cn" : "amazonaws.com"
    guard let url = URL(string: "https://\(service.endpointPrefix).\(region).\(suffix)") else {
      throw .configuration("'\(region)' is no AWS region")
    }
    return url
  }
}
