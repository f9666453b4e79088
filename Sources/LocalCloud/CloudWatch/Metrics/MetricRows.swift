import AWSWire
import Foundation
import GRDB

/// Metric data in the store: one row a series, one row a period.
struct MetricRows: Sendable {
  let store: Store

  /// Everything that was written.
  func restore(timing: MetricTiming) async throws -> MetricTable {
    try await store.database.read { database in
      var table = MetricTable(timing: timing)
      var buckets: [Int64: [MetricTable.Bucket]] = [:]
      let points = try Row.fetchCursor(
        database, sql: "SELECT series, start, summary FROM metric_points ORDER BY series, start")
      while let row = try points.next() {
        // A row that cannot be read is a lost period, no lost cloud.
        guard let summary = MetricSummary(encoded: row["summary"]) else { continue }
        buckets[row["series"], default: []].append(.init(start: row["start"], summary: summary))
      }
      for row in try Row.fetchAll(database, sql: "SELECT * FROM metric_series") {
        let dimensions = try JSONDecoder().decode(
          [CloudWatch.Dimension].self, from: Data((row["dimensions"] as String).utf8))
        let key = MetricTable.Key(
          identity: MetricIdentity(namespace: row["namespace"], name: row["name"], dimensions: dimensions),
          unit: row["unit"])
        let series = MetricTable.Series(
          number: row["number"], buckets: buckets[row["number"]] ?? [], updated: row["updated"],
          mergedBefore: row["merged_before"])
        table.restore(series, key)
      }
      return table
    }
  }

  /// Writes what changed, in one transaction.
  func write(_ pending: MetricTable.Pending, of table: MetricTable) async throws {
    guard !pending.isEmpty else { return }
    try await store.database.write { database in
      for number in pending.removedSeries {
        try database.execute(sql: "DELETE FROM metric_series WHERE number = ?", arguments: [number])
        try database.execute(sql: "DELETE FROM metric_points WHERE series = ?", arguments: [number])
      }
      for (number, range) in pending.removed {
        try database.execute(
          sql: "DELETE FROM metric_points WHERE series = ? AND start >= ? AND start < ?",
          arguments: [number, range.lowerBound, range.upperBound])
      }
      let putSeries = try database.cachedStatement(
        sql: """
          INSERT INTO metric_series(number, namespace, name, dimensions, unit, updated, merged_before)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT(number) DO UPDATE SET updated = excluded.updated, merged_before = excluded.merged_before
          """)
      let putPoint = try database.cachedStatement(
        sql: "INSERT OR REPLACE INTO metric_points(series, start, summary) VALUES (?, ?, ?)")
      for key in Set(pending.newSeries.keys).union(pending.changed.keys) {
        guard let series = table.units[key.identity]?[key.unit] else { continue }
        let dimensions = String(decoding: try JSONEncoder().encode(key.identity.dimensions), as: UTF8.self)
        try putSeries.execute(arguments: [
          series.number, key.identity.namespace, key.identity.name, dimensions, key.unit, series.updated,
          series.mergedBefore,
        ])
        for start in pending.changed[key] ?? [] {
          let index = series.index(from: start)
          guard index < series.buckets.count, series.buckets[index].start == start else { continue }
          try putPoint.execute(arguments: [series.number, start, series.buckets[index].summary.encoded])
        }
      }
    }
  }
}
