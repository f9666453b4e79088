import Foundation

/// Reads a `Decodable` value from a form or an XML document.
///
/// Member names are looked up with an upper-case first letter, the counterpart of ``QueryEncoder``.
struct QueryDecoder<Element: QueryElement>: Decoder {
  let element: Element
  var codingPath: [any CodingKey] = []
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  /// Reads a value.
  ///
  /// - Throws: `DecodingError`, and ``AWSError`` for numbers and structure that are malformed.
  static func decode<T: Decodable>(_ type: T.Type, from element: Element, path: [any CodingKey] = []) throws -> T {
    let decoder = QueryDecoder(element: element, codingPath: path)
    let value: Any? =
      switch type {
      case is Date.Type: try decoder.date()
      case is Data.Type: try decoder.data()
      case let map as any StringKeyedMap.Type:
        try map.decode(from: element.entries(), path: path)
      default: nil
      }
    if let value = value as? T { return value }
    return try T(from: decoder)
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    if let text = element.text, !text.allSatisfy(\.isWhitespace) {
      throw AWSError("MalformedInput", "Unexpected complex element termination")
    }
    return KeyedDecodingContainer(KeyedContainer(element: element, codingPath: codingPath))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    UnkeyedContainer(items: try element.items(), codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer { SingleContainer(decoder: self) }

  func text() throws -> String {
    guard let text = element.text else {
      throw AWSError("MalformedInput", "Start of structure or map found where not expected.")
    }
    return text
  }

  private func date() throws -> Date {
    guard let date = QueryTimestamp.date(try text()) else {
      throw AWSError("MalformedInput", "timestamp must follow ISO8601")
    }
    return date
  }

  private func data() throws -> Data {
    guard let data = Data(base64Encoded: try text()) else {
      throw AWSError("MalformedInput", "\(QueryName.inMessages(codingPath)) is not Base64.")
    }
    return data
  }

  private struct KeyedContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let element: Element
    let codingPath: [any CodingKey]

    var allKeys: [Key] { element.memberNames.compactMap(Key.init(stringValue:)) }

    private func child(_ key: Key) -> Element? { element.member(QueryName.onTheWire(key.stringValue)) }

    private func required(_ key: Key) throws -> Element {
      guard let child = child(key) else {
        throw DecodingError.keyNotFound(key, .init(codingPath: codingPath, debugDescription: "absent"))
      }
      return child
    }

    func contains(_ key: Key) -> Bool { child(key) != nil }
    func decodeNil(forKey key: Key) -> Bool { !contains(key) }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
      if Element.absentListIsEmpty, !contains(key), let list = type as? any ListType.Type, let empty = list.empty as? T
      {
        return empty
      }
      return try QueryDecoder.decode(type, from: required(key), path: codingPath + [key])
    }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) throws
      -> KeyedDecodingContainer<Nested>
    {
      try QueryDecoder(element: required(key), codingPath: codingPath + [key]).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
      try QueryDecoder(element: required(key), codingPath: codingPath + [key]).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { QueryDecoder(element: element, codingPath: codingPath) }

    func superDecoder(forKey key: Key) throws -> any Decoder {
      QueryDecoder(element: try required(key), codingPath: codingPath + [key])
    }
  }

  private struct UnkeyedContainer: UnkeyedDecodingContainer {
    let items: [Element]
    let codingPath: [any CodingKey]
    var currentIndex = 0

    var count: Int? { items.count }
    var isAtEnd: Bool { currentIndex >= items.count }

    private mutating func next() throws -> QueryDecoder {
      let path = codingPath + [QueryIndex(currentIndex)]
      guard !isAtEnd else {
        throw DecodingError.valueNotFound(Element.self, .init(codingPath: path, debugDescription: "the list ends"))
      }
      defer { currentIndex += 1 }
      return QueryDecoder(element: items[currentIndex], codingPath: path)
    }

    mutating func decodeNil() -> Bool { false }

    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
      let decoder = try next()
      return try QueryDecoder.decode(type, from: decoder.element, path: decoder.codingPath)
    }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) throws
      -> KeyedDecodingContainer<Nested>
    { try next().container(keyedBy: type) }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try next().unkeyedContainer() }
    mutating func superDecoder() throws -> any Decoder { try next() }
  }

  private struct SingleContainer: SingleValueDecodingContainer {
    let decoder: QueryDecoder
    var codingPath: [any CodingKey] { decoder.codingPath }

    func decodeNil() -> Bool { false }

    func decode(_ type: String.Type) throws -> String { try decoder.text() }

    func decode(_ type: Bool.Type) throws -> Bool {
      switch try decoder.text().lowercased() {
      case "true": true
      case "false": false
      default: throw unconvertible("a Boolean")
      }
    }

    func decode<T: Decodable>(_ type: T.Type) throws -> T {
      let kind: (any LosslessStringConvertible.Type)? = type as? any NumberType.Type
      guard let kind else { return try QueryDecoder.decode(type, from: decoder.element, path: codingPath) }
      guard let number = kind.init(try decoder.text()) as? T else {
        throw unconvertible(type is any BinaryFloatingPoint.Type ? "a Double" : "an Integer")
      }
      return number
    }

    private func unconvertible(_ kind: String) -> AWSError {
      let text = (decoder.element.text ?? "").prefix(100)
      return AWSError("MalformedInput", "\(text) can not be converted to \(kind)")
    }
  }
}

/// The numbers that the standard library decodes as one value.
private protocol NumberType: LosslessStringConvertible {}
extension Int: NumberType {}
extension Int8: NumberType {}
extension Int16: NumberType {}
extension Int32: NumberType {}
extension Int64: NumberType {}
extension UInt: NumberType {}
extension UInt8: NumberType {}
extension UInt16: NumberType {}
extension UInt32: NumberType {}
extension UInt64: NumberType {}
extension Double: NumberType {}
extension Float: NumberType {}

/// Arrays, without naming their items.
private protocol ListType { static var empty: Self { get } }
extension Array: ListType where Element: Decodable { fileprivate static var empty: [Element] { [] } }

/// Dictionaries with text keys, without naming their values.
private protocol StringKeyedMap {
  static func decode<E: QueryElement>(from entries: [(key: String, value: E)], path: [any CodingKey]) throws -> Self
}
extension Dictionary: StringKeyedMap where Key == String, Value: Decodable {
  fileprivate static func decode<E: QueryElement>(from entries: [(key: String, value: E)], path: [any CodingKey])
    throws -> [String: Value]
  {
    try entries.reduce(into: [:]) { map, entry in
      map[entry.key] = try QueryDecoder<E>.decode(Value.self, from: entry.value, path: path)
    }
  }
}
