/// An error as AWS puts it on the wire: a code, a message for people, and an HTTP status.
///
/// A message never holds a secret.
public struct AWSError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The error code, such as `ClusterNotFoundException`.
  public var code: String
  /// The message for people.
  public var message: String
  /// The HTTP status: 4xx is the caller's fault, 5xx the server's.
  public var httpStatus: Int
  /// The request's identifier, when the answer carried one.
  public var requestID: String?

  /// Makes an error; the status defaults to 400, which AWS uses for most client errors.
  public init(_ code: String, _ message: String, httpStatus: Int = 400, requestID: String? = nil) {
    self.code = code
    self.message = message
    self.httpStatus = httpStatus
    self.requestID = requestID
  }

  public var description: String { "\(code): \(message)" }
}
