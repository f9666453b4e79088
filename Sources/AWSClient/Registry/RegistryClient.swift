import AsyncHTTPClient
import Foundation
import Logging
import NIOCore
import OCIImages
import PalcoCore

/// Speaks the OCI distribution protocol, with ECR and with the local cloud alike.
///
/// https://github.com/opencontainers/distribution-spec/blob/main/spec.md
public struct RegistryClient: Sendable {
  let transport: RegistryTransport

  /// Makes a client.
  ///
  /// - Parameters:
  ///   - endpoint: `http://127.0.0.1:4650` or `https://ACCOUNT.dkr.ecr.REGION.amazonaws.com`.
  ///   - authorization: The value of `Authorization`, `Basic …`; it is sent to no other host.
  ///   - http: Belongs to the caller, who shuts it down.
  ///   - time: Waits between attempts.
  public init(
    endpoint: URL, authorization: String?, http: HTTPClient, time: TimeSource = .live, logger: Logger
  ) {
    transport = RegistryTransport(
      endpoint: endpoint, authorization: authorization, http: http, time: time, logger: logger)
  }

  /// Whether a repository has a blob.
  ///
  /// - Throws: ``RegistryError``.
  public func hasBlob(_ digest: String, in repository: String) async throws -> Bool {
    let url = try transport.url("\(repository)/blobs/\(digest)")
    return try await transport.retrying {
      let request = RegistryTransport.Request(method: .HEAD, url: url, subject: "blob \(digest)")
      return try await transport.exchange(request, accepting: [200, 404]).status == 200
    }
  }

  /// Uploads a file as a blob, unless the repository has it. The file is streamed.
  ///
  /// - Throws: ``RegistryError``; ``RegistryError/unusableFile(_:)`` when the file has not the descriptor's size.
  public func upload(_ file: URL, as descriptor: Descriptor, to repository: String) async throws {
    let attributes = try? FileManager.default.attributesOfItem(atPath: file.path)
    guard let size = attributes?[.size] as? Int, size == descriptor.size else {
      throw RegistryError.unusableFile(
        "\(file.path) cannot be uploaded as \(descriptor.digest): it has not the \(descriptor.size) bytes of its "
          + "descriptor")
    }
    if try await hasBlob(descriptor.digest, in: repository) { return }
    let start = try transport.url("\(repository)/blobs/uploads/")
    try await transport.retrying {
      let session = try await transport.exchange(
        .init(method: .POST, url: start, headers: [("Content-Length", "0")], subject: "repository \(repository)"),
        accepting: [202])
      let answer = try await transport.exchange(
        .init(
          method: .PUT, url: try location(of: session, from: start, digest: descriptor.digest),
          headers: [("Content-Type", "application/octet-stream")],
          body: .stream(FileChunks(file: file), length: .known(Int64(size))),
          subject: "upload of \(descriptor.digest)", timeout: .hours(1)),
        accepting: [201])
      try check(answer, is: descriptor.digest)
    }
  }

  /// Downloads a blob into a file, which is made anew. The file is streamed, and is what its digest says.
  ///
  /// - Throws: ``RegistryError``; ``RegistryError/digestMismatch(expected:actual:)`` when the bytes are others, and
  ///   ``RegistryError/unusableFile(_:)`` when they cannot be written.
  public func download(_ descriptor: Descriptor, from repository: String, to file: URL) async throws {
    let url = try transport.url("\(repository)/blobs/\(descriptor.digest)")
    try await transport.retrying {
      let digest = try await transport.download(
        .init(method: .GET, url: url, subject: "blob \(descriptor.digest)", timeout: .hours(1)), to: file,
        limit: descriptor.size)
      guard digest == descriptor.digest else {
        throw RegistryError.digestMismatch(expected: descriptor.digest, actual: digest)
      }
    }
  }

