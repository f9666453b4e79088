import Dispatch
import Foundation
import Logging

/// Keeps answers in PostgreSQL. libpq's calls block, so the actor has a thread of its own to be blocked.
actor PostgresStore: AnswerStore {
  private var connection: PostgresConnection
  private let executor = QueueExecutor(label: "pulse.postgres")
  private let logger: Logger

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  /// Does not connect yet: a database that comes up later than Pulse is a failed health check, not a failed start.
  init(url: String, logger: Logger) throws {
    connection = try PostgresConnection(url: url)
    self.logger = logger
  }

  func add(_ answer: Answer) throws {
    _ = try query(
      """
      INSERT INTO answers (id, score, comment, answered_at) VALUES ($1, $2::smallint, $3, to_timestamp($4::float8))
      ON CONFLICT (id) DO NOTHING
      """,
      [answer.id, String(answer.score), answer.comment, String(answer.date.timeIntervalSince1970)])
  }

  func tally() throws -> Tally {
    let rows = try query(
      """
      SELECT count(*) FILTER (WHERE score >= 9), count(*) FILTER (WHERE score BETWEEN 7 AND 8),
             count(*) FILTER (WHERE score <= 6)
      FROM answers
      """)
    guard let row = rows.first?.compactMap({ Int($0) }), row.count == 3 else {
      throw PostgresError(description: "the counts are no numbers")
    }
    return Tally(promoters: row[0], passives: row[1], detractors: row[2])
  }

  func check() throws { _ = try query("SELECT 1 FROM answers LIMIT 1") }

  func close() { connection.close() }

  private func query(_ statement: String, _ parameters: [String] = []) throws -> [[String]] {
    do {
      return try connection.query(statement, parameters)
    } catch {
      logger.error("PostgreSQL: \(error)")
      throw error
    }
  }
}

/// Runs an actor on a queue of its own instead of the threads that everybody shares.
final class QueueExecutor: SerialExecutor {
  private let queue: DispatchQueue

  init(label: String) { queue = DispatchQueue(label: label) }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}
