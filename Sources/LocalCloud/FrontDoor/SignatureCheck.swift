import AWSWire
import Foundation
import HTTPTypes

/// Reads who signed a request, and verifies the signature when the daemon is asked to.
struct SignatureCheck: Sendable {
  /// Who signed, and for which service.
  struct Caller: Sendable, Equatable {
    var accessKey: String
    var service: String
  }

  /// Reads the caller; `nil` for a request without a signature.
  func check(_ head: HTTPRequest, body: Data, at instant: Date) throws -> Caller? {
    guard let header = head.headerFields[.authorization], header.hasPrefix("AWS4-HMAC-SHA256") else { return nil }
    let scope = header.split { $0 == " " || $0 == "," }.first { $0.hasPrefix("Credential=") }?
      .dropFirst("Credential=".count).split(separator: "/", omittingEmptySubsequences: false)
    guard let scope, scope.count == 5 else {
      throw AWSError(
        "IncompleteSignature", "Authorization header requires 'Credential' parameter of five parts.", httpStatus: 400)
    }
    return Caller(accessKey: String(scope[0]), service: String(scope[3]))
  }
}
