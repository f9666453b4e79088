import Foundation
import OCIImages
import PalcoCore

/// The unpacked images of the state folder: one folder a digest, made once, however many tasks ask at the same time. Its
/// modification date says when a task asked last.
actor UnpackedImages {
  /// An image stays so long after the last task has asked for it.
  static let secondsKept = 86_400.0
  private static let unpacking = ".unpacking-"
  private static let removing = ".removing-"

  private let directory: URL
  private let time: TimeSource
  private var underWay: [String: Task<Void, any Error>] = [:]

  init(directory: URL, time: TimeSource) {
    self.directory = directory
    self.time = time
  }

  /// The folder and the configuration of an image.
  ///
  /// - Throws: What unpacking and the file system throw.
  func unpack(_ image: ResolvedImage) async throws -> (root: URL, configuration: ImageConfiguration) {
    let configuration = try ImageConfiguration.read(
      image.manifest.config, from: image.blobPath(image.manifest.config.digest))
    let root = directory.appendingPathComponent(Self.folder(of: image.digest), isDirectory: true)
    if let task = underWay[image.digest] {
      try await task.value
    } else if !FileManager.default.fileExists(atPath: root.path) {
      let task = Task { try await Self.unpack(image, into: root) }
      underWay[image.digest] = task
      defer { underWay[image.digest] = nil }
      try await task.value
    }
    try FileManager.default.setAttributes([.modificationDate: time.now()], ofItemAtPath: root.path)
    return (root, configuration)
  }

  /// Removes the images that no task has asked for in a day, and what unpacking left that was cut short.
  ///
  /// - Parameter digests: The images that tasks use.
  func collect(keeping digests: Set<String>) async {
    let kept = Set(digests.map(Self.folder))
    let limit = time.now().addingTimeInterval(-Self.secondsKept)
    var gone: [URL] = []
    for name in (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? [] where !kept.contains(name)
    {
      let folder = directory.appendingPathComponent(name)
      let attributes = try? FileManager.default.attributesOfItem(atPath: folder.path)
      guard let date = attributes?[.modificationDate] as? Date, date < limit else { continue }
      // Under its own name, half of an image would be taken for a whole one.
      let renamed = directory.appendingPathComponent("\(Self.removing)\(UUID().uuidString)")
      if (try? FileManager.default.moveItem(at: folder, to: renamed)) != nil { gone.append(renamed) }
    }
    guard !gone.isEmpty else { return }
    let folders = gone
    await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
      DispatchQueue.global(qos: .utility).async {
        for folder in folders { Self.remove(folder) }
        continuation.resume()
      }
    }
  }

  /// Removes a tree, in which folders may be that nothing may be removed from.
  private static func remove(_ root: URL) {
    let enumerator = FileManager.default.enumerator(at: root, includingPropertiesForKeys: [.isDirectoryKey])
    while let url = enumerator?.nextObject() as? URL {
      guard (try? url.resourceValues(forKeys: [.isDirectoryKey]).isDirectory) == true else { continue }
      try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: url.path)
    }
    try? FileManager.default.removeItem(at: root)
  }

  private static func folder(of digest: String) -> String { digest.replacing(":", with: "-") }

  /// Unpacks beside the place and renames, so that a folder with the right name is a whole image.
  private static func unpack(_ image: ResolvedImage, into root: URL) async throws {
    let directory = root.deletingLastPathComponent()
    let temporary = directory.appendingPathComponent("\(unpacking)\(UUID().uuidString)")
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
