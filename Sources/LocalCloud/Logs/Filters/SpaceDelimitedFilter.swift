import AWSWire

/// A pattern of events whose fields stand between spaces, such as `[ip, user, ..., status = 4*, bytes > 1000]`.
///
/// Text between quotation marks or square brackets is one field. `...` stands for any number of fields.
struct SpaceDelimitedFilter: Sendable, Equatable {
  private struct Slot: Sendable, Equatable {
    var name: String
    var condition: FilterExpression?
  }

  private var head: [Slot] = []
  /// The slots after `...`; `nil` when the pattern has none, and the number of fields must be exactly right.
  private var tail: [Slot]?

  /// - Parameter text: What stands between the brackets.
  init(_ text: Substring) throws(AWSError) {
    var parser = try FilterParser(text) { name throws(AWSError) in .field(name) }
    var count = 0
    repeat {
      count += 1
      if parser.takeWord(where: { $0 == "..." }) != nil {
        guard tail == nil else { throw FilterParser.invalid("'...' can stand only once") }
        tail = []
        continue
      }
      let slot = try Self.slot(&parser, number: count)
      if tail == nil { head.append(slot) } else { tail?.append(slot) }
    } while parser.take(",")
    guard parser.isAtEnd else {
      throw FilterParser.invalid("a comma is missing before '\(FilterParser.text(parser.next))'")
    }
  }

  /// The names of the fields, for what refers to them.
  var names: [String] { (head + (tail ?? [])).map(\.name) }

  private static func slot(_ parser: inout FilterParser, number: Int) throws(AWSError) -> Slot {
    switch (parser.next, parser.second) {
    case (.symbol(",")?, _), (nil, _): return Slot(name: "\(number)")
    case (.word(let name)?, .symbol(",")?), (.word(let name)?, nil):
      _ = parser.takeWord()
      return Slot(name: name)
    default:
      let condition = try parser.expression()
      let names = condition.fieldNames
      guard names.count == 1, let name = names.first else {
        throw FilterParser.invalid("the conditions between two commas must be of one field, not of \(names.sorted())")
      }
      return Slot(name: name, condition: condition)
    }
  }

  /// What is found in an event that fits; `nil` for one that does not.
  func match(_ message: String) -> FilterFields? {
    let fields = Self.fields(of: message)
    guard tail == nil ? fields.count == head.count : fields.count >= head.count + (tail?.count ?? 0) else { return nil }
    let slots = head + (tail ?? [])
    let values = fields.prefix(head.count) + fields.suffix(tail?.count ?? 0)
    let found = FilterFields(named: Dictionary(zip(slots.map(\.name), values)) { first, _ in first })
    return slots.allSatisfy { $0.condition?.matches(found) ?? true } ? found : nil
  }

  private static func fields(of message: String) -> [String] {
    var fields: [String] = []
    var rest = message[...]
    while true {
      rest = rest.drop { $0 == " " || $0 == "\t" || $0.isNewline }
      guard let first = rest.first else { return fields }
      let closing: Character? = first == "\"" ? "\"" : first == "[" ? "]" : nil
      if let closing, let end = rest.dropFirst().firstIndex(of: closing) {
        fields.append(String(rest[rest.index(after: rest.startIndex)..<end]))
        rest = rest[rest.index(after: end)...]
      } else {
        let field = rest.prefix { $0 != " " && $0 != "\t" && !$0.isNewline }
        fields.append(String(field))
        rest = rest.dropFirst(field.count)
      }
    }
  }
}

extension FilterExpression {
  fileprivate var fieldNames: Set<String> {
    switch self {
    case .all(let parts), .any(let parts): parts.reduce(into: []) { $0.formUnion($1.fieldNames) }
    case .test(.field(let name), _): [name]
    case .test(.path, _): []
    }
  }
}
