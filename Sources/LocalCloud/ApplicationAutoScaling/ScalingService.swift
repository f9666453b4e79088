import AWSWire
import Foundation
import Logging
import ServiceLifecycle

/// Application Auto Scaling: keeps scalable targets and policies, and scales ECS services each minute of the cloud.
actor ScalingService: Service {
  let cloud: CloudContext
  let services: any ServiceScaling
  let alarms: any ScalingAlarms
  private(set) var state: ScalingState
  private let records: ScalingRecords
  private let timing: MetricTiming
  private let logger: Logger
  private let turns = Turns()
  /// Up to when schedules were looked at. What was due while the cloud was off is not made up for.
  private var schedulesSeen: Date

  /// Restores what was there.
  ///
  /// - Throws: What the store throws.
  init(
    context: CloudContext, store: Store, services: any ServiceScaling, alarms: any ScalingAlarms
  ) async throws {
    cloud = context
    self.services = services
    self.alarms = alarms
    records = ScalingRecords(store, in: context)
    state = try await ScalingState(restoring: records)
    timing = MetricTiming(minute: context.minute)
    schedulesSeen = context.time.now()
    var logger = context.logger
    logger[metadataKey: "service"] = "application-autoscaling"
    self.logger = logger
  }

  /// Performs a change, whole or not at all; one at a time, in the order of arrival.
  ///
  /// - Throws: ``AWSError`` for what is refused; what the store throws.
  func change<Result: Sendable>(_ mutate: (inout ScalingState) throws -> Result) async throws -> Result {
    await turns.take()
    defer { turns.pass() }
    var next = state
    let result = try mutate(&next)
    guard next.hasChanges else { return result }
    try await records.write(next)
    next.written()
    state = next
    return result
  }

  // MARK: Running

  /// Scales a moment after each minute of the cloud, when alarms have been evaluated, until the cloud ends.
  func run() async throws {
    try? await cancelWhenGracefulShutdown {
      while true {
        try await self.cloud.time.sleep(self.untilNextTick)
        await self.tick()
      }
    }
  }

  private nonisolated var untilNextTick: Duration {
    let (minute, moment) = (timing.milliseconds(60), timing.milliseconds(6))
    let now = cloud.time.now().milliseconds
    let next = MetricTiming.floor(now - moment, minute) + minute + moment
    // However short the minute, not more than twenty times a second.
    return .milliseconds(max(next - now, 50))
  }

  /// One pass: what is due by schedule, then what the alarms ask for.
  func tick() async {
    await runSchedules()
    for target in state.targets.values.values.sorted(by: { $0.sequence < $1.sequence }) {
      do {
        try await followActivities(of: target)
        try await scale(target)
      } catch {
        logger.error("a service cannot be scaled", metadata: ["target": "\(target.resourceID)", "error": "\(error)"])
      }
    }
  }

  private func runSchedules() async {
    let (last, now) = (schedulesSeen, cloud.time.now())
    schedulesSeen = now
    for action in state.actions.values.values.sorted(by: { $0.sequence < $1.sequence }) {
      guard let target = state.targets[action.resourceID], target.suspended.scheduledScalingSuspended != true,
        action.start.map({ $0 <= now }) ?? true, action.end.map({ now <= $0 }) ?? true,
        let schedule = try? action.reading(),
        schedule.isDue(after: last, through: now, since: action.start ?? action.createdAt)
      else { continue }
      do {
        try await perform(action)
      } catch {
        logger.error("a scheduled action failed", metadata: ["action": "\(action.name)", "error": "\(error)"])
      }
    }
  }
}

extension ScalingService: Resettable {
  func reset() async throws {
    try await change { state in
      state.targets.removeAll()
      state.policies.removeAll()
      state.activities.removeAll()
      state.actions.removeAll()
    }
  }
}
