import Crypto
import Foundation

/// What a signature is good for: one day, one region, one service.
struct SigV4Scope: Sendable, Equatable {
  /// `YYYYMMDD`.
  var day: String
  var region: String
  var service: String

  var text: String { "\(day)/\(region)/\(service)/aws4_request" }

  /// The key of this scope, derived from the secret key.
  func signingKey(secretKey: String) -> SymmetricKey {
    var key = SymmetricKey(data: Data("AWS4\(secretKey)".utf8))
    for part in [day, region, service, "aws4_request"] {
      key = SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Data(part.utf8), using: key))
    }
    return key
  }
}

/// Instants as `X-Amz-Date` has them: `20150830T123600Z`.
enum SigV4Timestamp {
  private static let style = Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted)

  static func text(_ date: Date) -> String { style.format(date) }

  static func date(_ text: String) -> Date? {
    text.utf8.count == 16 ? try? style.parse(text) : nil
  }
}
