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

  /// All events: deployments, hooks, tasks, task sets, services.
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
    for (old, new) in state.taskSets.differences.sorted(by: { $0.new.sequence < $1.new.sequence }) {
      events += taskSet(old, new)
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
    // Task sets are deployed by somebody else.
    guard state.services[new.serviceARN]?.hasTaskSets != true else { return events }
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

  private func taskSet(_ old: TaskSetRecord?, _ new: TaskSetRecord) -> [LocalCloudAPI.Event] {
    func event(_ name: String, _ more: [String: JSONValue] = [:]) -> LocalCloudAPI.Event {
      action(
        name, "INFO", service: new.serviceARN, cluster: new.clusterARN,
        more.merging(["taskSetArns": .array([.string(new.arn)])]) { $1 })
    }
    var events: [LocalCloudAPI.Event] = []
    if new.computedDesiredCount != old?.computedDesiredCount ?? 0 {
      events.append(event("SERVICE_DESIRED_COUNT_UPDATED", ["desiredCount": .number(Double(new.computedDesiredCount))]))
    }
    if new.isSteady, old?.isSteady != true { events.append(event("TASKSET_STEADY_STATE")) }
    return events
  }

  /// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_events.html
  private func action(
    _ name: String, _ type: String, service: String, cluster: String, _ more: [String: JSONValue] = [:]
  ) -> LocalCloudAPI.Event {
    let detail: [String: JSONValue] = [
      "eventType": .string(type), "eventName": .string(name), "clusterArn": .string(cluster),
      "createdAt": now.eventText,
    ]
    return cloud.event(
      "ECS Service Action", source: Self.source, at: now, resources: [service], detail: detail.merging(more) { $1 })
  }
}

extension LifecycleHooks.Status {
  fileprivate var eventName: String { "HOOK_\(rawValue)" }
}
