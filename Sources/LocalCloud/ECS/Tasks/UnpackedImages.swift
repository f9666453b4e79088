import Foundation
import OCIImages

/// The unpacked images of the state folder: one folder a digest, made once, however many tasks ask at the same time.
actor UnpackedImages {
  private let directory: URL
  private var underWay: [String: Task<Void, any Error>] = [:]

  init(directory: URL) {
    self.directory = directory
  }

  /// The folder and the configuration of an image.
  ///
  /// - Throws: What unpacking and the file system throw.
  func unpack(_ image: ResolvedImage) async throws -> (root: URL, configuration: ImageConfiguration) {
    let configuration = try ImageConfiguration.read(
      image.manifest.config, from: image.blobPath(image.manifest.config.digest))
    let root = directory.appendingPathComponent(image.digest.replacing(":", with: "-"), isDirectory: true)
    if let task = underWay[image.digest] {
      try await task.value
    } else if !FileManager.default.fileExists(atPath: root.path) {
      let task = Task { try await Self.unpack(image, into: root) }
      underWay[image.digest] = task
      defer { underWay[image.digest] = nil }
      try await task.value
    }
    return (root, configuration)
  }

  /// Unpacks beside the place and renames, so that a folder with the right name is a whole image.
  private static func unpack(_ image: ResolvedImage, into root: URL) async throws {
    let directory = root.deletingLastPathComponent()
    let temporary = directory.appendingPathComponent(".unpacking-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    do {
      // Reading and writing files blocks, and the threads of tasks are few.
      try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
        DispatchQueue.global(qos: .utility).async {
          continuation.resume(
            with: Result { try ImageUnpacker.unpack(image.manifest, blobs: image.blobPath, into: temporary) })
        }
      }
      try FileManager.default.moveItem(at: temporary, to: root)
    } catch {
      try? FileManager.default.removeItem(at: temporary)
      throw error
    }
  }
}
