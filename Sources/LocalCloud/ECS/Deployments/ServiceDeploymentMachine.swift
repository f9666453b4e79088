import Foundation

/// One service deployment: a value that goes from stage to stage on what is observed.
///
/// It is level-triggered. ``requestedProductionWeight``, ``requestedTestWeight``, ``targetTasks`` and ``sourceTasks`` say
/// what the world shall be like in the stage that it is in; ``advance(_:at:)`` goes on once it is.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html,
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/blue-green-deployment-how-it-works.html
struct ServiceDeploymentMachine: Codable, Sendable, Equatable {
  enum Strategy: String, Codable, Sendable {
    case rolling = "ROLLING"
    case blueGreen = "BLUE_GREEN"
  }

  enum Status: String, Codable, Sendable, CaseIterable {
    case pending = "PENDING"
    case inProgress = "IN_PROGRESS"
    case successful = "SUCCESSFUL"
    case stopRequested = "STOP_REQUESTED"
    case stopped = "STOPPED"
    case rollbackRequested = "ROLLBACK_REQUESTED"
    case rollbackInProgress = "ROLLBACK_IN_PROGRESS"
    case rollbackSuccessful = "ROLLBACK_SUCCESSFUL"
    case rollbackFailed = "ROLLBACK_FAILED"

    var isTerminal: Bool {
      switch self {
      case .successful, .stopped, .rollbackSuccessful, .rollbackFailed: true
      case .pending, .inProgress, .stopRequested, .rollbackRequested, .rollbackInProgress: false
      }
    }
  }

  /// The stages of a deployment that shifts traffic, in order.
  ///
  /// While it rolls back, the two shift stages and the clean-up are gone through again, in the other direction.
  enum Stage: String, Codable, Sendable, CaseIterable {
    case reconcileService = "RECONCILE_SERVICE"
    case preScaleUp = "PRE_SCALE_UP"
    case scaleUp = "SCALE_UP"
    case postScaleUp = "POST_SCALE_UP"
    case testTrafficShift = "TEST_TRAFFIC_SHIFT"
    case postTestTrafficShift = "POST_TEST_TRAFFIC_SHIFT"
    case preProductionTrafficShift = "PRE_PRODUCTION_TRAFFIC_SHIFT"
    case productionTrafficShift = "PRODUCTION_TRAFFIC_SHIFT"
    case postProductionTrafficShift = "POST_PRODUCTION_TRAFFIC_SHIFT"
    case bakeTime = "BAKE_TIME"
    case cleanUp = "CLEAN_UP"

    /// As `lifecycleStage` says it: its enumeration has no PRE_PRODUCTION_TRAFFIC_SHIFT.
    var lifecycleStage: String {
      self == .preProductionTrafficShift ? Self.productionTrafficShift.rawValue : rawValue
    }
  }

  /// What is seen of the service.
  struct Observation: Sendable, Equatable {
    /// How many revisions besides the target have tasks or are to have some.
    var sources = 0
    /// Whether the target's tasks are as many as desired, and healthy.
    var targetIsReady = false
    /// Whether a task of the target runs and is healthy.
    var targetServes = false
    /// Whether nothing of the target runs.
    var targetIsGone = true
    /// Whether the source's tasks are as many as desired, and healthy.
    var sourceIsReady = false
    /// Whether a task of the source runs and is healthy.
    var sourceServes = false
    /// Whether nothing of the sources runs.
    var sourcesAreGone = true
    /// The target's share of production traffic in percent, by the rules; `nil` without a rule.
    var productionWeight: Double?
    /// The target's share of test traffic in percent, by the rules; `nil` without a rule.
    var testWeight: Double?
    /// What is wrong with the load balancer's rules.
    var networkFault: String?
  }

  /// How many tasks one side shall have.
  enum Tasks: Sendable, Equatable {
    case none
    case desired
    /// Those that are there, and no new ones.
    case existing
  }

  /// Something that happened, for events and golden traces.
  enum Transition: Sendable, Equatable {
    case status(Status)
    case stage(Stage)
  }

  /// Why it goes back, and since when.
  struct Rollback: Codable, Sendable, Equatable {
    var reason: String
    var startedAt: Date
  }

  static let noCandidate = "No rollback candidate was found to run the rollback."
  static let stopReason = "Service deployment rolled back because StopServiceDeployment was requested."
  static let breakerReason = "Service deployment rolled back because the circuit breaker threshold was exceeded."

