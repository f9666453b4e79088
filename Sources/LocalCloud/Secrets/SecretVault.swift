import AWSWire
import Foundation

/// The values of one service's secrets: one file each, which only its owner may read, below `vault/` of the state
/// folder. Records refer to a value by its file's name, so that no record and no copy of the database holds one.
///
/// A value is on disk before a record names it; what a crash leaves without a name, the next start removes.
struct SecretVault: Sendable {
  private let folder: URL

  /// Opens the vault of a service.
  ///
  /// - Throws: ``AWSError`` when its folder cannot be made.
  init(_ name: String, stateDirectory: URL) throws {
    folder = stateDirectory.appendingPathComponent("vault").appendingPathComponent(name)
    do {
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw Self.fault("\(folder.path) cannot be made: \(error.localizedDescription)")
    }
  }

  /// Keeps a value under a name of its own.
  ///
  /// - Throws: ``AWSError`` when the disk does not take it.
  func put(_ value: Data) throws -> String {
    let name = UUID().uuidString.lowercased()
    let path = folder.appendingPathComponent(name).path
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Self.fault("\(path) cannot be made: \(String(cString: strerror(errno)))") }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      try handle.write(contentsOf: value)
      try handle.synchronize()
    } catch {
      unlink(path)
      throw Self.fault("\(path) cannot be written: \(error.localizedDescription)")
    }
    let directory = open(folder.path, O_RDONLY | O_CLOEXEC)
    if directory >= 0 {
      fsync(directory)
      close(directory)
    }
    return name
  }

  /// The value of a name that ``put(_:)`` gave.
  ///
  /// - Throws: ``AWSError`` when the file is gone.
  func value(_ name: String) throws -> Data {
    do {
      return try Data(contentsOf: folder.appendingPathComponent(name))
    } catch {
      throw Self.fault("\(folder.appendingPathComponent(name).path) cannot be read: \(error.localizedDescription)")
    }
  }

  /// Removes values.
  func remove(_ names: some Sequence<String>) {
    for name in names { unlink(folder.appendingPathComponent(name).path) }
  }

  /// Removes every value but some.
  func sweep(keeping names: Set<String>) {
    let found = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    remove(found.filter { !names.contains($0) })
  }

  private static func fault(_ reason: String) -> AWSError {
    AWSError("InternalServiceError", reason, httpStatus: 500)
  }
}
