import Crypto
import Foundation

/// Checks the signatures of requests, on the side of a server.
///
/// Signatures hold for five minutes before and after the instant they were made for. `X-Amz-Date` is demanded;
/// the older `Date` alone is not enough.
public struct SigV4Verifier: Sendable {
  private let secret: @Sendable (_ accessKey: String) -> String?

  /// How far the clocks of both sides may be apart, in seconds.
  public static let clockSkew: TimeInterval = 300

  /// Makes a verifier.
  ///
  /// - Parameter secret: The secret key of an access key; `nil` for a key that nobody has.
  public init(secret: @escaping @Sendable (_ accessKey: String) -> String?) {
    self.secret = secret
  }

  /// Checks a request.
  ///
  /// - Parameters:
  ///   - path: The path as it came, percent-encoded.
  ///   - query: The query as it came, without `?`.
  ///   - headers: Every field as it came, with `Host`.
  ///   - bodyHash: ``SigV4Signer/hash(of:)`` of the body as it came.
  ///   - date: The present instant.
  /// - Returns: Who signed.
  /// - Throws: ``SigV4Failure``.
  @discardableResult
  public func verify(
    method: String, path: String, query: String, headers: [(name: String, value: String)], bodyHash: String, date: Date
  ) throws(SigV4Failure) -> SigV4Authorization {
    guard let claim = try SigV4Authorization.read(query: query, headers: headers) else { throw .missing }
    guard let secretKey = secret(claim.accessKey) else { throw .unknownAccessKey }
    try checkTime(of: claim, at: date)
    try checkSignedHeaders(of: claim, in: headers)

    let declared = headers.first { $0.name.lowercased() == "x-amz-content-sha256" }?.value
    if let declared, declared != SigV4Signer.unsignedPayload, declared != bodyHash { throw .wrongSignature }
    let request = CanonicalRequest(
      service: claim.service, method: method, path: path, query: Self.withoutSignature(query), headers: headers,
      signedHeaders: claim.signedHeaders, payloadHash: declared ?? bodyHash)
    // Compares in constant time.
    guard let signature = PercentEncoding.bytes(hexadecimal: claim.signature),
      HMAC<SHA256>.isValidAuthenticationCode(
        signature, authenticating: Data(request.stringToSign(timestamp: claim.timestamp, scope: claim.scope).utf8),
        using: claim.scope.signingKey(secretKey: secretKey))
    else { throw .wrongSignature }
    return claim
  }

  private func checkTime(of claim: SigV4Authorization, at now: Date) throws(SigV4Failure) {
    guard let signedAt = SigV4Timestamp.date(claim.timestamp) else {
      throw .incomplete("Date must be in ISO-8601 'basic format'. Got '\(claim.timestamp)'.")
    }
    guard claim.timestamp.hasPrefix(claim.day) else {
      throw .mismatch(
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
          + "'\(claim.day)' != '\(claim.timestamp.prefix(8))', from '\(claim.timestamp)'.")
    }
    let text = SigV4Timestamp.text(now)
    if signedAt > now + Self.clockSkew {
      let bound = SigV4Timestamp.text(now + Self.clockSkew)
      throw .outOfTime(
        "Signature not yet current: \(claim.timestamp) is still later than \(bound) (\(text) + 5 min.)")
    }
    let lifetime = claim.expiresIn.map(TimeInterval.init) ?? Self.clockSkew
    if signedAt < now - lifetime {
      let bound = SigV4Timestamp.text(now - lifetime)
      let span = claim.expiresIn.map { "\($0) s" } ?? "5 min."
      throw .outOfTime("Signature expired: \(claim.timestamp) is now earlier than \(bound) (\(text) - \(span))")
    }
  }

  /// An unsigned `X-Amz-Target` would let anybody turn one operation into another.
  private func checkSignedHeaders(of claim: SigV4Authorization, in headers: [(name: String, value: String)])
    throws(SigV4Failure)
  {
    let signed = Set(claim.signedHeaders)
    guard signed.contains("host") else {
      throw .mismatch("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.")
    }
    for (name, _) in headers where name.lowercased().hasPrefix("x-amz-") && !signed.contains(name.lowercased()) {
      throw .mismatch("'\(name)' must be a 'SignedHeader' in the AWS Authorization.")
    }
  }

  private static func withoutSignature(_ query: String) -> String {
    query.split(separator: "&").filter { !$0.hasPrefix("X-Amz-Signature=") }.joined(separator: "&")
  }
}
