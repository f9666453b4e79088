import Foundation

/// Writes an `Encodable` value into a ``QueryNode``.
///
/// Member names get an upper-case first letter, as Query services spell them (`vpcId` is written `VpcId`), so that Swift
/// properties keep their own style; names that differ more than that (`DNSName`) have explicit coding keys.
struct QueryEncoder: Encoder {
  let node: QueryNode
  var codingPath: [any CodingKey] = []
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  /// The nodes of a value.
  static func encode(_ value: some Encodable) throws -> QueryNode {
    let node = QueryNode()
    try encode(value, into: node, path: [])
    return node
  }

  fileprivate static func encode(_ value: some Encodable, into node: QueryNode, path: [any CodingKey]) throws {
    switch value {
    case let date as Date: node.content = .text(QueryTimestamp.text(date))
    case let data as Data: node.content = .text(data.base64EncodedString())
    default:
      if value is any StringKeyed { node.content = .map([]) }
      try value.encode(to: QueryEncoder(node: node, codingPath: path))
    }
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    if case .nothing = node.content { node.content = .structure([]) }
    return KeyedEncodingContainer(KeyedContainer(node: node, codingPath: codingPath))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    if case .nothing = node.content { node.content = .list([]) }
    return UnkeyedContainer(node: node, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer {
    SingleContainer(node: node, codingPath: codingPath)
  }

  private struct KeyedContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let node: QueryNode
    let codingPath: [any CodingKey]

    private func child(_ name: String) -> QueryNode {
      if case .map = node.content { return node.add(name) }
      return node.add(QueryName.onTheWire(name))
    }

    mutating func encodeNil(forKey key: Key) {}  // a member that is nil is left out

    mutating func encode(_ value: some Encodable, forKey key: Key) throws {
      try QueryEncoder.encode(value, into: child(key.stringValue), path: codingPath + [key])
    }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key)
      -> KeyedEncodingContainer<Nested>
    {
      QueryEncoder(node: child(key.stringValue), codingPath: codingPath + [key]).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
      QueryEncoder(node: child(key.stringValue), codingPath: codingPath + [key]).unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder {
      QueryEncoder(node: child("super"), codingPath: codingPath)
    }

    mutating func superEncoder(forKey key: Key) -> any Encoder {
      QueryEncoder(node: child(key.stringValue), codingPath: codingPath + [key])
    }
  }

  private struct UnkeyedContainer: UnkeyedEncodingContainer {
    let node: QueryNode
    let codingPath: [any CodingKey]
    var count: Int { node.itemCount }

    mutating func encodeNil() {
      node.append().content = .text("")  // the protocol has no null; the place must be kept
    }

    mutating func encode(_ value: some Encodable) throws {
      let path = codingPath + [QueryIndex(count)]
      try QueryEncoder.encode(value, into: node.append(), path: path)
    }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
      QueryEncoder(node: node.append(), codingPath: codingPath).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
      QueryEncoder(node: node.append(), codingPath: codingPath).unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder {
      QueryEncoder(node: node.append(), codingPath: codingPath)
    }
  }

  private struct SingleContainer: SingleValueEncodingContainer {
    let node: QueryNode
    let codingPath: [any CodingKey]

    mutating func encodeNil() {}
    mutating func encode(_ value: Bool) { node.content = .text(value ? "true" : "false") }
    mutating func encode(_ value: String) { node.content = .text(value) }

    mutating func encode(_ value: some Encodable) throws {
      // What the standard library encodes as one value and is neither text nor a truth value is a number.
      switch value {
      case let number as any (FixedWidthInteger & Encodable): node.content = .text(String(describing: number))
      case let number as any (BinaryFloatingPoint & Encodable): node.content = .text(String(describing: number))
      default: try QueryEncoder.encode(value, into: node, path: codingPath)
      }
    }
  }
}

/// A dictionary with text keys, which the protocol writes as entries, not as members.
private protocol StringKeyed {}
extension Dictionary: StringKeyed where Key == String {}
