import Foundation

/// AWS JSON 1.0 and 1.1: `X-Amz-Target` names the operation, timestamps are epoch seconds.
///
/// https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
public struct JSONCodec: WireCodec {
  /// `1.0` or `1.1`.
  public let version: String
  /// What stands before the operation in `X-Amz-Target`.
  public let targetPrefix: String
  /// See ``AWSService/queryErrorCodes``.
  private let queryErrorCodes: [String: String]

  /// Makes a codec.
  public init(version: String, targetPrefix: String, queryErrorCodes: [String: String] = [:]) {
    self.version = version
    self.targetPrefix = targetPrefix
    self.queryErrorCodes = queryErrorCodes
  }

  private var contentType: String { "application/x-amz-json-\(version)" }

  public func encodeRequest<R: AWSRequest>(_ request: R) throws -> EncodedMessage {
    EncodedMessage(
      headers: [("Content-Type", contentType), ("X-Amz-Target", "\(targetPrefix).\(R.operation)")],
      body: try Self.encoder().encode(request))
  }

  public func decodeRequest<R: AWSRequest>(_ type: R.Type, from body: Data) throws -> R {
    // A shape without required members would be read out of any JSON.
    if let first = body.first(where: { !Self.whitespace.contains($0) }), first != UInt8(ascii: "{") {
      throw AWSError("SerializationException", "The request body is not a JSON object.")
    }
    do {
      return try Self.decoder().decode(R.self, from: body.isEmpty ? Data("{}".utf8) : body)
    } catch DecodingError.keyNotFound(let key, let context) where !queryErrorCodes.isEmpty {
      throw AWSError.missing(context.codingPath + [key])
    } catch let error as DecodingError {
      throw Self.wireError(error)
    }
  }

  public func encodeResponse<R: AWSRequest>(_ response: R.Response, to type: R.Type, requestID: String) throws
    -> EncodedMessage
  {
    EncodedMessage(
      headers: [("Content-Type", contentType), ("x-amzn-RequestId", requestID)],
      body: R.Response.self == EmptyResponse.self ? Data("{}".utf8) : try Self.encoder().encode(response))
  }

  public func decodeResponse<R: AWSRequest>(to type: R.Type, from body: Data) throws -> R.Response {
    try Self.decoder().decode(R.Response.self, from: body.isEmpty ? Data("{}".utf8) : body)
  }

  public func encodeError(_ error: AWSError, requestID: String) -> EncodedMessage {
    // Two strings always encode; an empty object is what a client can still read.
    let body = (try? Self.encoder().encode(Envelope(type: error.code, message: error.message))) ?? Data("{}".utf8)
    return EncodedMessage(
      headers: [
        ("Content-Type", contentType), ("x-amzn-RequestId", requestID), ("x-amzn-ErrorType", error.code),
      ] + error.queryHeader(queryErrorCodes), body: body)
  }

  public func decodeError(status: Int, headers: [(name: String, value: String)], body: Data) -> AWSError {
    func header(_ name: String) -> String? { headers.first { $0.name.lowercased() == name }?.value }
    let envelope = try? Self.decoder().decode(Envelope.self, from: body)
    // `__type` may be `com.amazonaws.ecs#ClusterNotFoundException`, the header `Name:http://…`.
    let code = (envelope?.type ?? header("x-amzn-errortype") ?? "UnknownError")
      .split(separator: "#").last?.split(separator: ":").first.map(String.init)
    return AWSError(
      code ?? "UnknownError", envelope?.message ?? "HTTP \(status)", httpStatus: status,
      requestID: header("x-amzn-requestid"))
  }

  /// The envelope; services differ in the case of `message`.
  private struct Envelope: Codable {
    var type: String?
    var message: String?

    init(type: String, message: String) {
      self.type = type
      self.message = message
    }

    enum Keys: String, CodingKey { case type = "__type", code, lower = "message", upper = "Message" }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Keys.self)
      type =
        try container.decodeIfPresent(String.self, forKey: .type)
        ?? container.decodeIfPresent(String.self, forKey: .code)
      message =
        try container.decodeIfPresent(String.self, forKey: .lower)
        ?? container.decodeIfPresent(String.self, forKey: .upper)
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Keys.self)
      try container.encode(type, forKey: .type)
      try container.encode(message, forKey: .lower)
    }
  }

  private static let whitespace = Set(" \t\r\n".utf8)

  private static func encoder() -> JSONEncoder {
    let encoder = JSONEncoder()
    encoder.dateEncodingStrategy = .custom { date, encoder in
      // Milliseconds, as AWS answers: `1700000000.123`.
      var container = encoder.singleValueContainer()
      try container.encode((date.timeIntervalSince1970 * 1000).rounded() / 1000)
    }
    encoder.outputFormatting = [.withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return encoder
  }

  private static func decoder() -> JSONDecoder {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .secondsSince1970
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return decoder
  }

  /// What AWS answers to a body that is no such request: `SerializationException` for bytes or types that
  /// do not fit, `InvalidParameterException` for a required member that is missing.
  private static func wireError(_ error: DecodingError) -> AWSError {
    func path(_ context: DecodingError.Context) -> String {
      context.codingPath.reduce("") { path, key in
        if let index = key.intValue { return "\(path)[\(index)]" }
        return path.isEmpty ? key.stringValue : "\(path).\(key.stringValue)"
      }
    }
    switch error {
    case .keyNotFound(let key, let context):
      let place = path(context)
      return AWSError(
        "InvalidParameterException",
        "Missing required field: \(place.isEmpty ? key.stringValue : place + "." + key.stringValue)")
    case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
      return AWSError("SerializationException", "\(path(context)) is not \(Self.name(of: type)).")
    case .dataCorrupted(let context):
      let place = path(context)
      return AWSError(
        "SerializationException",
        place.isEmpty ? "The request body is not valid JSON." : "\(place): \(context.debugDescription)")
    @unknown default:
      return AWSError("SerializationException", "The request body could not be read.")
    }
  }

  /// A type in the words of JSON.
  private static func name(of type: any Any.Type) -> String {
    switch type {
    case is String.Type: "a string"
    case is Bool.Type: "true or false"
    case is any BinaryInteger.Type: "a whole number"
    case is Double.Type, is Date.Type: "a number"
    case is Data.Type: "a Base64 string"
    case is [Any].Type: "a list"
    default: "an object"
    }
  }
}
