import AWSWire
import Foundation

/// The fields of one row, by name.
typealias InsightsRow = [String: FilterValue]

/// A query at work: events go in one by one, rows come out.
struct InsightsRun {
  /// What is kept of events that fit before they are sorted.
  static let maximumRows = 100_000

  private let query: InsightsQuery
  private let limit: Int
  private let parsesMessages: Bool
  /// The filters before anything else, which spare the memory of what does not fit.
  private let early: [InsightsCondition]
  private let later: ArraySlice<InsightsQuery.Command>
  private(set) var rows: [InsightsRow] = []
  private(set) var isFull = false

  init(_ query: InsightsQuery, limit: Int) {
    self.query = query
    self.limit = limit
    parsesMessages = query.usedFields.contains { !$0.hasPrefix("@") }
    var early: [InsightsCondition] = []
    var later = query.commands[...]
    loop: while let command = later.first {
      switch command {
      case .filter(let condition): early.append(condition)
      // What is shown is looked at in the end.
      case .fields(let columns) where columns.allSatisfy({ $0.field == $0.name }): break
      default: break loop
      }
      later.removeFirst()
    }
    (self.early, self.later) = (early, later)
  }

  /// Takes an event.
  mutating func add(_ event: LogEventRow, stream: String, group: String) {
    var row: InsightsRow = [
      "@timestamp": .text(Self.text(of: event.position.timestamp)), "@message": .text(event.message),
      "@logStream": .text(stream), "@log": .text(group), "@ingestionTime": .text(Self.text(of: event.ingestion)),
      "@ptr": .text(Data(event.position.text.utf8).base64EncodedString()),
      Self.instant: .number(Double(event.position.timestamp)),
    ]
    if parsesMessages, event.message.utf8.first == UInt8(ascii: "{"),
      case .object(let members)? = try? JSONDecoder().decode(JSONValue.self, from: Data(event.message.utf8))
    {
      for (name, value) in members { Self.flatten(value, name, into: &row) }
    }
    guard early.allSatisfy({ $0.holds(for: row) }) else { return }
    guard rows.count < Self.maximumRows else {
      isFull = true
      return
    }
    rows.append(row)
  }

  /// The timestamp as a number. No field of an event can have the name.
  private static let instant = "\u{0}"

  private static func flatten(_ value: JSONValue, _ name: String, into row: inout InsightsRow) {
    switch value {
    case .object(let members): for (key, value) in members { flatten(value, "\(name).\(key)", into: &row) }
    case .array(let items): for (index, value) in items.enumerated() { flatten(value, "\(name).\(index)", into: &row) }
    default: row[name] = FilterValue(value)
    }
  }

  /// The rows of the answer.
  func results() -> [[Logs.ResultField]] {
    var rows = rows
    var columns: [InsightsQuery.Column]?
    var (isSorted, isGrouped, count) = (false, false, limit)
    for case .fields(let given) in query.commands { columns = (columns ?? []) + given }
    for command in later {
      switch command {
      case .fields(let given):
        for index in rows.indices { for column in given { rows[index][column.name] = rows[index][column.field] } }
      case .filter(let condition): rows = rows.filter { condition.holds(for: $0) }
      case .sort(let orders):
        rows.sort { Self.precedes($0, $1, orders) }
        isSorted = true
      case .limit(let number): count = min(count, number)
      case .stats(let aggregates, let groups):
        rows = Self.grouped(rows, aggregates, groups)
        columns = (groups.map(\.name) + aggregates.map(\.name)).map { .init(field: $0, name: $0) }
        isGrouped = true
      }
    }
    if !isSorted, !isGrouped {
      rows.sort { ($0[Self.instant]?.number ?? 0) > ($1[Self.instant]?.number ?? 0) }
    }
    var shown = columns ?? ["@timestamp", "@message"].map { .init(field: $0, name: $0) }
    if !isGrouped { shown.append(.init(field: "@ptr", name: "@ptr")) }
    return rows.prefix(count).map { row in
      shown.compactMap { column in
        (row[column.name] ?? row[column.field])?.text.map { .init(field: column.name, value: $0) }
      }
    }
  }

  private static func precedes(_ left: InsightsRow, _ right: InsightsRow, _ orders: [InsightsQuery.Order]) -> Bool {
    for order in orders {
      let field = order.field == "@timestamp" ? instant : order.field
      switch (left[field] ?? left[order.field], right[field] ?? right[order.field]) {
      case (nil, nil): continue
      // A row without the field comes last.
      case (nil, _?): return false
      case (_?, nil): return true
      case (let left?, let right?):
        switch left.order(to: right) {
        case .orderedAscending?: return !order.isDescending
        case .orderedDescending?: return order.isDescending
        case .orderedSame?, nil: continue
        }
      }
    }
    return false
  }

  private static func grouped(
    _ rows: [InsightsRow], _ aggregates: [InsightsQuery.Aggregate],
    _ groups: [(group: InsightsQuery.Group, name: String)]
  ) -> [InsightsRow] {
    var members: [[String]: [InsightsRow]] = [:]
    for row in rows {
      let key = groups.map { group, _ in
        switch group {
        case .field(let field): row[field]?.text ?? ""
        case .bin(let period):
          text(of: Int64((row[instant]?.number ?? 0) / Double(period)) * period)
        }
      }
      members[key, default: []].append(row)
    }
    // Without groups there is one row, also of nothing.
    if groups.isEmpty, members.isEmpty { members[[]] = [] }
    return members.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { key, rows in
      var result: InsightsRow = [:]
      for (name, value) in zip(groups.map(\.name), key) { result[name] = .text(value) }
      for aggregate in aggregates { result[aggregate.name] = aggregate.value(of: rows) }
      return result
    }
  }

  /// As AWS shows instants: UTC, with milliseconds.
  static func text(of milliseconds: Int64) -> String {
    let date = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
    let text = date.formatted(
      .iso8601.year().month().day().dateTimeSeparator(.space).time(includingFractionalSeconds: true))
    return text.hasSuffix("Z") ? String(text.dropLast()) : text
  }
}

extension InsightsQuery.Aggregate {
  fileprivate func value(of rows: [InsightsRow]) -> FilterValue? {
    guard let field else { return .number(Double(rows.count)) }
    let values = rows.compactMap { $0[field] }
    switch function {
    case .count: return .number(Double(values.count))
    case .countDistinct: return .number(Double(Set(values.compactMap(\.text)).count))
    default: break
    }
    let numbers = values.compactMap(\.number).sorted()
    guard let first = numbers.first, let last = numbers.last else { return nil }
    switch function {
    case .sum: return .number(numbers.reduce(0, +))
    case .average: return .number(numbers.reduce(0, +) / Double(numbers.count))
    case .minimum: return .number(first)
    case .percentile(let percentile):
      // The nearest rank.
      let rank = Int((percentile / 100 * Double(numbers.count)).rounded(.up))
      return .number(numbers[max(0, min(rank, numbers.count) - 1)])
    case .maximum, .count, .countDistinct: return .number(last)
    }
  }
}
