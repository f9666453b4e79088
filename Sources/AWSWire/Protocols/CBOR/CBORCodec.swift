import Foundation

/// Smithy RPC v2 CBOR: the path names service and operation, bodies are CBOR, instants have tag 1.
///
/// https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html
public struct CBORCodec: WireCodec {
  /// What the header `Smithy-Protocol` says in requests and answers.
  public static let protocolName = "rpc-v2-cbor"

  /// The service as paths name it.
  public let serviceName: String
  /// See ``AWSService/queryErrorCodes``.
  private let queryErrorCodes: [String: String]

  /// Makes a codec.
  public init(serviceName: String, queryErrorCodes: [String: String] = [:]) {
    self.serviceName = serviceName
    self.queryErrorCodes = queryErrorCodes
  }

  /// The path of an operation.
  public func path(of operation: String) -> String { "/service/\(serviceName)/operation/\(operation)" }

  private static let contentType = (name: "Content-Type", value: "application/cbor")
  private static let marker = (name: "smithy-protocol", value: protocolName)

  public func encodeRequest<R: AWSRequest>(_ request: R) throws -> EncodedMessage {
    EncodedMessage(
      headers: [Self.contentType, Self.marker, ("Accept", Self.contentType.value)],
      body: try CBOREncoder.encode(request).encoded)
  }

  /// Reads a request.
  ///
  /// - Throws: ``AWSError``: `SerializationException` for what is no CBOR or of wrong types, `ValidationException` for a
  ///   required member that is missing.
  public func decodeRequest<R: AWSRequest>(_ type: R.Type, from body: Data) throws -> R {
    do {
      let value = body.isEmpty ? .map([]) : try CBORParser.parse(body)
      guard case .map = value else { throw AWSError("SerializationException", "The request body is no map.") }
      return try CBORDecoder.decode(type, from: value)
    } catch let failure as CBORParser.Failure {
      throw AWSError("SerializationException", "\(failure)")
    } catch DecodingError.keyNotFound(let key, let context) {
      throw AWSError.missing(context.codingPath + [key])
    } catch DecodingError.typeMismatch(let type, let context) {
      throw AWSError("SerializationException", "\(QueryName.inMessages(context.codingPath)) is no \(type).")
    } catch let error as DecodingError {
      throw AWSError("SerializationException", "The request could not be read: \(error)")
    }
  }

  public func encodeResponse<R: AWSRequest>(_ response: R.Response, to type: R.Type, requestID: String) throws
    -> EncodedMessage
  {
    // An operation without an output answers no body and no content type.
    let isEmpty = R.Response.self == EmptyResponse.self
    return EncodedMessage(
      headers: (isEmpty ? [] : [Self.contentType]) + [Self.marker, ("x-amzn-RequestId", requestID)],
      body: isEmpty ? Data() : try CBOREncoder.encode(response).encoded)
  }

  public func decodeResponse<R: AWSRequest>(to type: R.Type, from body: Data) throws -> R.Response {
    try CBORDecoder.decode(R.Response.self, from: body.isEmpty ? .map([]) : try CBORParser.parse(body))
  }

  public func encodeError(_ error: AWSError, requestID: String) -> EncodedMessage {
    EncodedMessage(
      headers: [Self.contentType, Self.marker, ("x-amzn-RequestId", requestID)] + error.queryHeader(queryErrorCodes),
      body: CBORValue.map([("__type", .text(error.code)), ("message", .text(error.message))]).encoded)
  }

  public func decodeError(status: Int, headers: [(name: String, value: String)], body: Data) -> AWSError {
    let value = try? CBORParser.parse(body)
    func text(_ name: String) -> String? {
      guard case .text(let text)? = value?[name] else { return nil }
      return text
    }
    return AWSError(
      text("__type")?.split(separator: "#").last.map(String.init) ?? "UnknownError",
      text("message") ?? text("Message") ?? "HTTP \(status)", httpStatus: status,
      requestID: headers.first { $0.name.lowercased() == "x-amzn-requestid" }?.value)
  }
}
