import AWSWire
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// The registry protocol of OCI (distribution specification 1.1) over the records of the registry service.
///
/// Nobody is asked for a password: only programs of this machine come here. What `docker login` sends is accepted unread.
struct RegistryRoutes: Sendable {
  let service: ECRService

  func add<Context: RequestContext>(to router: Router<Context>) {
    let methods: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete]
    for method in methods {
      for path in ["/v2", "/v2/**"] as [RouterPath] {
        router.on(path, method: method) { request, context in await answer(request, context) }
      }
    }
  }

  private func answer(_ request: Request, _ context: some RequestContext) async -> Response {
    do {
      return try await route(request, context)
    } catch let error as RegistryError {
      return error.response(to: request.method)
    } catch let error as AWSError {
      if error.httpStatus >= 500 { context.logger.error("the registry failed", metadata: ["error": "\(error)"]) }
      return RegistryError(error).response(to: request.method)
    } catch {
      context.logger.error("the registry failed", metadata: ["error": "\(error)"])
      return RegistryError(
        .internalServerError, "UNKNOWN", "The request failed because of an internal error; see the daemon's log."
      ).response(to: request.method)
    }
  }

  private func route(_ request: Request, _ context: some RequestContext) async throws -> Response {
    guard let path = RegistryPath(request.uri.path) else {
      throw RegistryError(.notFound, "UNSUPPORTED", "The registry has nothing at this path")
    }
    switch (path, request.method) {
    case (.ping, .get), (.ping, .head):
      return Response(
        status: .ok, headers: [.registryVersion: "registry/2.0", .contentType: "application/json"],
        body: .init(byteBuffer: ByteBuffer(string: request.method == .head ? "" : "{}")))
    case (.blob(let repository, let digest), .get), (.blob(let repository, let digest), .head):
      return try await blob(digest, in: repository, request, context)
    case (.blob(let repository, let digest), .delete): return try await deleteBlob(digest, in: repository)
    case (.uploads(let repository), .post): return try await startUpload(in: repository, request)
    case (.upload(let repository, let id), .get): return try await uploadStatus(id, in: repository)
    case (.upload(let repository, let id), .patch): return try await appendToUpload(id, in: repository, request)
    case (.upload(let repository, let id), .put): return try await completeUpload(id, in: repository, request)
    case (.upload(let repository, let id), .delete):
      try await service.uploads.cancel(id, in: repository)
      return Response(status: .noContent)
    case (.manifest(let repository, let reference), .get), (.manifest(let repository, let reference), .head):
      return try await manifest(reference, in: repository, isHead: request.method == .head)
    case (.manifest(let repository, let reference), .put):
      return try await putManifest(reference, in: repository, request)
    case (.manifest(let repository, let reference), .delete):
      return try await deleteManifest(reference, in: repository)
    case (.tags(let repository), .get): return try await tags(of: repository, request)
    case (.referrers(let repository, let digest), .get): return try await referrers(of: digest, in: repository, request)
    default: throw RegistryError(.methodNotAllowed, "UNSUPPORTED", "The operation is unsupported.")
    }
  }

  /// A JSON answer.
  static func json(
    _ value: some Encodable, status: HTTPResponse.Status = .ok, mediaType: String = "application/json"
  ) -> Response {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Texts and numbers always encode.
    let bytes = (try? encoder.encode(value)) ?? Data("{}".utf8)
    return Response(
      status: status, headers: [.contentType: mediaType], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
  }
}

extension ECRService {
  /// Adds the registry protocol at `/v2/`.
  nonisolated func addRoutes<Context: RequestContext>(to router: Router<Context>) {
    RegistryRoutes(service: self).add(to: router)
  }
}

extension HTTPField.Name {
  // The names are tokens, so none of these is nil; the fallback keeps the force unwrap out.
  static let registryVersion = HTTPField.Name("Docker-Distribution-Api-Version") ?? .server
  static let contentDigest = HTTPField.Name("Docker-Content-Digest") ?? .eTag
  static let uploadID = HTTPField.Name("Docker-Upload-UUID") ?? .eTag
  static let ociSubject = HTTPField.Name("OCI-Subject") ?? .eTag
  static let ociFilters = HTTPField.Name("OCI-Filters-Applied") ?? .vary
  static let link = HTTPField.Name("Link") ?? .vary
}
