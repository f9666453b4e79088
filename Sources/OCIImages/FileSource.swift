import Foundation

/// Bytes that come in chunks.
protocol ByteSource: AnyObject {
  /// The next bytes, never empty; `nil` at the end.
  func next() throws -> Data?
}

/// A regular file, read in chunks of 1 MiB.
final class FileSource: ByteSource {
  /// The size when the file was opened.
  let size: Int
  private let handle: FileHandle
  private let path: String

  init(_ file: URL) throws {
    path = file.path
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.unreadable(path, errno) }
    handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Self.unreadable(path, errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw OCIImageError(.unreadable, "\(path) is no regular file")
    }
    size = Int(status.st_size)
  }

  static let chunkSize = 1 << 20

  func next() throws -> Data? {
    do {
      let chunk = try handle.read(upToCount: Self.chunkSize)
      return chunk?.isEmpty == false ? chunk : nil
    } catch {
      throw OCIImageError(.unreadable, "\(path) cannot be read: \(error.localizedDescription)")
    }
  }

  private static func unreadable(_ path: String, _ code: Int32) -> OCIImageError {
    code == ENOENT
      ? OCIImageError(.unreadable, "\(path) does not exist; build it first, or correct the path")
      : OCIImageError(.unreadable, "\(path) cannot be read: \(String(cString: strerror(code)))")
  }
}
