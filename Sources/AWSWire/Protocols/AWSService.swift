/// What a client and a server must know of one AWS service to speak with it.
public struct AWSService: Sendable, Hashable {
  /// The wire protocols of AWS that Palco speaks.
  public enum WireProtocol: Sendable, Hashable {
    /// `X-Amz-Target: <targetPrefix>.<Operation>` with a JSON body; `version` is `1.0` or `1.1`.
    case json(version: String, targetPrefix: String)
    /// `Action=<Operation>&Version=<version>` as a form, answered in XML of the namespace.
    case query(version: String, namespace: String)
    /// `POST /service/<serviceName>/operation/<Operation>` with a body in CBOR.
    case cbor(serviceName: String)
  }

  /// The name in messages and documentation, such as `ECS`.
  public let name: String
  /// The name in a SigV4 credential scope, such as `elasticloadbalancing`.
  public let signingName: String
  /// The first label of the regional endpoint, such as `api.ecr` in `api.ecr.eu-west-1.amazonaws.com`.
  public let endpointPrefix: String
  /// The protocol that Palco's own client speaks.
  public let wireProtocol: WireProtocol
  /// The other protocols in which a server must answer.
  public let otherProtocols: [WireProtocol]
  /// For a service that began with Query and left it: the code in Query of each error, by the name of its shape.
  /// Such a service throws shape names; JSON and CBOR then tell the old code in `x-amzn-query-error`.
  ///
  /// https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#aws-protocols-awsquerycompatible-trait
  public let queryErrorCodes: [String: String]

  /// Describes a service.
  public init(
    name: String, signingName: String, endpointPrefix: String, wireProtocol: WireProtocol,
    otherProtocols: [WireProtocol] = [], queryErrorCodes: [String: String] = [:]
  ) {
    self.name = name
    self.signingName = signingName
    self.endpointPrefix = endpointPrefix
    self.wireProtocol = wireProtocol
    self.otherProtocols = otherProtocols
    self.queryErrorCodes = queryErrorCodes
  }

  /// Every protocol in which a server must answer, Palco's own first.
  public var allProtocols: [WireProtocol] { [wireProtocol] + otherProtocols }
}

extension AWSService {
  /// The codec of one of the service's protocols.
  public func codec(for wireProtocol: WireProtocol) -> any WireCodec {
    switch wireProtocol {
    case .json(let version, let prefix):
      JSONCodec(version: version, targetPrefix: prefix, queryErrorCodes: queryErrorCodes)
    case .query(let version, let namespace):
      QueryCodec(version: version, namespace: namespace, errorCodes: queryErrorCodes)
    case .cbor(let serviceName): CBORCodec(serviceName: serviceName, queryErrorCodes: queryErrorCodes)
    }
  }

  /// The codec of the protocol that Palco's own client speaks.
  public var codec: any WireCodec { codec(for: wireProtocol) }
}

extension AWSError {
  /// The header that tells the Query code in another protocol; none for a service that never spoke Query.
  func queryHeader(_ codes: [String: String]) -> [(name: String, value: String)] {
    codes.isEmpty
      ? [] : [("x-amzn-query-error", "\(codes[code] ?? code);\(httpStatus < 500 ? "Sender" : "Receiver")")]
  }

  /// What a service that began with Query answers to a request without a required member.
  static func missing(_ path: [any CodingKey]) -> AWSError {
    AWSError(
      "ValidationException",
      "1 validation error detected: Value null at '\(QueryName.inMessages(path))' failed to satisfy constraint: "
        + "Member must not be null")
  }
}
