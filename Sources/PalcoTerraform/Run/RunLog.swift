import Foundation
import Synchronization

/// The file that keeps everything Terraform said in one run of Palco, for its owner only.
final class RunLog: Sendable {
  let url: URL
  private let handle: Mutex<FileHandle?>

  /// Begins the file anew.
  init(_ url: URL) {
    self.url = url
    let folder = url.deletingLastPathComponent()
    try? FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let isThere = FileManager.default.createFile(
      atPath: url.path, contents: nil, attributes: [.posixPermissions: 0o600])
    handle = Mutex(isThere ? FileHandle(forWritingAtPath: url.path) : nil)
  }

  /// Adds a line. A full disk stops nothing: the log is there to help.
  func add(_ line: String) {
    handle.withLock { try? $0?.write(contentsOf: Data((line + "\n").utf8)) }
  }
}
