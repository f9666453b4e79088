import AWSWire
import Foundation
import OCIImages

/// Appends to a file and to its digest. One request owns it at a time.
struct UploadWriter: Sendable {
  let file: URL
  private let handle: FileHandle
  private(set) var hasher: Digest.Hasher
  private(set) var size: Int

  /// Opens a file to go on at `size`; what is behind, of a write that broke, is cut off.
  init(_ file: URL, hasher: Digest.Hasher, size: Int) throws {
    self.file = file
    self.hasher = hasher
    self.size = size
    let descriptor = open(file.path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Self.fault(file) }
    handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    var status = stat()
    guard fstat(descriptor, &status) == 0,
      status.st_size == off_t(size) || ftruncate(descriptor, off_t(size)) == 0,
      lseek(descriptor, off_t(size), SEEK_SET) >= 0
    else { throw Self.fault(file) }
  }

  /// Appends bytes, all or none.
  mutating func write(_ bytes: UnsafeRawBufferPointer) throws {
    let descriptor = handle.fileDescriptor
    var done = 0
    while done < bytes.count {
      let written = Foundation.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
      if written < 0 {
        if errno == EINTR { continue }
        let fault = Self.fault(file)
        ftruncate(descriptor, off_t(size))
        lseek(descriptor, off_t(size), SEEK_SET)
        throw fault
      }
      done += written
    }
    hasher.update(bytes)
    size += bytes.count
  }

  /// Returns when the bytes are on disk.
  func synchronize() throws {
    guard fsync(handle.fileDescriptor) == 0 else { throw Self.fault(file) }
  }

  private static func fault(_ file: URL) -> AWSError {
    let code = errno
    return code == ENOSPC || code == EDQUOT
      ? ECRError.storage("The disk is full: \(file.path) cannot be written. Free some space and push again.")
      : ECRError.storage("\(file.path) cannot be written: \(String(cString: strerror(code)))")
  }
}
