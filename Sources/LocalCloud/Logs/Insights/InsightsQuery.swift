import AWSWire
import Foundation

/// A query of Logs Insights: the commands `fields`, `display`, `filter`, `stats`, `sort` and `limit`.
///
///     fields @timestamp, level | filter level = "ERROR" and ms > 100 | stats count(*) as n by bin(5m) | sort n desc
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
struct InsightsQuery: Sendable {
  /// A field and the name that it gets.
  struct Column: Sendable {
    var field: String
    var name: String
  }

  /// A place in the order of the rows.
  struct Order: Sendable {
    var field: String
    var isDescending: Bool
  }

  /// What `stats` groups by.
  enum Group: Sendable {
    case field(String)
    /// The time, by so many milliseconds.
    case bin(Int64)
  }

  /// What `stats` computes.
  struct Aggregate: Sendable {
    enum Function: Sendable {
      case count, countDistinct, sum, average, minimum, maximum
      case percentile(Double)
    }

    var function: Function
    /// `nil` for `count(*)`.
    var field: String?
    var name: String
  }

  enum Command: Sendable {
    case fields([Column])
    case filter(InsightsCondition)
    case stats([Aggregate], by: [(group: Group, name: String)])
    case sort([Order])
    case limit(Int)
  }

  let commands: [Command]

  /// - Throws: ``AWSError`` with the code `MalformedQueryException`, for what is no query and for what is not here.
  init(_ text: String) throws(AWSError) {
    let tokens = try InsightsToken.tokens(of: text)
    var commands: [Command] = []
    for part in tokens.split(separator: .symbol("|"), omittingEmptySubsequences: false) {
      guard case .name(let name)? = part.first else {
        throw Self.malformed("a command is missing, such as 'fields @message'")
      }
      let rest = part.dropFirst()
      switch name.lowercased() {
      case "fields", "display":
        commands.append(.fields(try Self.list(rest) { part throws(AWSError) in try Self.column(part) }))
      case "filter":
        var parser = InsightsConditionParser(tokens: rest)
        let condition = try parser.condition()
        if let extra = parser.tokens.first { throw Self.malformed("'\(extra.description)' is not expected there") }
        commands.append(.filter(condition))
      case "stats": commands.append(try Self.stats(rest))
      case "sort": commands.append(.sort(try Self.list(rest) { part throws(AWSError) in try Self.order(part) }))
      case "limit", "head":
        guard rest.count == 1, case .number(let count)? = rest.first, (1...10_000).contains(count) else {
          throw Self.malformed("limit needs a number from 1 to 10000")
        }
        commands.append(.limit(Int(count)))
      default:
        throw Self.malformed(
          "the local cloud knows the commands fields, display, filter, stats, sort and limit, and not '\(name)'")
      }
    }
    self.commands = commands
  }

  static func malformed(_ reason: String) -> AWSError {
    AWSError("MalformedQueryException", "The query is not valid: \(reason).")
  }

  /// The fields that it looks at.
  var usedFields: Set<String> {
    commands.reduce(into: []) { used, command in
      switch command {
      case .fields(let columns): used.formUnion(columns.map(\.field))
      case .filter(let condition): used.formUnion(condition.fields)
      case .stats(let aggregates, let groups):
        used.formUnion(aggregates.compactMap(\.field))
        for case (.field(let field), _) in groups { used.insert(field) }
      case .sort(let orders): used.formUnion(orders.map(\.field))
      case .limit: break
      }
    }
  }

  // MARK: Reading commands

  private typealias Tokens = ArraySlice<InsightsToken>

  /// What stands between commas that are in no parentheses.
  private static func list<Item>(
    _ tokens: Tokens, _ read: (Tokens) throws(AWSError) -> Item
  ) throws(AWSError) -> [Item] {
    var items: [Item] = []
    var (depth, start) = (0, tokens.startIndex)
    for index in tokens.indices {
      switch tokens[index] {
      case .symbol("("): depth += 1
      case .symbol(")"): depth -= 1
      case .symbol(",") where depth == 0:
        items.append(try read(tokens[start..<index]))
        start = index + 1
      default: break
      }
    }
    items.append(try read(tokens[start...]))
    return items
  }

  /// Takes `as name` from the end.
  private static func alias(_ tokens: inout Tokens) -> String? {
    guard tokens.count >= 2, case .name(let name)? = tokens.last, case .name(let word)? = tokens.dropLast().last,
      word.lowercased() == "as"
    else { return nil }
    tokens.removeLast(2)
    return name
  }

