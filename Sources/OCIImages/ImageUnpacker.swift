import Foundation

/// Unpacks the layers of an image into a folder, lowest first, with whiteouts.
///
/// The files become ones of this machine without a container around them, so nothing may lead out of the folder: an
/// absolute link of the image becomes a relative one, and entries or links that climb above the root are refused. Owners,
/// set-user-id bits and extended attributes are dropped, device nodes and pipes are skipped.
public struct ImageUnpacker {
  /// Unpacks an image.
  ///
  /// - Parameters:
  ///   - manifest: The image's manifest.
  ///   - blobs: The file of a blob, by digest.
  ///   - root: The folder; made when it is missing.
  /// - Throws: ``OCIImageError``: `corrupt` for archives that are truncated or damaged, `digestMismatch`,
  ///   `badPath` and `linkLeavesRoot` for hostile ones, `unsupported` for zstd layers. After a failure the folder holds a
  ///   part of the image and must be removed by the caller.
  public static func unpack(_ manifest: ImageManifest, blobs: (String) -> URL, into root: URL) throws {
    var tree = try UnpackedTree(root)
    for layer in manifest.layers {
      try unpack(layer, file: blobs(layer.digest), into: &tree)
    }
    try tree.checkLinks()
  }

  private static func unpack(_ layer: Descriptor, file: URL, into tree: inout UnpackedTree) throws {
    guard layer.mediaType.contains("tar"), !layer.mediaType.hasSuffix("zstd") else {
      throw OCIImageError(
        .unsupported, "the layer \(layer.digest) is \(layer.mediaType); only tar and tar with gzip can be unpacked")
    }
    let blob = try VerifiedSource(FileSource(file), layer)
    do {
      let reader = ByteReader(try decompressed(blob, layer))
      var tar = TarReader(reader)
      tree.beginLayer()
      while let entry = try tar.next() { try tree.apply(entry, from: reader) }
      try reader.drain()
      try blob.verify()
    } catch let error as OCIImageError {
      // Bytes that are not the layer's explain best whatever the archive's reader stumbled over.
      if error.code == .corrupt { try blob.verify() }
      throw OCIImageError(error.code, "layer \(layer.digest): \(error.message)")
    }
  }

  /// Looks at the first bytes, because media types of older tools say `tar` of what is compressed.
  private static func decompressed(_ blob: VerifiedSource, _ layer: Descriptor) throws -> any ByteSource {
    let magic = [UInt8](try blob.peek().prefix(4))
    if magic == [0x28, 0xb5, 0x2f, 0xfd] {
      throw OCIImageError(.unsupported, "it is compressed with zstd; build the image with gzip layers")
    }
    return magic.starts(with: [0x1f, 0x8b]) ? try GzipSource(blob) : blob
  }
}
