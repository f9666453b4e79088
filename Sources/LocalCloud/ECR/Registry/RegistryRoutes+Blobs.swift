import AWSWire
import Foundation
import HTTPTypes
import Hummingbird
import OCIImages

// Blobs and their uploads.
extension RegistryRoutes {
  func blob(
    _ digest: String, in repository: String, _ request: Request, _ context: some RequestContext
  ) async throws -> Response {
    let size = try await layer(digest, in: repository).size
    var headers: HTTPFields = [
      .contentType: "application/octet-stream", .contentDigest: digest, .acceptRanges: "bytes",
      .eTag: "\"\(digest)\"", .contentLength: String(size),
    ]
    if request.method == .head { return Response(status: .ok, headers: headers) }
    let path = service.blobs.file(digest).path
    guard let range = request.headers[.range].flatMap({ ByteRange($0, size: size) }) else {
      return Response(status: .ok, headers: headers, body: try await FileIO().loadFile(path: path, context: context))
    }
    guard case .part(let part) = range else {
      throw RegistryError(
        .rangeNotSatisfiable, "SIZE_INVALID", "The blob has \(size) bytes",
        headers: [.contentRange: "bytes */\(size)"])
    }
    headers[.contentLength] = String(part.count)
    headers[.contentRange] = "bytes \(part.lowerBound)-\(part.upperBound)/\(size)"
    return Response(
      status: .partialContent, headers: headers,
      body: try await FileIO().loadFile(path: path, range: part, context: context))
  }

  func deleteBlob(_ digest: String, in repository: String) async throws -> Response {
    _ = try await layer(digest, in: repository)
    try await service.change { state in
      if let user = state.images(of: repository).first(where: { $0.references.contains(digest) }) {
        throw RegistryError(.methodNotAllowed, "DENIED", "The image '\(user.digest)' needs this blob; delete it first")
      }
      state.layers[ECRState.key(repository, digest)] = nil
    }
    return Response(status: .accepted)
  }

  func startUpload(in repository: String, _ request: Request) async throws -> Response {
    _ = try await service.state.repository(repository)
    if let digest = request.parameter("mount"), let source = request.parameter("from"),
      await service.state.layer(source, digest) != nil
    {
      try await service.link(digest, to: repository)
      return created(digest, in: repository)
    }
    let id = try await service.uploads.start(in: repository)
    guard request.parameter("digest") != nil else {
      return Response(status: .accepted, headers: uploadHeaders(id, in: repository, size: 0))
    }
    return try await completeUpload(id, in: repository, request)
  }

  func uploadStatus(_ id: String, in repository: String) async throws -> Response {
    let size = try await service.uploads.size(id, in: repository)
    return Response(status: .noContent, headers: uploadHeaders(id, in: repository, size: size))
  }

  func appendToUpload(_ id: String, in repository: String, _ request: Request) async throws -> Response {
    let writer = try await receive(request, into: id, of: repository)
    await service.uploads.pause(id, writer)
    return Response(status: .accepted, headers: uploadHeaders(id, in: repository, size: writer.size))
  }

  func completeUpload(_ id: String, in repository: String, _ request: Request) async throws -> Response {
    guard let digest = request.parameter("digest"), Digest.isValid(digest) else {
      throw RegistryError.digestInvalid(request.parameter("digest") ?? "")
    }
    let writer = try await receive(request, into: id, of: repository)
    _ = try await service.uploads.complete(id, writer, digests: [digest])
    try await service.link(digest, to: repository)
    return created(digest, in: repository)
  }

  /// Streams the body of a request to the end of an upload. The next piece is taken from the connection when the last
  /// one is written: that is the back-pressure. What arrived before a connection broke stays, and can be gone on with.
  private func receive(_ request: Request, into id: String, of repository: String) async throws -> UploadWriter {
    let range = try request.headers[.contentRange].map { text in
      guard let range = ByteRange.upload(text) else {
        throw RegistryError(.badRequest, "BLOB_UPLOAD_INVALID", "Content-Range must read <first>-<last>")
      }
      if let length = request.headers[.contentLength].flatMap({ Int($0) }), length != range.count {
        throw RegistryError(
          .badRequest, "SIZE_INVALID", "Content-Range names \(range.count) bytes, and Content-Length \(length)")
      }
      return range
    }
    var writer: UploadWriter
    do {
      writer = try await service.uploads.write(id, in: repository, at: range?.lowerBound)
    } catch let error as AWSError where error.code == "InvalidLayerPartException" {
      var refusal = RegistryError(error)
      refusal.headers = uploadHeaders(id, in: repository, size: try await service.uploads.size(id, in: repository))
      throw refusal
    }
    do {
      for try await piece in request.body { try piece.withUnsafeReadableBytes { try writer.write($0) } }
    } catch {
      await service.uploads.pause(id, writer)
      throw error
    }
    return writer
  }

  private func layer(_ digest: String, in repository: String) async throws -> LayerRecord {
    let state = await service.state
    _ = try state.repository(repository)
    guard Digest.isValid(digest) else { throw RegistryError.digestInvalid(digest) }
    guard let layer = state.layer(repository, digest) else { throw RegistryError.blobUnknown(digest) }
    return layer
  }

  private func created(_ digest: String, in repository: String) -> Response {
    Response(
      status: .created, headers: [.location: "/v2/\(repository)/blobs/\(digest)", .contentDigest: digest])
  }

  private func uploadHeaders(_ id: String, in repository: String, size: Int) -> HTTPFields {
    // Of an empty upload, `0-0` is what every registry says.
    [.location: "/v2/\(repository)/blobs/uploads/\(id)", .uploadID: id, .range: "0-\(max(0, size - 1))"]
  }
}

/// Which bytes of a blob are asked for.
enum ByteRange: Equatable {
  case part(ClosedRange<Int>)
  case unsatisfiable

  /// Reads a `Range` of one part (RFC 9110, section 14.2).
  ///
  /// - Returns: `nil` for what is no such range, which is ignored.
  init?(_ text: String, size: Int) {
    guard text.hasPrefix("bytes=") else { return nil }
    let bounds = text.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
    guard bounds.count == 2 else { return nil }
    switch (Self.number(bounds[0]), Self.number(bounds[1])) {
    case (let first?, let last) where bounds[1].isEmpty || last != nil:
      let last = min(last ?? size - 1, size - 1)
      if first >= size {
        self = .unsatisfiable
      } else if first > last {
        return nil
      } else {
        self = .part(first...last)
      }
    case (nil, let count?) where bounds[0].isEmpty:
      self = count == 0 || size == 0 ? .unsatisfiable : .part(max(0, size - count)...(size - 1))
    default: return nil
    }
  }

  /// Reads the `Content-Range` of an upload, which has no unit and no total: `<first>-<last>`.
  static func upload(_ text: String) -> ClosedRange<Int>? {
    let bounds = text.split(separator: "-", omittingEmptySubsequences: false).map(number)
    guard bounds.count == 2, let first = bounds[0], let last = bounds[1], first <= last else { return nil }
    return first...last
  }

  private static func number(_ text: Substring) -> Int? {
    text.utf8.allSatisfy(\.isASCIIDigit) ? Int(text) : nil
  }
}

extension Request {
  /// A parameter of the query, decoded.
  func parameter(_ name: String) -> String? { uri.queryParameters[Substring(name)].map(String.init) }
}
