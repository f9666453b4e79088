import Foundation

/// Writes an `Encodable` value as CBOR. Members that are `nil` are left out.
struct CBOREncoder: Encoder {
  /// What is written at one place; a reference, because containers fill their part after handing out others.
  fileprivate final class Node {
    enum Content {
      case value(CBORValue)
      case array([Node])
      case map([(key: String, value: Node)])
    }

    var content = Content.value(.null)

    func add(_ key: String) -> Node {
      let child = Node()
      var members: [(key: String, value: Node)] = []
      if case .map(let present) = content { members = present }
      content = .value(.null)  // gives the array up, so that appending copies nothing
      members.append((key, child))
      content = .map(members)
      return child
    }

    func append() -> Node {
      let child = Node()
      var items: [Node] = []
      if case .array(let present) = content { items = present }
      content = .value(.null)
      items.append(child)
      content = .array(items)
      return child
    }

    var count: Int {
      if case .array(let items) = content { items.count } else { 0 }
    }

    var value: CBORValue {
      switch content {
      case .value(let value): value
      case .array(let items): .array(items.map(\.value))
      case .map(let members): .map(members.map { ($0.key, $0.value.value) })
      }
    }
  }

  fileprivate let node: Node
  var codingPath: [any CodingKey] = []
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  /// The item of a value.
  static func encode(_ value: some Encodable) throws -> CBORValue {
    let node = Node()
    try encode(value, into: node, path: [])
    return node.value
  }

  private static func encode(_ value: some Encodable, into node: Node, path: [any CodingKey]) throws {
    switch value {
    // Milliseconds, as AWS answers.
    case let date as Date: node.content = .value(.instant((date.timeIntervalSince1970 * 1000).rounded() / 1000))
    case let data as Data: node.content = .value(.bytes(data))
    default: try value.encode(to: CBOREncoder(node: node, codingPath: path))
    }
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    if case .value = node.content { node.content = .map([]) }
    return KeyedEncodingContainer(Keyed(node: node, codingPath: codingPath))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    if case .value = node.content { node.content = .array([]) }
    return Unkeyed(node: node, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { Single(node: node, codingPath: codingPath) }

  private struct Keyed<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let node: Node
    let codingPath: [any CodingKey]

    mutating func encodeNil(forKey key: Key) {}

    mutating func encode(_ value: some Encodable, forKey key: Key) throws {
      try CBOREncoder.encode(value, into: node.add(key.stringValue), path: codingPath + [key])
    }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key)
      -> KeyedEncodingContainer<Nested>
    {
      CBOREncoder(node: node.add(key.stringValue), codingPath: codingPath + [key]).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
      CBOREncoder(node: node.add(key.stringValue), codingPath: codingPath + [key]).unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder { CBOREncoder(node: node.add("super"), codingPath: codingPath) }

    mutating func superEncoder(forKey key: Key) -> any Encoder {
      CBOREncoder(node: node.add(key.stringValue), codingPath: codingPath + [key])
    }
  }

  private struct Unkeyed: UnkeyedEncodingContainer {
    let node: Node
    let codingPath: [any CodingKey]
    var count: Int { node.count }

    mutating func encodeNil() { _ = node.append() }

    mutating func encode(_ value: some Encodable) throws {
      let path = codingPath + [QueryIndex(count)]
      try CBOREncoder.encode(value, into: node.append(), path: path)
    }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
      CBOREncoder(node: node.append(), codingPath: codingPath).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
      CBOREncoder(node: node.append(), codingPath: codingPath).unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder { CBOREncoder(node: node.append(), codingPath: codingPath) }
  }

  private struct Single: SingleValueEncodingContainer {
    let node: Node
    let codingPath: [any CodingKey]

    mutating func encodeNil() {}
    mutating func encode(_ value: Bool) { node.content = .value(.bool(value)) }
    mutating func encode(_ value: String) { node.content = .value(.text(value)) }

    mutating func encode(_ value: some Encodable) throws {
      // What the standard library encodes as one value and is neither text nor a truth value is a number.
      switch value {
      case let number as any (FixedWidthInteger & Encodable): node.content = .value(.integer(Int64(number)))
      case let number as any (BinaryFloatingPoint & Encodable): node.content = .value(.double(Double(number)))
      default: try CBOREncoder.encode(value, into: node, path: codingPath)
      }
    }
  }
}
