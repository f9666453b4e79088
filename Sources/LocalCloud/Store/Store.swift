import AWSWire
import Foundation
import GRDB

/// The one SQLite file of the local cloud.
///
/// Services keep their state in memory, in their actor, and write it through as records: one row a thing, by kind and
/// key, its value as JSON. What is too much to keep in memory (log events) has a table of its own.
public struct Store: Sendable {
  /// The version of the file's layout; a file of a newer version is refused, an older one is migrated.
  public static let layoutVersion = 3

  private static let maximumLogBytes = 16 << 20

  let database: DatabasePool

  /// Opens the file `cloud.sqlite` of a state folder, making folder and file when they are missing.
  ///
  /// - Throws: ``StoreError``.
  public init(directory: URL) throws {
    let file = directory.appendingPathComponent("cloud.sqlite")
    do {
      try FileManager.default.createDirectory(
        at: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw StoreError.unwritable(directory.path)
    }
    guard FileManager.default.isWritableFile(atPath: directory.path) else {
      throw StoreError.unwritable(directory.path)
    }
    var configuration = Configuration()
    configuration.prepareDatabase { database in
      try database.execute(sql: "PRAGMA synchronous = NORMAL")
      guard !database.configuration.readonly else { return }
      // Before the file has its first page; the write-ahead log is cut back after each checkpoint.
      try database.execute(
        sql: "PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_size_limit = \(Self.maximumLogBytes)")
    }
    do {
      database = try DatabasePool(path: file.path, configuration: configuration)
      let version = try database.read { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
      guard version <= Self.layoutVersion else {
        throw StoreError.newerVersion(file.path, found: version, known: Self.layoutVersion)
      }
      // A file of an older version gets room for moving pages by being written anew.
      let isShrinkable = try database.read { try Int.fetchOne($0, sql: "PRAGMA auto_vacuum") == 2 }
      if !isShrinkable { try database.vacuum() }
      try database.write { try Self.layOut($0) }
    } catch let error as DatabaseError {
      throw StoreError.unusable(file.path, error.message ?? "SQLite error \(error.resultCode.rawValue)")
    }
  }

  /// Closes the file; every later use of the store fails.
  func close() throws {
    try database.close()
  }

  private static func layOut(_ database: Database) throws {
    try database.execute(
      sql: """
        CREATE TABLE IF NOT EXISTS records(
          kind TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY(kind, key)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS log_groups(
          number INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, created INTEGER NOT NULL,
          retention INTEGER, tags TEXT NOT NULL DEFAULT '{}');
        CREATE TABLE IF NOT EXISTS log_group_keys(
          log_group INTEGER PRIMARY KEY REFERENCES log_groups(number) ON DELETE CASCADE, key TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS log_streams(
          number INTEGER PRIMARY KEY AUTOINCREMENT,
          log_group INTEGER NOT NULL REFERENCES log_groups(number) ON DELETE CASCADE,
          name TEXT NOT NULL, created INTEGER NOT NULL, first_event INTEGER, last_event INTEGER,
          last_ingestion INTEGER, bytes INTEGER NOT NULL DEFAULT 0, UNIQUE(log_group, name));
        CREATE TABLE IF NOT EXISTS log_events(
          id INTEGER PRIMARY KEY AUTOINCREMENT, log_group INTEGER NOT NULL,
          log_stream INTEGER NOT NULL REFERENCES log_streams(number) ON DELETE CASCADE,
          timestamp INTEGER NOT NULL, ingestion INTEGER NOT NULL, message TEXT NOT NULL);
        CREATE INDEX IF NOT EXISTS log_events_by_stream ON log_events(log_stream, timestamp, id);
        CREATE INDEX IF NOT EXISTS log_events_by_group ON log_events(log_group, timestamp, id);
        CREATE TABLE IF NOT EXISTS metric_series(
          number INTEGER PRIMARY KEY, namespace TEXT NOT NULL, name TEXT NOT NULL, dimensions TEXT NOT NULL,
          unit TEXT NOT NULL, updated INTEGER NOT NULL, merged_before INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS metric_points(
          series INTEGER NOT NULL, start INTEGER NOT NULL, summary BLOB NOT NULL,
          PRIMARY KEY(series, start)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS alarm_history(
          id INTEGER PRIMARY KEY AUTOINCREMENT, alarm TEXT NOT NULL, alarm_type TEXT NOT NULL,
          timestamp INTEGER NOT NULL, item_type TEXT NOT NULL, summary TEXT NOT NULL, data TEXT NOT NULL);
        CREATE INDEX IF NOT EXISTS alarm_history_by_alarm ON alarm_history(alarm, timestamp, id);
        CREATE TABLE IF NOT EXISTS events(
          number INTEGER PRIMARY KEY AUTOINCREMENT, source TEXT NOT NULL, detail_type TEXT NOT NULL,
          event TEXT NOT NULL);
        PRAGMA user_version = \(layoutVersion);
        """)
  }

  /// The records of one kind.
  public func records<Value: Codable & Sendable>(_ kind: String, of type: Value.Type = Value.self) -> Records<Value> {
    Records(store: self, kind: kind)
  }

  /// Writes several records, and the events that tell of the change, in one transaction, on disk when it returns.
  func write(_ changes: [RecordChange], events: [LocalCloudAPI.Event] = []) async throws {
    guard !changes.isEmpty || !events.isEmpty else { return }
    try await database.write { database in
      try Self.apply(changes, in: database)
      try EventLog.insert(events, in: database)
    }
  }

  /// Writes records within a transaction that writes more.
  static func apply(_ changes: [RecordChange], in database: Database) throws {
    for change in changes {
      if let value = change.value {
        try database.execute(
          sql: "INSERT OR REPLACE INTO records(kind, key, value) VALUES (?, ?, ?)",
          arguments: [change.kind, change.key, value])
      } else {
        try database.execute(
          sql: "DELETE FROM records WHERE kind = ? AND key = ?", arguments: [change.kind, change.key])
      }
    }
  }
}

/// One row to put or to delete.
public struct RecordChange: Sendable {
  let kind: String
  let key: String
  let value: String?
}

/// The records of one kind of thing.
public struct Records<Value: Codable & Sendable>: Sendable {
  let store: Store
  let kind: String

  /// Everything of this kind, by key.
  public func all() async throws -> [(key: String, value: Value)] {
    let kind = kind
    let rows = try await store.database.read { database in
      try Row.fetchAll(
        database, sql: "SELECT key, value FROM records WHERE kind = ? ORDER BY key", arguments: [kind]
      ).map { (key: $0["key"] as String, value: $0["value"] as String) }
    }
    return try rows.map { ($0.key, try JSONDecoder().decode(Value.self, from: Data($0.value.utf8))) }
  }

  /// The change that puts a value, for ``Store/write(_:)``.
  public func putting(_ value: Value, at key: String) throws -> RecordChange {
    RecordChange(kind: kind, key: key, value: String(decoding: try JSONEncoder().encode(value), as: UTF8.self))
  }

  /// The change that deletes a key, for ``Store/write(_:)``.
  public func deleting(_ key: String) -> RecordChange {
    RecordChange(kind: kind, key: key, value: nil)
  }

  /// Puts one value.
  public func put(_ value: Value, at key: String) async throws {
    try await store.write([putting(value, at: key)])
  }

  /// Deletes one key.
  public func delete(_ key: String) async throws {
    try await store.write([deleting(key)])
  }
}

/// Why the state of the local cloud cannot be used.
public enum StoreError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The folder cannot be written.
  case unwritable(String)
  /// The file was written by a newer Palco.
  case newerVersion(String, found: Int, known: Int)
  /// SQLite cannot use the file.
  case unusable(String, String)

  public var description: String {
    switch self {
    case .unwritable(let path):
      "the state folder \(path) cannot be written; give another with --state, or change its permissions"
    case .newerVersion(let path, let found, let known):
      "\(path) has layout version \(found), and this palco knows up to \(known); update palco, or give another folder with --state"
    case .unusable(let path, let reason):
      "\(path) cannot be used: \(reason)"
    }
  }
}
