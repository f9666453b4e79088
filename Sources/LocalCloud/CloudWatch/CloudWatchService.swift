import AWSWire
import Foundation
import GRDB
import Logging
import ServiceLifecycle

/// CloudWatch: keeps metrics, evaluates alarms each minute of the cloud, and keeps dashboards.
///
/// Alarms and dashboards are written before a change is answered, and so is the data that clients put. What the cloud
/// itself publishes is written once a minute.
actor CloudWatchService: Service, AlarmSource, Resettable {
  let cloud: CloudContext
  let timing: MetricTiming
  let history: AlarmHistory
  private(set) var metrics: MetricTable
  private(set) var state: CloudWatchState
  private let store: Store
  private let rows: MetricRows
  private let alarmRecords: Records<AlarmRecord>
  private let dashboardRecords: Records<DashboardRecord>
  private let insightRuleRecords: Records<InsightRuleRecord>
  private let logger: Logger
  private var publishers: [any MetricPublisher] = []
  private var publishedMinute: Int64
  private var prunedMinute: Int64 = 0
  private var isChanging = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

  /// Restores what was there.
  ///
  /// - Throws: What the store throws.
  init(context: CloudContext, store: Store) async throws {
    cloud = context
    timing = MetricTiming(minute: context.minute)
    self.store = store
    rows = MetricRows(store: store)
    history = AlarmHistory(store: store)
    alarmRecords = store.records("cloudwatch.alarm")
    dashboardRecords = store.records("cloudwatch.dashboard")
    insightRuleRecords = store.records("cloudwatch.insight-rule")
    var logger = context.logger
    logger[metadataKey: "service"] = "cloudwatch"
    self.logger = logger
    metrics = try await rows.restore(timing: timing)
    state = CloudWatchState()
    state.alarms = RecordTable(
      Dictionary(try await alarmRecords.all().map { ($0.key, $0.value) }) { first, _ in first })
    state.dashboards = RecordTable(
      Dictionary(try await dashboardRecords.all().map { ($0.key, $0.value) }) { first, _ in first })
    state.insightRules = RecordTable(
      Dictionary(try await insightRuleRecords.all().map { ($0.key, $0.value) }) { first, _ in first })
    publishedMinute = MetricTiming.floor(context.time.now().milliseconds, timing.milliseconds(60))
  }

  /// Adds those who publish metrics of the cloud itself once a minute.
  func add(_ publishers: [any MetricPublisher]) {
    self.publishers += publishers
  }

  func states(of names: [String]) -> [String: String] {
    names.reduce(into: [:]) { states, name in states[name] = state.alarm(name)?.state.rawValue }
  }

  // MARK: Changing

  /// Performs a change of alarms and dashboards, whole or not at all; one at a time, in the order of arrival.
  ///
  /// - Throws: ``AWSError`` for what is refused; what the store throws.
  func change<Result: Sendable>(_ mutate: (inout CloudWatchState) throws -> Result) async throws -> Result {
    await enter()
    defer { leave() }
    var next = state
    let result = try mutate(&next)
    guard next.hasChanges else { return result }
    let changes = try self.changes(of: next)
    let history = next.events
    let events = AlarmStateEvents(alarms: next.alarms, cloud: cloud).all
    try await store.database.write { database in
      try Store.apply(changes, in: database)
      try AlarmHistory.insert(history, in: database)
      try EventLog.insert(events, in: database)
    }
    next.written()
    state = next
    return result
  }

  private func changes(of state: CloudWatchState) throws -> [RecordChange] {
    try state.alarms.changes(in: alarmRecords) + state.dashboards.changes(in: dashboardRecords)
      + state.insightRules.changes(in: insightRuleRecords)
  }

  /// Adds the data that a client put, and returns once it is on disk.
  func put(_ samples: [MetricSample]) async throws {
    add(samples)
    try await flush()
  }

  private func add(_ samples: [MetricSample]) {
    let now = cloud.time.now().milliseconds
    for sample in samples { metrics.add(sample, now: now) }
  }

  private func flush() async throws {
    await enter()
    defer { leave() }
    let pending = metrics.takePending()
    do {
      try await rows.write(pending, of: metrics)
    } catch {
      metrics.putBack(pending)
      throw error
    }
  }

  /// Forgets metrics, alarms and dashboards.
  func reset() async throws {
    await enter()
    defer { leave() }
    var next = state
    next.alarms.removeAll()
    next.dashboards.removeAll()
    next.insightRules.removeAll()
    let changes = try self.changes(of: next)
    try await store.database.write { database in
      try Store.apply(changes, in: database)
      try database.execute(
        sql: "DELETE FROM metric_points; DELETE FROM metric_series; DELETE FROM alarm_history")
    }
    next.written()
    state = next
    metrics = MetricTable(timing: timing)
  }

  private func enter() async {
    if isChanging {
      await withCheckedContinuation { waiting.append($0) }
    } else {
      isChanging = true
    }
  }

  private func leave() {
    if waiting.isEmpty {
      isChanging = false
    } else {
      waiting.removeFirst().resume()
    }
  }

  // MARK: Running

  /// Publishes and evaluates at each minute of the cloud, until it ends.
  func run() async throws {
    try? await cancelWhenGracefulShutdown {
      while true {
        try await self.cloud.time.sleep(await self.untilNextTick)
        await self.tick()
      }
    }
    try await flush()
  }

  /// Alarms with periods below a minute are evaluated every ten seconds, all others each minute.
  private var untilNextTick: Duration {
    let isFast = state.alarms.values.values.contains { alarm in
      guard case .metric(let alarm) = alarm.kind else { return false }
      return (alarm.period ?? 60) < 60 || alarm.metrics?.contains { ($0.metricStat?.period ?? 60) < 60 } == true
    }
    let interval = timing.milliseconds(isFast ? 10 : 60)
    let now = cloud.time.now().milliseconds
    let next = MetricTiming.floor(now, interval) + interval
    // However short the minute, not more than twenty times a second.
    return .milliseconds(max(next - now, 50))
  }

  /// One pass: what the cloud publishes of the minute that has ended, then the alarms.
  func tick() async {
    let now = cloud.time.now()
    let minute = MetricTiming.floor(now.milliseconds, timing.milliseconds(60))
    if minute > publishedMinute {
      publishedMinute = minute
      for publisher in publishers {
        add(await publisher.samples(at: minute - timing.milliseconds(60), now: now))
      }
    }
    if minute - prunedMinute >= timing.milliseconds(300) {
      prunedMinute = minute
      metrics.prune(now: now.milliseconds)
    }
    do {
      try await flush()
      let table = metrics
      let failures = try await change { $0.evaluate(table, at: now) }
      for (alarm, error) in failures {
        logger.warning("an alarm could not be evaluated", metadata: ["alarm": "\(alarm)", "error": "\(error)"])
      }
    } catch {
      logger.error("metrics or alarms cannot be written", metadata: ["error": "\(error)"])
    }
  }
}

/// Publishes metrics of the cloud itself.
protocol MetricPublisher: Sendable {
  /// The samples of the minute that has ended.
  ///
  /// - Parameters:
  ///   - minute: The start of that minute, in milliseconds since 1970.
  ///   - now: The present instant.
  func samples(at minute: Int64, now: Date) async -> [MetricSample]
}