  private static func column(_ tokens: Tokens) throws(AWSError) -> Column {
    var tokens = tokens
    let alias = alias(&tokens)
    guard tokens.count == 1, case .name(let field)? = tokens.first else {
      throw malformed("'\(text(tokens))' is no name of a field; the local cloud computes none")
    }
    return Column(field: field, name: alias ?? field)
  }

  private static func order(_ tokens: Tokens) throws(AWSError) -> Order {
    var tokens = tokens
    var isDescending = false
    if tokens.count > 1, case .name(let word)? = tokens.last, ["asc", "desc"].contains(word.lowercased()) {
      isDescending = word.lowercased() == "desc"
      tokens.removeLast()
    }
    guard case .name? = tokens.first else {
      throw malformed("sort needs the name of a field, and has '\(text(tokens))'")
    }
    // A column of stats without a name of its own is named by its text.
    return Order(field: text(tokens), isDescending: isDescending)
  }

  private static func stats(_ tokens: Tokens) throws(AWSError) -> Command {
    let place = tokens.firstIndex { if case .name(let word) = $0 { word.lowercased() == "by" } else { false } }
    let aggregates = try list(tokens[..<(place ?? tokens.endIndex)]) { part throws(AWSError) in try aggregate(part) }
    guard let place else { return .stats(aggregates, by: []) }
    return .stats(aggregates, by: try list(tokens[(place + 1)...]) { part throws(AWSError) in try group(part) })
  }

  private static func aggregate(_ tokens: Tokens) throws(AWSError) -> Aggregate {
    var tokens = tokens
    let alias = alias(&tokens)
    let name = alias ?? text(tokens)
    guard case .name(let function)? = tokens.popFirst(), tokens.popFirst() == .symbol("("),
      tokens.popLast() == .symbol(")")
    else { throw malformed("'\(name)' is no function of stats, such as count(*) or avg(ms)") }
    let isCount = function.lowercased() == "count"
    if isCount, tokens.isEmpty || tokens.elementsEqual([.symbol("*")]) {
      return Aggregate(function: .count, field: nil, name: name)
    }
    guard case .name(let field)? = tokens.popFirst() else { throw malformed("'\(name)' needs the name of a field") }
    if ["pct", "percentile"].contains(function.lowercased()) {
      guard tokens.popFirst() == .symbol(","), case .number(let percentile)? = tokens.popFirst(), tokens.isEmpty,
        (0...100).contains(percentile)
      else { throw malformed("'\(name)' needs a field and a number from 0 to 100") }
      return Aggregate(function: .percentile(percentile), field: field, name: name)
    }
    let functions: [String: Aggregate.Function] = [
      "count": .count, "count_distinct": .countDistinct, "sum": .sum, "avg": .average, "min": .minimum, "max": .maximum,
    ]
    guard let known = functions[function.lowercased()], tokens.isEmpty else {
      throw malformed("the local cloud does not know the function '\(name)'")
    }
    return Aggregate(function: known, field: field, name: name)
  }

  private static func group(_ tokens: Tokens) throws(AWSError) -> (group: Group, name: String) {
    var tokens = tokens
    let alias = alias(&tokens)
    let name = alias ?? text(tokens)
    if tokens.count == 1, case .name(let field)? = tokens.first { return (.field(field), name) }
    guard case .name(let function)? = tokens.popFirst(), function.lowercased() == "bin",
      tokens.popFirst() == .symbol("("), tokens.popLast() == .symbol(")"), tokens.count == 1,
      case .name(let period)? = tokens.first, let milliseconds = milliseconds(period)
    else { throw malformed("'\(name)' is neither a field nor a time such as bin(5m)") }
    return (.bin(milliseconds), name)
  }

  private static func milliseconds(_ period: String) -> Int64? {
    let digits = period.prefix(while: \.isNumber)
    guard let count = Int64(digits), count > 0, count < 1_000_000 else { return nil }
    let units: [String: Int64] = [
      "ms": 1, "msec": 1, "s": 1000, "sec": 1000, "m": 60_000, "min": 60_000, "h": 3_600_000, "hr": 3_600_000,
      "d": 86_400_000, "w": 604_800_000,
    ]
    return units[String(period.dropFirst(digits.count)).lowercased()].map { count * $0 }
  }

  /// The words as they were written, without spaces.
  private static func text(_ tokens: Tokens) -> String { tokens.map(\.description).joined() }
}
