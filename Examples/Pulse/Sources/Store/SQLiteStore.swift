import Foundation
import GRDB

/// Keeps answers in a SQLite file. Several processes may share it: the write-ahead log lets them read while one writes,
/// and a writer waits for the other.
struct SQLiteStore: AnswerStore {
  private let pool: DatabasePool

  /// Opens the file, or makes it with its folder.
  init(path: String) throws {
    var configuration = Configuration()
    configuration.busyMode = .timeout(5)
    configuration.maximumReaderCount = 2
    do {
      try FileManager.default.createDirectory(
        at: URL(fileURLWithPath: path).deletingLastPathComponent(), withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
      pool = try DatabasePool(path: path, configuration: configuration)
      try pool.write { database in
        try database.execute(
          sql: """
            CREATE TABLE IF NOT EXISTS answers (
              id TEXT PRIMARY KEY NOT NULL,
              score INTEGER NOT NULL CHECK (score BETWEEN 0 AND 10),
              comment TEXT NOT NULL,
              answered_at TEXT NOT NULL
            )
            """)
      }
    } catch {
      throw StartError.unavailable(
        "cannot keep answers in \(path) (\(error.localizedDescription)); set PULSE_DB to a file that can be written")
    }
  }

  func add(_ answer: Answer) async throws {
    try await pool.write { database in
      try database.execute(
        sql: "INSERT INTO answers (id, score, comment, answered_at) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
        arguments: [answer.id, answer.score, answer.comment, answer.date])
    }
  }

  func tally() async throws -> Tally {
    try await pool.read { database in
      let row = try Row.fetchOne(
        database,
        sql: """
          SELECT count(*) FILTER (WHERE score >= 9) AS promoters,
                 count(*) FILTER (WHERE score BETWEEN 7 AND 8) AS passives,
                 count(*) FILTER (WHERE score <= 6) AS detractors
          FROM answers
          """)
      return Tally(
        promoters: row?["promoters"] ?? 0, passives: row?["passives"] ?? 0, detractors: row?["detractors"] ?? 0)
    }
  }

  func check() async throws { _ = try await pool.read { try Int.fetchOne($0, sql: "SELECT 1 FROM answers LIMIT 1") } }

  func close() async { try? pool.close() }
}
