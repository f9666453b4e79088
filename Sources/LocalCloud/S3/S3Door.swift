import AWSWire
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// Finds the requests to S3 among all others: by their host, by their signature, else by a path that nobody else has.
struct S3Door<Context: RequestContext>: RouterMiddleware {
  let routes: S3Routes

  func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    let (isS3, bucket) = S3Target.host(request.head.authority ?? "")
    let isRegistry = !isS3 && bucket == nil && request.head.authority?.contains(".localhost") == true
    if isRegistry { return try await next(request, context) }
    if isS3 || S3Routes.isSigned(request.head) {
      return await routes.answer(request, virtualHost: bucket)
    }
    do {
      return try await next(request, context)
    } catch let error as HTTPError where error.status == .notFound {
      return await routes.answer(request, virtualHost: bucket)
    }
  }
}

/// The HTTP side of S3.
struct S3Routes: Sendable {
  let service: S3Service
  let signatures: SignatureCheck

  /// Whether a request says that it is signed for S3.
  static func isSigned(_ head: HTTPRequest) -> Bool {
    if let authorization = head.headerFields[.authorization] {
      return authorization.contains("/\(S3.signingName)/aws4_request")
    }
    return head.path?.contains("%2F\(S3.signingName)%2Faws4_request") == true
  }

  func answer(_ request: Request, virtualHost: String?) async -> Response {
    let requestID = service.cloud.ids.hexadecimal(16).uppercased()
    let target = S3Target(virtualHost: virtualHost, target: request.head.path ?? "/")
    let name = S3Operation(request.method, target)?.rawValue ?? "\(request.method) \(target.subresource ?? "")"
    var response: Response
    do {
      try check(request)
      response = try await route(request, target)
    } catch let failure as S3Failure {
      response = refusal(failure, to: request, requestID: requestID)
    } catch let error as AWSError {
      response = refusal(S3Failure(error.code, error.message, error.httpStatus), to: request, requestID: requestID)
    } catch {
      service.cloud.logger.error("a call to S3 failed", metadata: ["operation": "\(name)", "error": "\(error)"])
      response = refusal(.storage, to: request, requestID: requestID)
    }
    response.headers.set("x-amz-request-id", requestID)
    service.cloud.logger.debug(
      "call", metadata: ["operation": "S3.\(name)", "status": "\(response.status.code)", "request": "\(requestID)"])
    return response
  }

  private func check(_ request: Request) throws(S3Failure) {
    let declared = request.headers.value(named: "x-amz-content-sha256")
    if declared == nil, signatures.isVerifying, request.headers[.authorization] != nil {
      throw S3Failure("InvalidRequest", "Missing required header for this request: x-amz-content-sha256")
    }
    let hash = declared ?? SigV4Signer.unsignedPayload
    do {
      _ = try signatures.check(request.head, bodyHash: hash, at: service.cloud.time.now())
    } catch {
      throw S3Failure(error)
    }
  }

  private func refusal(_ failure: S3Failure, to request: Request, requestID: String) -> Response {
    var headers = HTTPFields(failure.headers)
    let status = HTTPResponse.Status(code: failure.error.httpStatus)
    if request.method == .head || status == .notModified { return Response(status: status, headers: headers) }
    headers[.contentType] = "application/xml"
    let path = request.head.path?.prefix { $0 != "?" } ?? "/"
    let body = S3.document(
      of: failure.error, resource: String(path), requestID: requestID, details: failure.details)
    return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: body)))
  }

  private func route(_ request: Request, _ target: S3Target) async throws -> Response {
    guard let operation = S3Operation(request.method, target) else {
      return try await setting(request, target)
    }
    let (bucket, key) = (target.bucket ?? "", target.key ?? "")
    switch operation {
    case .listBuckets: return try await listBuckets(target.query)
    case .createBucket: return try await createBucket(bucket, request)
    case .headBucket:
      _ = try await service.state.bucket(bucket)
      return Response(status: .ok, headers: HTTPFields([("x-amz-bucket-region", service.cloud.region)]))
    case .deleteBucket: return try await deleteBucket(bucket)
    case .getBucketLocation:
      _ = try await service.state.bucket(bucket)
      return document(XMLTree("LocationConstraint", service.cloud.region == "us-east-1" ? "" : service.cloud.region))
    case .listObjectsV2: return try await listObjects(bucket, target.query)
    case .listObjectVersions: return try await listVersions(bucket, target.query)
    case .deleteObjects: return try await deleteObjects(bucket, request)
    case .putObject: return try await putObject(key, in: bucket, request)
    case .getObject, .headObject:
      return try await getObject(key, in: bucket, target.query, request)
    case .deleteObject: return try await deleteObject(key, in: bucket, id: target.query["versionId"], request)
    case .createMultipartUpload: return try await createUpload(key, in: bucket, request)
    case .uploadPart: return try await uploadPart(of: key, in: bucket, target.query, request)
    case .completeMultipartUpload:
      return try await completeUpload(target.query["uploadId"] ?? "", of: key, in: bucket, request)
    case .abortMultipartUpload: return try await abortUpload(target.query["uploadId"] ?? "", of: key, in: bucket)
    case .listParts: return try await listParts(of: key, in: bucket, target.query)
    case .listMultipartUploads: return try await listUploads(bucket, target.query)
    case .getBucketPolicy, .putBucketPolicy, .deleteBucketPolicy, .getBucketPolicyStatus:
      return try await policy(operation, of: bucket, request)
    }
  }

  /// A document as an answer.
  func document(_ tree: XMLTree) -> Response {
    Response(
      status: .ok, headers: [.contentType: "application/xml"],
      body: .init(byteBuffer: ByteBuffer(bytes: tree.document())))
  }

  /// The document that a request brings; more than a megabyte is none, unless it says otherwise.
  func body(of request: Request, upTo limit: Int = 1 << 20) async throws -> Data {
    do {
      return Data(try await request.body.collect(upTo: limit).readableBytesView)
    } catch is NIOTooManyBytesError {
      throw S3Failure("MaxMessageLengthExceeded", "Your request was too big.")
    }
  }
}

extension HTTPFields {
  /// Puts a field; the name is a token.
  mutating func set(_ name: String, _ value: String) {
    if let name = HTTPField.Name(name) { self[name] = value }
  }
}
