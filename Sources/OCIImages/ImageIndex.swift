/// An OCI image index (also Docker's manifest list), as
/// https://github.com/opencontainers/image-spec/blob/main/image-index.md.
public struct ImageIndex: Codable, Sendable, Equatable {
  /// Always 2.
  public var schemaVersion: Int
  /// `application/vnd.oci.image.index.v1+json` or Docker's.
  public var mediaType: String?
  /// The type of an artifact that is no image.
  public var artifactType: String?
  /// Manifests or further indexes.
  public var manifests: [Descriptor]
  /// The manifest that this one refers to.
  public var subject: Descriptor?
  /// Free annotations.
  public var annotations: [String: String]?

  /// Makes an index.
  public init(
    mediaType: String? = ImageMediaType.index, artifactType: String? = nil, manifests: [Descriptor],
    subject: Descriptor? = nil, annotations: [String: String]? = nil
  ) {
    self.schemaVersion = 2
    self.mediaType = mediaType
    self.artifactType = artifactType
    self.manifests = manifests
    self.subject = subject
    self.annotations = annotations
  }

  /// The entries for a platform; when no entry names any platform, all that may hold an image.
  public func candidates(for platform: Descriptor.Platform) -> [Descriptor] {
    let entries = manifests.filter { ImageMediaType.isManifest($0.mediaType) || ImageMediaType.isIndex($0.mediaType) }
    let named = entries.filter {
      $0.platform?.architecture == platform.architecture && $0.platform?.os == platform.os
    }
    // A nested index names no platform of its own.
    return named.isEmpty ? entries.filter { $0.platform == nil } : named
  }
}
