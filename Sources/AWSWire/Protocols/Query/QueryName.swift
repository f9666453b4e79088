/// How names are spelled on the wire and in AWS's messages.
enum QueryName {
  /// A member's name as Query services spell it: the first letter in upper case.
  static func onTheWire(_ name: String) -> String {
    guard let first = name.utf8.first, (97...122).contains(first) else { return name }
    return name.prefix(1).uppercased() + name.dropFirst()
  }

  /// A place in a request as AWS's validation messages spell it, such as `targets.1.member.id`.
  static func inMessages(_ path: [any CodingKey]) -> String {
    path.map { key in
      if let index = key.intValue { return "\(index + 1).member" }
      return key.stringValue.prefix(1).lowercased() + key.stringValue.dropFirst()
    }.joined(separator: ".")
  }
}

/// The place of an item in a list.
struct QueryIndex: CodingKey {
  let index: Int

  init(_ index: Int) { self.index = index }
  init?(intValue: Int) { index = intValue }
  init?(stringValue: String) { nil }

  var intValue: Int? { index }
  var stringValue: String { String(index) }
}
