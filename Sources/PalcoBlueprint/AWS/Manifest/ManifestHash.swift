/// What a manifest says of one environment, as a short text: the same on every machine, and whatever the order of keys,
/// the comments and the layout are.
enum ManifestHash {
  static func text(project: String, environment: String, _ merged: YAMLValue?) -> String {
    var canonical = "\(project)\n\(environment)\n"
    if let merged { write(merged, into: &canonical) }
    return StableHash.hexadecimal(StableHash.of(canonical))
  }

  private static func write(_ value: YAMLValue, into text: inout String) {
    switch value.content {
    case .scalar(let scalar): text += "\(scalar.kind.rawValue) \(scalar.text.utf8.count) \(scalar.text)\n"
    case .list(let items):
      text += "list \(items.count)\n"
      for item in items { write(item, into: &text) }
    case .map(let entries):
      text += "map \(entries.count)\n"
      for entry in entries.sorted(by: { $0.key < $1.key }) {
        text += "\(entry.key.utf8.count) \(entry.key)\n"
        write(entry.value, into: &text)
      }
    }
  }
}
