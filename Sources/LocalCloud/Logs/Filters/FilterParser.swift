import AWSWire

/// Reads the conditions of JSON and space-delimited patterns.
struct FilterParser {
  enum Token: Equatable {
    /// One of `( ) , && || = != < <= > >=`.
    case symbol(String)
    case word(String)
    case quoted(String)
  }

  private var tokens: ArraySlice<Token>
  /// What a name of a field means.
  private let selector: (String) throws(AWSError) -> FilterPattern.Selector

  init(
    _ text: Substring, selector: @escaping (String) throws(AWSError) -> FilterPattern.Selector
  ) throws(AWSError) {
    tokens = try Self.tokens(text)[...]
    self.selector = selector
  }

  var isAtEnd: Bool { tokens.isEmpty }
  var next: Token? { tokens.first }

  /// Takes a symbol, if it is next.
  mutating func take(_ symbol: String) -> Bool {
    guard tokens.first == .symbol(symbol) else { return false }
    tokens.removeFirst()
    return true
  }

  /// Takes a word, if it is next and `isWanted`.
  mutating func takeWord(where isWanted: (String) -> Bool = { _ in true }) -> String? {
    guard case .word(let word)? = tokens.first, isWanted(word) else { return nil }
    tokens.removeFirst()
    return word
  }

  /// The word after the next one, which decides whether a name stands alone.
  var second: Token? { tokens.dropFirst().first }

  mutating func expression() throws(AWSError) -> FilterExpression {
    var parts = [try conjunction()]
    while take("||") { parts.append(try conjunction()) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func conjunction() throws(AWSError) -> FilterExpression {
    var parts = [try unit()]
    while take("&&") { parts.append(try unit()) }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func unit() throws(AWSError) -> FilterExpression {
    if take("(") {
      let inner = try expression()
      guard take(")") else { throw Self.invalid("a parenthesis is not closed") }
      return inner
    }
    guard let name = takeWord() else { throw Self.invalid("a field is missing before '\(Self.text(tokens.first))'") }
    return .test(try selector(name), try comparison(of: name))
  }

  private mutating func comparison(of name: String) throws(AWSError) -> FilterExpression.Comparison {
    if let keyword = takeWord()?.uppercased() {
      let second = takeWord()?.uppercased()
      switch (keyword, second) {
      case ("IS", "NULL"): return .isNull
      case ("IS", "TRUE"): return .isFlag(true)
      case ("IS", "FALSE"): return .isFlag(false)
      case ("NOT", "EXISTS"): return .notExists
      case ("EXISTS", nil): return .exists
      default: throw Self.invalid("'\(keyword)' after '\(name)' is no operator")
      }
    }
    guard case .symbol(let symbol)? = tokens.first, ["=", "!=", "<", "<=", ">", ">="].contains(symbol) else {
      throw Self.invalid("an operator is missing after '\(name)'")
    }
    tokens.removeFirst()
    let operand: FilterExpression.Operand
    switch tokens.popFirst() {
    case .word(let word)?:
      guard !word.hasPrefix("%") else { throw FilterPattern.noRegularExpressions }
      operand = .init(text: word, number: Double(word))
    case .quoted(let text)?: operand = .init(text: text)
    case let token: throw Self.invalid("a value is missing after '\(name) \(symbol)', before '\(Self.text(token))'")
    }
    switch symbol {
    case "=": return .equal(operand)
    case "!=": return .notEqual(operand)
    default: break
    }
    guard let number = operand.number else {
      throw Self.invalid("'\(operand.text)' after '\(symbol)' is no number")
    }
    switch symbol {
    case "<": return .less(number)
    case "<=": return .lessOrEqual(number)
    case ">": return .greater(number)
    default: return .greaterOrEqual(number)
    }
  }

  static func invalid(_ reason: String) -> AWSError { LogsError.invalid("Invalid filter pattern: \(reason).") }

  static func text(_ token: Token?) -> String {
    switch token {
    case .symbol(let text)?, .word(let text)?, .quoted(let text)?: text
    case nil: "the end"
    }
  }

  private static func tokens(_ text: Substring) throws(AWSError) -> [Token] {
    var tokens: [Token] = []
    var rest = text
    while let first = rest.first {
      if first.isWhitespace {
        rest.removeFirst()
      } else if let pair = ["&&", "||", "!=", "<=", ">="].first(where: rest.hasPrefix) {
        tokens.append(.symbol(pair))
        rest = rest.dropFirst(2)
      } else if "(),=<>".contains(first) {
        tokens.append(.symbol(String(first)))
        rest.removeFirst()
      } else if first == "\"" {
        tokens.append(.quoted(try FilterPattern.phrase(&rest)))
      } else {
        let word = rest.prefix { !$0.isWhitespace && !"(),=<>!&|\"".contains($0) }
        guard !word.isEmpty else { throw invalid("'\(first)' is not understood") }
        tokens.append(.word(String(word)))
        rest = rest.dropFirst(word.count)
      }
    }
    return tokens
  }
}
