import AWSWire
import Crypto
import Foundation
import Logging

/// The bytes of all objects, one file a version: `objects/<two digits>/<name>` of the state folder.
struct ObjectStore: Sendable {
  private let root: URL

  init(_ stateDirectory: URL) throws {
    root = stateDirectory.appendingPathComponent("objects")
    try FileManager.default.createDirectory(
      at: root, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  func path(_ name: String) -> String {
    root.appendingPathComponent(String(name.prefix(2))).appendingPathComponent(name).path
  }

  /// Opens a file for a new object.
  func writer(_ checksum: ObjectChecksum.Algorithm?, hashes: Bool) throws -> ObjectWriter {
    let name = UUID().uuidString.lowercased()
    let path = path(name)
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    return try ObjectWriter(name: name, path: path, checksum: checksum, hashes: hashes)
  }

  /// Writes files one behind the other into a new one, which is on disk afterwards.
  ///
  /// - Throws: `POSIXError` when one of them is not there, or cannot be read. There is no new file then.
  func join(_ names: [String], _ checksum: ObjectChecksum.Algorithm?) async throws -> ObjectWriter {
    var writer = try writer(checksum, hashes: false)
    do {
      for name in names { try await ObjectReader(path(name)).forEachPiece { try writer.write($0) } }
      try writer.synchronize()
      return writer
    } catch {
      remove([writer.name])
      throw error
    }
  }

  func remove(_ names: some Sequence<String>) {
    for name in names { unlink(path(name)) }
  }

  /// Removes every file but some: what broken uploads left.
  func sweep(keeping names: Set<String>) {
    for folder in (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? [] {
      let folder = root.appendingPathComponent(folder)
      for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [] where !names.contains(name)
      {
        unlink(folder.appendingPathComponent(name).path)
      }
    }
  }
}

/// The file of an object that is being received, and the digests of its bytes.
struct ObjectWriter: Sendable {
  let name: String
  private let path: String
  private let handle: FileHandle
  private(set) var size = 0
  private var md5 = Insecure.MD5()
  private var sha256: SHA256?
  private var checksum: ObjectChecksum?

  /// - Parameter hashes: Whether the SHA-256 is wanted.
  fileprivate init(name: String, path: String, checksum: ObjectChecksum.Algorithm?, hashes: Bool) throws {
    self.name = name
    self.path = path
    self.checksum = checksum.map(ObjectChecksum.init)
    sha256 = hashes ? SHA256() : nil
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  mutating func write(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = Foundation.write(
        handle.fileDescriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if written < 0 {
        if errno == EINTR { continue }
        throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
      }
      rest = rest.dropFirst(written)
    }
    md5.update(bufferPointer: bytes)
    sha256?.update(bufferPointer: bytes)
    checksum?.update(bytes)
    size += bytes.count
  }

  /// Returns when bytes and name are on disk.
  func synchronize() throws {
    try handle.synchronize()
    let folder = open((path as NSString).deletingLastPathComponent, O_RDONLY | O_CLOEXEC)
    if folder >= 0 {
      fsync(folder)
      close(folder)
    }
  }

  /// The digest of all bytes, as bytes.
  var contentMD5: Data { Data(md5.finalize()) }
  /// The SHA-256 of all bytes, when it was wanted: as hexadecimal digits.
  var contentSHA256: String? { sha256.map { Self.hexadecimal($0.finalize()) } }
  var checksumValue: ObjectChecksum.Value? { checksum?.value }

  static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
