/// The records of one kind in memory, which remembers what changed since it was last written.
struct RecordTable<Value: Codable & Sendable & Equatable>: Sendable {
  private(set) var values: [String: Value]
  private(set) var changedKeys: Set<String> = []

  init(_ values: [String: Value] = [:]) {
    self.values = values
  }

  subscript(key: String) -> Value? {
    get { values[key] }
    set {
      guard values[key] != newValue else { return }
      values[key] = newValue
      changedKeys.insert(key)
    }
  }

  /// The changes to write.
  func changes(in records: Records<Value>) throws -> [RecordChange] {
    try changedKeys.map { key in
      try values[key].map { try records.putting($0, at: key) } ?? records.deleting(key)
    }
  }

  /// The changes are on disk.
  mutating func written() {
    changedKeys = []
  }
}
