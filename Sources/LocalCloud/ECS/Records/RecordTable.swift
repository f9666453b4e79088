/// The records of one kind in memory, which remembers what changed since it was last written.
struct RecordTable<Value: Codable & Sendable & Equatable>: Sendable {
  private(set) var values: [String: Value]
  /// What changed, as it was when the table was written last.
  private var originals: [String: Value?] = [:]

  init(_ values: [String: Value] = [:]) {
    self.values = values
  }

  subscript(key: String) -> Value? {
    get { values[key] }
    set {
      let old = values[key]
      guard old != newValue else { return }
      values[key] = newValue
      if originals.index(forKey: key) == nil { originals.updateValue(old, forKey: key) }
    }
  }

  /// The keys of what changed.
  var changedKeys: some Collection<String> { originals.keys }

  /// What is new or other than it was; what is gone is left out.
  var differences: [(old: Value?, new: Value)] {
    originals.compactMap { key, old in values[key].map { (old, $0) } }
  }

  /// Removes every record.
  mutating func removeAll() {
    for key in values.keys { self[key] = nil }
  }

  /// The changes to write.
  func changes(in records: Records<Value>) throws -> [RecordChange] {
    try originals.keys.map { key in
      try values[key].map { try records.putting($0, at: key) } ?? records.deleting(key)
    }
  }

  /// The changes are on disk.
  mutating func written() {
    originals = [:]
  }
}
