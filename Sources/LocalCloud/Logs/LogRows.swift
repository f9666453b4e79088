import AWSWire
import Foundation
import GRDB

/// A log group as it is stored.
struct LogGroupRow: Sendable {
  var number: Int64
  var name: String
  var created: Int64
  var retention: Int?
  var key: String?
  var tags: [String: String]
  var bytes: Int

  /// The columns that ``init(_:)`` reads, for `FROM log_groups`.
  static let columns = """
    number, name, created, retention, tags,
    (SELECT key FROM log_group_keys WHERE log_group = log_groups.number) AS key,
    (SELECT ifnull(sum(bytes), 0) FROM log_streams WHERE log_group = log_groups.number) AS bytes
    """

  init(_ row: Row) throws {
    number = row["number"]
    name = row["name"]
    created = row["created"]
    retention = row["retention"]
    key = row["key"]
    tags = try JSONDecoder().decode([String: String].self, from: Data((row["tags"] as String).utf8))
    bytes = row["bytes"]
  }

  /// The group of a name.
  ///
  /// - Throws: ``AWSError`` when there is none.
  static func named(_ name: String, in database: Database) throws -> LogGroupRow {
    let row = try Row.fetchOne(
      database, sql: "SELECT \(columns) FROM log_groups WHERE name = ?", arguments: [name])
    guard let row else { throw LogsError.groupNotFound }
    return try LogGroupRow(row)
  }

  static func insert(
    name: String, key: String?, tags: [String: String], at instant: Int64, in database: Database
  ) throws {
    try database.execute(
      sql: "INSERT INTO log_groups(name, created, tags) VALUES (?, ?, ?)",
      arguments: [name, instant, try encoded(tags)])
    try setKey(key, ofGroup: database.lastInsertedRowID, in: database)
  }

  /// Remembers the key. Nothing is encrypted here, and nobody sees the difference.
  static func setKey(_ key: String?, ofGroup number: Int64, in database: Database) throws {
    try database.execute(sql: "DELETE FROM log_group_keys WHERE log_group = ?", arguments: [number])
    guard let key else { return }
    try database.execute(
      sql: "INSERT INTO log_group_keys(log_group, key) VALUES (?, ?)", arguments: [number, key])
  }

  func setTags(_ tags: [String: String], in database: Database) throws {
    try database.execute(
      sql: "UPDATE log_groups SET tags = ? WHERE number = ?", arguments: [try Self.encoded(tags), number])
  }

  private static func encoded(_ tags: [String: String]) throws -> String {
    String(decoding: try JSONEncoder().encode(tags), as: UTF8.self)
  }
}

/// A log stream as it is stored.
struct LogStreamRow: Sendable {
  var number: Int64
  var name: String
  var created: Int64
  var firstEvent: Int64?
  var lastEvent: Int64?
  var lastIngestion: Int64?
  var bytes: Int

  init(_ row: Row) {
    number = row["number"]
    name = row["name"]
    created = row["created"]
    firstEvent = row["first_event"]
    lastEvent = row["last_event"]
    lastIngestion = row["last_ingestion"]
    bytes = row["bytes"]
  }

  /// The stream of a name; `nil` when there is none.
  static func find(_ name: String, of group: Int64, in database: Database) throws -> LogStreamRow? {
    try Row.fetchOne(
      database.cachedStatement(sql: "SELECT * FROM log_streams WHERE log_group = ? AND name = ?"),
      arguments: [group, name]
    ).map(LogStreamRow.init)
  }

  /// The stream of a name.
  ///
  /// - Throws: ``AWSError`` when there is none.
  static func named(_ name: String, of group: Int64, in database: Database) throws -> LogStreamRow {
    guard let stream = try find(name, of: group, in: database) else { throw LogsError.streamNotFound }
    return stream
  }

  static func insert(name: String, into group: Int64, at instant: Int64, in database: Database) throws {
    try database.execute(
      sql: "INSERT INTO log_streams(log_group, name, created) VALUES (?, ?, ?)", arguments: [group, name, instant])
  }
}

/// A log event as it is stored.
struct LogEventRow: Sendable {
  /// What AWS adds to the size of each event's text.
  static let overhead = 26

  var position: LogPosition
  var stream: Int64
  var ingestion: Int64
  var message: String

  init(_ row: Row) {
    position = LogPosition(timestamp: row["timestamp"], id: row["id"])
    stream = row["log_stream"]
    ingestion = row["ingestion"]
    message = row["message"]
  }

  /// The size as AWS counts it.
  var size: Int { message.utf8.count + Self.overhead }
}
