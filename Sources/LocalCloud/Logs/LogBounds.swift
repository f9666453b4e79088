import Foundation
import GRDB

/// What a log group without retention is kept to: each task writes a stream of its own, and there is no end of tasks.
struct LogBounds: Sendable {
  /// The streams of a group that are kept: those that were written to last.
  var streamsOfGroup = 2_000
  /// The bytes of a group that are kept, as AWS counts sizes.
  var bytesOfGroup = 1 << 30

  /// Deletes the streams that are too many or too large, with their events.
  func enforce(in database: Database) throws {
    // The newest first; a stream goes when those before it fill the group.
    try database.execute(
      sql: """
        DELETE FROM log_streams WHERE number IN (
          SELECT number FROM (
            SELECT number,
              row_number() OVER newest AS place,
              sum(bytes) OVER (newest ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
            FROM log_streams
            WINDOW newest AS (PARTITION BY log_group ORDER BY ifnull(last_ingestion, created) DESC, number DESC))
          WHERE place > ? OR before >= ?)
        """, arguments: [streamsOfGroup, bytesOfGroup])
  }
}
