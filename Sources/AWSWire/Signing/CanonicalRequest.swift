import Crypto
import Foundation

/// The one form of a request that both sides of Signature Version 4 hash.
///
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
struct CanonicalRequest {
  /// The text that is hashed.
  let text: String

  /// - Parameters:
  ///   - service: The service's signing name: S3 hashes paths in another way.
  ///   - path: The path as it is sent, percent-encoded.
  ///   - query: The query as it is sent, without `?`.
  ///   - headers: Every field of the request, in order.
  ///   - signedHeaders: Lower-case names of the fields that count, sorted.
  ///   - payloadHash: Lower-case hexadecimal SHA-256 of the body, or `UNSIGNED-PAYLOAD`.
  init(
    service: String, method: String, path: String, query: String, headers: [(name: String, value: String)],
    signedHeaders: [String], payloadHash: String
  ) {
    var values: [String: [String]] = [:]
    for (name, value) in headers { values[name.lowercased(), default: []].append(Self.trimmed(value)) }
    let fields = signedHeaders.map { "\($0):\((values[$0] ?? []).joined(separator: ","))\n" }.joined()
    text = [
      method.uppercased(), service == S3.signingName ? Self.pathOfS3(path) : Self.path(path), Self.query(query), fields,
      signedHeaders.joined(separator: ";"),
      payloadHash,
    ].joined(separator: "\n")
  }

  /// The text that the signature is made of.
  func stringToSign(timestamp: String, scope: SigV4Scope) -> String {
    let hash = PercentEncoding.hexadecimal(SHA256.hash(data: Data(text.utf8)))
    return ["AWS4-HMAC-SHA256", timestamp, scope.text, hash].joined(separator: "\n")
  }

  /// Encoded once: of a key, every slash and every dot counts.
  static func pathOfS3(_ sent: String) -> String {
    PercentEncoding.encode(sent.removingPercentEncoding ?? sent, keeping: "/")
  }

  /// Without empty and dot segments, and encoded once more.
  static func path(_ sent: String) -> String {
    var segments: [Substring] = []
    for segment in sent.split(separator: "/") where segment != "." {
      if segment == ".." { _ = segments.popLast() } else { segments.append(segment) }
    }
    let normal = "/" + segments.joined(separator: "/") + (sent.hasSuffix("/") && !segments.isEmpty ? "/" : "")
    return PercentEncoding.encode(normal, keeping: "/")
  }

  /// Decoded, encoded in AWS's one way, and sorted by the encoded names, then values.
  static func query(_ sent: String) -> String {
    sent.split(separator: "&").map { pair -> (String, String) in
      let (name, value) = PercentEncoding.pair(pair)
      return (PercentEncoding.encode(name), PercentEncoding.encode(value))
    }
    .sorted {
      $0.0 == $1.0 ? $0.1.utf8.lexicographicallyPrecedes($1.1.utf8) : $0.0.utf8.lexicographicallyPrecedes($1.0.utf8)
    }
    .map { "\($0.0)=\($0.1)" }
    .joined(separator: "&")
  }

  private static func trimmed(_ value: String) -> String {
    // Lines that go on (obs-fold of RFC 9112) are one value too.
    value.split { $0 == " " || $0 == "\t" || $0.isNewline }.joined(separator: " ")
  }
}
