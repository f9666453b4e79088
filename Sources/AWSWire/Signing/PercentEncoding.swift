import Foundation

/// Percent-encoding as Signature Version 4 demands it: only the unreserved characters of RFC 3986 stay.
enum PercentEncoding {
  private static let digits = Array("0123456789ABCDEF".utf8)

  /// Encodes every byte but unreserved characters and those of `kept`.
  static func encode(_ text: String, keeping kept: String = "") -> String {
    var result: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
        UInt8(ascii: "~"):
        result.append(byte)
      case _ where kept.utf8.contains(byte): result.append(byte)
      default: result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Name and value of one parameter of a query, decoded. `+` is a plus, as it is for AWS.
  static func pair(_ text: Substring) -> (name: String, value: String) {
    let (name, value) = rawPair(text)
    return (name.removingPercentEncoding ?? name, value.removingPercentEncoding ?? value)
  }

  /// What stands before and after the first `=`.
  static func rawPair(_ text: some StringProtocol) -> (name: String, value: String) {
    guard let sign = text.firstIndex(of: "=") else { return (String(text), "") }
    return (String(text[..<sign]), String(text[text.index(after: sign)...]))
  }

  /// Lower-case hexadecimal digits.
  static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let lower = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [lower[Int($0 >> 4)], lower[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// The bytes of hexadecimal digits; `nil` for anything else.
  static func bytes(hexadecimal text: String) -> [UInt8]? {
    let values = text.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
    guard values.count == text.utf8.count, values.count.isMultiple(of: 2) else { return nil }
    return stride(from: 0, to: values.count, by: 2).map { UInt8(values[$0] << 4 | values[$0 + 1]) }
  }
}
