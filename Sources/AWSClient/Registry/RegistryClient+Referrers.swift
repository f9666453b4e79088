import Foundation
import NIOCore
import OCIImages

/// A document that refers to an image, as the registry lists it.
public struct Referrer: Sendable, Equatable, Decodable {
  /// The digest of its manifest.
  public var digest: String
  /// What kind of document it is.
  public var artifactType: String?
  /// What its maker noted beside it.
  public var annotations: [String: String]?
}

extension RegistryClient {
  private static let manifestType = "application/vnd.oci.image.manifest.v1+json"
  private static let emptyType = "application/vnd.oci.empty.v1+json"

  private struct Artifact: Codable {
    var schemaVersion = 2
    var mediaType = RegistryClient.manifestType
    var artifactType: String
    var config: Descriptor
    var layers: [Descriptor]
    var subject: Descriptor
    var annotations: [String: String]
  }

  private struct Index: Decodable { var manifests: [Referrer] }

  /// Attaches a document to an image: a manifest of its own whose subject the image is.
  ///
  /// https://github.com/opencontainers/image-spec/blob/main/manifest.md#guidelines-for-artifact-usage
  ///
  /// - Parameters:
  ///   - type: The document's media type, and the type of the artifact.
  ///   - annotations: Noted beside it, where a list of referrers shows them.
  /// - Returns: The digest of its manifest.
  /// - Throws: ``RegistryError``; ``RegistryError/refused(status:code:message:)`` when the registry took it and lists it
  ///   nowhere, so that nobody would find it again.
  public func attach(
    _ document: Data, type: String, to image: String, in repository: String, annotations: [String: String]
  ) async throws -> String {
    let found = try await manifest(image, in: repository)
    let empty = Data("{}".utf8)
    let artifact = Artifact(
      artifactType: type, config: try await upload(empty, type: Self.emptyType, to: repository),
      layers: [try await upload(document, type: type, to: repository)],
      subject: Descriptor(mediaType: found.mediaType, digest: found.digest, size: found.bytes.count),
      annotations: annotations)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let bytes = try encoder.encode(artifact)
    let digest = try await putManifest(
      bytes, mediaType: Self.manifestType, reference: Digest.sha256(bytes), in: repository)
    guard try await referrers(of: image, type: type, in: repository).contains(where: { $0.digest == digest }) else {
      throw RegistryError.refused(
        status: 200, code: nil, message: "the registry keeps no list of what refers to an image")
    }
    return digest
  }

  /// The documents of a type that refer to an image, as the registry orders them; none where it knows no such list.
  ///
  /// https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-referrers
  ///
  /// - Throws: ``RegistryError``.
  public func referrers(of image: String, type: String, in repository: String) async throws -> [Referrer] {
    let escaped = type.replacing("+", with: "%2B").replacing("/", with: "%2F")
    let url = try transport.url("\(repository)/referrers/\(image)?artifactType=\(escaped)")
    let answer = try await transport.retrying {
      try await transport.exchange(
        .init(method: .GET, url: url, subject: "list of what refers to \(image)"), accepting: [200, 404])
    }
    guard answer.status == 200 else { return [] }
    guard let index = try? JSONDecoder().decode(Index.self, from: answer.body) else {
      throw RegistryError.unreadableAnswer("the list of what refers to \(image) is no index")
    }
    // A registry may leave the filter to who asks.
    return index.manifests.filter { $0.artifactType == nil || $0.artifactType == type }
  }

  /// The document of a referrer.
  ///
  /// - Parameter limit: More bytes are not read.
  /// - Throws: ``RegistryError``.
  public func document(of referrer: String, in repository: String, limit: Int = 4 << 20) async throws -> Data {
    let found = try await manifest(referrer, in: repository)
    guard let layer = (try? JSONDecoder().decode(Artifact.self, from: found.bytes))?.layers.first, layer.size <= limit
    else {
      throw RegistryError.unreadableAnswer("\(referrer) is no document of at most \(limit) bytes")
    }
    let url = try transport.url("\(repository)/blobs/\(layer.digest)")
    let answer = try await transport.retrying {
      try await transport.exchange(
        .init(method: .GET, url: url, subject: "blob \(layer.digest)"), accepting: [200])
    }
    guard Digest.sha256(answer.body) == layer.digest else {
      throw RegistryError.digestMismatch(expected: layer.digest, actual: Digest.sha256(answer.body))
    }
    return answer.body
  }

  private func upload(_ bytes: Data, type: String, to repository: String) async throws -> Descriptor {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("palco-document-\(UUID().uuidString)")
    do {
      try bytes.write(to: file, options: .withoutOverwriting)
    } catch {
      throw RegistryError.unusableFile("\(file.path) cannot be written: \(error.localizedDescription)")
    }
    defer { try? FileManager.default.removeItem(at: file) }
    let descriptor = Descriptor(mediaType: type, digest: Digest.sha256(bytes), size: bytes.count)
    try await upload(file, as: descriptor, to: repository)
    return descriptor
  }
}
