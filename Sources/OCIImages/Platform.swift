extension Descriptor.Platform {
  /// The platform of images that this machine runs: its processor's architecture. The system is always `linux`,
  /// because that is what ECS runs; the process runtime of a Mac starts whatever program the image holds.
  public static var host: Descriptor.Platform {
    #if arch(arm64)
      Descriptor.Platform(architecture: "arm64", os: "linux")
    #else
      Descriptor.Platform(architecture: "amd64", os: "linux")
    #endif
  }
}

/// The media types that this module writes and reads.
public enum ImageMediaType {
  /// An OCI image manifest.
  public static let manifest = "application/vnd.oci.image.manifest.v1+json"
  /// An OCI image index.
  public static let index = "application/vnd.oci.image.index.v1+json"
  /// An OCI image configuration.
  public static let configuration = "application/vnd.oci.image.config.v1+json"
  /// An uncompressed layer.
  public static let layer = "application/vnd.oci.image.layer.v1.tar"
  /// Docker's manifest, schema 2.
  public static let dockerManifest = "application/vnd.docker.distribution.manifest.v2+json"
  /// Docker's manifest list.
  public static let dockerManifestList = "application/vnd.docker.distribution.manifest.list.v2+json"

  /// Whether a media type is that of a list of manifests.
  public static func isIndex(_ mediaType: String) -> Bool { mediaType == index || mediaType == dockerManifestList }
  /// Whether a media type is that of an image manifest.
  public static func isManifest(_ mediaType: String) -> Bool { mediaType == manifest || mediaType == dockerManifest }
}
