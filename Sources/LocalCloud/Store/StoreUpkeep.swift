import Foundation
import GRDB
import Logging
import ServiceLifecycle

/// Gives the space of deleted rows back to the file system, now and then.
struct StoreUpkeep: Service {
  private static let interval = Duration.seconds(60)

  let store: Store
  let cloud: CloudContext

  func run() async throws {
    try? await cancelWhenGracefulShutdown {
      while true {
        try await cloud.time.sleep(Self.interval)
        do {
          try await store.shrink()
        } catch is CancellationError {
          return
        } catch {
          cloud.logger.error("the store's file cannot be shrunk", metadata: ["error": "\(error)"])
        }
      }
    }
  }
}

extension Store {
  /// Rows come and go; only when so many pages, and a quarter of the file, are free is it worth while to move others.
  private static let freePagesWorthwhile = 1_000
  /// At most so many pages at a time, so that nobody waits long for the file.
  private static let freePagesAtATime = 4_096

  /// Gives free pages back, if there are many.
  func shrink() async throws {
    try await database.writeWithoutTransaction { database in
      let free = try Int.fetchOne(database, sql: "PRAGMA freelist_count") ?? 0
      let all = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
      guard free >= Self.freePagesWorthwhile, free * 4 >= all else { return }
      try database.execute(sql: "PRAGMA incremental_vacuum(\(Self.freePagesAtATime))")
    }
  }
}
