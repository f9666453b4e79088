import AWSWire
import Foundation

/// A service as scaling sees it.
struct ScalableService: Sendable, Equatable {
  var desired: Int
  var running: Int
  /// Whether a deployment runs.
  var isDeploying: Bool
}

/// What scaling needs of ECS.
protocol ServiceScaling: Sendable {
  /// A service that is active; `nil` for one that is not.
  func scalableService(_ service: String, in cluster: String) async -> ScalableService?
  /// Sets the desired count as UpdateService does.
  func setDesiredCount(_ count: Int, of service: String, in cluster: String) async throws
}

extension ECSService: ServiceScaling {
  func scalableService(_ service: String, in cluster: String) -> ScalableService? {
    guard let cluster = try? state.activeCluster(cluster), let record = state.service(service, in: cluster),
      record.status == .active
    else { return nil }
    return ScalableService(
      desired: record.desiredCount, running: ECSState.counts(state.tasks(of: record.arn)).running,
      isDeploying: state.runningDeployment(of: record.arn) != nil)
  }

  func setDesiredCount(_ count: Int, of service: String, in cluster: String) async throws {
    var request = ECS.UpdateServiceRequest(service: service)
    request.cluster = cluster
    request.desiredCount = count
    _ = try await update(request)
  }
}

/// An alarm that is red and starts a policy.
struct TriggeringAlarm: Sendable, Equatable {
  var name: String
  var threshold: Double
  var value: Double
}

/// What scaling needs of CloudWatch.
protocol ScalingAlarms: AlarmSource {
  func putAlarm(_ alarm: CloudWatch.PutMetricAlarmRequest) async throws
  /// Deletes alarms; those that are not there are no error.
  func deleteAlarms(_ names: [String]) async throws
  /// The newest value of an alarm's metric that the alarm looks at.
  func newestValue(ofAlarm name: String) async -> Double?
  /// The red alarms that have an action.
  func alarms(triggering action: String) async -> [TriggeringAlarm]
}

extension CloudWatchService: ScalingAlarms {
  func putAlarm(_ alarm: CloudWatch.PutMetricAlarmRequest) async throws {
    try await change { try $0.put(alarm, in: self.cloud) }
  }

  func deleteAlarms(_ names: [String]) async throws {
    guard !names.isEmpty else { return }
    try await change { try $0.delete(names, at: self.cloud.time.now()) }
  }

  func newestValue(ofAlarm name: String) -> Double? {
    guard case .metric(let configuration) = state.alarm(name)?.kind,
      let evaluation = try? AlarmEvaluation(configuration),
      let range = try? evaluation.range(at: cloud.time.now().milliseconds, in: metrics)
    else { return nil }
    return range.last { $0.value != nil }?.value
  }

  func alarms(triggering action: String) -> [TriggeringAlarm] {
    state.sortedAlarms.compactMap { alarm in
      guard alarm.state == .alarm, alarm.actionsEnabled, case .metric(let configuration) = alarm.kind,
        configuration.alarmActions?.contains(action) == true, let threshold = configuration.threshold,
        let value = newestValue(ofAlarm: alarm.name)
      else { return nil }
      return TriggeringAlarm(name: alarm.name, threshold: threshold, value: value)
    }
  }
}
