import CZlib
import Foundation

/// Inflates a gzip stream of one or more members (RFC 1952), in chunks.
final class GzipSource: ByteSource {
  private let source: any ByteSource
  // zlib keeps the address of the stream, so it must not move.
  private let stream: UnsafeMutablePointer<z_stream>
  private var input = Data()
  private var isInsideMember = true
  private var isAtEnd = false
  private static let chunkSize = 1 << 18

  init(_ source: any ByteSource) throws {
    self.source = source
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // 15 bits of window, + 16 for gzip's header and trailer.
    guard inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      stream.deallocate()
      throw OCIImageError(.unsupported, "zlib cannot be started")
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  func next() throws -> Data? {
    while !isAtEnd {
      if input.isEmpty {
        guard let chunk = try source.next() else {
          guard !isInsideMember else { throw OCIImageError(.corrupt, "the gzip stream ends too early") }
          isAtEnd = true
          return nil
        }
        input = chunk
      }
      if !isInsideMember {
        // Padding after the last member is allowed, another member begins with gzip's magic number.
        guard input.first == 0x1f else {
          while try source.next() != nil {}
          isAtEnd = true
          return nil
        }
        inflateReset(stream)
        isInsideMember = true
      }
      let output = try inflated()
      if !output.isEmpty { return output }
    }
    return nil
  }

  private func inflated() throws -> Data {
    var output = Data(count: Self.chunkSize)
    var status: Int32 = Z_OK
    var consumed = 0
    var produced = 0
    output.withUnsafeMutableBytes { target in
      input.withUnsafeBytes { bytes in
        // zlib does not write to its input; its header lacks a `const`.
        stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.bindMemory(to: UInt8.self).baseAddress)
        stream.pointee.avail_in = UInt32(bytes.count)
        stream.pointee.next_out = target.bindMemory(to: UInt8.self).baseAddress
        stream.pointee.avail_out = UInt32(target.count)
        status = inflate(stream, Z_NO_FLUSH)
        consumed = bytes.count - Int(stream.pointee.avail_in)
        produced = target.count - Int(stream.pointee.avail_out)
      }
    }
    guard status == Z_OK || status == Z_STREAM_END || (status == Z_BUF_ERROR && consumed + produced > 0) else {
      throw OCIImageError(.corrupt, "the gzip stream is damaged")
    }
    input = input.dropFirst(consumed)
    if status == Z_STREAM_END { isInsideMember = false }
    return output.prefix(produced)
  }
}
