import Foundation

/// The layout of a tar header, as POSIX.1-2001 (pax) describes it.
enum Tar {
  static let blockSize = 512
  /// Eleven octal digits.
  static let largestOctalSize = 0o77777777777

  /// A header block owned by 0:0 and dated 1970. A text that is too long is cut: its PAX record says it whole.
  static func header(_ name: String, type: Character, mode: Int, size: Int, link: String = "") -> Data {
    var block = Data(count: blockSize)
    func put(_ text: String, at offset: Int, width: Int) {
      let bytes = Array(text.utf8.prefix(width))
      block.replaceSubrange(offset..<offset + bytes.count, with: bytes)
    }
    func number(_ value: Int, at offset: Int, width: Int) {
      let digits = String(value, radix: 8)
      put(String(repeating: "0", count: max(0, width - 1 - digits.count)) + digits, at: offset, width: width - 1)
    }
    put(name, at: 0, width: 100)
    number(mode, at: 100, width: 8)
    number(0, at: 108, width: 8)
    number(0, at: 116, width: 8)
    number(min(size, largestOctalSize), at: 124, width: 12)
    number(0, at: 136, width: 12)
    put("        ", at: 148, width: 8)
    put(String(type), at: 156, width: 1)
    put(link, at: 157, width: 100)
    put("ustar\u{0}00", at: 257, width: 8)
    number(0, at: 329, width: 8)
    number(0, at: 337, width: 8)
    let sum = block.reduce(0) { $0 + Int($1) }
    number(sum, at: 148, width: 7)
    put("\u{0} ", at: 154, width: 2)
    return block
  }

  /// A PAX record: its own length in decimal, a space, `key=value` and a line end.
  static func record(_ key: String, _ value: String) -> String {
    let rest = " \(key)=\(value)\n"
    var length = rest.utf8.count
    while String(length).utf8.count + rest.utf8.count != length { length = String(length).utf8.count + rest.utf8.count }
    return String(length) + rest
  }
}
