import Foundation

/// Writes the JSON syntax of Terraform's language (https://developer.hashicorp.com/terraform/language/syntax/json):
/// every text is a template, expressions stand in `${…}`, a block is a list of objects. Comments are kept as `//`.
enum JSONWriter {
  static func text(of file: TerraformFile) -> String {
    var root = Node.Members()
    root.add(["//"], .text(file.comment))
    for block in file.blocks { root.add([block.type] + block.labels, body(of: block)) }
    var text = ""
    Node.object(root).write(to: &text, indent: 0)
    return text + "\n"
  }

  private static func body(of block: TerraformBlock) -> Node {
    var members = Node.Members()
    if let comment = block.comment { members.add(["//"], .text(comment)) }
    for item in block.body {
      switch item {
      case .pragma: continue
      case .argument(let argument): members.set(argument.name, node(argument.value))
      case .block(let inner) where inner.labels.isEmpty: members.append(inner.type, body(of: inner))
      case .block(let inner): members.add([inner.type] + inner.labels, body(of: inner))
      }
    }
    return .object(members)
  }

  private static func node(_ value: TerraformValue) -> Node {
    switch value {
    case .null: .literal("null")
    case .integer(let number): .literal(String(number))
    case .decimal(let number): .literal(String(number))
    case .boolean(let boolean): .literal(boolean ? "true" : "false")
    case .template(let parts), .document(let parts): .text(template(parts))
    case .word(let word): .text(word)
    case .expression, .call: .text("${\(NativeWriter.inline(value))}")
    case .list(let items): .list(items.map(node))
    case .map(let entries):
      .object(
        entries.reduce(into: Node.Members()) { members, entry in
          members.set(TemplateText.escaped(entry.key), node(entry.value))
        })
    }
  }

  private static func template(_ parts: [TemplatePart]) -> String {
    parts.map { part in
      switch part {
      case .literal(let text): TemplateText.escaped(text)
      case .value(let value): "${\(NativeWriter.inline(value))}"
      }
    }.joined()
  }

  /// A JSON value whose members keep their order.
  fileprivate indirect enum Node {
    case text(String)
    case literal(String)
    case list([Node])
    case object(Members)

    /// The members of an object.
    struct Members {
      var keys: [String] = []
      var values: [String: Node] = [:]

      mutating func set(_ key: String, _ value: Node) {
        if values[key] == nil { keys.append(key) }
        values[key] = value
      }

      /// Adds to the list under a key.
      mutating func append(_ key: String, _ value: Node) {
        if case .list(let items) = values[key] {
          set(key, .list(items + [value]))
        } else {
          set(key, .list([value]))
        }
      }

      /// Puts a value below a path of keys. Where one is already, both go into a list: `moved` blocks have no labels.
      mutating func add(_ path: [String], _ value: Node) {
        guard path.count > 1 else {
          switch values[path[0]] {
          case nil: set(path[0], value)
          case .list(let items): set(path[0], .list(items + [value]))
          case .some(let only): set(path[0], .list([only, value]))
          }
          return
        }
        var inner = Members()
        if case .object(let members) = values[path[0]] { inner = members }
        inner.add(Array(path.dropFirst()), value)
        set(path[0], .object(inner))
      }
    }

    /// Appends to one text from begin to end: a file is thousands of values, and texts of texts would be copied at every
    /// level.
    func write(to text: inout String, indent: Int) {
      switch self {
      case .text(let value): Self.write(quoted: value, to: &text)
      case .literal(let value): text += value
      case .list(let items):
        Self.write(items, to: &text, indent: indent, between: ("[", "]")) { item, text in
          item.write(to: &text, indent: indent + 2)
        }
      case .object(let members):
        Self.write(members.keys, to: &text, indent: indent, between: ("{", "}")) { key, text in
          Self.write(quoted: key, to: &text)
          text += ": "
          (members.values[key] ?? .literal("null")).write(to: &text, indent: indent + 2)
        }
      }
    }

    /// What stands between brackets, a line each.
    private static func write<Item>(
      _ items: [Item], to text: inout String, indent: Int, between brackets: (open: String, close: String),
      each: (Item, inout String) -> Void
    ) {
      text += brackets.open
      for (index, item) in items.enumerated() {
        text += index == 0 ? "\n" : ",\n"
        for _ in 0..<indent + 2 { text += " " }
        each(item, &text)
      }
      if !items.isEmpty {
        text += "\n"
        for _ in 0..<indent { text += " " }
      }
      text += brackets.close
    }

    private static func write(quoted value: String, to text: inout String) {
      text += "\""
      if value.utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
        text += value
      } else {
        for scalar in value.unicodeScalars {
          switch scalar {
          case "\\": text += "\\\\"
          case "\"": text += "\\\""
          case "\n": text += "\\n"
          case _ where scalar.value < 0x20: text += String(format: "\\u%04x", scalar.value)
          default: text.unicodeScalars.append(scalar)
          }
        }
      }
      text += "\""
    }
  }
}
