import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Cuts a stream of bytes into lines, whatever way the bytes are cut into reads.
///
/// A line ends with LF or CR LF. One longer than the limit is split, between two characters when it is UTF-8. Bytes that
/// are no UTF-8 become U+FFFD.
struct LineSplitter {
  /// The longest line in bytes: the limit of a CloudWatch Logs event.
  static let limit = 256 * 1024

  private var partial: [UInt8] = []

  /// Takes bytes, and hands over each line that they complete.
  mutating func append(_ bytes: UnsafeRawBufferPointer, line: (String) -> Void) {
    guard let base = bytes.baseAddress else { return }
    var start = 0
    while start < bytes.count, let found = memchr(base + start, 0x0A, bytes.count - start) {
      let end = UnsafeRawPointer(found) - base
      let rest = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
      if partial.isEmpty, rest.count <= Self.limit {
        line(Self.text(rest))
      } else {
        partial.append(contentsOf: rest)
        split(line: line)
        finish(line: line, endsLine: true)
      }
      start = end + 1
    }
    if start < bytes.count {
      partial.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[start...]))
      split(line: line)
    }
  }

  /// Hands over what the program wrote after its last line end.
  mutating func finish(line: (String) -> Void) { finish(line: line, endsLine: false) }

  private mutating func finish(line: (String) -> Void, endsLine: Bool) {
    guard endsLine || !partial.isEmpty else { return }
    partial.withUnsafeBytes { line(Self.text($0)) }
    partial.removeAll(keepingCapacity: partial.capacity <= Self.limit)
  }

  private mutating func split(line: (String) -> Void) {
    var start = 0
    while partial.count - start > Self.limit {
      var end = start + Self.limit
      // Back to the first byte of a character: a continuation byte is 10xxxxxx, at most three in a row.
      var back = 0
      while back < 3, partial[end] & 0xC0 == 0x80 {
        end -= 1
        back += 1
      }
      if partial[end] & 0xC0 == 0x80 { end = start + Self.limit }
      line(String(decoding: partial[start..<end], as: UTF8.self))
      start = end
    }
    if start > 0 { partial.removeFirst(start) }
  }

  private static func text(_ bytes: UnsafeRawBufferPointer) -> String {
    String(decoding: bytes.last == 0x0D ? UnsafeRawBufferPointer(rebasing: bytes.dropLast()) : bytes, as: UTF8.self)
  }
}
