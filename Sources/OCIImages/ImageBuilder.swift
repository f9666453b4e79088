import Foundation

/// Makes an OCI image of files, reproducibly: the same files give the same digest on every machine, at any time.
///
/// Entries are sorted, owned by 0:0, dated 1970, with one of two modes. The one layer is an uncompressed tar: its digest
/// then does not depend on the version of a compressor, and what is pushed over loopback or kept for a rehearsal gains
/// nothing by compression.
public struct ImageBuilder: Sendable {
  private let files: [ImageFile]
  private let configuration: ImageConfiguration.Execution
  private let platform: Descriptor.Platform

  /// Describes an image.
  ///
  /// - Parameters:
  ///   - files: What is in it.
  ///   - command: The program, by its path in the image, and its arguments.
  ///   - environment: Variables in order.
  ///   - workingDirectory: The folder that the program starts in; `/` when `nil`.
  ///   - exposedPort: The TCP port that the program listens on.
  ///   - labels: Free labels.
  ///   - platform: What the program was built for.
  public init(
    files: [ImageFile], command: [String], environment: [(String, String)] = [], workingDirectory: String? = nil,
    exposedPort: Int? = nil, labels: [String: String] = [:], platform: Descriptor.Platform = .host
  ) {
    self.files = files
    self.platform = platform
    configuration = ImageConfiguration.Execution(
      environment: environment.isEmpty ? nil : environment.map { "\($0)=\($1)" }, command: command,
      workingDirectory: workingDirectory, exposedPorts: exposedPort.map { ["\($0)/tcp": .init()] },
      labels: labels.isEmpty ? nil : labels)
  }

  /// Builds the image into a folder, as an OCI image layout that other tools (`skopeo copy oci:DIR …`) can read too.
  ///
  /// - Throws: ``OCIImageError``.
  public func build(into directory: URL) throws -> BuiltImage {
    let entries = try LayerPlan(files).entries
    let blobs = BlobFolder(directory)
    do {
      try FileManager.default.createDirectory(at: blobs.blobs, withIntermediateDirectories: true)
    } catch {
      throw OCIImageError(.unwritable, "\(blobs.blobs.path) cannot be made: \(error.localizedDescription)")
    }
    let layer = try writeLayer(entries, into: blobs)
    let config = ImageConfiguration(
      created: Self.epoch, architecture: platform.architecture, os: platform.os, config: configuration,
      rootfs: .init(diffIDs: [layer.digest]), history: [.init(created: Self.epoch, createdBy: "palco")])
    let bytes = try Self.encoded(
      ImageManifest(
        config: write(Self.encoded(config), as: ImageMediaType.configuration, into: blobs), layers: [layer]))
    let manifest = try write(bytes, as: ImageMediaType.manifest, into: blobs)
    var entry = manifest
    entry.platform = platform
    try Self.write(Self.encoded(ImageIndex(manifests: [entry])), to: directory.appendingPathComponent("index.json"))
    try Self.write(
      Data(#"{"imageLayoutVersion":"1.0.0"}"#.utf8), to: directory.appendingPathComponent(ImageLayout.markerName))
    return try BuiltImage(manifestBytes: bytes, mediaType: ImageMediaType.manifest, directory: directory)
  }

  private func writeLayer(_ entries: [LayerEntry], into blobs: BlobFolder) throws -> Descriptor {
    let temporary = blobs.blobs.appendingPathComponent(".layer-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: temporary) }
    var writer = try TarWriter(temporary)
    for entry in entries { try writer.append(entry) }
    let (digest, size) = try writer.finish()
    let file = blobs.file(digest)
    guard rename(temporary.path, file.path) == 0 else {
      throw OCIImageError(.unwritable, "\(file.path) cannot be written: \(String(cString: strerror(errno)))")
    }
    return Descriptor(mediaType: ImageMediaType.layer, digest: digest, size: size)
  }

  private func write(_ bytes: Data, as mediaType: String, into blobs: BlobFolder) throws -> Descriptor {
    let descriptor = Descriptor(mediaType: mediaType, digest: Digest.sha256(bytes), size: bytes.count)
    try Self.write(bytes, to: blobs.file(descriptor.digest))
    return descriptor
  }

  private static func write(_ bytes: Data, to file: URL) throws {
    do {
      try bytes.write(to: file, options: .atomic)
    } catch {
      throw OCIImageError(.unwritable, "\(file.path) cannot be written: \(error.localizedDescription)")
    }
  }

  private static let epoch = "1970-01-01T00:00:00Z"

  /// Sorted keys: a dictionary's order differs from run to run.
  private static func encoded(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(value)
  }
}
