import AWSWire
import Foundation
import GRDB

/// The events of the cloud, in the order in which they happened: a ring in the store.
///
/// A service that changes records hands its events to ``Store/write(_:events:)``, so that a change and its event are on
/// disk together; one that writes tables of its own calls ``insert(_:in:)`` within its transaction.
struct EventLog: Sendable {
  /// So many are kept; the oldest go first.
  static let capacity: Int64 = 10_000
  private static let pageLimit = 1...1000

  let store: Store

  /// Writes events within a transaction, and forgets those that have become too many.
  static func insert(_ events: [LocalCloudAPI.Event], in database: Database) throws {
    guard !events.isEmpty else { return }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let statement = try database.cachedStatement(
      sql: "INSERT INTO events(source, detail_type, event) VALUES (?, ?, ?)")
    for event in events {
      let text = String(decoding: try encoder.encode(event), as: UTF8.self)
      try statement.execute(arguments: [event.source, event.detailType, text])
    }
    try database.execute(
      sql: "DELETE FROM events WHERE number <= ?", arguments: [database.lastInsertedRowID - capacity])
  }

  /// The events that a request asks for.
  func list(_ request: LocalCloudAPI.ListEventsRequest) async throws -> LocalCloudAPI.ListEventsResponse {
    let limit = request.maxResults ?? 100
    guard Self.pageLimit.contains(limit) else {
      throw AWSError("ValidationException", "maxResults must be between 1 and 1000, not \(limit).")
    }
    let isForward = request.after != nil
    let (rows, newest) = try await store.database.read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT number, event FROM events
          WHERE number > ?1 AND (?2 IS NULL OR source = ?2) AND (?3 IS NULL OR detail_type = ?3)
          ORDER BY number \(isForward ? "ASC" : "DESC") LIMIT ?4
          """,
        arguments: [request.after ?? 0, request.source, request.detailType, limit]
      ).map { (number: $0["number"] as Int64, event: $0["event"] as String) }
      return (rows, try Int64.fetchOne(database, sql: "SELECT max(number) FROM events") ?? 0)
    }
    let page = isForward ? rows : rows.reversed()
    // A page that is not full has seen everything there is, also what its filter left out.
    let last = isForward && page.count == limit ? page.last?.number ?? newest : max(newest, request.after ?? 0)
    return .init(
      events: try page.map { try JSONDecoder().decode(LocalCloudAPI.Event.self, from: Data($0.event.utf8)) }, last: last
    )
  }

  /// The operations that the cloud answers of its own.
  func operations() -> OperationTable {
    var table = OperationTable(LocalCloudAPI.service)
    table.on(LocalCloudAPI.ListEventsRequest.self) { request, _ in try await list(request) }
    return table
  }
}

extension CloudContext {
  /// An event of this cloud.
  func event(
    _ detailType: String, source: String, at instant: Date, resources: [String], detail: [String: JSONValue]
  ) -> LocalCloudAPI.Event {
    .init(
      id: ids.uuid(), detailType: detailType, source: source, account: accountID, time: instant.formatted(.iso8601),
      region: region, resources: resources, detail: .object(detail))
  }
}

extension Date {
  /// An instant within the detail of an event: `2026-11-24T22:00:00.000Z`.
  var eventText: JSONValue { .string(formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))) }
}

extension EventLog: Resettable {
  func reset() async throws {
    try await store.database.write { try $0.execute(sql: "DELETE FROM events") }
  }
}
