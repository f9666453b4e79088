import Foundation

/// Writes the JSON syntax of Terraform's language (https://developer.hashicorp.com/terraform/language/syntax/json):
/// every text is a template, expressions stand in `${…}`, a block is a list of objects. Comments are kept as `//`.
enum JSONWriter {
  static func text(of file: TerraformFile) -> String {
    var root = Node.Members()
    root.add(["//"], .text(file.comment))
    for block in file.blocks { root.add([block.type] + block.labels[...], body(of: block)) }
    var bytes: [UInt8] = []
    Node.object(root).write(to: &bytes, indent: 0)
    bytes.append(UInt8(ascii: "\n"))
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func body(of block: TerraformBlock) -> Node {
    var members = Node.Members()
    if let comment = block.comment { members.add(["//"], .text(comment)) }
    for item in block.body {
      switch item {
      case .pragma: continue
      case .argument(let argument): members.set(argument.name, node(argument.value))
      case .block(let inner) where inner.labels.isEmpty: members.append(inner.type, body(of: inner))
      case .block(let inner): members.add([inner.type] + inner.labels[...], body(of: inner))
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

    /// The members of an object. Objects are small or written once, so a key is found by looking at all of them.
    struct Members {
      private(set) var entries: [(key: String, value: Node)] = []

      mutating func set(_ key: String, _ value: Node) {
        if let index = index(of: key) {
          entries[index].value = value
        } else {
          entries.append((key, value))
        }
      }

      /// Adds to the list under a key.
      mutating func append(_ key: String, _ value: Node) {
        guard let index = index(of: key), case .list(var items) = entries[index].value else {
          return set(key, .list([value]))
        }
        entries[index].value = .list([])
        items.append(value)
        entries[index].value = .list(items)
      }

      /// Puts a value below a path of keys. Where one is already, both go into a list: `moved` blocks have no labels.
      mutating func add(_ path: ArraySlice<String>, _ value: Node) {
        guard let key = path.first else { return }
        guard path.count == 1 else {
          var inner = Members()
          if let index = index(of: key), case .object(let members) = entries[index].value {
            // Held once, it is changed in its place.
            entries[index].value = .list([])
            inner = members
          }
          inner.add(path.dropFirst(), value)
          return set(key, .object(inner))
        }
        switch index(of: key).map({ entries[$0].value }) {
        case nil: set(key, value)
        case .list: append(key, value)
        case .some(let only): set(key, .list([only, value]))
        }
      }

      private func index(of key: String) -> Int? { entries.firstIndex { $0.key == key } }
    }

    /// Appends to one text from begin to end: a file is thousands of values, and texts of texts would be copied at every
    /// level. Bytes, because each piece of a `String` is measured when it is put behind another.
    func write(to bytes: inout [UInt8], indent: Int) {
      switch self {
      case .text(let value): Self.write(quoted: value, to: &bytes)
      case .literal(let value): bytes.append(contentsOf: value.utf8)
      case .list(let items):
        Self.write(items, to: &bytes, indent: indent, between: ("[", "]")) { item, bytes in
          item.write(to: &bytes, indent: indent + 2)
        }
      case .object(let members):
        Self.write(members.entries, to: &bytes, indent: indent, between: ("{", "}")) { entry, bytes in
          Self.write(quoted: entry.key, to: &bytes)
          bytes.append(contentsOf: ": ".utf8)
          entry.value.write(to: &bytes, indent: indent + 2)
        }
      }
    }

    /// What stands between brackets, a line each.
    private static func write<Item>(
      _ items: [Item], to bytes: inout [UInt8], indent: Int, between brackets: (open: String, close: String),
      each: (Item, inout [UInt8]) -> Void
    ) {
      let space = UInt8(ascii: " ")
      bytes.append(contentsOf: brackets.open.utf8)
      for (index, item) in items.enumerated() {
        bytes.append(contentsOf: (index == 0 ? "\n" : ",\n").utf8)
        bytes.append(contentsOf: repeatElement(space, count: indent + 2))
        each(item, &bytes)
      }
      if !items.isEmpty {
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(space, count: indent))
      }
      bytes.append(contentsOf: brackets.close.utf8)
    }

    private static func write(quoted value: String, to bytes: inout [UInt8]) {
      let quote = UInt8(ascii: "\"")
      let backslash = UInt8(ascii: "\\")
      bytes.append(quote)
      for byte in value.utf8 {
        switch byte {
        case backslash, quote: bytes += [backslash, byte]
        case UInt8(ascii: "\n"): bytes += [backslash, UInt8(ascii: "n")]
        case 0..<0x20: bytes.append(contentsOf: String(format: "\\u%04x", byte).utf8)
        default: bytes.append(byte)
        }
      }
      bytes.append(quote)
    }
  }
}
