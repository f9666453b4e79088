import Foundation
import GRDB

/// Appends events to a stream, and keeps the stream from growing for ever.
struct LogAppending: Sendable {
  /// The newest bytes of a stream that are kept, as AWS counts sizes.
  var maximumStreamBytes: Int

  /// Appends events; all or none are on disk when the transaction ends.
  func append(_ lines: [LogLine], to stream: LogStreamRow, of group: Int64, at instant: Int64, in database: Database)
    throws
  {
    let insert = try database.cachedStatement(
      sql: "INSERT INTO log_events(log_group, log_stream, timestamp, ingestion, message) VALUES (?, ?, ?, ?, ?)")
    var bytes = 0
    var first = Int64.max
    var last = Int64.min
    // AWS knows no empty event, and its agents send none.
    for line in lines where !line.message.isEmpty {
      let timestamp = max(line.timestamp.milliseconds, 0)
      try insert.execute(arguments: [group, stream.number, timestamp, instant, line.message])
      bytes += line.message.utf8.count + LogEventRow.overhead
      first = min(first, timestamp)
      last = max(last, timestamp)
    }
    guard bytes > 0 else { return }
    try database.execute(
      sql: """
        UPDATE log_streams SET bytes = bytes + ?, last_ingestion = ?,
          first_event = min(ifnull(first_event, ?), ?), last_event = max(ifnull(last_event, ?), ?)
        WHERE number = ?
        """, arguments: [bytes, instant, first, first, last, last, stream.number])
    let excess = stream.bytes + bytes - maximumStreamBytes
    if excess > 0 { try dropOldest(excess, of: stream.number, in: group, at: instant, database) }
  }

  /// Drops the oldest events of a stream, and says so where they were: the notice is the oldest event from now on.
  private func dropOldest(
    _ excess: Int, of stream: Int64, in group: Int64, at instant: Int64, _ database: Database
  ) throws {
    // A tenth more than needed, so that not every append has to drop.
    let wanted = excess + maximumStreamBytes / 10
    var dropped = 0
    var boundary: LogPosition?
    let oldest = try Row.fetchCursor(
      database,
      sql: """
        SELECT timestamp, id, length(CAST(message AS BLOB)) AS size FROM log_events
        WHERE log_stream = ? ORDER BY timestamp, id
        """, arguments: [stream])
    while dropped < wanted, let row = try oldest.next() {
      dropped += (row["size"] as Int) + LogEventRow.overhead
      boundary = LogPosition(timestamp: row["timestamp"], id: row["id"])
    }
    guard let boundary else { return }
    try database.execute(
      sql: "DELETE FROM log_events WHERE log_stream = ? AND (timestamp, id) <= (?, ?)",
      arguments: [stream, boundary.timestamp, boundary.id])
    let notice =
      "palco: the local cloud keeps the newest \(maximumStreamBytes / (1 << 20)) MiB of a log stream; "
      + "older events were dropped"
    // Its row is the newest; a millisecond puts it before all that is kept.
    let place = max(boundary.timestamp - 1, 0)
    try database.execute(
      sql: "INSERT INTO log_events(log_group, log_stream, timestamp, ingestion, message) VALUES (?, ?, ?, ?, ?)",
      arguments: [group, stream, place, instant, notice])
    try database.execute(
      sql: "UPDATE log_streams SET bytes = bytes - ?, first_event = ? WHERE number = ?",
      arguments: [dropped - notice.utf8.count - LogEventRow.overhead, place, stream])
  }

  /// Deletes the events that are older than their group keeps them.
  static func dropExpired(now: Int64, _ database: Database) throws {
    let groups = try Row.fetchAll(database, sql: "SELECT number, retention FROM log_groups WHERE retention IS NOT NULL")
    for row in groups {
      let group: Int64 = row["number"]
      let days: Int64 = row["retention"]
      try database.execute(
        sql: "DELETE FROM log_events WHERE log_group = ? AND timestamp < ?",
        arguments: [group, now - days * 86_400_000])
      guard database.changesCount > 0 else { continue }
      try database.execute(
        sql: """
          UPDATE log_streams SET
            bytes = (SELECT ifnull(sum(length(CAST(message AS BLOB)) + ?), 0) FROM log_events WHERE log_stream = number),
            first_event = (SELECT min(timestamp) FROM log_events WHERE log_stream = number)
          WHERE log_group = ?
          """, arguments: [LogEventRow.overhead, group])
    }
  }
}
