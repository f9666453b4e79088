import Foundation

/// Writes the JSON syntax of Terraform's language (https://developer.hashicorp.com/terraform/language/syntax/json):
/// every text is a template, expressions stand in `${…}`, a block is a list of objects. Comments are kept as `//`.
enum JSONWriter {
  static func text(of file: TerraformFile) -> String {
    var root = Node.Members()
    root.add(["//"], .text(file.comment))
    for block in file.blocks { root.add([block.type] + block.labels, body(of: block)) }
    return Node.object(root).text(indent: 0) + "\n"
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

    func text(indent: Int) -> String {
      let margin = String(repeating: " ", count: indent)
      switch self {
      case .text(let text): return Self.quoted(text)
      case .literal(let text): return text
      case .list(let items):
        guard !items.isEmpty else { return "[]" }
        return "[\n" + items.map { "\(margin)  \($0.text(indent: indent + 2))" }.joined(separator: ",\n")
          + "\n\(margin)]"
      case .object(let members):
        guard !members.keys.isEmpty else { return "{}" }
        let lines = members.keys.map { key in
          "\(margin)  \(Self.quoted(key)): \(members.values[key]?.text(indent: indent + 2) ?? "null")"
        }
        return "{\n" + lines.joined(separator: ",\n") + "\n\(margin)}"
      }
    }

    private static func quoted(_ text: String) -> String {
      var result = "\""
      for scalar in text.unicodeScalars {
        switch scalar {
        case "\\": result += "\\\\"
        case "\"": result += "\\\""
        case "\n": result += "\\n"
        case _ where scalar.value < 0x20: result += String(format: "\\u%04x", scalar.value)
        default: result.unicodeScalars.append(scalar)
        }
      }
      return result + "\""
    }
  }
}
