import Crypto
import Foundation

/// Signs requests with AWS Signature Version 4.
///
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
public struct SigV4Signer: Sendable {
  /// The keys.
  public var credentials: SigV4Credentials
  /// The region, such as `eu-west-1`.
  public var region: String
  /// The service's signing name, such as `elasticloadbalancing`.
  public var service: String

  /// Makes a signer.
  public init(credentials: SigV4Credentials, region: String, service: String) {
    self.credentials = credentials
    self.region = region
    self.service = service
  }

  /// The fields that a request needs besides its own: `X-Amz-Date`, for temporary credentials
  /// `X-Amz-Security-Token`, and `Authorization`.
  ///
  /// - Parameters:
  ///   - path: The path as it is sent, percent-encoded.
  ///   - query: The query as it is sent, without `?`.
  ///   - headers: The fields to sign, with `Host`.
  ///   - bodyHash: The body's hash, of ``hash(of:)``, or ``unsignedPayload``.
  ///   - date: The instant; a server accepts the signature for five minutes around it.
  public func sign(
    method: String, path: String, query: String = "", headers: [(name: String, value: String)], bodyHash: String,
    date: Date
  ) -> [(name: String, value: String)] {
    let timestamp = SigV4Timestamp.text(date)
    var added = [(name: "X-Amz-Date", value: timestamp)]
    if let token = credentials.sessionToken { added.append((name: "X-Amz-Security-Token", value: token)) }
    let all = headers + added
    let signed = Set(all.map { $0.name.lowercased() }).sorted()
    let scope = SigV4Scope(day: String(timestamp.prefix(8)), region: region, service: service)
    let request = CanonicalRequest(
      service: service, method: method, path: path, query: query, headers: all, signedHeaders: signed,
      payloadHash: bodyHash)
    let signature = self.signature(of: request, timestamp: timestamp, scope: scope)
    let authorization = """
      AWS4-HMAC-SHA256 Credential=\(credentials.accessKey)/\(scope.text), \
      SignedHeaders=\(signed.joined(separator: ";")), Signature=\(signature)
      """
    return added + [(name: "Authorization", value: authorization)]
  }

  private func signature(of request: CanonicalRequest, timestamp: String, scope: SigV4Scope) -> String {
    let code = HMAC<SHA256>.authenticationCode(
      for: Data(request.stringToSign(timestamp: timestamp, scope: scope).utf8),
      using: scope.signingKey(secretKey: credentials.secretKey))
    return PercentEncoding.hexadecimal(code)
  }

  /// The hash that ``sign(method:path:query:headers:bodyHash:date:)`` and ``SigV4Verifier`` take of a body.
  public static func hash(of body: some DataProtocol) -> String {
    PercentEncoding.hexadecimal(SHA256.hash(data: body))
  }

  /// Stands for the hash of a body that is not signed.
  public static let unsignedPayload = "UNSIGNED-PAYLOAD"
}
