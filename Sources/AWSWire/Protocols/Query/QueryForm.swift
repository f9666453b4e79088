import Foundation

/// `application/x-www-form-urlencoded` bodies: pairs of names and values.
enum QueryForm {
  /// More pairs than any real request holds; a larger request is refused rather than built up in memory.
  static let maximumPairs = 20_000

  /// The pairs of a node: `Names.member.1=…`, `Targets.member.1.Id=…`, `Parameters.entry.1.key=…`.
  static func pairs(of node: QueryNode, name: String = "") -> [(name: String, value: String)] {
    func under(_ part: String) -> String { name.isEmpty ? part : "\(name).\(part)" }
    switch node.content {
    case .nothing: return []
    case .text(let text): return [(name, text)]
    case .structure(let members): return members.flatMap { pairs(of: $0.value, name: under($0.name)) }
    case .list(let items):
      // An empty list is a name without a value; leaving it out would mean "not given".
      if items.isEmpty { return [(name, "")] }
      return items.enumerated().flatMap { pairs(of: $1, name: under("member.\($0 + 1)")) }
    case .map(let entries):
      return entries.enumerated().flatMap { index, entry in
        [(under("entry.\(index + 1).key"), entry.key)]
          + pairs(of: entry.value, name: under("entry.\(index + 1).value"))
      }
    }
  }

  /// The bytes of pairs.
  static func body(_ pairs: [(name: String, value: String)]) -> Data {
    Data(pairs.map { "\(escaped($0.name))=\(escaped($0.value))" }.joined(separator: "&").utf8)
  }

  /// The pairs of a body.
  ///
  /// - Throws: ``AWSError`` `MalformedQueryString` for what is no form in UTF-8, or too large a one.
  static func parse(_ body: Data) throws -> [(name: String, value: String)] {
    let parts = body.split(separator: UInt8(ascii: "&"))
    guard parts.count <= maximumPairs else {
      throw AWSError("MalformedQueryString", "The request has more than \(maximumPairs) parameters.")
    }
    return try parts.map { part in
      let equals = part.firstIndex(of: UInt8(ascii: "=")) ?? part.endIndex
      guard let name = unescaped(part[..<equals]), let value = unescaped(part[equals...].dropFirst()) else {
        throw AWSError(
          "MalformedQueryString", "The query string contains a syntax error: it is not percent-encoded UTF-8.")
      }
      return (name, value)
    }
  }

  private static func escaped(_ text: String) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    let digits = Array("0123456789ABCDEF".utf8)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        bytes.append(byte)
      default:
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func unescaped(_ part: Data.SubSequence) -> String? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(part.count)
    var rest = part
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else { return nil }
        bytes.append(high << 4 | low)
      default: bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
