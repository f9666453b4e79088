import AWSWire
import Foundation
import GRDB

// Log groups and their streams.
extension LogsService {
  /// The retention times that AWS allows, in days.
  private static let retentions = [
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
  ]

  func create(_ request: Logs.CreateLogGroupRequest) async throws {
    try LogsError.checkGroupName(request.logGroupName)
    let now = cloud.time.now().milliseconds
    try await write { database in
      guard (try? Self.number(ofGroup: request.logGroupName, in: database)) == nil else { throw LogsError.groupExists }
      try LogGroupRow.insert(
        name: request.logGroupName, key: request.kmsKeyId, tags: request.tags ?? [:], at: now, in: database)
    }
  }

  func delete(_ request: Logs.DeleteLogGroupRequest) async throws {
    try await write { database in
      let group = try Self.number(ofGroup: request.logGroupName, in: database)
      try database.execute(sql: "DELETE FROM log_groups WHERE number = ?", arguments: [group])
    }
    try await change { $0.removeGroup(request.logGroupName) }
  }

  func describe(_ request: Logs.DescribeLogGroupsRequest) async throws -> Logs.DescribeLogGroupsResponse {
    let limit = try LogsError.checkedLimit(request.limit, maximum: 50)
    let (prefix, pattern) = (request.logGroupNamePrefix ?? "", request.logGroupNamePattern ?? "")
    guard prefix.isEmpty || pattern.isEmpty else {
      throw LogsError.invalid("LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.")
    }
    let after = try request.nextToken.map { try NameToken($0).name } ?? ""
    let rows = try await read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT \(LogGroupRow.columns) FROM log_groups
          WHERE name > ? AND substr(name, 1, length(?)) = ? AND (? = '' OR instr(name, ?) > 0)
          ORDER BY name LIMIT ?
          """, arguments: [after, prefix, prefix, pattern, pattern, limit + 1]
      ).map { try LogGroupRow($0) }
    }
    let page = rows.prefix(limit)
    return .init(
      logGroups: page.map(shape),
      nextToken: rows.count > limit ? page.last.map { NameToken(order: 0, name: $0.name).text } : nil)
  }

  private func shape(_ row: LogGroupRow) -> Logs.LogGroup {
    let arn = cloud.arn("logs", "log-group:\(row.name)")
    return Logs.LogGroup(
      logGroupName: row.name, creationTime: Int(row.created), retentionInDays: row.retention,
      metricFilterCount: settings.metricFilters(of: row.name).count,
      arn: arn + ":*", storedBytes: row.bytes, kmsKeyId: row.key, logGroupClass: "STANDARD", logGroupArn: arn)
  }

  func setRetention(_ days: Int?, of group: String) async throws {
    if let days, !Self.retentions.contains(days) {
      let values = Self.retentions.map(String.init).joined(separator: ", ")
      throw LogsError.constraint("\(days)", "retentionInDays", "satisfy enum value set: [\(values)]")
    }
    try await write { database in
      let group = try Self.number(ofGroup: group, in: database)
      try database.execute(sql: "UPDATE log_groups SET retention = ? WHERE number = ?", arguments: [days, group])
    }
  }

  /// Sets or takes away the key of a group that is named, or whose ARN is given.
  func setKey(_ key: String?, of name: String?, resource: String?) async throws {
    let name = try groupName(name, identifier: resource)
    try await write { database in
      try LogGroupRow.setKey(key, ofGroup: try Self.number(ofGroup: name, in: database), in: database)
    }
  }

  func create(_ request: Logs.CreateLogStreamRequest) async throws {
    try LogsError.checkStreamName(request.logStreamName)
    let now = cloud.time.now().milliseconds
    try await write { database in
      let group = try Self.number(ofGroup: request.logGroupName, in: database)
      guard try LogStreamRow.find(request.logStreamName, of: group, in: database) == nil else {
        throw LogsError.streamExists
      }
      try LogStreamRow.insert(name: request.logStreamName, into: group, at: now, in: database)
    }
  }

  func delete(_ request: Logs.DeleteLogStreamRequest) async throws {
    try await write { database in
      let group = try Self.number(ofGroup: request.logGroupName, in: database)
      let stream = try LogStreamRow.named(request.logStreamName, of: group, in: database)
      try database.execute(sql: "DELETE FROM log_streams WHERE number = ?", arguments: [stream.number])
    }
  }

  func describe(_ request: Logs.DescribeLogStreamsRequest) async throws -> Logs.DescribeLogStreamsResponse {
    let name = try groupName(request.logGroupName, identifier: request.logGroupIdentifier)
    let limit = try LogsError.checkedLimit(request.limit, maximum: 50)
    let prefix = request.logStreamNamePrefix ?? ""
    let order = request.orderBy ?? "LogStreamName"
    guard ["LogStreamName", "LastEventTime"].contains(order) else {
      throw LogsError.constraint(order, "orderBy", "satisfy enum value set: [LogStreamName, LastEventTime]")
    }
    let isByTime = order == "LastEventTime"
    guard !isByTime || prefix.isEmpty else {
      throw LogsError.invalid("Cannot order by LastEventTime with a logStreamNamePrefix.")
    }
    let after = try request.nextToken.map { try NameToken($0) }
    let isDescending = request.descending ?? false
    let rows = try await read { database in
      let group = try Self.number(ofGroup: name, in: database)
      let key = isByTime ? "ifnull(last_event, 0)" : "ifnull(NULL, 0)"
      let (comparison, direction) = isDescending ? ("<", "DESC") : (">", "ASC")
      return try Row.fetchAll(
        database,
        sql: """
          SELECT * FROM log_streams
          WHERE log_group = ? AND substr(name, 1, length(?)) = ?
            AND (? IS NULL OR (\(key), name) \(comparison) (?, ?))
          ORDER BY \(key) \(direction), name \(direction) LIMIT ?
          """, arguments: [group, prefix, prefix, after?.name, after?.order, after?.name, limit + 1]
      ).map(LogStreamRow.init)
    }
    let page = rows.prefix(limit)
    let next = page.last.map { NameToken(order: isByTime ? $0.lastEvent ?? 0 : 0, name: $0.name).text }
    let arn = cloud.arn("logs", "log-group:\(name):log-stream:")
    return .init(
      logStreams: page.map { row in
        Logs.LogStream(
          logStreamName: row.name, creationTime: Int(row.created), firstEventTimestamp: row.firstEvent.map { Int($0) },
          lastEventTimestamp: row.lastEvent.map { Int($0) }, lastIngestionTime: row.lastIngestion.map { Int($0) },
          arn: arn + row.name, storedBytes: row.bytes)
      }, nextToken: rows.count > limit ? next : nil)
  }

  /// The name of the group that a request means by name or by ARN.
  func groupName(_ name: String?, identifier: String?) throws(AWSError) -> String {
    switch (name, identifier) {
    case (let name?, nil): return name
    case (nil, let identifier?):
      // The ARN of a group is meant, and not the one with `:*` that means its streams.
      guard !identifier.contains("*") else {
        throw LogsError.invalid(
          "1 validation error detected: Value at 'logGroupIdentifier' failed to satisfy constraint: "
            + "Member must satisfy regular expression pattern: [\\w#+=/:,.@-]*")
      }
      return Self.groupName(ofARN: identifier) ?? identifier
    case (nil, nil): throw LogsError.invalid("Either logGroupName or logGroupIdentifier must be given.")
    case (_?, _?): throw LogsError.invalid("Both logGroupName and logGroupIdentifier cannot be given.")
    }
  }

  /// The name in `arn:aws:logs:region:account:log-group:name`, with or without `:*`.
  private static func groupName(ofARN arn: String) -> String? {
    let parts = arn.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count >= 7, parts[0] == "arn", parts[2] == "logs", parts[5] == "log-group" else { return nil }
    return String(parts[6])
  }

  private static func destinationName(ofARN arn: String) -> String? {
    let parts = arn.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 7, parts[0] == "arn", parts[2] == "logs", parts[5] == "destination" else { return nil }
    return String(parts[6])
  }

  func changeTags(ofResource arn: String, _ change: @escaping @Sendable (inout [String: String]) -> Void) async throws {
    if let name = Self.destinationName(ofARN: arn), settings.destinations[name] != nil {
      try await self.change { settings in
        var tags = settings.destinations[name]?.tags ?? [:]
        change(&tags)
        settings.destinations[name]?.tags = tags
      }
      return
    }
    guard let name = Self.groupName(ofARN: arn) else { throw LogsError.invalid("The ARN \(arn) is no log group's.") }
    try await changeTags(ofGroup: name, change)
  }

  func changeTags(ofGroup name: String, _ change: @escaping @Sendable (inout [String: String]) -> Void) async throws {
    try await write { database in
      let group = try LogGroupRow.named(name, in: database)
      var tags = group.tags
      change(&tags)
      guard tags.count <= 50 else { throw AWSError("TooManyTagsException", "A log group can have up to 50 tags.") }
      try group.setTags(tags, in: database)
    }
  }

  func tags(ofResource arn: String) async throws -> [String: String] {
    if let name = Self.destinationName(ofARN: arn), let destination = settings.destinations[name] {
      return destination.tags
    }
    guard let name = Self.groupName(ofARN: arn) else { throw LogsError.invalid("The ARN \(arn) is no log group's.") }
    return try await tags(ofGroup: name)
  }

  func tags(ofGroup name: String) async throws -> [String: String] {
    try await read { try LogGroupRow.named(name, in: $0).tags }
  }
}

/// Where the next page of names begins.
private struct NameToken {
  var order: Int64
  var name: String

  var text: String { Data("\(order)/\(name)".utf8).base64EncodedString() }

  init(order: Int64, name: String) {
    self.order = order
    self.name = name
  }

  init(_ text: String) throws(AWSError) {
    guard let data = Data(base64Encoded: text), let plain = String(data: data, encoding: .utf8),
      let slash = plain.firstIndex(of: "/"), let order = Int64(plain[..<slash])
    else { throw LogsError.invalidToken }
    self.init(order: order, name: String(plain[plain.index(after: slash)...]))
  }
}
