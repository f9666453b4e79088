import Foundation

// The steps that look at tasks: which are healthy, which failed.
extension ServiceReconciler {
  /// Without a load balancer and a check of its own, a task that has run for so long is healthy.
  private static let secondsUntilHealthy = 40.0

  /// How many real seconds a program has, however short the cloud's minute is, until it must answer checks. AWS gives
  /// it the interval of the checks times their threshold; here that may be less than any program takes to start.
  private static let secondsUntilAnswering = 10.0

  mutating func judgeHealth() {
    for task in state.tasks(of: service) where task.machine.isActive && task.machine.status == .running {
      if !task.countedAsRunning {
        state.tasks[task.arn]?.countedAsRunning = true
        tell(.running, of: task.revisionARN)
      }
      let (health, fault) = verdict(on: task)
      guard health != task.health else { continue }
      state.tasks[task.arn]?.health = health
      switch health {
      case .unknown: break
      case .healthy: becameHealthy(task)
      case .unhealthy: if let fault { becameUnhealthy(task, fault) }
      }
    }
  }

  private mutating func becameHealthy(_ task: TaskRecord) {
    state.tasks[task.arn]?.wasHealthy = true
    if let revision = task.revisionARN { state.revisions[revision]?.throttle.succeeded() }
    tell(.healthy, of: task.revisionARN)
  }

  /// What is wrong with a task.
  private enum Fault {
    case target(TaskTarget, TargetHealthView)
    case container
  }

  /// Why a task is stopped whose own check fails.
  static let failedContainerChecks = "Task failed container health checks"

  private mutating func becameUnhealthy(_ task: TaskRecord, _ fault: Fault) {
    let reason: String
    switch fault {
    case .container:
      reason = Self.failedContainerChecks
      log("(task \(task.id)) failed container health checks.")
    case .target(let target, let view):
      let group = target.targetGroupARN
      reason = "Task failed ELB health checks in (target-group \(group))"
      log(
        "(task \(task.id)) (port \(target.hostPort ?? target.containerPort)) is unhealthy in "
          + "(target-group \(group)) due to (reason \(view.description ?? view.reason ?? "Health checks failed"))")
    }
    tell(.failedHealthChecks, of: task.revisionARN)
    // One that once was healthy goes only when there is another one for it: see `scale`.
    guard !task.wasHealthy else { return }
    stop(task, reason)
    logStops([task])
  }

  /// How a running task does, and what fails: both its load balancers and its containers' own checks must be content;
  /// without either, time is.
  private mutating func verdict(on task: TaskRecord) -> (TaskRecord.Health, Fault?) {
    guard let startedAt = task.machine.startedAt else { return (.unknown, nil) }
    let checks = state.containerHealth(of: task)
    let grace = after(Double(state.services[service]?.healthCheckGracePeriodSeconds ?? 0), startedAt)
    if checks == .unhealthy {
      wake(at: grace)
      return grace <= now ? (.unhealthy, .container) : (.unknown, nil)
    }
    guard !task.targets.isEmpty else {
      if let checks { return (checks == .healthy ? .healthy : .unknown, nil) }
      let due = after(Self.secondsUntilHealthy, startedAt)
      wake(at: due)
      return (due <= now ? .healthy : .unknown, nil)
    }
    guard let views = seen.targetHealth[task.arn], views.count == task.targets.count else { return (task.health, nil) }
    let pairs = zip(task.targets, views)
    if let failing = pairs.first(where: { $1.state == "unhealthy" }) {
      var due = grace
      if !task.wasHealthy, !failing.1.isAnswered {
        due = max(due, startedAt.addingTimeInterval(Self.secondsUntilAnswering))
      }
      wake(at: due)
      return due <= now ? (.unhealthy, .target(failing.0, failing.1)) : (.unknown, nil)
    }
    let isHealthy = pairs.allSatisfy { $1.state == "healthy" } && (checks ?? .healthy) == .healthy
    return (isHealthy ? .healthy : .unknown, nil)
  }

  mutating func countFailures() {
    for task in state.tasks(of: service) where !task.machine.isActive && !task.countedAsFailed {
      guard task.machine.stopCode == .taskFailedToStart || task.machine.stopCode == .essentialContainerExited else {
        continue
      }
      state.tasks[task.arn]?.countedAsFailed = true
      // A task that was healthy and then ended is no failure of its deployment; it is only replaced.
      guard !task.wasHealthy, let revision = task.revisionARN else { continue }
      state.revisions[revision]?.throttle.failed(at: now, second: cloud.interval(seconds: 1))
      if state.revisions[revision]?.throttle.failures == Self.failuresUntilImpaired {
        log("is unable to consistently start tasks successfully.")
      }
      tell(task.machine.hasRun ? .failedHealthChecks : .failedToStart, of: revision)
    }
  }

  /// So many failed starts in a row make a service one that cannot start its tasks consistently.
  static let failuresUntilImpaired = 3
}

extension TargetHealthView {
  /// Whether the program answers its checks, although not as it should.
  fileprivate var isAnswered: Bool { reason == "Target.ResponseCodeMismatch" }
}
