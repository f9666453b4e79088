/// An OCI image manifest (also Docker schema 2), as
/// https://github.com/opencontainers/image-spec/blob/main/manifest.md.
public struct ImageManifest: Codable, Sendable, Equatable {
  /// Always 2.
  public var schemaVersion: Int
  /// `application/vnd.oci.image.manifest.v1+json` or Docker's.
  public var mediaType: String?
  /// The type of an artifact that is no image.
  public var artifactType: String?
  /// The image configuration.
  public var config: Descriptor
  /// The layers, lowest first.
  public var layers: [Descriptor]
  /// The manifest that this one refers to (an attestation, a signature).
  public var subject: Descriptor?
  /// Free annotations.
  public var annotations: [String: String]?

  /// Makes a manifest.
  public init(
    mediaType: String? = "application/vnd.oci.image.manifest.v1+json", artifactType: String? = nil,
    config: Descriptor, layers: [Descriptor], subject: Descriptor? = nil, annotations: [String: String]? = nil
  ) {
    self.schemaVersion = 2
    self.mediaType = mediaType
    self.artifactType = artifactType
    self.config = config
    self.layers = layers
    self.subject = subject
    self.annotations = annotations
  }
}

/// A content descriptor: media type, digest and size of a blob.
public struct Descriptor: Codable, Sendable, Equatable {
  /// The blob's media type.
  public var mediaType: String
  /// `sha256:` and 64 hexadecimal digits.
  public var digest: String
  /// Bytes.
  public var size: Int
  /// The platform, in an index.
  public var platform: Platform?
  /// Free annotations.
  public var annotations: [String: String]?

  /// A platform in OCI's words.
  public struct Platform: Codable, Sendable, Equatable {
    /// `amd64`, `arm64`.
    public var architecture: String
    /// `linux`.
    public var os: String

    /// Makes a platform.
    public init(architecture: String, os: String) {
      self.architecture = architecture
      self.os = os
    }
  }

  /// Makes a descriptor.
  public init(
    mediaType: String, digest: String, size: Int, platform: Platform? = nil, annotations: [String: String]? = nil
  ) {
    self.mediaType = mediaType
    self.digest = digest
    self.size = size
    self.platform = platform
    self.annotations = annotations
  }
}
