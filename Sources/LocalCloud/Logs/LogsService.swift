import AWSWire
import Foundation
import GRDB
import Logging
import ServiceLifecycle

/// CloudWatch Logs: groups of streams of events, all of them in the store, so that memory holds what is asked for only.
actor LogsService: LogSink {
  /// How often events are deleted that are older than their group keeps them.
  static let sweepInterval: Duration = .seconds(3600)

  let cloud: CloudContext
  let store: Store
  private let appending: LogAppending
  private let bounds: LogBounds
  private let records: LogsSettingsRecords
  private(set) var settings: LogsSettings
  /// The newest queries, the oldest first.
  private(set) var queries: [QueryRecord] = []
  private var metrics: (any MetricSink)?
  private let turns = Turns()
  private let logger: Logger

  /// Makes the service.
  ///
  /// - Parameters:
  ///   - maximumStreamBytes: How much of a stream is kept; the oldest events go first.
  ///   - bounds: How much of a group is kept; the streams that were written to least recently go first.
  init(context: CloudContext, store: Store, maximumStreamBytes: Int = 50 << 20, bounds: LogBounds = LogBounds())
    async throws
  {
    cloud = context
    self.store = store
    records = LogsSettingsRecords(store)
    settings = try await records.settings()
    appending = LogAppending(maximumStreamBytes: maximumStreamBytes)
    self.bounds = bounds
    var logger = context.logger
    logger[metadataKey: "service"] = "logs"
    self.logger = logger
  }

  /// Sets who gets the metrics that metric filters make of events.
  func publish(to metrics: any MetricSink) {
    self.metrics = metrics
  }

  /// Changes what is remembered besides groups, whole or not at all; one change at a time, in the order of arrival.
  ///
  /// - Throws: ``AWSError`` for what is refused; what the store throws.
  func change<Result: Sendable>(_ mutate: (inout LogsSettings) throws -> Result) async throws -> Result {
    await turns.take()
    defer { turns.pass() }
    var next = settings
    let result = try mutate(&next)
    try await store.write(records.changes(of: next))
    next.written()
    settings = next
    return result
  }

  /// Keeps a query with its answer.
  func keep(_ query: QueryRecord) {
    queries.append(query)
    if queries.count > 100 { queries.removeFirst() }
  }

  func ensureGroup(_ group: String) async throws {
    try LogsError.checkGroupName(group)
    let now = cloud.time.now().milliseconds
    try await write { database in
      try database.execute(
        sql: "INSERT OR IGNORE INTO log_groups(name, created) VALUES (?, ?)", arguments: [group, now])
    }
  }

  func append(_ events: [LogLine], group: String, stream: String) async throws {
    try LogsError.checkStreamName(stream)
    try await append(events, group: group, stream: stream, makesStream: true)
  }

  func lastEvent(group: String, stream name: String) async -> Date? {
    let last = try? await read { database in
      try LogStreamRow.find(name, of: try Self.number(ofGroup: group, in: database), in: database)?.lastEvent
    }
    // Events are kept to the millisecond; what is in the same one is not later.
    return (last ?? nil).map { Date(timeIntervalSince1970: (Double($0) + 0.5) / 1000) }
  }

  /// Appends events.
  ///
  /// - Parameter makesStream: Whether a missing stream is made instead of refused.
  func append(_ events: [LogLine], group name: String, stream streamName: String, makesStream: Bool) async throws {
    let now = cloud.time.now().milliseconds
    let appending = appending
    try await write { database in
      let group = try Self.number(ofGroup: name, in: database)
      if makesStream, try LogStreamRow.find(streamName, of: group, in: database) == nil {
        try LogStreamRow.insert(name: streamName, into: group, at: now, in: database)
      }
      let stream = try LogStreamRow.named(streamName, of: group, in: database)
      try appending.append(events, to: stream, of: group, at: now, in: database)
    }
    let samples = samples(of: events, in: name)
    if let metrics, !samples.isEmpty { try await metrics.put(samples) }
  }

  /// The number of a group, without counting its bytes.
  static func number(ofGroup name: String, in database: Database) throws -> Int64 {
    let statement = try database.cachedStatement(sql: "SELECT number FROM log_groups WHERE name = ?")
    guard let number = try Int64.fetchOne(statement, arguments: [name]) else { throw LogsError.groupNotFound }
    return number
  }

  func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
    try await store.database.read(body)
  }

  func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
    try await store.database.write(body)
  }
}

extension LogsService: Service {
  /// Deletes expired events now and then, until the cloud ends.
  func run() async throws {
    try? await cancelWhenGracefulShutdown {
      while true {
        do {
          try await self.sweep()
        } catch is CancellationError {
          return
        } catch {
          self.logger.error("expired log events could not be deleted", metadata: ["error": "\(error)"])
        }
        try await self.cloud.time.sleep(Self.sweepInterval)
      }
    }
  }

  /// Deletes expired events, and what is too much.
  func sweep() async throws {
    let now = cloud.time.now().milliseconds
    let bounds = bounds
    try await write { database in
      try LogAppending.dropExpired(now: now, database)
      try bounds.enforce(in: database)
    }
  }
}

extension LogsService: Resettable {
  func reset() async throws {
    try await change { $0.removeAll() }
    queries = []
    try await write { try $0.execute(sql: "DELETE FROM log_groups") }
  }
}

/// Who keeps metrics that are made of events.
protocol MetricSink: Sendable {
  /// Adds samples, and returns once they are on disk.
  func put(_ samples: [MetricSample]) async throws
}

extension CloudWatchService: MetricSink {}
