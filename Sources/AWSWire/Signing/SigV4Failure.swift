/// Why a request's signature is not accepted.
public enum SigV4Failure: Error, Sendable, Equatable, CustomStringConvertible {
  /// It carries no signature.
  case missing
  /// The signature lacks a part or one cannot be read.
  case incomplete(String)
  /// Nobody has this access key.
  case unknownAccessKey
  /// It is signed with another secret, or was changed on its way.
  case mismatch(String)
  /// It was signed too long ago, or for an instant to come.
  case outOfTime(String)

  static let wrongSignature = SigV4Failure.mismatch(
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key "
      + "and signing method. Consult the service documentation for details.")

  public var description: String {
    switch self {
    case .missing: "Request is missing Authentication Token"
    case .unknownAccessKey: "The security token included in the request is invalid."
    case .incomplete(let message), .mismatch(let message), .outOfTime(let message): message
    }
  }

  /// The error as services of a protocol word it: JSON services answer 400 and names ending in `Exception`,
  /// Query services 403.
  ///
  /// https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html
  public func awsError(for wireProtocol: AWSService.WireProtocol) -> AWSError {
    let isJSON = if case .query = wireProtocol { false } else { true }
    let (json, query) =
      switch self {
      case .missing: ("MissingAuthenticationTokenException", "MissingAuthenticationToken")
      case .incomplete: ("IncompleteSignatureException", "IncompleteSignature")
      case .unknownAccessKey: ("UnrecognizedClientException", "InvalidClientTokenId")
      case .mismatch, .outOfTime: ("InvalidSignatureException", "SignatureDoesNotMatch")
      }
    return AWSError(isJSON ? json : query, description, httpStatus: isJSON ? 400 : 403)
  }
}
