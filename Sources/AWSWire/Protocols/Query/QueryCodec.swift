import Foundation

/// The AWS Query protocol: a form that names its operation in `Action`, answered in XML.
///
/// Shapes are ordinary `Codable` types. A property `vpcId` is the member `VpcId`; a name that differs in more than its
/// first letter (`DNSName`) has an explicit coding key. Lists are `Names.member.1`, maps with text keys
/// `Parameters.entry.1.key`, timestamps ISO 8601, data Base64. An optional member that is `nil` is left out.
///
/// https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
public struct QueryCodec: WireCodec {
  /// The version of the service's interface, such as `2015-12-01`.
  public let version: String
  /// The XML namespace of the service's answers.
  public let namespace: String
  /// See ``AWSService/queryErrorCodes``.
  private let errorCodes: [String: String]

  /// Makes a codec.
  public init(version: String, namespace: String, errorCodes: [String: String] = [:]) {
    self.version = version
    self.namespace = namespace
    self.errorCodes = errorCodes
  }

  public func encodeRequest<R: AWSRequest>(_ request: R) throws -> EncodedMessage {
    let head = [("Action", R.operation), ("Version", version)]
    let parameters = QueryForm.pairs(of: try QueryEncoder.encode(request))
    return EncodedMessage(
      headers: [("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")],
      body: QueryForm.body(head + parameters))
  }

  /// Reads a request.
  ///
  /// - Throws: ``AWSError``: `MalformedQueryString` for what is no form, `MalformedInput` for values of a wrong type,
  ///   `ValidationError` for a required member that is missing.
  public func decodeRequest<R: AWSRequest>(_ type: R.Type, from body: Data) throws -> R {
    do {
      return try QueryDecoder.decode(type, from: FormElement(QueryForm.parse(body)))
    } catch let error as DecodingError {
      throw Self.wireError(error)
    }
  }

  public func encodeResponse<R: AWSRequest>(_ response: R.Response, to type: R.Type, requestID: String) throws
    -> EncodedMessage
  {
    let result = try QueryEncoder.encode(response)
    return message(root: "\(R.operation)Response", requestID: requestID) { writer in
      writer.element("\(R.operation)Result", node: result)
      writer.element("ResponseMetadata") { $0.element("RequestId", text: requestID) }
    }
  }

  /// Reads an answer.
  ///
  /// - Throws: ``AWSError`` `MalformedResponse` for what is not XML, `DecodingError` for an answer of another shape.
  public func decodeResponse<R: AWSRequest>(to type: R.Type, from body: Data) throws -> R.Response {
    let root: ResponseElement
    do {
      root = try ResponseElement.parse(body)
    } catch {
      throw AWSError("MalformedResponse", "The answer to \(R.operation) cannot be read: \(error)", httpStatus: 502)
    }
    // Operations that answer nothing have no result element.
    let result = root.member("\(R.operation)Result") ?? ResponseElement(name: "")
    return try QueryDecoder.decode(R.Response.self, from: result)
  }

  public func encodeError(_ error: AWSError, requestID: String) -> EncodedMessage {
    message(root: "ErrorResponse", requestID: requestID) { writer in
      writer.element("Error") {
        $0.element("Type", text: error.httpStatus < 500 ? "Sender" : "Receiver")
        $0.element("Code", text: errorCodes[error.code] ?? error.code)
        $0.element("Message", text: error.message)
      }
      writer.element("RequestId", text: requestID)
    }
  }

  public func decodeError(status: Int, headers: [(name: String, value: String)], body: Data) -> AWSError {
    let header = headers.first { $0.name.lowercased() == "x-amzn-requestid" }?.value
    let root = try? ResponseElement.parse(body)
    let error = root?.member("Error")
    return AWSError(
      error?.member("Code")?.text ?? "UnknownError", error?.member("Message")?.text ?? "HTTP \(status)",
      httpStatus: status, requestID: root?.member("RequestId")?.text ?? header)
  }

  private func message(root: String, requestID: String, content: (inout XMLWriter) -> Void) -> EncodedMessage {
    var writer = XMLWriter()
    writer.element(root, attributes: [("xmlns", namespace)], content: content)
    return EncodedMessage(
      headers: [("Content-Type", "text/xml"), ("x-amzn-RequestId", requestID)], body: Data(writer.text.utf8))
  }

  private static func wireError(_ error: DecodingError) -> AWSError {
    switch error {
    case .keyNotFound(let key, let context):
      let place = QueryName.inMessages(context.codingPath + [key])
      return AWSError(
        "ValidationError",
        "1 validation error detected: Value null at '\(place)' failed to satisfy constraint: Member must not be null")
    case .dataCorrupted(let context), .typeMismatch(_, let context), .valueNotFound(_, let context):
      // What a shape itself refuses, such as a value outside of its enumeration.
      let place = QueryName.inMessages(context.codingPath)
      return AWSError(
        "ValidationError",
        "1 validation error detected: Value at '\(place)' failed to satisfy constraint: "
          + context.debugDescription)
    @unknown default:
      return AWSError("MalformedInput", "The request could not be read.")
    }
  }
}
