import AWSWire
import Foundation

/// The events of what changed in ECS since its state was written last.
///
/// They are found by comparing, not told by whoever makes a change: so none is forgotten, and each is on disk with the
/// change that it tells of.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_cwe_events.html
struct ECSEvents {
  static let source = "aws.ecs"

  private let state: ECSState
  private let now: Date
  private let cloud: CloudContext

  init(_ state: ECSState, at now: Date, in cloud: CloudContext) {
    self.state = state
    self.now = now
    self.cloud = cloud
  }

  /// All events: deployments, hooks, tasks, services.
  func all() throws -> [LocalCloudAPI.Event] {
    var events: [LocalCloudAPI.Event] = []
    for (old, new) in state.revisions.differences.sorted(by: { $0.new.sequence < $1.new.sequence }) {
      events += deployment(old, new)
    }
    for (old, new) in state.deployments.differences.sorted(by: { $0.new.sequence < $1.new.sequence }) {
      events += hooks(old, new)
    }
    for (old, new) in state.tasks.differences.sorted(by: { $0.new.sequence < $1.new.sequence }) {
      events += try task(old, new)
    }
    for (old, new) in state.services.differences.sorted(by: { $0.new.sequence < $1.new.sequence }) {
      guard new.isSteady, old?.isSteady != true else { continue }
      events.append(action("SERVICE_STEADY_STATE", "INFO", service: new.arn, cluster: new.clusterARN))
    }
    return events
  }

  /// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html
  private func deployment(_ old: ServiceRevisionRecord?, _ new: ServiceRevisionRecord) -> [LocalCloudAPI.Event] {
    var events: [LocalCloudAPI.Event] = []
    let limit = ServiceReconciler.failuresUntilImpaired
    if new.throttle.failures >= limit, (old?.throttle.failures ?? 0) < limit {
      events.append(action("SERVICE_TASK_START_IMPAIRED", "WARN", service: new.serviceARN, cluster: new.clusterARN))
    }
    guard old?.rollout != new.rollout || old?.rolloutReason != new.rolloutReason else { return events }
    events.append(
      cloud.event(
        "ECS Deployment State Change", source: Self.source, at: new.updatedAt, resources: [new.serviceARN],
        detail: [
          "eventType": .string(new.rollout == .failed ? "ERROR" : "INFO"),
          "eventName": .string("SERVICE_DEPLOYMENT_\(new.rollout.rawValue)"),
          "clusterArn": .string(new.clusterARN), "deploymentId": .string(new.deploymentID),
          "updatedAt": new.updatedAt.eventText, "reason": .string(new.rolloutReason),
        ]))
    return events
  }

  /// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/pause-lifecycle-hooks.html
  private func hooks(_ old: ServiceDeploymentRecord?, _ new: ServiceDeploymentRecord) -> [LocalCloudAPI.Event] {
    let (before, after) = (old?.machine.hooks.runs ?? [], new.machine.hooks.runs)
    // That a function begins is no event.
    var changes: [(run: LifecycleHooks.Run, name: String)] = after.filter { $0.status != .inProgress }.compactMap {
      run in
      before.first { $0.id == run.id }?.status == run.status ? nil : (run, run.status.eventName)
    }
    // With the end of its time, a hook's stage may end, too.
    for run in before where run.isActive && run.expiresAt <= now && !after.contains(where: { $0.id == run.id }) {
      changes.append((run, LifecycleHooks.Status.timedOut.eventName))
    }
    return changes.map { run, name in
      cloud.event(
        "ECS Hook State Change", source: Self.source, at: now, resources: [new.arn],
        detail: [
          "eventType": .string("INFO"), "eventName": .string(name), "hookId": .string(run.id),
          "hookType": .string(new.machine.hooks.hooks[run.hook].isPause ? "PAUSE" : "AWS_LAMBDA"),
          "expiresAt": run.expiresAt.eventText, "lifecycleStage": .string(run.stage.rawValue),
          "clusterArn": .string(new.clusterARN), "serviceArn": .string(new.serviceARN),
          "serviceDeploymentArn": .string(new.arn), "updatedAt": now.eventText,
        ])
    }
  }

  /// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html
  private func task(_ old: TaskRecord?, _ new: TaskRecord) throws -> [LocalCloudAPI.Event] {
    guard
      old?.machine.status != new.machine.status || old?.machine.desiredStatus != new.machine.desiredStatus
        || old?.containers.map(\.status) != new.containers.map(\.status)
    else { return [] }
    // The detail is the task as DescribeTasks shows it.
    let encoder = JSONEncoder()
    encoder.dateEncodingStrategy = .custom { date, encoder in try date.eventText.encode(to: encoder) }
    let shape = try JSONDecoder().decode(JSONValue.self, from: encoder.encode(state.shape(new)))
    guard case .object(var detail) = shape else { return [] }
    detail["updatedAt"] = now.eventText
    return [
      cloud.event(
        "ECS Task State Change", source: Self.source, at: now, resources: [new.arn], detail: detail)
    ]
  }

  /// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_events.html
  private func action(_ name: String, _ type: String, service: String, cluster: String) -> LocalCloudAPI.Event {
    cloud.event(
      "ECS Service Action", source: Self.source, at: now, resources: [service],
      detail: [
        "eventType": .string(type), "eventName": .string(name), "clusterArn": .string(cluster),
        "createdAt": now.eventText,
      ])
  }
}

extension LifecycleHooks.Status {
  fileprivate var eventName: String { "HOOK_\(rawValue)" }
}
