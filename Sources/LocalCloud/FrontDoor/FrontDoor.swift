import AWSWire
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// The HTTP side of the local cloud: one port for the APIs of all services, the registry and the daemon's status.
struct FrontDoor: Sendable {
  /// More than any call of AWS may hold; the registry streams and has no limit.
  static let maximumBody = 16 << 20

  private let cloud: CloudContext
  private let directory: ServiceDirectory
  private let signatures: SignatureCheck
  private let status: CloudStatus
  private let s3: S3Service?
  private let resettable: [any Resettable]

  /// Makes the front door of the services whose operations are given, and of S3, whose operations are paths.
  ///
  /// - Parameters:
  ///   - own: What the cloud answers besides the services of AWS.
  ///   - resettable: What `POST /moto-api/reset` makes forget everything, in this order; empty when there is no such
  ///     route.
  init(
    context: CloudContext, tables: [OperationTable], own: OperationTable? = nil, s3: S3Service? = nil,
    signatures: SignatureCheck, resettable: [any Resettable] = []
  ) {
    self.resettable = resettable
    cloud = context
    directory = ServiceDirectory(tables + (own.map { [$0] } ?? []))
    self.signatures = signatures
    self.s3 = s3
    status = CloudStatus(
      endpoint: "http://127.0.0.1:\(context.port)", account: context.accountID, region: context.region,
      services: (tables.map(\.service.name) + (s3 == nil ? [] : ["S3"])).sorted())
  }

  /// The routes; the registry's are added by its own service.
  func router() -> Router<BasicRequestContext> {
    let router = Router(context: BasicRequestContext.self)
    router.add(middleware: LoopbackGuard(port: cloud.port))
    if let s3 { router.add(middleware: S3Door(routes: S3Routes(service: s3, signatures: signatures))) }
    router.get("/") { _, _ in try status.response() }
    router.get("/healthz") { _, _ in try status.response() }
    router.post("/") { request, _ in await answer(request, cbor: nil) }
    router.post("/service/:service/operation/:operation") { request, context in
      let path = (context.parameters.get("service") ?? "", context.parameters.get("operation") ?? "")
      return await answer(request, cbor: path)
    }
    // The path at which moto's server has it, so that suites written for moto can use this cloud as well.
    if !resettable.isEmpty { router.post("/moto-api/reset") { _, _ in await reset() } }
    return router
  }

