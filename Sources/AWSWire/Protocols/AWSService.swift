/// What a client and a server must know of one AWS service to speak with it.
public struct AWSService: Sendable, Hashable {
  /// The wire protocols of AWS that Palco speaks.
  public enum WireProtocol: Sendable, Hashable {
    /// `X-Amz-Target: <targetPrefix>.<Operation>` with a JSON body; `version` is `1.0` or `1.1`.
    case json(version: String, targetPrefix: String)
    /// `Action=<Operation>&Version=<version>` as a form, answered in XML of the namespace.
    case query(version: String, namespace: String)
  }

  /// The name in messages and documentation, such as `ECS`.
  public let name: String
  /// The name in a SigV4 credential scope, such as `elasticloadbalancing`.
  public let signingName: String
  /// The first label of the regional endpoint, such as `api.ecr` in `api.ecr.eu-west-1.amazonaws.com`.
  public let endpointPrefix: String
  /// The protocol that Palco's own client speaks.
  public let wireProtocol: WireProtocol

  /// Describes a service.
  public init(name: String, signingName: String, endpointPrefix: String, wireProtocol: WireProtocol) {
    self.name = name
    self.signingName = signingName
    self.endpointPrefix = endpointPrefix
    self.wireProtocol = wireProtocol
  }
}
