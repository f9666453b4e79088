import Foundation
import Hummingbird
import NIOCore

/// The bytes of an object, open since it was looked up: whoever replaces or deletes it meanwhile does not disturb a reader.
struct ObjectReader: Sendable {
  private static let pieceSize = 128 << 10

  private let handle: FileHandle

  /// Opens a file.
  ///
  /// - Throws: `POSIXError`.
  init(_ path: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  /// The bytes of a range as the body of an answer; the next piece is read when the client has taken the last one.
  func body(_ range: Range<Int>) -> ResponseBody {
    ResponseBody(contentLength: range.count) { writer in
      var offset = range.lowerBound
      while offset < range.upperBound {
        let piece = try read(min(Self.pieceSize, range.upperBound - offset), at: offset)
        offset += piece.readableBytes
        try await writer.write(piece)
      }
      try await writer.finish(nil)
    }
  }

  /// The bytes from the first one on, piece by piece.
  func forEachPiece(_ take: (UnsafeRawBufferPointer) throws -> Void) async throws {
    var offset = 0
    while let piece = try read(at: offset) {
      try piece.withUnsafeReadableBytes(take)
      offset += piece.readableBytes
      await Task.yield()
    }
  }

  /// - Returns: `nil` behind the last byte.
  private func read(at offset: Int) throws -> ByteBuffer? {
    var buffer = ByteBuffer()
    let count = try buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: Self.pieceSize) { bytes in
      let done = pread(handle.fileDescriptor, bytes.baseAddress, Self.pieceSize, off_t(offset))
      guard done >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
      return done
    }
    return count == 0 ? nil : buffer
  }

  private func read(_ count: Int, at offset: Int) throws -> ByteBuffer {
    var buffer = ByteBuffer()
    try buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { bytes in
      let done = pread(handle.fileDescriptor, bytes.baseAddress, count, off_t(offset))
      guard done > 0 else { throw POSIXError(done < 0 ? POSIXErrorCode(rawValue: errno) ?? .EIO : .EIO) }
      return done
    }
    return buffer
  }
}
