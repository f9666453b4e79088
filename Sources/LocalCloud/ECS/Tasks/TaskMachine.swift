import Foundation

/// The lifecycle of a task: a value that says what to do next.
///
/// It is level-triggered: ``next(at:)`` says what is to be done from where the task stands and where it is wanted, the
/// one who drives the task does it and tells with ``completed(_:at:)``.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html
struct TaskMachine: Codable, Sendable, Equatable {
  enum Status: String, Codable, Sendable {
    case provisioning = "PROVISIONING"
    case pending = "PENDING"
    case activating = "ACTIVATING"
    case running = "RUNNING"
    case deactivating = "DEACTIVATING"
    case stopping = "STOPPING"
    case deprovisioning = "DEPROVISIONING"
    case stopped = "STOPPED"
  }

  /// What is to be done next.
  enum Action: Sendable, Equatable {
    /// Make the place for the task.
    case provision
    /// Get images and start containers.
    case start
    /// Register the task in its target groups.
    case register
    /// Wait until a container ends or somebody wants the task stopped.
    case watch
    /// Take the task out of its target groups; `drains` when requests in flight are to end first.
    case deregister(drains: Bool)
    /// Stop the containers.
    case stop
    /// Give back what the task had.
    case deprovision
    /// Nothing any more.
    case finish
  }

  /// As `stopCode` says it.
  enum StopCode: String, Codable, Sendable {
    case taskFailedToStart = "TaskFailedToStart"
    case essentialContainerExited = "EssentialContainerExited"
    case userInitiated = "UserInitiated"
    case serviceSchedulerInitiated = "ServiceSchedulerInitiated"
    case terminationNotice = "TerminationNotice"
  }

  /// Whether the task belongs into target groups.
  let hasTargets: Bool
  private(set) var status = Status.provisioning
  private(set) var isWantedRunning = true
  private(set) var stopCode: StopCode?
  private(set) var stoppedReason: String?
  let createdAt: Date
  private(set) var startedAt: Date?
  private(set) var stoppingAt: Date?
  /// When its containers had ended.
  private(set) var executionStoppedAt: Date?
  private(set) var stoppedAt: Date?

  init(hasTargets: Bool, createdAt: Date) {
    self.hasTargets = hasTargets
    self.createdAt = createdAt
  }

  /// As `desiredStatus` says it.
  var desiredStatus: Status { isWantedRunning ? .running : .stopped }

  /// Whether the task runs or is to run: what counts as a task of its service.
  var isActive: Bool { isWantedRunning && status != .stopped }

  /// Whether it ever ran.
  var hasRun: Bool { startedAt != nil }

  /// Somebody wants the task stopped; the first one to say so gives the reason.
  mutating func requestStop(_ code: StopCode, _ reason: String, at now: Date) {
    guard isWantedRunning, status != .stopped else { return }
    isWantedRunning = false
    stopCode = code
    stoppedReason = reason
    stoppingAt = now
  }

  /// A container that the task cannot be without has ended.
  mutating func essentialContainerExited(at now: Date) {
    requestStop(.essentialContainerExited, "Essential container in task exited", at: now)
  }

  /// The daemon was away, and nothing of the task is left.
  mutating func lost(_ code: StopCode, _ reason: String, at now: Date) {
    guard status != .stopped else { return }
    requestStop(code, reason, at: now)
    executionStoppedAt = executionStoppedAt ?? now
    finish(at: now)
  }

  /// What to do next; moves to the status in which that is done.
  mutating func next(at now: Date) -> Action {
    if !isWantedRunning {
      switch status {
      // Whoever starts containers cleans up after himself; until then there is nothing to stop.
      case .provisioning, .pending: status = .deprovisioning
      case .activating: status = .stopping
      case .running: status = hasTargets ? .deactivating : .stopping
      case .deactivating, .stopping, .deprovisioning, .stopped: break
      }
    }
    switch status {
    case .provisioning: return .provision
    case .pending: return .start
    case .activating: return .register
    case .running: return .watch
    case .deactivating: return .deregister(drains: stopCode != .essentialContainerExited)
    case .stopping: return .stop
    case .deprovisioning: return .deprovision
    case .stopped: return .finish
    }
  }

  /// An action that ``next(at:)`` gave was done.
  mutating func completed(_ action: Action, at now: Date) {
    switch (action, status) {
    case (.provision, .provisioning):
      status = .pending
    case (.start, .pending):
      if hasTargets || !isWantedRunning { status = .activating } else { run(at: now) }
    case (.register, .activating):
      run(at: now)
    case (.deregister, .deactivating):
      status = .stopping
    case (.stop, .stopping):
      executionStoppedAt = now
      status = .deprovisioning
    case (.deprovision, .deprovisioning):
      finish(at: now)
    default:
      break
    }
  }

  private mutating func run(at now: Date) {
    status = .running
    startedAt = now
  }

  private mutating func finish(at now: Date) {
    status = .stopped
    stoppedAt = now
  }
}
