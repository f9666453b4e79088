import PalcoCore

/// A value of the manifest's file, with the place where it is written.
struct YAMLValue: Sendable {
  /// What a value can be.
  enum Content: Sendable {
    case scalar(YAMLScalar)
    case list([YAMLValue])
    case map([YAMLEntry])
  }

  var content: Content
  var position: SourcePosition
  /// How many columns a marker covers.
  var length = 1
  /// The key path as written, `environments.stage.service.port`. It survives merging, and so tells where a value is from.
  var path: String

  /// The entries, also of nothing: `stage:` without a value means an empty map.
  var entries: [YAMLEntry]? {
    switch content {
    case .map(let entries): entries
    case .scalar(let scalar) where scalar.kind == .null: []
    case .scalar, .list: nil
    }
  }

  /// The value of a key.
  subscript(key: String) -> YAMLValue? { entries?.first { $0.key == key }?.value }

  /// What it is, in the words of an error: `the number 5`, `a list`.
  var described: String {
    switch content {
    case .list: "a list"
    case .map: "a map"
    case .scalar(let scalar):
      switch scalar.kind {
      case .null: "nothing"
      case .boolean, .number: "the \(scalar.kind.rawValue) \(scalar.text.quotedForMessage)"
      case .text: "the text \(scalar.text.quotedForMessage)"
      }
    }
  }
}

/// One key with its value.
struct YAMLEntry: Sendable {
  var key: String
  var keyPosition: SourcePosition
  var value: YAMLValue
  /// Whether an environment has it from the part above `environments`.
  var isInherited = false
}

/// A scalar: its text, and what it is by YAML's core schema (https://yaml.org/spec/1.2.2/#103-core-schema).
///
/// `yes`, `no`, `on` and `off` are texts, as in YAML 1.2.
struct YAMLScalar: Sendable, Equatable {
  enum Kind: String, Sendable { case null, boolean, number, text }

  var text: String
  var kind: Kind

  init(_ text: String, isPlain: Bool = true) {
    self.text = text
    kind = isPlain ? Self.kind(ofPlain: text) : .text
  }

  private static func kind(ofPlain text: String) -> Kind {
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE", "false", "False", "FALSE": return .boolean
    default: break
    }
    var digits = text.utf8[...]
    if let sign = digits.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { digits.removeFirst() }
    let isNumber =
      digits.contains { (48...57).contains($0) } && digits.filter { $0 == UInt8(ascii: ".") }.count <= 1
      && digits.allSatisfy { (48...57).contains($0) || $0 == UInt8(ascii: ".") }
    return isNumber ? .number : .text
  }
}

extension String {
  /// The text in quotes for a message: short, on one line, with nothing in it that a terminal would obey.
  var quotedForMessage: String {
    let shown = unicodeScalars.prefix(40).map { scalar -> String in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse: scalar.escaped(asASCII: true)
      default: String(scalar)
      }
    }
    return "`" + shown.joined() + (unicodeScalars.count > 40 ? "…" : "") + "`"
  }
}
