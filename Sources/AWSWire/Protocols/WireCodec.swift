import Foundation

/// Turns typed requests and answers into bytes of one AWS wire protocol, in both directions.
///
/// The client uses the `encodeRequest` and `decodeResponse` half, a server the other. No sockets here.
public protocol WireCodec: Sendable {
  /// The body, the content type and the protocol's own headers (such as `X-Amz-Target`) of a request.
  func encodeRequest<R: AWSRequest>(_ request: R) throws -> EncodedMessage
  /// Reads a request.
  ///
  /// - Throws: ``AWSError`` with the protocol's own code (`SerializationException`, `MalformedQueryString`,
  ///   `ValidationError`, `InvalidParameterException`) for a body that is no such request.
  func decodeRequest<R: AWSRequest>(_ type: R.Type, from body: Data) throws -> R
  /// The bytes of an answer.
  func encodeResponse<R: AWSRequest>(_ response: R.Response, to type: R.Type, requestID: String) throws
    -> EncodedMessage
  /// Reads an answer.
  func decodeResponse<R: AWSRequest>(to type: R.Type, from body: Data) throws -> R.Response
  /// The bytes of an error in the protocol's envelope.
  func encodeError(_ error: AWSError, requestID: String) -> EncodedMessage
  /// Reads an error envelope; never fails: what cannot be read becomes `UnknownError` with the HTTP status.
  func decodeError(status: Int, headers: [(name: String, value: String)], body: Data) -> AWSError
}

/// A body with the headers that its protocol demands.
public struct EncodedMessage: Sendable {
  /// Header fields in order, `Content-Type` first.
  public var headers: [(name: String, value: String)]
  /// The body.
  public var body: Data

  /// Makes a message.
  public init(headers: [(name: String, value: String)], body: Data) {
    self.headers = headers
    self.body = body
  }
}
