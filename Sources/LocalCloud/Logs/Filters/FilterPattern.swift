import AWSWire
import Foundation

/// Which events are meant: terms, a condition on JSON events, or one on space-delimited events.
///
///     ERROR "disk full" -retry
///     { $.level = "ERROR" && ($.ms > 100 || $.code NOT EXISTS) }
///     [ip, user, ..., status = 4*, bytes > 1000]
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
struct FilterPattern: Sendable, Equatable {
  /// A place in an event.
  enum Selector: Sendable, Equatable {
    /// One step into a JSON document.
    enum Step: Sendable, Equatable {
      case key(String)
      case index(Int)
      case everyItem
    }

    /// `$.a.b[0]`.
    case path([Step])
    /// A field of a space-delimited pattern.
    case field(String)
  }

  private enum Kind: Sendable, Equatable {
    case terms(TermFilter)
    case json(FilterExpression)
    case fields(SpaceDelimitedFilter)
  }

  private let kind: Kind

  /// Reads a pattern; an empty one matches everything.
  ///
  /// - Throws: ``AWSError`` for what is no pattern, and for regular expressions, which the local cloud does not have.
  init(_ text: String) throws(AWSError) {
    guard text.utf8.count <= 1024 else { throw LogsError.invalid("The filter pattern is longer than 1024 characters.") }
    let trimmed = text.drop(while: \.isWhitespace)
    switch trimmed.first {
    case "{":
      var parser = try FilterParser(try Self.inside(trimmed, closing: "}"), selector: Self.path)
      let expression = try parser.expression()
      guard parser.isAtEnd else {
        throw FilterParser.invalid("'\(FilterParser.text(parser.next))' is not expected there")
      }
      kind = .json(expression)
    case "[": kind = .fields(try SpaceDelimitedFilter(try Self.inside(trimmed, closing: "]")))
    case "%": throw Self.noRegularExpressions
    default: kind = .terms(try TermFilter(trimmed))
    }
  }

  static var noRegularExpressions: AWSError {
    LogsError.invalid("Invalid filter pattern: the local cloud knows no regular expressions in filter patterns.")
  }

  /// What stands between the first character and the last, which must be `closing`.
  private static func inside(_ text: Substring, closing: Character) throws(AWSError) -> Substring {
    var text = text
    while text.last?.isWhitespace == true { text.removeLast() }
    guard text.count > 1, text.last == closing else { throw FilterParser.invalid("'\(closing)' is missing at its end") }
    return text.dropFirst().dropLast()
  }

  /// Whether an event fits.
  func matches(_ message: String) -> Bool { match(message) != nil }

  /// What is found in an event that fits; `nil` for one that does not.
  func match(_ message: String) -> FilterFields? {
    switch kind {
    case .terms(let terms): return terms.matches(message) ? FilterFields() : nil
    case .fields(let fields): return fields.match(message)
    case .json(let expression):
      guard message.utf8.first(where: { $0 > 0x20 }) == UInt8(ascii: "{"),
        let json = try? JSONDecoder().decode(JSONValue.self, from: Data(message.utf8))
      else { return nil }
      let fields = FilterFields(json: json)
      return expression.matches(fields) ? fields : nil
    }
  }

  /// The place that a metric filter names: `$.a.b` in JSON events, `$name` in space-delimited ones.
  ///
  /// - Throws: ``AWSError`` for a place that events of this pattern do not have.
  func selector(_ text: String) throws(AWSError) -> Selector {
    switch kind {
    case .json: return try Self.path(text)
    case .fields(let fields) where text.hasPrefix("$") && fields.names.contains(String(text.dropFirst())):
      return .field(String(text.dropFirst()))
    case .fields, .terms: throw LogsError.invalid("Invalid metric transformation: the pattern has no field '\(text)'.")
    }
  }

  private static func path(_ text: String) throws(AWSError) -> Selector {
    let refusal = FilterParser.invalid("'\(text)' is no place in a JSON event, such as $.level or $.items[0].id")
    guard text.hasPrefix("$.") || text.hasPrefix("$[") else { throw refusal }
    var steps: [Selector.Step] = []
    var rest = text.dropFirst()
    while let first = rest.popFirst() {
      if first == "." {
        let key = rest.prefix { $0 != "." && $0 != "[" }
        guard !key.isEmpty else { throw refusal }
        steps.append(.key(String(key)))
        rest = rest.dropFirst(key.count)
      } else {
        guard first == "[", let end = rest.firstIndex(of: "]") else { throw refusal }
        let index = rest[..<end]
        if index == "*" {
          steps.append(.everyItem)
        } else if let number = Int(index), number >= 0 {
          steps.append(.index(number))
        } else {
          throw refusal
        }
        rest = rest[rest.index(after: end)...]
      }
    }
    return .path(steps)
  }

  /// Takes a text between quotation marks, in which `\` makes the next character plain.
  static func phrase(_ rest: inout Substring) throws(AWSError) -> String {
    rest.removeFirst()
    var phrase = ""
    while let character = rest.popFirst() {
      switch character {
      case "\"": return phrase
      case "\\": phrase.append(rest.popFirst() ?? "\\")
      default: phrase.append(character)
      }
    }
    throw FilterParser.invalid("a quotation mark is not closed")
  }
}
