import AWSWire

/// A word of a query.
enum InsightsToken: Equatable {
  /// A name of a field, a command or a function.
  case name(String)
  case number(Double)
  case text(String)
  /// What stands between slashes.
  case regex(String)
  /// One of `| , ( ) [ ] = != < <= > >= =~ *`.
  case symbol(String)

  /// As it is shown in messages.
  var description: String {
    switch self {
    case .name(let text), .symbol(let text): text
    case .number(let number): FilterValue.text(of: number)
    case .text(let text): "\"\(text)\""
    case .regex(let text): "/\(text)/"
    }
  }

  /// The words of a query, without its comments.
  static func tokens(of text: String) throws(AWSError) -> [InsightsToken] {
    var tokens: [InsightsToken] = []
    var rest = text[...]
    while let first = rest.first {
      if first.isWhitespace {
        rest.removeFirst()
      } else if first == "#" {
        rest = rest.drop { !$0.isNewline }
      } else if let pair = ["!=", "<=", ">=", "=~"].first(where: rest.hasPrefix) {
        tokens.append(.symbol(pair))
        rest = rest.dropFirst(2)
      } else if "|,()[]=<>*".contains(first) {
        tokens.append(.symbol(String(first)))
        rest.removeFirst()
      } else if "\"'`/".contains(first) {
        let inner = try quoted(&rest, by: first)
        tokens.append(first == "/" ? .regex(inner) : first == "`" ? .name(inner) : .text(inner))
      } else {
        let word = String(rest.prefix { $0.isLetter || $0.isNumber || "@_.-".contains($0) })
        guard !word.isEmpty else { throw InsightsQuery.malformed("'\(first)' is not understood") }
        tokens.append(Double(word).map { .number($0) } ?? .name(word))
        rest = rest.dropFirst(word.count)
      }
    }
    return tokens
  }

  private static func quoted(_ rest: inout Substring, by mark: Character) throws(AWSError) -> String {
    rest.removeFirst()
    var inner = ""
    while let character = rest.popFirst() {
      if character == mark { return inner }
      if character == "\\", let next = rest.first {
        // Between slashes, a backslash is the expression's own, but for one before a slash.
        if mark == "/" && next != "/" { inner.append("\\") }
        inner.append(next)
        rest.removeFirst()
      } else {
        inner.append(character)
      }
    }
    throw InsightsQuery.malformed("\(mark) is not closed")
  }
}
