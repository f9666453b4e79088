import AWSWire
import Foundation
import GRDB

/// What happened to an alarm.
struct AlarmEvent: Sendable, Equatable {
  enum Kind: String, Sendable {
    case configuration = "ConfigurationUpdate"
    case state = "StateUpdate"
  }

  var alarm: String
  var alarmType: String
  var instant: Date
  var kind: Kind
  var summary: String
  /// JSON.
  var data: String
}

/// The history of alarms in the store, which is asked there and not kept in memory.
struct AlarmHistory: Sendable {
  /// AWS keeps thirty days.
  static let retentionMilliseconds: Int64 = 30 * 86_400_000
  /// However often an alarm flaps, so many items stay.
  static let itemsOfAlarm = 500
  /// However many alarms come and go, so many items stay of all together.
  static let itemsOfAll = 20_000

  let store: Store

  static func insert(_ events: [AlarmEvent], in database: Database) throws {
    for event in events {
      try database.execute(
        sql: """
          INSERT INTO alarm_history(alarm, alarm_type, timestamp, item_type, summary, data)
          VALUES (?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          event.alarm, event.alarmType, event.instant.milliseconds, event.kind.rawValue, event.summary, event.data,
        ])
      try database.execute(
        sql: """
          DELETE FROM alarm_history WHERE alarm = ? AND (timestamp < ? OR id NOT IN
            (SELECT id FROM alarm_history WHERE alarm = ? ORDER BY id DESC LIMIT ?))
          """,
        arguments: [
          event.alarm, event.instant.milliseconds - retentionMilliseconds, event.alarm, itemsOfAlarm,
        ])
      try database.execute(
        sql: "DELETE FROM alarm_history WHERE id <= (SELECT max(id) FROM alarm_history) - ?", arguments: [itemsOfAll])
    }
  }

  /// A page of the history, the newest first unless the request says otherwise.
  func describe(_ request: CloudWatch.DescribeAlarmHistoryRequest) async throws
    -> CloudWatch.DescribeAlarmHistoryResponse
  {
    try CloudWatchError.check(request.maxRecords, "maxRecords", in: 1...100)
    try CloudWatchError.check(
      request.historyItemType, "historyItemType", among: ["Action", "StateUpdate", "ConfigurationUpdate"])
    try CloudWatchError.check(request.scanBy, "scanBy", among: ["TimestampDescending", "TimestampAscending"])
    let token = try request.nextToken.map { token throws(AWSError) -> Int64 in
      guard let id = Int64(token) else { throw CloudWatchError.invalidToken }
      return id
    }
    let limit = request.maxRecords ?? 100
    let types = request.alarmTypes ?? (request.alarmName == nil ? ["MetricAlarm"] : ["MetricAlarm", "CompositeAlarm"])
    let isAscending = request.scanBy == "TimestampAscending"
    let (from, to) = (request.startDate?.milliseconds ?? 0, request.endDate?.milliseconds ?? .max)
    let typeList = types.filter { $0.allSatisfy(\.isLetter) }.map { "'\($0)'" }.joined(separator: ",")
    let rows = try await store.database.read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT * FROM alarm_history
          WHERE (?1 IS NULL OR alarm = ?1) AND (?2 IS NULL OR item_type = ?2) AND timestamp BETWEEN ?3 AND ?4
            AND (?5 IS NULL OR id \(isAscending ? ">" : "<") ?5) AND alarm_type IN (\(typeList))
          ORDER BY id \(isAscending ? "ASC" : "DESC") LIMIT ?6
          """,
        arguments: [request.alarmName, request.historyItemType, from, to, token, limit + 1]
      ).map { row in
        (
          id: row["id"] as Int64,
          item: CloudWatch.AlarmHistoryItem(
            alarmName: row["alarm"], alarmType: row["alarm_type"], timestamp: (row["timestamp"] as Int64).date,
            historyItemType: row["item_type"], historySummary: row["summary"], historyData: row["data"])
        )
      }
    }
    let page = rows.prefix(limit)
    return .init(
      alarmHistoryItems: page.map(\.item), nextToken: rows.count > limit ? page.last.map { "\($0.id)" } : nil)
  }
}
