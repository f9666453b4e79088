import AWSClient
import AWSWire
import Foundation
import OCIImages

extension Publisher {
  /// Finds an image that another environment has proven: in this environment's repository, or, when it is another one than
  /// where the image is, by copying it there byte for byte. Nothing is built, and the digest stays.
  ///
  /// - Parameters:
  ///   - image: What the other environment runs.
  ///   - source: That environment's publisher.
  ///   - report: Told in a line of each step.
  /// - Throws: `AWSError`, `RegistryError`, and ``ReleaseError`` with `imageMissing` or `environmentMissing`.
  public func bring(
    _ image: PublishedImage, from source: Publisher, report: @Sendable (String) -> Void
  ) async throws -> PublishedImage {
    let uri = try (try await repository()).repositoryUri.required("repositoryUri")
    guard uri != image.repositoryURI else { return try await find(image.digest, label: image.version) }
    let brought = PublishedImage(repositoryURI: uri, digest: image.digest, version: image.version)
    if try await hasImage(.init(imageDigest: image.digest)) { return brought }
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("palco-image-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(at: directory) }
    let transfer = ImageTransfer(
      source: try await source.registry(), sourceRepository: source.repositoryName, target: try await registry(),
      targetRepository: repositoryName, directory: directory)
    try await transfer.copy(image.digest, tag: Self.tag(of: image.version, image.digest))
    report("image \(PublishedImage.short(image.digest)) copied from \(image.repositoryURI)")
    return brought
  }
}

/// Copies what a digest names from one registry to another.
struct ImageTransfer {
  let source: RegistryClient
  let sourceRepository: String
  let target: RegistryClient
  let targetRepository: String
  /// Where one blob at a time lies meanwhile.
  let directory: URL

  /// Copies an image, or an index with all its images.
  ///
  /// - Parameter tag: What it is called besides, when it was not there.
  func copy(_ digest: String, tag: String) async throws {
    let (bytes, mediaType) = try await parts(of: digest, depth: 0)
    for reference in [digest, tag] {
      _ = try await target.putManifest(bytes, mediaType: mediaType, reference: reference, in: targetRepository)
    }
  }

  /// Copies what a manifest names, and gives the manifest itself.
  private func parts(of digest: String, depth: Int) async throws -> (bytes: Data, mediaType: String) {
    let (bytes, mediaType, _) = try await source.manifest(digest, in: sourceRepository)
    if mediaType.hasSuffix("index.v1+json") || mediaType.hasSuffix("manifest.list.v2+json") {
      guard depth < 2, let index = try? JSONDecoder().decode(ImageIndex.self, from: bytes) else {
        throw ReleaseError(.unexpectedAnswer, "the image index \(digest) cannot be read, or nests too deeply")
      }
      for entry in index.manifests {
        let inner = try await parts(of: entry.digest, depth: depth + 1)
        _ = try await target.putManifest(
          inner.bytes, mediaType: inner.mediaType, reference: entry.digest, in: targetRepository)
      }
    } else {
      guard let manifest = try? JSONDecoder().decode(ImageManifest.self, from: bytes) else {
        throw ReleaseError(.unexpectedAnswer, "the manifest \(digest) is no image manifest")
      }
      for blob in manifest.layers + [manifest.config] { try await copy(blob) }
    }
    return (bytes, mediaType)
  }

  private func copy(_ blob: Descriptor) async throws {
    guard try await !target.hasBlob(blob.digest, in: targetRepository) else { return }
    let file = directory.appendingPathComponent("blob")
    try await source.download(blob, from: sourceRepository, to: file)
    try await target.upload(file, as: blob, to: targetRepository)
  }
}