  /// Stores a manifest, whose blobs the repository must have.
  ///
  /// - Parameter reference: A tag, or the digest of the bytes.
  /// - Returns: The digest.
  /// - Throws: ``RegistryError``.
  public func putManifest(_ bytes: Data, mediaType: String, reference: String, in repository: String) async throws
    -> String
  {
    let digest = Digest.sha256(bytes)
    try check(reference: reference, is: digest)
    let url = try transport.url("\(repository)/manifests/\(reference)")
    return try await transport.retrying {
      let answer = try await transport.exchange(
        .init(
          method: .PUT, url: url, headers: [("Content-Type", mediaType)], body: .bytes(ByteBuffer(bytes: bytes)),
          subject: "repository \(repository)"),
        accepting: [201])
      try check(answer, is: digest)
      return digest
    }
  }

  /// Reads a manifest or an index.
  ///
  /// - Parameter reference: A tag or a digest.
  /// - Throws: ``RegistryError``; ``RegistryError/digestMismatch(expected:actual:)`` when the bytes are others.
  public func manifest(_ reference: String, in repository: String) async throws -> (
    bytes: Data, mediaType: String, digest: String
  ) {
    let url = try transport.url("\(repository)/manifests/\(reference)")
    return try await transport.retrying {
      let answer = try await transport.exchange(
        .init(
          method: .GET, url: url, headers: Self.manifestTypes.map { ("Accept", $0) },
          subject: "manifest \(repository):\(reference)"),
        accepting: [200])
      let digest = Digest.sha256(answer.body)
      try check(reference: reference, is: digest)
      try check(answer, is: digest)
      guard let mediaType = answer.headers.first(name: "Content-Type") else {
        throw RegistryError.unreadableAnswer("the manifest \(reference) has no Content-Type")
      }
      return (answer.body, mediaType, digest)
    }
  }

  /// Pushes an image: the blobs that the repository lacks, the manifest by its digest, then the tags.
  ///
  /// - Parameters:
  ///   - progress: Bytes so far and in all.
  /// - Returns: The digest.
  /// - Throws: ``RegistryError``.
  public func push(
    _ image: BuiltImage, to repository: String, tags: [String],
    progress: @Sendable (_ done: Int, _ total: Int) -> Void
  ) async throws -> String {
    var done = 0
    progress(done, image.size)
    var pushed: Set<String> = []
    for blob in image.manifest.layers + [image.manifest.config] {
      // An image may have the same layer twice.
      if pushed.insert(blob.digest).inserted {
        try await upload(image.blobFile(blob.digest), as: blob, to: repository)
      }
      done += blob.size
      progress(done, image.size)
    }
    for reference in [image.digest] + tags {
      _ = try await putManifest(
        image.manifestBytes, mediaType: image.mediaType, reference: reference, in: repository)
    }
    progress(image.size, image.size)
    return image.digest
  }

  private static let manifestTypes = [
    "application/vnd.oci.image.manifest.v1+json", "application/vnd.oci.image.index.v1+json",
    "application/vnd.docker.distribution.manifest.v2+json",
    "application/vnd.docker.distribution.manifest.list.v2+json",
  ]

  /// Where an upload goes on, perhaps relative to where it began, with the digest that it shall have.
  private func location(of session: RegistryTransport.Answer, from start: URL, digest: String) throws -> URL {
    guard let text = session.headers.first(name: "Location"),
      let absolute = URL(string: text, relativeTo: start)?.absoluteURL,
      var parts = URLComponents(url: absolute, resolvingAgainstBaseURL: false)
    else { throw RegistryError.unreadableAnswer("the upload has no Location") }
    // The query of the location is the registry's own and stays as it is.
    let query = "digest=\(digest.replacing(":", with: "%3A"))"
    parts.percentEncodedQuery = parts.percentEncodedQuery.map { "\($0)&\(query)" } ?? query
    guard let url = parts.url else { throw RegistryError.unreadableAnswer("the Location '\(text)' is no URL") }
    return url
  }

  private func check(reference: String, is digest: String) throws(RegistryError) {
    guard !reference.contains(":") || reference == digest else {
      throw .digestMismatch(expected: reference, actual: digest)
    }
  }

  /// The registry may say which digest it computed; then it must be the right one.
  private func check(_ answer: RegistryTransport.Answer, is digest: String) throws(RegistryError) {
    if let stored = answer.headers.first(name: "Docker-Content-Digest"), stored != digest {
      throw .digestMismatch(expected: digest, actual: stored)
    }
  }
}
