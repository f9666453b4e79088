import AWSWire
import Foundation
import HTTPTypes

/// Reads who signed a request, and verifies the signature when the daemon is asked to.
struct SignatureCheck: Sendable {
  private let verifier: SigV4Verifier?

  /// Whether signatures are verified, and not only read.
  var isVerifying: Bool { verifier != nil }

  /// Signatures are read, so that a malformed one is refused as on AWS, and unsigned requests are accepted.
  static let reading = SignatureCheck(verifier: nil)

  /// Only requests that one of the keys signed are accepted.
  static func verifying(_ secret: @escaping @Sendable (_ accessKey: String) -> String?) -> SignatureCheck {
    SignatureCheck(verifier: SigV4Verifier(secret: secret))
  }

  /// Who signed a request; `nil` for a request without a signature that need not have one.
  ///
  /// - Parameter body: The body as it was sent: compressed, if it was.
  func check(_ head: HTTPRequest, body: Data, at instant: Date) throws(SigV4Failure) -> SigV4Authorization? {
    // Hashed only if somebody looks at it.
    try check(head, bodyHash: verifier == nil ? "" : SigV4Signer.hash(of: body), at: instant)
  }

  /// Who signed a request whose body has yet to come; `nil` for one without a signature that need not have one.
  ///
  /// - Parameter bodyHash: The body's hash, as it is or as the request says that it is.
  func check(_ head: HTTPRequest, bodyHash: String, at instant: Date) throws(SigV4Failure) -> SigV4Authorization? {
    var headers = head.headerFields.map { (name: $0.name.canonicalName, value: $0.value) }
    if let authority = head.authority { headers.append((name: "host", value: authority)) }
    let target = head.path ?? "/"
    let mark = target.firstIndex(of: "?") ?? target.endIndex
    let query = String(target[mark...].dropFirst())
    guard let verifier else { return try SigV4Authorization.read(query: query, headers: headers) }
    return try verifier.verify(
      method: head.method.rawValue, path: String(target[..<mark]), query: query, headers: headers,
      bodyHash: bodyHash, date: instant)
  }
}
