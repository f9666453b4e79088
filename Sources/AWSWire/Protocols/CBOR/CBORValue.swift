import Foundation

/// A data item of CBOR (RFC 8949), as far as AWS uses it.
indirect enum CBORValue: Sendable, Equatable {
  case null
  case bool(Bool)
  case integer(Int64)
  case double(Double)
  case text(String)
  case bytes(Data)
  case array([CBORValue])
  /// In the order of the message.
  case map([(key: String, value: CBORValue)])
  /// Tag 1: seconds since 1970.
  case instant(Double)

  static func == (left: CBORValue, right: CBORValue) -> Bool { left.encoded == right.encoded }

  /// A member of a map; a member that is null reads as absent.
  subscript(name: String) -> CBORValue? {
    guard case .map(let members) = self, let value = members.last(where: { $0.key == name })?.value else { return nil }
    if case .null = value { return nil }
    return value
  }
}

// Writing: definite lengths, and numbers in their shortest form that loses nothing.
extension CBORValue {
  /// The bytes of the item.
  var encoded: Data {
    var data = Data()
    write(into: &data)
    return data
  }

  private func write(into data: inout Data) {
    switch self {
    case .null: data.append(0xf6)
    case .bool(let value): data.append(value ? 0xf5 : 0xf4)
    case .integer(let value):
      if value >= 0 { Self.head(0, UInt64(value), &data) } else { Self.head(1, UInt64(bitPattern: ~value), &data) }
    case .double(let value): Self.write(value, &data)
    case .text(let text):
      Self.head(3, UInt64(text.utf8.count), &data)
      data.append(contentsOf: text.utf8)
    case .bytes(let bytes):
      Self.head(2, UInt64(bytes.count), &data)
      data.append(bytes)
    case .array(let items):
      Self.head(4, UInt64(items.count), &data)
      for item in items { item.write(into: &data) }
    case .map(let members):
      Self.head(5, UInt64(members.count), &data)
      for (key, value) in members {
        CBORValue.text(key).write(into: &data)
        value.write(into: &data)
      }
    case .instant(let seconds):
      Self.head(6, 1, &data)
      if let whole = Int64(exactly: seconds) {
        CBORValue.integer(whole).write(into: &data)
      } else {
        Self.write(seconds, &data)
      }
    }
  }

  private static func write(_ value: Double, _ data: inout Data) {
    let single = Float(value)
    if Double(single) == value {
      data.append(0xfa)
      append(single.bitPattern, &data)
    } else {
      data.append(0xfb)
      append(value.bitPattern, &data)
    }
  }

  private static func head(_ major: UInt8, _ argument: UInt64, _ data: inout Data) {
    let kind = major << 5
    switch argument {
    case 0..<24: data.append(kind | UInt8(argument))
    case 24...0xff: data.append(contentsOf: [kind | 24, UInt8(argument)])
    case 0x100...0xffff:
      data.append(kind | 25)
      append(UInt16(argument), &data)
    case 0x1_0000...0xffff_ffff:
      data.append(kind | 26)
      append(UInt32(argument), &data)
    default:
      data.append(kind | 27)
      append(argument, &data)
    }
  }

  private static func append<Number: FixedWidthInteger>(_ number: Number, _ data: inout Data) {
    withUnsafeBytes(of: number.bigEndian) { data.append(contentsOf: $0) }
  }
}
