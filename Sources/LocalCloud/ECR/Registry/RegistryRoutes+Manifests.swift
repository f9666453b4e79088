import AWSWire
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import OCIImages

// Manifests, tags and referrers.
extension RegistryRoutes {
  /// What every registry accepts at least, and this one at most: 4 MiB.
  private static let largestManifest = 4 << 20

  func manifest(_ reference: String, in repository: String, isHead: Bool) async throws -> Response {
    let image = try await image(reference, in: repository)
    let headers: HTTPFields = [
      .contentType: image.mediaType, .contentDigest: image.digest, .eTag: "\"\(image.digest)\"",
      .contentLength: String(image.manifestSize),
    ]
    if isHead { return Response(status: .ok, headers: headers) }
    let bytes = try service.blobs.read(image.digest)
    return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  func putManifest(_ reference: String, in repository: String, _ request: Request) async throws -> Response {
    let body: ByteBuffer
    do {
      body = try await request.body.collect(upTo: Self.largestManifest)
    } catch is NIOTooManyBytesError {
      throw RegistryError(.contentTooLarge, "SIZE_INVALID", "A manifest has at most \(Self.largestManifest) bytes")
    }
    // Parameters such as a charset are no part of the type.
    let type = request.headers[.contentType]?.split(separator: ";").first.map(String.init)
    let manifest = try ReceivedManifest(Data(body.readableBytesView), mediaType: type)
    let tag: String?
    if reference.contains(":") {
      guard Digest.isValid(reference) else { throw RegistryError.digestInvalid(reference) }
      guard reference == manifest.digest else {
        throw RegistryError(
          .badRequest, "DIGEST_INVALID", "The manifest's digest is '\(manifest.digest)', not '\(reference)'")
      }
      tag = nil
    } else {
      guard ImageReference.isTag(reference) else {
        throw RegistryError(.badRequest, "TAG_INVALID", "'\(reference)' is no tag")
      }
      tag = reference
    }
    _ = try await service.put(manifest, tag: tag, in: repository)
    var headers: HTTPFields = [
      .location: "/v2/\(repository)/manifests/\(manifest.digest)", .contentDigest: manifest.digest,
    ]
    if let subject = manifest.subject { headers[.ociSubject] = subject.digest }
    return Response(status: .created, headers: headers)
  }

  func deleteManifest(_ reference: String, in repository: String) async throws -> Response {
    let image = try await image(reference, in: repository)
    try await service.change { state in
      if reference == image.digest {
        do throws(ECRState.ImageFault) {
          _ = try state.remove(.init(imageDigest: image.digest), from: repository)
        } catch {
          throw RegistryError(.methodNotAllowed, "DENIED", error.failure(.init()).failureReason ?? "")
        }
      } else {
        guard state.untag(reference, in: repository) else { throw RegistryError.manifestUnknown }
      }
    }
    return Response(status: .accepted)
  }

  func tags(of repository: String, _ request: Request) async throws -> Response {
    struct Body: Encodable {
      var name: String
      var tags: [String]
    }
    let state = await service.state
    _ = try state.repository(repository)
    var tags = state.images(of: repository).flatMap(\.tags).sorted()
    if let last = request.parameter("last") { tags.removeAll { $0 <= last } }
    guard let text = request.parameter("n") else { return Self.json(Body(name: repository, tags: tags)) }
    guard let count = Int(text), count >= 0 else {
      throw RegistryError(.badRequest, "PAGINATION_NUMBER_INVALID", "'\(text)' is no number of tags")
    }
    let page = Array(tags.prefix(count))
    var response = Self.json(Body(name: repository, tags: page))
    if let last = page.last, page.count < tags.count {
      response.headers[.link] = "</v2/\(repository)/tags/list?n=\(count)&last=\(last)>; rel=\"next\""
    }
    return response
  }

  func referrers(of digest: String, in repository: String, _ request: Request) async throws -> Response {
    let state = await service.state
    _ = try state.repository(repository)
    guard Digest.isValid(digest) else { throw RegistryError.digestInvalid(digest) }
    let type = request.parameter("artifactType")
    let found = state.referrers(of: digest, in: repository).filter { type == nil || $0.artifactType == type }
    let index = ReferrerIndex(
      manifests: found.map {
        .init(
          mediaType: $0.mediaType, digest: $0.digest, size: $0.manifestSize, artifactType: $0.artifactType,
          annotations: $0.annotations)
      })
    var response = Self.json(index, mediaType: ImageMediaType.index)
    if type != nil { response.headers[.ociFilters] = "artifactType" }
    return response
  }

  private func image(_ reference: String, in repository: String) async throws -> ImageRecord {
    let state = await service.state
    _ = try state.repository(repository)
    if reference.contains(":"), !Digest.isValid(reference) { throw RegistryError.digestInvalid(reference) }
    let found =
      reference.contains(":")
      ? state.image(repository, digest: reference) : state.image(repository, tag: reference)
    guard let found else { throw RegistryError.manifestUnknown }
    return found
  }
}

/// The answer of the referrers call: an index whose descriptors say the artifact's type.
private struct ReferrerIndex: Encodable {
  struct Entry: Encodable {
    var mediaType: String
    var digest: String
    var size: Int
    var artifactType: String?
    var annotations: [String: String]?
  }

  var schemaVersion = 2
  var mediaType = ImageMediaType.index
  var manifests: [Entry]
}
