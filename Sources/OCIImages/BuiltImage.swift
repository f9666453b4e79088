import Foundation

/// An image whose manifest has been read and whose blobs lie as files in an OCI image layout folder.
public struct BuiltImage: Sendable, Equatable {
  /// The digest of the manifest's bytes.
  public var digest: String
  /// The manifest exactly as it was written: its digest is of these bytes.
  public var manifestBytes: Data
  /// The manifest's media type.
  public var mediaType: String
  /// The manifest, read.
  public var manifest: ImageManifest
  /// The image layout folder.
  public var directory: URL

  /// Reads a manifest whose blobs are in an image layout folder.
  ///
  /// - Throws: ``OCIImageError`` when the bytes are no image manifest, or a blob is missing or has another size.
  public init(manifestBytes: Data, mediaType: String, directory: URL) throws {
    digest = Digest.sha256(manifestBytes)
    self.manifestBytes = manifestBytes
    self.mediaType = mediaType
    self.directory = directory
    do {
      manifest = try JSONDecoder().decode(ImageManifest.self, from: manifestBytes)
    } catch {
      throw OCIImageError(.corrupt, "the manifest \(digest) is no image manifest: \(JSONFault.describe(error))")
    }
    for blob in [manifest.config] + manifest.layers {
      guard Digest.isValid(blob.digest) else {
        throw OCIImageError(.corrupt, "the manifest \(digest) names '\(blob.digest)', which is no sha256 digest")
      }
      let size = try FileSource(blobFile(blob.digest)).size
      guard size == blob.size else {
        throw OCIImageError(
          .corrupt, "\(blobFile(blob.digest).path) has \(size) bytes, and the manifest says \(blob.size)")
      }
    }
  }

  /// The file of a blob: `blobs/sha256/<hexadecimal digits>`.
  ///
  /// - Parameter digest: A digest that the manifest names.
  public func blobFile(_ digest: String) -> URL { BlobFolder(directory).file(digest) }

  /// Bytes of the manifest, the configuration and all layers, as they are stored.
  public var size: Int { manifestBytes.count + manifest.config.size + manifest.layers.map(\.size).reduce(0, +) }

  /// The image's configuration.
  ///
  /// - Throws: ``OCIImageError``.
  public func configuration() throws -> ImageConfiguration {
    try ImageConfiguration.read(manifest.config, from: blobFile(manifest.config.digest))
  }
}

/// The blobs of an image layout folder.
struct BlobFolder {
  let directory: URL

  init(_ directory: URL) { self.directory = directory }

  var blobs: URL { directory.appendingPathComponent("blobs/sha256") }

  func file(_ digest: String) -> URL { blobs.appendingPathComponent(String(digest.dropFirst("sha256:".count))) }
}
