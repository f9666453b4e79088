import Foundation

/// Reads CBOR (RFC 8949): definite and indefinite lengths, all sizes of numbers.
struct CBORParser {
  /// Why bytes are no CBOR that is read here.
  struct Failure: Error, Equatable, CustomStringConvertible {
    var reason: String
    /// Where, counted in bytes from the start.
    var offset: Int
    var description: String { "the CBOR is malformed at byte \(offset): \(reason)" }
  }

  /// Deeper than any message of AWS.
  static let maximumDepth = 32

  private let bytes: [UInt8]
  private var position = 0

  /// Reads one item that is the whole of the bytes.
  static func parse(_ data: some Sequence<UInt8>) throws(Failure) -> CBORValue {
    var parser = CBORParser(bytes: Array(data))
    let value = try parser.item(depth: 0)
    guard parser.position == parser.bytes.count else { throw parser.failure("bytes after the end") }
    return value
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func item(depth: Int) throws(Failure) -> CBORValue {
    guard depth < Self.maximumDepth else { throw failure("more than \(Self.maximumDepth) levels") }
    let first = try byte()
    let (major, information) = (first >> 5, first & 31)
    switch major {
    case 0:
      guard let value = Int64(exactly: try argument(information)) else { throw failure("the number is too large") }
      return .integer(value)
    case 1:
      guard let value = Int64(exactly: try argument(information)) else { throw failure("the number is too large") }
      return .integer(~value)
    case 2: return .bytes(Data(try string(major, information)))
    case 3:
      guard let text = String(validating: try string(major, information), as: UTF8.self) else {
        throw failure("the text is not UTF-8")
      }
      return .text(text)
    case 4: return try array(information, depth)
    case 5: return try map(information, depth)
    case 6: return try tagged(information, depth)
    default: return try simple(information)
    }
  }

  private mutating func array(_ information: UInt8, _ depth: Int) throws(Failure) -> CBORValue {
    var items: [CBORValue] = []
    if information == 31 {
      while try !takesBreak() { items.append(try item(depth: depth + 1)) }
    } else {
      for _ in 0..<(try count(information)) { items.append(try item(depth: depth + 1)) }
    }
    return .array(items)
  }

  private mutating func map(_ information: UInt8, _ depth: Int) throws(Failure) -> CBORValue {
    var members: [(key: String, value: CBORValue)] = []
    func key(_ value: CBORValue) throws(Failure) -> String {
      guard case .text(let key) = value else { throw failure("the key of a map is no text") }
      return key
    }
    if information == 31 {
      while try !takesBreak() {
        members.append((try key(try item(depth: depth + 1)), try item(depth: depth + 1)))
      }
    } else {
      for _ in 0..<(try count(information)) {
        members.append((try key(try item(depth: depth + 1)), try item(depth: depth + 1)))
      }
    }
    return .map(members)
  }

  private mutating func tagged(_ information: UInt8, _ depth: Int) throws(Failure) -> CBORValue {
    let tag = try argument(information)
    let content = try item(depth: depth + 1)
    guard tag == 1 else { return content }
    switch content {
    case .integer(let seconds): return .instant(Double(seconds))
    case .double(let seconds): return .instant(seconds)
    default: throw failure("an instant is no number")
    }
  }

  private mutating func simple(_ information: UInt8) throws(Failure) -> CBORValue {
    switch information {
    case 20: return .bool(false)
    case 21: return .bool(true)
    case 22, 23: return .null
    case 25: return .double(Self.half(UInt16(try number(2))))
    case 26: return .double(Double(Float(bitPattern: UInt32(try number(4)))))
    case 27: return .double(Double(bitPattern: try number(8)))
    default: throw failure("a simple value that is not known")
    }
  }

  /// The bytes of a text or of bytes, the chunks of an indefinite one joined.
  private mutating func string(_ major: UInt8, _ information: UInt8) throws(Failure) -> [UInt8] {
    if information != 31 { return Array(try take(try count(information))) }
    var result: [UInt8] = []
    while try !takesBreak() {
      let first = try byte()
      guard first >> 5 == major, first & 31 != 31 else { throw failure("a chunk of another kind") }
      result += try take(try count(first & 31))
    }
    return result
  }

  /// How many items or bytes follow: never more than there are bytes left, so that a length alone costs no memory.
  private mutating func count(_ information: UInt8) throws(Failure) -> Int {
    let argument = try argument(information)
    guard argument <= UInt64(bytes.count - position) else { throw failure("the message ends too early") }
    return Int(argument)
  }

  private mutating func argument(_ information: UInt8) throws(Failure) -> UInt64 {
    switch information {
    case 0..<24: return UInt64(information)
    case 24: return try number(1)
    case 25: return try number(2)
    case 26: return try number(4)
    case 27: return try number(8)
    default: throw failure("a length that is not known")
    }
  }

  private mutating func number(_ size: Int) throws(Failure) -> UInt64 {
    try take(size).reduce(0) { $0 << 8 | UInt64($1) }
  }

  private mutating func take(_ count: Int) throws(Failure) -> ArraySlice<UInt8> {
    guard bytes.count - position >= count else { throw failure("the message ends too early") }
    defer { position += count }
    return bytes[position..<(position + count)]
  }

  private mutating func byte() throws(Failure) -> UInt8 {
    guard position < bytes.count else { throw failure("the message ends too early") }
    defer { position += 1 }
    return bytes[position]
  }

  private mutating func takesBreak() throws(Failure) -> Bool {
    guard position < bytes.count else { throw failure("the message ends too early") }
    guard bytes[position] == 0xff else { return false }
    position += 1
    return true
  }

  private func failure(_ reason: String) -> Failure { Failure(reason: reason, offset: position) }

  /// A number of 16 bits, RFC 8949, appendix D.
  private static func half(_ bits: UInt16) -> Double {
    let (exponent, fraction) = (Int(bits >> 10) & 31, Double(bits & 1023))
    let magnitude: Double =
      switch exponent {
      case 0: Double(sign: .plus, exponent: -24, significand: fraction)
      case 31: fraction == 0 ? .infinity : .nan
      default: Double(sign: .plus, exponent: exponent - 25, significand: fraction + 1024)
      }
    return bits >> 15 == 1 ? -magnitude : magnitude
  }
}
