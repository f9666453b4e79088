import Foundation

/// Reads a `Decodable` value out of CBOR. A whole number reads as a fraction, and a fraction that is whole as a number:
/// clients send what is shortest.
struct CBORDecoder: Decoder {
  let value: CBORValue
  var codingPath: [any CodingKey] = []
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  /// Reads a value.
  ///
  /// - Throws: `DecodingError`.
  static func decode<T: Decodable>(_ type: T.Type, from value: CBORValue, path: [any CodingKey] = []) throws -> T {
    let decoder = CBORDecoder(value: value, codingPath: path)
    let found: Any? =
      switch (type, value) {
      case (is Date.Type, .instant(let seconds)): Date(timeIntervalSince1970: seconds)
      case (is Data.Type, .bytes(let bytes)): bytes
      case (is Date.Type, _), (is Data.Type, _): throw decoder.mismatch(type)
      default: nil
      }
    if let found = found as? T { return found }
    return try T(from: decoder)
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard case .map(let members) = value else { throw mismatch([String: Any].self) }
    return KeyedDecodingContainer(Keyed(value: value, members: members.map(\.key), codingPath: codingPath))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard case .array(let items) = value else { throw mismatch([Any].self) }
    return Unkeyed(items: items, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer { Single(decoder: self) }

  fileprivate func mismatch(_ type: any Any.Type) -> DecodingError {
    .typeMismatch(type, .init(codingPath: codingPath, debugDescription: "another type"))
  }

  private struct Keyed<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let value: CBORValue
    let members: [String]
    let codingPath: [any CodingKey]

    var allKeys: [Key] { members.compactMap(Key.init(stringValue:)) }

    private func child(_ key: Key) throws -> CBORDecoder {
      guard let child = value[key.stringValue] else {
        throw DecodingError.keyNotFound(key, .init(codingPath: codingPath, debugDescription: "absent"))
      }
      return CBORDecoder(value: child, codingPath: codingPath + [key])
    }

    func contains(_ key: Key) -> Bool { value[key.stringValue] != nil }
    func decodeNil(forKey key: Key) -> Bool { !contains(key) }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
      let child = try child(key)
      return try CBORDecoder.decode(type, from: child.value, path: child.codingPath)
    }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) throws
      -> KeyedDecodingContainer<Nested>
    { try child(key).container(keyedBy: type) }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
      try child(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { CBORDecoder(value: value, codingPath: codingPath) }
    func superDecoder(forKey key: Key) throws -> any Decoder { try child(key) }
  }

  private struct Unkeyed: UnkeyedDecodingContainer {
    let items: [CBORValue]
    let codingPath: [any CodingKey]
    var currentIndex = 0

    var count: Int? { items.count }
    var isAtEnd: Bool { currentIndex >= items.count }

    private mutating func next() throws -> CBORDecoder {
      let path = codingPath + [QueryIndex(currentIndex)]
      guard !isAtEnd else {
        throw DecodingError.valueNotFound(Any.self, .init(codingPath: path, debugDescription: "the list ends"))
      }
      defer { currentIndex += 1 }
      return CBORDecoder(value: items[currentIndex], codingPath: path)
    }

    mutating func decodeNil() -> Bool {
      guard !isAtEnd, case .null = items[currentIndex] else { return false }
      currentIndex += 1
      return true
    }

    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
      let decoder = try next()
      return try CBORDecoder.decode(type, from: decoder.value, path: decoder.codingPath)
    }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) throws
      -> KeyedDecodingContainer<Nested>
    { try next().container(keyedBy: type) }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try next().unkeyedContainer() }
    mutating func superDecoder() throws -> any Decoder { try next() }
  }

  private struct Single: SingleValueDecodingContainer {
    let decoder: CBORDecoder
    var codingPath: [any CodingKey] { decoder.codingPath }

    func decodeNil() -> Bool { decoder.value == .null }

    func decode(_ type: String.Type) throws -> String {
      guard case .text(let text) = decoder.value else { throw decoder.mismatch(type) }
      return text
    }

    func decode(_ type: Bool.Type) throws -> Bool {
      guard case .bool(let value) = decoder.value else { throw decoder.mismatch(type) }
      return value
    }

    func decode(_ type: Double.Type) throws -> Double {
      switch decoder.value {
      case .double(let value): return value
      case .integer(let value): return Double(value)
      default: throw decoder.mismatch(type)
      }
    }

    func decode(_ type: Int.Type) throws -> Int {
      switch decoder.value {
      case .integer(let value): return Int(value)
      case .double(let value):
        guard let whole = Int(exactly: value) else { throw decoder.mismatch(type) }
        return whole
      default: throw decoder.mismatch(type)
      }
    }

    func decode<T: Decodable>(_ type: T.Type) throws -> T {
      // The shapes of AWS have no other numbers than `Int` and `Double`.
      if type is any FixedWidthInteger.Type || type is Float.Type { throw decoder.mismatch(type) }
      return try CBORDecoder.decode(type, from: decoder.value, path: codingPath)
    }
  }
}
