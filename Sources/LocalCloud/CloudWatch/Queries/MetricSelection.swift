import AWSWire
import Foundation

/// A query of Metrics Insights: `SELECT AVG(ms) FROM "App" WHERE Path = '/a' GROUP BY Host ORDER BY MAX() DESC LIMIT 5`.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-querylanguage.html
struct MetricSelection: Sendable {
  /// What a metric's dimension must be.
  struct Condition: Sendable {
    var dimension: String
    var value: String
    var isEqual: Bool
  }

  private var statistic: MetricStatistic = .average
  private var metric = ""
  private var namespace = ""
  /// Exactly these dimensions; `nil` for any.
  private var schema: [String]?
  private var conditions: [Condition] = []
  private var groups: [String] = []
  private var order: (statistic: MetricStatistic, isDescending: Bool)?
  private var limit = 500

  /// Whether an expression is such a query, and no metric math.
  static func isSelection(_ text: String) -> Bool {
    text.drop(while: \.isWhitespace).prefix(7).uppercased() == "SELECT "
  }

  /// - Throws: ``MathExpression/Failure`` for what is no query.
  init(_ text: String) throws {
    var parser = try Parser(text)
    try parser.expect("SELECT")
    (statistic, metric) = try parser.function(named: true)
    try parser.expect("FROM")
    if parser.take("SCHEMA") {
      let arguments = try parser.arguments()
      guard let first = arguments.first else { throw MathExpression.Failure("SCHEMA needs a namespace") }
      (namespace, schema) = (first, Array(arguments.dropFirst()))
    } else {
      namespace = try parser.name()
    }
    if parser.take("WHERE") {
      repeat { conditions.append(try parser.condition()) } while parser.take("AND")
    }
    if parser.take("GROUP") {
      try parser.expect("BY")
      repeat { groups.append(try parser.name()) } while parser.take(",")
    }
    if parser.take("ORDER") {
      try parser.expect("BY")
      let statistic = try parser.function(named: false).statistic
      let isDescending = parser.take("DESC")
      if !isDescending { _ = parser.take("ASC") }
      order = (statistic, isDescending)
    }
    if parser.take("LIMIT") {
      guard let number = Int(try parser.name()), (1...500).contains(number) else {
        throw MathExpression.Failure("LIMIT needs a number from 1 to 500")
      }
      limit = number
    }
    guard parser.isAtEnd else { throw MathExpression.Failure("'\(parser.rest)' is not expected there") }
  }

  /// The series of the groups, labelled by their values; of one group, labelled by the query.
  func series(
    label: String, period: Int, step: Int64, from start: Int64, to end: Int64, in table: MetricTable
  ) -> [TimeSeries] {
    var found: [[String]: [Int64: MetricSummary]] = [:]
    for identity in table.units.keys where selects(identity) {
      let values = Dictionary(identity.dimensions.map { ($0.name, $0.value) }) { first, _ in first }
      let key = groups.map { values[$0] ?? "" }
      found[key, default: [:]].merge(table.summaries(of: identity, from: start, to: end, period: step)) { old, new in
        var merged = old
        merged.merge(new)
        return merged
      }
    }
    let rows = found.filter { !$0.value.isEmpty }.map { key, periods in
      var whole = MetricSummary()
      for summary in periods.values { whole.merge(summary) }
      return (key: key, periods: periods, rank: order.flatMap { whole.value(of: $0.statistic) } ?? 0)
    }.sorted { left, right in
      guard let order, left.rank != right.rank else { return left.key.lexicographicallyPrecedes(right.key) }
      return (left.rank > right.rank) == order.isDescending
    }
    return rows.prefix(limit).map { key, periods, _ in
      TimeSeries(
        label: groups.isEmpty ? label : key.joined(separator: " "), period: period, step: step,
        points: periods.compactMapValues { $0.value(of: statistic) })
    }
  }

  private func selects(_ identity: MetricIdentity) -> Bool {
    guard identity.namespace == namespace, identity.name == metric else { return false }
    let names = identity.dimensions.map(\.name)
    if let schema, Set(schema) != Set(names) { return false }
    // A metric without one of the groups' dimensions belongs to no group.
    guard groups.allSatisfy(names.contains) else { return false }
    return conditions.allSatisfy { condition in
      identity.dimensions.contains { $0.name == condition.dimension }
        && identity.dimensions.contains { $0.name == condition.dimension && $0.value == condition.value }
          == condition.isEqual
    }
  }

  /// Reads the words of a query.
  private struct Parser {
    private var words: ArraySlice<String>

    init(_ text: String) throws {
      var words: [String] = []
      var rest = text[...]
      while let first = rest.first {
        if first.isWhitespace {
          rest.removeFirst()
        } else if first == "\"" || first == "'" {
          rest.removeFirst()
          guard let end = rest.firstIndex(of: first) else { throw MathExpression.Failure("\(first) is not closed") }
          // Marked, so that a name in quotation marks is no keyword.
          words.append("\u{0}" + rest[..<end])
          rest = rest[rest.index(after: end)...]
        } else if rest.hasPrefix("!=") {
          words.append("!=")
          rest = rest.dropFirst(2)
        } else if "(),=".contains(first) {
          words.append(String(first))
          rest.removeFirst()
        } else {
          let word = rest.prefix { !$0.isWhitespace && !"(),=!\"'".contains($0) }
          guard !word.isEmpty else { throw MathExpression.Failure("unexpected '\(first)'") }
          words.append(String(word))
          rest = rest.dropFirst(word.count)
        }
      }
      self.words = words[...]
    }

    var isAtEnd: Bool { words.isEmpty }
    var rest: String { words.joined(separator: " ") }

    mutating func take(_ keyword: String) -> Bool {
      guard words.first?.uppercased() == keyword else { return false }
      words.removeFirst()
      return true
    }

    mutating func expect(_ keyword: String) throws {
      guard take(keyword) else {
        throw MathExpression.Failure("\(keyword) is missing before '\(words.first ?? "the end")'")
      }
    }

    mutating func name() throws -> String {
      guard let word = words.popFirst(), !["(", ")", ",", "=", "!="].contains(word) else {
        throw MathExpression.Failure("a name is missing")
      }
      return word.hasPrefix("\u{0}") ? String(word.dropFirst()) : word
    }

    mutating func arguments() throws -> [String] {
      try expect("(")
      var arguments = [try name()]
      while take(",") { arguments.append(try name()) }
      try expect(")")
      return arguments
    }

    mutating func function(named: Bool) throws -> (statistic: MetricStatistic, metric: String) {
      let word = try name()
      let statistics: [String: MetricStatistic] = [
        "AVG": .average, "COUNT": .sampleCount, "MAX": .maximum, "MIN": .minimum, "SUM": .sum,
      ]
      guard let statistic = statistics[word.uppercased()] else {
        throw MathExpression.Failure("'\(word)' is no function of Metrics Insights: AVG, COUNT, MAX, MIN, SUM")
      }
      try expect("(")
      let metric = named ? try name() : ""
      try expect(")")
      return (statistic, metric)
    }

    mutating func condition() throws -> Condition {
      let dimension = try name()
      let isEqual = take("=")
      if !isEqual { try expect("!=") }
      return Condition(dimension: dimension, value: try name(), isEqual: isEqual)
    }
  }
}