  static func networkReason(_ fault: String) -> String {
    "Service deployment rolled back because of invalid networking configuration. " + fault
  }

  let strategy: Strategy
  /// How long the bake lasts, in seconds of this cloud.
  let bakeTime: TimeInterval
  let createdAt: Date
  private(set) var status = Status.pending
  private(set) var stage: Stage?
  private(set) var stageStartedAt: Date?
  private(set) var statusReason: String?
  private(set) var rollback: Rollback?
  private(set) var startedAt: Date?
  private(set) var finishedAt: Date?
  private(set) var stoppedAt: Date?
  private(set) var updatedAt: Date
  /// The target's share of production traffic that is asked for, in percent.
  private(set) var requestedProductionWeight = 0.0
  /// The target's share of test traffic that is asked for, in percent.
  private(set) var requestedTestWeight = 0.0
  /// Whether a revision served when it started.
  private(set) var hasSource = false

  init(strategy: Strategy, bakeTime: TimeInterval, createdAt: Date) {
    self.strategy = strategy
    self.bakeTime = bakeTime
    self.createdAt = createdAt
    updatedAt = createdAt
  }

  private var isRollingBack: Bool { status == .rollbackInProgress }

  /// How many tasks the target shall have.
  var targetTasks: Tasks {
    switch status {
    case .pending, .rollbackSuccessful, .rollbackFailed: return .none
    case .stopRequested, .stopped: return .existing
    case .successful: return .desired
    case .inProgress, .rollbackRequested:
      return stage == .reconcileService || stage == .preScaleUp ? .none : .desired
    case .rollbackInProgress:
      return stage == .cleanUp || strategy == .rolling ? .none : .existing
    }
  }

  /// How many tasks the revision that served at the start shall have.
  var sourceTasks: Tasks {
    switch status {
    case .successful: .none
    case .inProgress, .rollbackRequested: stage == .cleanUp ? .none : .desired
    default: .desired
    }
  }

  /// The instant at which ``advance(_:at:)`` has something to do although nothing happens.
  var deadline: Date? {
    guard status == .inProgress, stage == .bakeTime else { return nil }
    return stageStartedAt?.addingTimeInterval(bakeTime)
  }

  /// Begins; until then it goes nowhere, even if it is to roll back.
  mutating func start(hasSource: Bool, at now: Date) {
    guard startedAt == nil, status == .pending || status == .rollbackRequested else { return }
    self.hasSource = hasSource
    startedAt = now
    if status == .pending { enter(.inProgress, at: now) }
  }

  /// StopServiceDeployment: goes back, or is too late for that and goes on.
  mutating func requestRollback(at now: Date) {
    guard status == .pending || status == .inProgress else { return }
    enter(.rollbackRequested, at: now)
  }

  /// The service is deleted: whatever it does, it stops.
  mutating func abandon(reason: String, at now: Date) {
    guard !status.isTerminal else { return }
    statusReason = reason
    enter(.stopRequested, at: now)
  }

  /// A newer deployment takes its place; one that rolls back does so to the end, and the newer one waits.
  mutating func supersede(reason: String, at now: Date) {
    guard status == .pending || status == .inProgress || status == .rollbackRequested else { return }
    statusReason = reason
    enter(.stopRequested, at: now)
  }

  /// The circuit breaker tripped; too late in CLEAN_UP.
  mutating func fail(_ reason: String, rollsBack: Bool, at now: Date) {
    guard status == .inProgress, stage != .cleanUp else { return }
    statusReason = reason
    if rollsBack { rollBack(reason, at: now) } else { enter(.stopRequested, at: now) }
  }

  /// Goes as far as what is seen allows.
  ///
  /// - Returns: What it went through, in order.
  mutating func advance(_ seen: Observation, at now: Date) -> [Transition] {
    var transitions: [Transition] = []
    while true {
      let before = self
      step(seen, at: now)
      guard status != before.status || stage != before.stage else { return transitions }
      if status != before.status { transitions.append(.status(status)) }
      if stage != before.stage, let stage { transitions.append(.stage(stage)) }
    }
  }

