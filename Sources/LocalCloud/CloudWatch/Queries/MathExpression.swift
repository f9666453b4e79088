import Foundation

/// An expression of metric math, read.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
indirect enum MathExpression: Sendable, Equatable {
  case number(Double)
  case text(String)
  /// The id of a metric or of another expression.
  case reference(String)
  case negated(MathExpression)
  case binary(String, MathExpression, MathExpression)
  case call(String, [MathExpression])
  case list([MathExpression])

  /// Why a text is no expression.
  struct Failure: Error, Equatable, CustomStringConvertible {
    var description: String
    init(_ description: String) { self.description = description }
  }

  /// Reads an expression.
  ///
  /// - Throws: ``Failure``.
  init(_ text: String) throws(Failure) {
    var parser = MathParser(tokens: try MathToken.tokens(of: text))
    self = try parser.whole()
  }

  /// The ids that it names.
  var references: Set<String> {
    switch self {
    case .number, .text: []
    case .reference(let id): [id]
    case .negated(let operand): operand.references
    case .binary(_, let left, let right): left.references.union(right.references)
    case .call(_, let arguments), .list(let arguments):
      arguments.reduce(into: []) { $0.formUnion($1.references) }
    }
  }
}

/// A word of an expression.
private enum MathToken: Equatable {
  case number(Double)
  case text(String)
  case name(String)
  case symbol(String)

  private static let symbols = [
    "==", "!=", "<=", ">=", "&&", "||", "<", ">", "+", "-", "*", "/", "%", "^", "(", ")", "[", "]", ",",
  ]

  static func tokens(of text: String) throws(MathExpression.Failure) -> [MathToken] {
    var tokens: [MathToken] = []
    var rest = text.drop(while: \.isWhitespace)
    while let first = rest.first {
      if first.isNumber || first == "." {
        let digits = number(rest)
        guard let value = Double(digits) else { throw .init("\(digits) is no number") }
        tokens.append(.number(value))
        rest = rest.dropFirst(digits.count)
      } else if first.isLetter {
        let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        tokens.append(.name(String(name)))
        rest = rest.dropFirst(name.count)
      } else if first == "\"" || first == "'" {
        let content = rest.dropFirst().prefix { $0 != first }
        rest = rest.dropFirst(content.count + 1)
        guard rest.popFirst() == first else { throw .init("a quotation mark is not closed") }
        tokens.append(.text(String(content)))
      } else if let symbol = symbols.first(where: { rest.hasPrefix($0) }) {
        tokens.append(.symbol(symbol))
        rest = rest.dropFirst(symbol.count)
      } else {
        throw .init("unexpected '\(first)'")
      }
      rest = rest.drop(while: \.isWhitespace)
    }
    return tokens
  }

  /// Digits with a point and an exponent.
  private static func number(_ text: Substring) -> Substring {
    var end = text.startIndex
    while end < text.endIndex {
      let character = text[end]
      let isSign = (character == "+" || character == "-") && end > text.startIndex
      let isAfterE = isSign && "eE".contains(text[text.index(before: end)])
      guard character.isNumber || ".eE".contains(character) || isAfterE else { break }
      end = text.index(after: end)
    }
    return text[..<end]
  }
}

private struct MathParser {
  private static let maximumDepth = 64
  private static let levels: [[String]] = [
    ["OR", "||"], ["AND", "&&"], ["==", "!=", "<=", ">=", "<", ">"], ["+", "-"], ["*", "/", "%"],
  ]

  private var tokens: ArraySlice<MathToken>
  private var depth = 0

  init(tokens: [MathToken]) { self.tokens = tokens[...] }

  mutating func whole() throws(MathExpression.Failure) -> MathExpression {
    let expression = try binary(level: 0)
    guard let next = tokens.first else { return expression }
    throw .init("unexpected \(Self.words(next))")
  }

  private mutating func binary(level: Int) throws(MathExpression.Failure) -> MathExpression {
    guard level < Self.levels.count else { return try unary() }
    var left = try binary(level: level + 1)
    while let symbol = operation(among: Self.levels[level]) {
      let right = try binary(level: level + 1)
      let name = symbol == "||" ? "OR" : symbol == "&&" ? "AND" : symbol
      left = .binary(name, left, right)
    }
    return left
  }

  private mutating func operation(among symbols: [String]) -> String? {
    let found: String? =
      switch tokens.first {
      case .symbol(let symbol) where symbols.contains(symbol): symbol
      case .name(let name) where symbols.contains(name): name
      default: nil
      }
    if found != nil { tokens.removeFirst() }
    return found
  }

  private mutating func unary() throws(MathExpression.Failure) -> MathExpression {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.maximumDepth else { throw .init("it is nested too deeply") }
    if takes("-") { return .negated(try unary()) }
    if takes("+") { return try unary() }
    let base = try primary()
    return takes("^") ? .binary("^", base, try unary()) : base
  }

  private mutating func primary() throws(MathExpression.Failure) -> MathExpression {
    switch tokens.popFirst() {
    case .number(let value): return .number(value)
    case .text(let text): return .text(text)
    case .symbol("("):
      let inner = try binary(level: 0)
      guard takes(")") else { throw .init("a parenthesis is not closed") }
      return inner
    case .symbol("["): return .list(try arguments(end: "]"))
    case .name(let name):
      if takes("(") { return .call(name.uppercased(), try arguments(end: ")")) }
      switch name {
      case "TRUE": return .number(1)
      case "FALSE": return .number(0)
      // The words that FILL knows.
      case "REPEAT", "LINEAR": return .text(name)
      default: return .reference(name)
      }
    case .symbol(let symbol): throw .init("unexpected \(symbol)")
    case nil: throw .init("it ends too early")
    }
  }

  private mutating func arguments(end: String) throws(MathExpression.Failure) -> [MathExpression] {
    if takes(end) { return [] }
    var arguments = [try binary(level: 0)]
    while takes(",") { arguments.append(try binary(level: 0)) }
    guard takes(end) else { throw .init("\(end) is missing") }
    return arguments
  }

  private mutating func takes(_ symbol: String) -> Bool {
    guard tokens.first == .symbol(symbol) else { return false }
    tokens.removeFirst()
    return true
  }

  private static func words(_ token: MathToken) -> String {
    switch token {
    case .number(let value): "\(value)"
    case .text(let text): "\"\(text)\""
    case .name(let name), .symbol(let name): name
    }
  }
}
