import AWSWire
import Foundation
import OCIImages

/// The bytes of all repositories, one file a digest: `blobs/sha256/<first two digits>/<digits>`.
struct BlobStore: Sendable {
  private let root: URL

  init(_ stateDirectory: URL) throws {
    root = stateDirectory.appendingPathComponent("blobs/sha256")
    try Self.makeFolder(root)
  }

  /// The file of a blob, whether it is there or not.
  ///
  /// - Parameter digest: Must be valid; it becomes part of a path.
  func file(_ digest: String) -> URL {
    let digits = digest.dropFirst("sha256:".count)
    return root.appendingPathComponent(String(digits.prefix(2))).appendingPathComponent(String(digits))
  }

  func contains(_ digest: String) -> Bool {
    Digest.isValid(digest) && FileManager.default.fileExists(atPath: file(digest).path)
  }

  /// How many bytes a blob has; `nil` for one that is not there.
  func size(_ digest: String) -> Int? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: file(digest).path)
    return (attributes?[.size] as? NSNumber)?.intValue
  }

  /// Makes a blob as young as one that was just written, so that it is not collected before a record names it.
  ///
  /// - Returns: Whether it is there.
  func touch(_ digest: String) -> Bool {
    Digest.isValid(digest) && utimes(file(digest).path, nil) == 0
  }

  func read(_ digest: String) throws -> Data {
    do {
      return try Data(contentsOf: file(digest))
    } catch {
      throw ECRError.storage("\(file(digest).path) cannot be read: \(error.localizedDescription)")
    }
  }

  /// Puts bytes, whole or not at all.
  func put(_ bytes: Data) throws -> String {
    let digest = Digest.sha256(bytes)
    guard !touch(digest) else { return digest }
    let temporary = root.appendingPathComponent(".put-\(UUID().uuidString)")
    var writer = try UploadWriter(temporary, hasher: Digest.Hasher(), size: 0)
    do {
      try bytes.withUnsafeBytes { try writer.write($0) }
      try writer.synchronize()
      try adopt(temporary, as: digest)
    } catch {
      unlink(temporary.path)
      throw error
    }
    return digest
  }

  /// Moves a complete file, whose bytes are on disk, to its digest.
  func adopt(_ temporary: URL, as digest: String) throws {
    let target = file(digest)
    let folder = target.deletingLastPathComponent()
    try Self.makeFolder(folder)
    // Its bytes may have come long ago.
    utimes(temporary.path, nil)
    guard rename(temporary.path, target.path) == 0 else {
      throw ECRError.storage("\(target.path) cannot be written: \(String(cString: strerror(errno)))")
    }
    // The name must survive a power cut as well as the bytes.
    let descriptor = open(folder.path, O_RDONLY | O_CLOEXEC)
    if descriptor >= 0 {
      fsync(descriptor)
      close(descriptor)
    }
  }

  /// Removes every file whose digest is not in a set, and what broken writes left.
  ///
  /// - Parameter instant: What was written later stays; `nil` to keep nothing for its youth.
  func sweep(keeping digests: Set<String>, writtenBefore instant: Date? = nil) {
    let kept = Set(digests.map { String($0.dropFirst("sha256:".count)) })
    func remove(_ file: URL) {
      if let instant {
        let attributes = try? FileManager.default.attributesOfItem(atPath: file.path)
        guard let date = attributes?[.modificationDate] as? Date, date < instant else { return }
      }
      unlink(file.path)
    }
    for folder in Self.names(root) {
      let url = root.appendingPathComponent(folder)
      if folder.hasPrefix(".put-") { remove(url) }
      for name in Self.names(url) where !kept.contains(name) { remove(url.appendingPathComponent(name)) }
    }
  }

  private static func names(_ folder: URL) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
  }

  static func makeFolder(_ folder: URL) throws {
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw ECRError.storage("\(folder.path) cannot be made: \(error.localizedDescription)")
    }
  }
}
