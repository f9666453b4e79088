import Foundation

/// Writes native HCL as `terraform fmt` leaves it: two spaces, aligned `=` in runs of one-line arguments, one blank line
/// around everything that takes more than one line.
enum NativeWriter {
  /// The longest line that a list of plain values is written on.
  static let longestLine = 110

  static func text(of file: TerraformFile) -> String {
    var lines = comment(file.comment, indent: 0)
    for block in file.blocks {
      lines.append("")
      lines += self.lines(of: block, indent: 0)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: Blocks

  private static func lines(of block: TerraformBlock, indent: Int) -> [String] {
    let margin = String(repeating: " ", count: indent)
    var lines = block.comment.map { comment($0, indent: indent) } ?? []
    lines += block.pragmas.map { "\(margin)# \($0)" }
    let head = ([block.type] + block.labels.map(quoted)).joined(separator: " ")
    guard !block.body.isEmpty else { return lines + ["\(margin)\(head) {}"] }
    lines.append("\(margin)\(head) {")
    lines += body(block.body, indent: indent + 2)
    lines.append("\(margin)}")
    return lines
  }

  private static func body(_ items: [TerraformItem], indent: Int) -> [String] {
    var groups = LineGroups(indent: indent)
    for item in items {
      switch item {
      case .pragma(let text): groups.addPragma(text)
      case .block(let block): groups.add(lines(of: block, indent: indent))
      case .argument(let argument):
        groups.add(
          key: argument.name, value: value(argument.value, indent: indent, column: argument.name.utf8.count + 3),
          comment: argument.comment)
      }
    }
    return groups.finished()
  }

  static func comment(_ text: String, indent: Int) -> [String] {
    let margin = String(repeating: " ", count: indent)
    return wrapped(text, width: 100 - indent - 2).map { "\(margin)# \($0)" }
  }

  private static func wrapped(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    for paragraph in text.split(separator: "\n") {
      var line = ""
      for word in paragraph.split(separator: " ") {
        if !line.isEmpty, line.count + 1 + word.count > width {
          lines.append(line)
          line = ""
        }
        line += (line.isEmpty ? "" : " ") + word
      }
      lines.append(line)
    }
    return lines
  }

  // MARK: Values

  /// The lines of a value: the first goes behind the `=`, the others have their indentation.
  private static func value(_ value: TerraformValue, indent: Int, column: Int) -> [String] {
    let margin = String(repeating: " ", count: indent)
    switch value {
    case .map(let entries) where !entries.isEmpty:
      var groups = LineGroups(indent: indent + 2)
      for entry in entries {
        let key = Self.key(entry.key)
        groups.add(
          key: key, value: self.value(entry.value, indent: indent + 2, column: key.utf8.count + 3), comment: nil)
      }
      return ["{"] + groups.finished() + ["\(margin)}"]
    case .list(let items) where !items.isEmpty:
      if items.allSatisfy(\.isPlain) {
        let line = inline(value)
        if indent + column + line.count <= longestLine { return [line] }
      }
      var lines = ["["]
      for item in items {
        var inner = self.value(item, indent: indent + 2, column: 0)
        inner[0] = "\(margin)  \(inner[0])"
        inner[inner.count - 1] += ","
        lines += inner
      }
      return lines + ["\(margin)]"]
    case .document(let parts):
      var text = template(parts, quoted: false)
      if text.hasSuffix("\n") { text.removeLast() }
      return ["<<EOT"] + text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) + ["EOT"]
    default: return [inline(value)]
    }
  }

  /// A value on one line.
  static func inline(_ value: TerraformValue) -> String {
    switch value {
    case .null: "null"
    case .template(let parts): "\"\(template(parts, quoted: true))\""
    case .document(let parts): "\"\(template(parts, quoted: true))\""
    case .integer(let number): String(number)
    case .decimal(let number): String(number)
    case .boolean(let boolean): boolean ? "true" : "false"
    case .expression(let text), .word(let text): text
    case .list(let items): "[" + items.map(inline).joined(separator: ", ") + "]"
    case .map(let entries):
      entries.isEmpty
        ? "{}" : "{ " + entries.map { "\(key($0.key)) = \(inline($0.value))" }.joined(separator: ", ") + " }"
    case .call(let function, let arguments): "\(function)(\(arguments.map(inline).joined(separator: ", ")))"
    }
  }

  private static func template(_ parts: [TemplatePart], quoted: Bool) -> String {
    parts.map { part in
      switch part {
      case .literal(let text):

        quoted ? TemplateText.escaped(escaped(text)) : TemplateText.escaped(text)
      case .value(let value): "${\(inline(value))}"
      }
    }.joined()
  }

  private static func quoted(_ text: String) -> String { "\"\(template([.literal(text)], quoted: true))\"" }

  private static func key(_ key: String) -> String {
    let isIdentifier =
      key.utf8.first.map { isLetter($0) || $0 == UInt8(ascii: "_") } == true
      && key.utf8.allSatisfy { isLetter($0) || (48...57).contains($0) || $0 == UInt8(ascii: "_") }
    return isIdentifier ? key : quoted(key)
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte) || (97...122).contains(byte) }

  /// The text between quotes, without regard to templates.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F: result += String(format: "\\u%04x", scalar.value)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension TerraformValue {
  /// Whether a list may hold it on one line.
  fileprivate var isPlain: Bool {
    switch self {
    case .map(let entries): entries.isEmpty
    case .list(let items): items.isEmpty
    case .document: false
    default: true
    }
  }
}

/// Lays out the lines of a body: runs of one-line arguments with their `=` aligned, blank lines around the rest.
private struct LineGroups {
  private struct Run {
    var comment: [String]
    var pairs: [(key: String, value: String)]
  }

  let indent: Int
  private var lines: [String] = []
  private var run: Run?

  init(indent: Int) { self.indent = indent }

  private var margin: String { String(repeating: " ", count: indent) }

  /// Lines that stand by themselves.
  mutating func add(_ block: [String]) {
    flush()
    separate()
    lines += block
  }

  mutating func addPragma(_ text: String) {
    flush()
    lines.append("\(margin)# \(text)")
  }

  mutating func add(key: String, value: [String], comment: String?) {
    let above = comment.map { NativeWriter.comment($0, indent: indent) } ?? []
    if value.count > 1 {
      add(above + ["\(margin)\(key) = \(value[0])"] + value.dropFirst())
      return
    }
    if !above.isEmpty || run == nil {
      flush()
      run = Run(comment: above, pairs: [])
    }
    run?.pairs.append((key, value[0]))
  }

  mutating func finished() -> [String] {
    flush()
    return lines
  }

  private mutating func flush() {
    guard let run else { return }
    self.run = nil
    separate()
    lines += run.comment
    let width = run.pairs.map(\.key.utf8.count).max() ?? 0
    for pair in run.pairs {
      let gap = String(repeating: " ", count: width - pair.key.utf8.count)
      lines.append("\(margin)\(pair.key)\(gap) = \(pair.value)")
    }
  }

  private mutating func separate() {
    if !lines.isEmpty { lines.append("") }
  }
}
