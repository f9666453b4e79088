/// A value in Terraform's language, as the tree of a root module holds it. The writers turn it into text; nothing here
/// is escaped.
public indirect enum TerraformValue: Sendable, Equatable {
  /// `null`: as if the argument were not there.
  case null
  /// A text, with values put between its parts.
  case template([TemplatePart])
  /// A text of many lines that ends with a line break: a heredoc.
  case document([TemplatePart])
  /// A whole number.
  case integer(Int)
  /// A number with a fraction.
  case decimal(Double)
  /// `true` or `false`.
  case boolean(Bool)
  /// An expression as it is written: `aws_vpc.main.id`, `var.image == null ? 0 : 2`. On one line.
  case expression(String)
  /// A word that is no expression, although HCL writes it without quotes: what `ignore_changes`, `depends_on`, `type`
  /// and `moved` take.
  case word(String)
  /// A list.
  case list([TerraformValue])
  /// A map or object, in this order.
  case map([TerraformEntry])
  /// A function's result: `jsonencode(local.execution_policy)`.
  case call(String, [TerraformValue])
}

/// One part of a text.
public enum TemplatePart: Sendable, Equatable {
  /// Characters that stand for themselves, `${` too.
  case literal(String)
  /// A value in the text's place.
  case value(TerraformValue)
}

/// One entry of a map.
public struct TerraformEntry: Sendable, Equatable {
  /// The key.
  public var key: String
  /// The value.
  public var value: TerraformValue

  /// Makes an entry.
  public init(_ key: String, _ value: TerraformValue) {
    self.key = key
    self.value = value
  }
}

extension TerraformValue: ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral, ExpressibleByStringInterpolation
{
  public init(integerLiteral value: Int) { self = .integer(value) }
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
  public init(arrayLiteral elements: TerraformValue...) { self = .list(elements) }
  public init(dictionaryLiteral elements: (String, TerraformValue)...) {
    self = .map(elements.map { TerraformEntry($0.0, $0.1) })
  }
  public init(stringLiteral value: String) { self = .text(value) }
  public init(stringInterpolation: Interpolation) { self = .template(stringInterpolation.parts) }

  /// Collects the parts of an interpolated literal: a `TerraformValue` becomes `${…}`, everything else its text.
  public struct Interpolation: StringInterpolationProtocol {
    var parts: [TemplatePart] = []

    public init(literalCapacity: Int, interpolationCount: Int) {}

    public mutating func appendLiteral(_ literal: String) {
      guard !literal.isEmpty else { return }
      if case .literal(let before) = parts.last {
        parts[parts.count - 1] = .literal(before + literal)
      } else {
        parts.append(.literal(literal))
      }
    }

    public mutating func appendInterpolation(_ value: TerraformValue) {
      // A text in a text is the same as one text.
      if case .template(let inner) = value {
        for part in inner {
          if case .literal(let literal) = part { appendLiteral(literal) } else { parts.append(part) }
        }
      } else {
        parts.append(.value(value))
      }
    }

    public mutating func appendInterpolation(_ text: String) { appendLiteral(text) }
    public mutating func appendInterpolation(_ number: Int) { appendLiteral(String(number)) }
  }
}

extension TerraformValue {
  /// A text without values in it.
  public static func text(_ text: String) -> TerraformValue { .template(text.isEmpty ? [] : [.literal(text)]) }

  /// A list of texts.
  public static func texts(_ texts: [String]) -> TerraformValue { .list(texts.map(TerraformValue.text)) }

  /// A list of words: `ignore_changes`, `depends_on`.
  public static func words(_ words: [String]) -> TerraformValue { .list(words.map(TerraformValue.word)) }

  /// A local value.
  public static func local(_ name: String) -> TerraformValue { .expression("local.\(name)") }

  /// `jsonencode` of a local value: policies and container definitions are objects, never JSON inside a text.
  public static func json(_ local: String) -> TerraformValue { .call("jsonencode", [.local(local)]) }

  /// A map of texts, sorted by key.
  public static func texts(_ texts: [String: String]) -> TerraformValue {
    .map(texts.sorted { $0.key < $1.key }.map { TerraformEntry($0.key, .text($0.value)) })
  }

  /// The text as a heredoc, which has to end with a line break.
  public var asDocument: TerraformValue {
    guard case .template(let parts) = self else { return self }
    return .document(parts)
  }

  /// The expression's text, for use in a larger expression.
  var expressionText: String {
    switch self {
    case .expression(let text), .word(let text): text
    default: NativeWriter.inline(self)
    }
  }
}
