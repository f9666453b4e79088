import Foundation

/// Reads an OCI image layout folder, what buildah, podman, skopeo and `docker buildx` write as `oci:DIR`.
///
/// https://github.com/opencontainers/image-spec/blob/main/image-layout.md
public enum ImageLayout {
  static let markerName = "oci-layout"

  /// Reads the image of a folder, choosing the platform's manifest.
  ///
  /// - Throws: ``OCIImageError`` when the folder is no image layout, holds several images or none for the platform, or a
  ///   blob is missing or not what its digest says. The bytes of layers are not read.
  public static func read(_ directory: URL, platform: Descriptor.Platform = .host) throws -> BuiltImage {
    guard FileManager.default.fileExists(atPath: directory.appendingPathComponent(markerName).path) else {
      throw OCIImageError(
        .unreadable,
        "\(directory.path) is no OCI image layout: it has no file '\(markerName)'; "
          + "write one with 'buildah push IMAGE oci:DIR'")
    }
    let index = try decode(SmallFile.read(directory.appendingPathComponent("index.json")), "index.json")
    let found = try manifests(of: index, platform: platform, in: directory, depth: 0)
    guard let chosen = found.first else {
      throw OCIImageError(
        .platformNotFound,
        "\(directory.path) has no image for \(platform.os)/\(platform.architecture), only \(platforms(of: index)); "
          + "build it for this platform")
    }
    guard found.allSatisfy({ $0.digest == chosen.digest }) else {
      let digests = Set(found.map(\.digest)).sorted().joined(separator: ", ")
      throw OCIImageError(
        .unsupported, "\(directory.path) holds several images (\(digests)); write one image into a folder of its own")
    }
    let file = BlobFolder(directory).file(chosen.digest)
    let image = try BuiltImage(
      manifestBytes: SmallFile.read(file, digest: chosen.digest), mediaType: chosen.mediaType, directory: directory)
    let configuration = try image.configuration()
    guard configuration.architecture == platform.architecture, configuration.os == platform.os else {
      throw OCIImageError(
        .platformNotFound,
        "the image in \(directory.path) is for \(configuration.os)/\(configuration.architecture), not for "
          + "\(platform.os)/\(platform.architecture); build it for this platform")
    }
    return image
  }

  private static func manifests(
    of index: ImageIndex, platform: Descriptor.Platform, in directory: URL, depth: Int
  ) throws -> [Descriptor] {
    // Indexes nest by one in practice; a limit keeps hostile ones from nesting without end.
    guard depth < 4 else { throw OCIImageError(.corrupt, "the indexes in \(directory.path) nest too deeply") }
    return try index.candidates(for: platform).flatMap { entry -> [Descriptor] in
      guard Digest.isValid(entry.digest) else {
        throw OCIImageError(
          .corrupt, "an index in \(directory.path) names '\(entry.digest)', which is no sha256 digest")
      }
      guard ImageMediaType.isIndex(entry.mediaType) else { return [entry] }
      let bytes = try SmallFile.read(BlobFolder(directory).file(entry.digest), digest: entry.digest)
      return try manifests(of: decode(bytes, entry.digest), platform: platform, in: directory, depth: depth + 1)
    }
  }

  private static func decode(_ bytes: Data, _ name: String) throws -> ImageIndex {
    do {
      return try JSONDecoder().decode(ImageIndex.self, from: bytes)
    } catch {
      throw OCIImageError(.corrupt, "\(name) is no image index: \(JSONFault.describe(error))")
    }
  }

  private static func platforms(of index: ImageIndex) -> String {
    let names = index.manifests.compactMap(\.platform).map { "\($0.os)/\($0.architecture)" }
    return names.isEmpty ? "entries without a platform" : names.joined(separator: ", ")
  }
}
