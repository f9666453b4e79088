/// The records of one kind in memory, which remembers what changed since it was last written.
///
/// Whoever changes the cloud works on a copy of its state, so a copy is cheap: records stand in boxes, and only the table
/// of the boxes is copied when the first record changes.
struct RecordTable<Value: Codable & Sendable & Equatable>: Sendable {
  /// A record where copies of the table share it.
  fileprivate final class Box: Sendable {
    let value: Value

    init(_ value: Value) { self.value = value }
  }

  private var boxes: [String: Box] = [:]
  /// What changed, as it was when the table was written last.
  private var originals: [String: Value?] = [:]
  private let owner: (@Sendable (Value) -> String?)?
  private var keysByOwner: [String: [String]] = [:]

  /// - Parameter owner: To what a record belongs, where records are looked for by that. It never changes for a key.
  init(_ values: [String: Value] = [:], ownedBy owner: (@Sendable (Value) -> String?)? = nil) {
    self.owner = owner
    boxes = values.mapValues { Box($0) }
    for (key, value) in values {
      if let owner = owner?(value) { keysByOwner[owner, default: []].append(key) }
    }
  }

  /// All records by their keys.
  var values: RecordValues<Value> { RecordValues(boxes) }

  subscript(key: String) -> Value? {
    get { boxes[key]?.value }
    set {
      let old = boxes[key]?.value
      guard old != newValue else { return }
      boxes[key] = newValue.map { Box($0) }
      if originals.index(forKey: key) == nil { originals.updateValue(old, forKey: key) }
      if (old == nil) != (newValue == nil), let owner = (newValue ?? old).flatMap({ owner?($0) }) {
        if newValue != nil {
          keysByOwner[owner, default: []].append(key)
        } else {
          keysByOwner[owner]?.removeAll { $0 == key }
          if keysByOwner[owner]?.isEmpty == true { keysByOwner[owner] = nil }
        }
      }
    }
  }

  /// The records of an owner for which a condition holds, in no order.
  func values(of owner: String, where condition: (Value) -> Bool = { _ in true }) -> [Value] {
    (keysByOwner[owner] ?? []).compactMap { key in
      guard let box = boxes[key], condition(box.value) else { return nil }
      return box.value
    }
  }

  /// The keys of what changed.
  var changedKeys: some Collection<String> { originals.keys }

  /// The owners of what changed.
  var changedOwners: Set<String> {
    guard let owner else { return [] }
    return Set(originals.compactMap { key, old in (boxes[key]?.value ?? old).flatMap(owner) })
  }

  /// What is new or other than it was; what is gone is left out.
  var differences: [(old: Value?, new: Value)] {
    originals.compactMap { key, old in boxes[key].map { (old, $0.value) } }
  }

  /// Removes every record.
  mutating func removeAll() {
    for key in boxes.keys { self[key] = nil }
  }

  /// The changes to write.
  func changes(in records: Records<Value>) throws -> [RecordChange] {
    try originals.keys.map { key in
      try boxes[key].map { try records.putting($0.value, at: key) } ?? records.deleting(key)
    }
  }

  /// The changes are on disk.
  mutating func written() {
    originals = [:]
  }
}

/// All records of a table, by key, as a dictionary shows them.
struct RecordValues<Value: Codable & Sendable & Equatable>: Sequence, Sendable {
  /// The records without their keys.
  struct Values: Collection, Sendable {
    fileprivate typealias Boxes = Dictionary<String, RecordTable<Value>.Box>.Values

    /// A place in the collection.
    struct Index: Comparable {
      fileprivate let base: Boxes.Index

      static func < (one: Index, other: Index) -> Bool { one.base < other.base }
    }

    private let boxes: Boxes

    fileprivate init(_ boxes: Boxes) { self.boxes = boxes }

    var startIndex: Index { Index(base: boxes.startIndex) }
    var endIndex: Index { Index(base: boxes.endIndex) }
    var count: Int { boxes.count }
    func index(after index: Index) -> Index { Index(base: boxes.index(after: index.base)) }
    subscript(index: Index) -> Value { boxes[index.base].value }
  }

  private let boxes: [String: RecordTable<Value>.Box]

  fileprivate init(_ boxes: [String: RecordTable<Value>.Box]) { self.boxes = boxes }

  var keys: some Collection<String> { boxes.keys }
  var values: Values { Values(boxes.values) }
  var count: Int { boxes.count }
  var isEmpty: Bool { boxes.isEmpty }
  func makeIterator() -> some IteratorProtocol<(key: String, value: Value)> {
    boxes.lazy.map { (key: $0.key, value: $0.value.value) }.makeIterator()
  }
  subscript(key: String) -> Value? { boxes[key]?.value }
}

extension RecordValues: Equatable {
  static func == (one: RecordValues, other: RecordValues) -> Bool {
    one.count == other.count && one.boxes.allSatisfy { key, box in other.boxes[key]?.value == box.value }
  }
}
