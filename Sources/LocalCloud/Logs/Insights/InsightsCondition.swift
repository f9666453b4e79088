import AWSWire
import Foundation

/// A condition of `filter`.
indirect enum InsightsCondition: Sendable {
  case all([InsightsCondition])
  case any([InsightsCondition])
  case not(InsightsCondition)
  case equal(field: String, [FilterValue])
  /// `isWanted` says which orders of the field and the value fit.
  case ordered(field: String, FilterValue, isWanted: @Sendable (ComparisonResult) -> Bool)
  case contains(field: String, String)
  case matches(field: String, NSRegularExpression)
  case isPresent(field: String)

  func holds(for row: InsightsRow) -> Bool {
    switch self {
    case .all(let parts): return parts.allSatisfy { $0.holds(for: row) }
    case .any(let parts): return parts.contains { $0.holds(for: row) }
    case .not(let part): return !part.holds(for: row)
    case .equal(let field, let values): return values.contains { row[field]?.order(to: $0) == .orderedSame }
    case .ordered(let field, let value, let isWanted): return row[field]?.order(to: value).map(isWanted) ?? false
    case .contains(let field, let text): return row[field]?.text?.contains(text) ?? false
    case .matches(let field, let regex):
      guard let text = row[field]?.text else { return false }
      return regex.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
    case .isPresent(let field): return row[field] != nil
    }
  }

  /// The fields that it looks at.
  var fields: Set<String> {
    switch self {
    case .all(let parts), .any(let parts): parts.reduce(into: []) { $0.formUnion($1.fields) }
    case .not(let part): part.fields
    case .equal(let field, _), .ordered(let field, _, _), .contains(let field, _), .matches(let field, _),
      .isPresent(let field):
      [field]
    }
  }
}

extension FilterValue {
  /// The order of two values: as numbers when both are, else as texts.
  func order(to other: FilterValue) -> ComparisonResult? {
    if let left = number, let right = other.number {
      return left == right ? .orderedSame : left < right ? .orderedAscending : .orderedDescending
    }
    guard let left = text, let right = other.text else { return nil }
    return left == right ? .orderedSame : left < right ? .orderedAscending : .orderedDescending
  }
}

/// Reads conditions.
struct InsightsConditionParser {
  var tokens: ArraySlice<InsightsToken>

  mutating func condition() throws(AWSError) -> InsightsCondition {
    var parts = [try conjunction()]
    while takeKeyword("or") { parts.append(try conjunction()) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func conjunction() throws(AWSError) -> InsightsCondition {
    var parts = [try unit()]
    while takeKeyword("and") { parts.append(try unit()) }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func unit() throws(AWSError) -> InsightsCondition {
    if takeKeyword("not") { return .not(try unit()) }
    if take("(") {
      let inner = try condition()
      try expect(")")
      return inner
    }
    guard case .name(let name)? = tokens.popFirst() else {
      throw InsightsQuery.malformed("a field is missing in a filter")
    }
    if name.lowercased() == "ispresent", take("(") {
      guard case .name(let field)? = tokens.popFirst() else {
        throw InsightsQuery.malformed("ispresent needs the name of a field")
      }
      try expect(")")
      return .isPresent(field: field)
    }
    if takeKeyword("not") {
      guard let comparison = try word(after: name) else {
        throw InsightsQuery.malformed("'not' after '\(name)' must be followed by 'like' or 'in'")
      }
      return .not(comparison)
    }
    if let comparison = try word(after: name) { return comparison }
    guard case .symbol(let symbol)? = tokens.popFirst() else {
      throw InsightsQuery.malformed("an operator is missing after '\(name)'")
    }
    if symbol == "=~" { return try pattern(of: name) }
    let value = try value(after: symbol)
    switch symbol {
    case "=": return .equal(field: name, [value])
    case "!=": return .not(.equal(field: name, [value]))
    case "<": return .ordered(field: name, value) { $0 == .orderedAscending }
    case "<=": return .ordered(field: name, value) { $0 != .orderedDescending }
    case ">": return .ordered(field: name, value) { $0 == .orderedDescending }
    case ">=": return .ordered(field: name, value) { $0 != .orderedAscending }
    default: throw InsightsQuery.malformed("'\(symbol)' is no operator")
    }
  }

  /// `like` and `in`.
  private mutating func word(after name: String) throws(AWSError) -> InsightsCondition? {
    if takeKeyword("like") { return try pattern(of: name) }
    guard takeKeyword("in") else { return nil }
    try expect("[")
    var values = [try value(after: "[")]
    while take(",") { values.append(try value(after: ",")) }
    try expect("]")
    return .equal(field: name, values)
  }

  private mutating func pattern(of field: String) throws(AWSError) -> InsightsCondition {
    switch tokens.popFirst() {
    case .text(let text)?: return .contains(field: field, text)
    case .regex(let text)?:
      do {
        return .matches(field: field, try NSRegularExpression(pattern: text))
      } catch {
        throw InsightsQuery.malformed("/\(text)/ is no regular expression")
      }
    default: throw InsightsQuery.malformed("'like' needs a text or a /regular expression/")
    }
  }

  private mutating func value(after symbol: String) throws(AWSError) -> FilterValue {
    switch tokens.popFirst() {
    case .number(let number)?: return .number(number)
    case .text(let text)?: return .text(text)
    case .name(let name)? where ["true", "false"].contains(name.lowercased()):
      return .text(name.lowercased())
    default: throw InsightsQuery.malformed("a number or a quoted text is missing after '\(symbol)'")
    }
  }

  private mutating func takeKeyword(_ keyword: String) -> Bool {
    guard case .name(let name)? = tokens.first, name.lowercased() == keyword else { return false }
    tokens.removeFirst()
    return true
  }

  private mutating func take(_ symbol: String) -> Bool {
    guard tokens.first == .symbol(symbol) else { return false }
    tokens.removeFirst()
    return true
  }

  private mutating func expect(_ symbol: String) throws(AWSError) {
    guard take(symbol) else { throw InsightsQuery.malformed("'\(symbol)' is missing") }
  }
}