  private func reset() async -> Response {
    do {
      for service in resettable { try await service.reset() }
      return Response(
        status: .ok, headers: [.contentType: "application/json"],
        body: .init(byteBuffer: ByteBuffer(string: #"{"status": "ok"}"#)))
    } catch {
      cloud.logger.error("the cloud could not be reset", metadata: ["error": "\(error)"])
      return Response(
        status: .internalServerError, headers: [.contentType: "text/plain; charset=utf-8"],
        body: .init(byteBuffer: ByteBuffer(string: "\(error)\n")))
    }
  }

  /// Answers one call of an API; whatever goes wrong becomes an answer in the caller's protocol.
  ///
  /// - Parameter cbor: The service and the operation that the path of an RPC v2 request names.
  private func answer(_ request: Request, cbor: (service: String, operation: String)?) async -> Response {
    let started = ContinuousClock.now
    let requestID = cloud.ids.uuid()
    var logger = cloud.logger
    logger[metadataKey: "request"] = "\(requestID)"
    let target = request.headers.value(named: "x-amz-target")
    // What an error is written in until the request has been understood.
    let wireProtocol: AWSService.WireProtocol =
      if let cbor {
        .cbor(serviceName: cbor.service)
      } else if target == nil {
        .query(version: "", namespace: "http://webservices.amazon.com/AWSFault/2005-15-09")
      } else {
        .json(version: "1.1", targetPrefix: "")
      }
    var codec = wireProtocol.codec
    var name = target ?? "?"
    var internalFailure = "InternalFailure"
    let status: Int
    let message: EncodedMessage
    do {
      let sent = try await body(of: request)
      let caller = try signatures.check(request.head, body: sent, at: cloud.time.now())
      let body = try RequestCompression.decoded(sent, encoding: request.headers[.contentEncoding])
      let call = try call(of: request, cbor: cbor, target: target, signingName: caller?.service, body: body)
      (codec, name, internalFailure) = (call.codec, call.name, call.internalFailure)
      let context = CallContext(requestID: requestID, accessKey: caller?.accessKey, logger: logger)
      if let stream = call.stream {
        let messages = try await stream(codec, body, context)
        logger.debug("call", metadata: ["operation": "\(name)", "status": "200", "answer": "a stream"])
        return Self.streaming(messages, requestID: requestID)
      }
      guard let handler = call.handler else { throw call.unknown }
      message = try await handler(codec, body, context)
      status = 200
    } catch let failure as SigV4Failure {
      let error = failure.awsError(for: wireProtocol)
      message = codec.encodeError(error, requestID: requestID)
      status = error.httpStatus
    } catch let error as AWSError {
      message = codec.encodeError(error, requestID: requestID)
      status = error.httpStatus
    } catch {
      logger.error("a call failed inside of the cloud", metadata: ["operation": "\(name)", "error": "\(error)"])
      message = codec.encodeError(
        AWSError(
          internalFailure, "The request failed because of an internal error; see the daemon's log.", httpStatus: 500),
        requestID: requestID)
      status = 500
    }
    logger.debug(
      "call", metadata: ["operation": "\(name)", "status": "\(status)", "took": "\(started.duration(to: .now))"])
    return Response(
      status: .init(code: status), headers: HTTPFields(message.headers),
      body: .init(byteBuffer: ByteBuffer(bytes: message.body)))
  }

  /// An answer that goes on until its messages end or the client goes away.
  private static func streaming(
    _ messages: AsyncThrowingStream<EventStreamMessage, any Error>, requestID: String
  ) -> Response {
    var headers = HTTPFields([("x-amzn-RequestId", requestID)])
    headers[.contentType] = EventStreamMessage.contentType
    return Response(
      status: .ok, headers: headers,
      body: .init { writer in
        for try await message in messages { try await writer.write(ByteBuffer(bytes: message.bytes)) }
        try await writer.finish(nil)
      })
  }

  private func call(
    of request: Request, cbor: (service: String, operation: String)?, target: String?, signingName: String?,
    body: Data
  ) throws -> ServiceDirectory.Call {
    if let cbor {
      guard request.headers.value(named: "smithy-protocol") == CBORCodec.protocolName else {
        throw AWSError(
          "UnknownOperationException", "The header Smithy-Protocol must be \(CBORCodec.protocolName).", httpStatus: 404)
      }
      return directory.cborCall(service: cbor.service, operation: cbor.operation)
    }
    guard
      let call = try directory.call(
        target: target, contentType: request.headers[.contentType], signingName: signingName, body: body)
    else {
      throw AWSError(
        "UnknownOperationException", "The request has neither X-Amz-Target nor a form with Action.", httpStatus: 404)
    }
    return call
  }

  private func body(of request: Request) async throws -> Data {
    do {
      return Data((try await request.body.collect(upTo: Self.maximumBody)).readableBytesView)
    } catch is NIOTooManyBytesError {
      throw AWSError("RequestEntityTooLarge", "The request is larger than \(Self.maximumBody) bytes.", httpStatus: 413)
    }
  }
}

/// What `GET /` tells.
struct CloudStatus: Codable, Sendable, Equatable {
  var endpoint: String
  var account: String
  var region: String
  var services: [String]

  fileprivate func response() throws -> Response {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Response(
      status: .ok, headers: [.contentType: "application/json"],
      body: .init(byteBuffer: ByteBuffer(bytes: try encoder.encode(self))))
  }
}
