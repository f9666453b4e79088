import Foundation
import Logging
import PalcoCore

/// One pass over one service: looks at what was seen, and changes the state to what shall be.
///
/// It starts no task and writes no rule: it makes task records, asks tasks to stop, and lists weights to write. Who
/// holds the state makes the world follow.
struct ServiceReconciler {
  var state: ECSState
  let seen: ECSObservation
  let now: Date
  let cloud: CloudContext
  /// The service's ARN.
  let service: String
  /// Weights that rules shall have.
  private(set) var weightChanges: [WeightChange] = []
  /// The instants at which there is something to do although nothing happens.
  private(set) var deadlines: [Date] = []

  init(_ state: ECSState, seen: ECSObservation, now: Date, cloud: CloudContext, service: String) {
    self.state = state
    self.seen = seen
    self.now = now
    self.cloud = cloud
    self.service = service
  }

  /// Runs the steps.
  mutating func run() {
    guard let record = state.services[service], record.status != .inactive else { return }
    judgeHealth()
    countFailures()
    if record.hasTaskSets {
      scaleTaskSets()
      settleTaskSets()
      return
    }
    watchAlarms()
    startDeployment()
    advanceDeployments()
    scale()
    settle()
  }

  // MARK: What the steps share

  mutating func log(_ message: String) {
    state.services[service]?.add(message, id: cloud.ids.uuid(), at: now)
  }

  mutating func wake(at instant: Date) {
    if instant > now { deadlines.append(instant) }
  }

  mutating func write(_ change: WeightChange) {
    weightChanges.append(change)
  }

  /// The instant `seconds` of AWS's time after another.
  func after(_ seconds: Double, _ instant: Date) -> Date {
    instant.addingTimeInterval(cloud.interval(seconds: seconds))
  }

  var desiredCount: Int { state.services[service]?.desiredCount ?? 0 }

  func tasks(of revision: String) -> [TaskRecord] {
    state.tasks(of: service).filter { $0.revisionARN == revision }
  }

  func activeTasks(of revision: String) -> [TaskRecord] {
    tasks(of: revision).filter(\.machine.isActive)
  }

  /// Whether a revision's tasks are as many as desired, and healthy.
  func isReady(_ revision: String) -> Bool { isReady(revision, at: desiredCount) }

  /// Whether a revision's tasks are so many, and healthy.
  func isReady(_ revision: String, at count: Int) -> Bool {
    let active = activeTasks(of: revision)
    return active.count == count && active.allSatisfy { $0.health == .healthy }
  }

  /// Asks a task to stop.
  mutating func stop(_ task: TaskRecord, _ reason: String) {
    state.tasks[task.arn]?.machine.requestStop(.serviceSchedulerInitiated, reason, at: now)
  }

  /// Tells the deployment of a revision what became of a task.
  mutating func tell(_ event: CircuitBreaker.Event, of revision: String?) {
    guard var deployment = state.runningDeployment(of: service), deployment.target == revision else { return }
    let trips = deployment.breaker.record(event, desiredCount: desiredCount)
    if trips {
      deployment.machine.fail(
        ServiceDeploymentMachine.breakerReason, rollsBack: deployment.breaker.rollsBack, at: now)
    }
    state.deployments[deployment.arn] = deployment
    if trips { log("deployment failed: tasks failed to start.") }
  }

  // MARK: The last step

  /// Says that the service is steady, and ends a service that is being deleted.
  private mutating func settle() {
    guard let record = state.services[service] else { return }
    let tasks = state.tasks(of: service).filter { $0.machine.status != .stopped }
    if record.status == .draining {
      guard tasks.isEmpty, state.runningDeployment(of: service) == nil else { return }
      state.services[service]?.status = .inactive
      return
    }
    let isSteady =
      state.runningDeployment(of: service) == nil
      && record.currentRevision.map { isReady($0) && tasks.count == record.desiredCount } == true
    if isSteady, !record.isSteady { log("has reached a steady state.") }
    state.services[service]?.isSteady = isSteady
  }
}

extension CloudContext {
  /// How many seconds `seconds` of AWS's own waiting last in this cloud.
  func interval(seconds: Double) -> TimeInterval {
    let duration = scaled(seconds: seconds).components
    return TimeInterval(duration.seconds) + TimeInterval(duration.attoseconds) / 1e18
  }
}