  private mutating func step(_ seen: Observation, at now: Date) {
    switch status {
    case .pending, .successful, .stopped, .rollbackSuccessful, .rollbackFailed:
      break
    case .stopRequested:
      stoppedAt = now
      enter(.stopped, at: now)
    case .rollbackRequested:
      guard startedAt != nil else { return }
      if stage == .cleanUp {
        forward(seen, at: now)
      } else {
        rollBack(Self.stopReason, at: now)
      }
    case .inProgress:
      if let fault = seen.networkFault, strategy == .blueGreen, stage != .cleanUp {
        rollBack(Self.networkReason(fault), at: now)
      } else {
        forward(seen, at: now)
      }
    case .rollbackInProgress:
      backward(seen, at: now)
    }
  }

  private mutating func forward(_ seen: Observation, at now: Date) {
    guard strategy == .blueGreen else {
      if seen.targetIsReady, seen.sourcesAreGone { succeed(at: now) }
      return
    }
    switch stage {
    case nil:
      enter(seen.sources > 1 ? .reconcileService : .preScaleUp, at: now)
    case .reconcileService:
      if seen.sources <= 1 { enter(.preScaleUp, at: now) }
    case .preScaleUp:
      // A release that was superseded may have left the test traffic where this one's tasks come.
      if follows(seen.testWeight, 0) { enter(.scaleUp, at: now) }
    case .scaleUp:
      if seen.targetIsReady { enter(.postScaleUp, at: now) }
    case .postScaleUp:
      requestedTestWeight = 100
      enter(.testTrafficShift, at: now)
    case .testTrafficShift:
      if follows(seen.testWeight, requestedTestWeight) { enter(.postTestTrafficShift, at: now) }
    case .postTestTrafficShift:
      enter(.preProductionTrafficShift, at: now)
    case .preProductionTrafficShift:
      // Tasks may have been lost since SCALE_UP; production traffic must not find that out.
      guard seen.targetIsReady else { return }
      requestedProductionWeight = 100
      enter(.productionTrafficShift, at: now)
    case .productionTrafficShift:
      if follows(seen.productionWeight, requestedProductionWeight) { enter(.postProductionTrafficShift, at: now) }
    case .postProductionTrafficShift:
      enter(.bakeTime, at: now)
    case .bakeTime:
      guard let deadline, deadline <= now, seen.targetIsReady else { return }
      enter(.cleanUp, at: now)
    case .cleanUp:
      if seen.sourcesAreGone { succeed(at: now) }
    }
  }

  private mutating func backward(_ seen: Observation, at now: Date) {
    if let fault = seen.networkFault, stage == .productionTrafficShift || stage == .testTrafficShift {
      finishedAt = now
      statusReason = Self.networkReason(fault)
      return enter(.rollbackFailed, at: now)
    }
    switch stage {
    case .productionTrafficShift:
      guard follows(seen.productionWeight, 0) else { return }
      requestedTestWeight = 0
      enter(.testTrafficShift, at: now)
    case .testTrafficShift:
      if follows(seen.testWeight, 0) { enter(.cleanUp, at: now) }
    default:
      guard seen.targetIsGone, !hasSource || strategy == .blueGreen || seen.sourceIsReady else { return }
      finishedAt = now
      if !hasSource { statusReason = Self.noCandidate }
      enter(hasSource ? .rollbackSuccessful : .rollbackFailed, at: now)
    }
  }

  private mutating func rollBack(_ reason: String, at now: Date) {
    statusReason = reason
    rollback = Rollback(reason: reason, startedAt: now)
    enter(.rollbackInProgress, at: now)
    guard strategy == .blueGreen else { return }
    switch stage {
    case nil, .reconcileService, .preScaleUp, .scaleUp, .postScaleUp, .cleanUp:
      enter(.cleanUp, at: now)
    case .testTrafficShift, .postTestTrafficShift, .preProductionTrafficShift:
      requestedTestWeight = 0
      enter(.testTrafficShift, at: now)
    case .productionTrafficShift, .postProductionTrafficShift, .bakeTime:
      requestedProductionWeight = 0
      enter(.productionTrafficShift, at: now)
    }
  }

  private mutating func succeed(at now: Date) {
    finishedAt = now
    enter(.successful, at: now)
  }

  private func follows(_ seen: Double?, _ requested: Double) -> Bool {
    seen.map { $0 == requested } ?? true
  }

  private mutating func enter(_ status: Status, at now: Date) {
    self.status = status
    updatedAt = now
  }

  private mutating func enter(_ stage: Stage, at now: Date) {
    self.stage = stage
    stageStartedAt = now
    updatedAt = now
  }
}
