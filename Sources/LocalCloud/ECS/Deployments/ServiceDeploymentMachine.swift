import AWSWire
import Foundation
import PalcoCore

/// One service deployment: a value that goes from stage to stage on what is observed.
///
/// It is level-triggered. ``requestedProductionWeight``, ``requestedTestWeight``, ``targetTasks`` and ``sourceTasks`` say
/// what the world shall be like in the stage that it is in; ``advance(_:at:ids:)`` goes on once it is.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html,
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/blue-green-deployment-how-it-works.html,
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-linear.html
struct ServiceDeploymentMachine: Codable, Sendable, Equatable {
  /// What the reason of every rollback begins with.
  private static let rolledBack = "Service deployment rolled back because "
  static let noCandidate = "No rollback candidate was found to run the rollback."
  static let stopReason = "Service deployment rolled back because StopServiceDeployment was requested."
  static let breakerReason = "Service deployment rolled back because the circuit breaker threshold was exceeded."

  static func alarmReason(_ names: [String]) -> String {
    rolledBack + "CloudWatch alarm(s) went into the ALARM state: \(names.joined(separator: ", "))."
  }

  static func networkReason(_ fault: String) -> String {
    "Service deployment rolled back because of invalid networking configuration. " + fault
  }

  let strategy: Strategy
  /// The steps that production traffic goes over in.
  let shift: TrafficShift
  /// How long each step but the last one is watched, in seconds of this cloud.
  let stepBakeTime: TimeInterval
  /// How long the bake lasts, in seconds of this cloud; for ROLLING, how long alarms are watched at the end.
  let bakeTime: TimeInterval
  /// When a rolling deployment is done before all is replaced; `nil` when it is not.
  let earlySuccess: EarlySuccess?
  /// How long a day lasts, in seconds of this cloud: limits are counted in days.
  let day: TimeInterval
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
  private(set) var hooks: LifecycleHooks
  /// The step of the shift that is done next, or was done last.
  private var step = 0
  /// Whether it found production traffic on both sides, and RECONCILE_SERVICE has to take it off the target's.
  private var foundSplitTraffic = false
  /// When everything was as it shall be, and only time had to pass: after a step, or at the end of ROLLING.
  private var waitsSince: Date?

  init(
    strategy: Strategy, shift: TrafficShift = .whole, stepBakeTime: TimeInterval = 0, bakeTime: TimeInterval,
    earlySuccess: EarlySuccess? = nil, day: TimeInterval = 24 * 3600, hooks: LifecycleHooks = LifecycleHooks(),
    createdAt: Date
  ) {
    self.strategy = strategy
    self.shift = shift
    self.stepBakeTime = stepBakeTime
    self.bakeTime = bakeTime
    self.earlySuccess = earlySuccess
    self.day = day
    self.hooks = hooks
    self.createdAt = createdAt
    updatedAt = createdAt
  }

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

  /// The instant at which ``advance(_:at:ids:)`` has something to do although nothing happens.
  var deadline: Date? {
    guard status == .inProgress || status == .rollbackInProgress else { return nil }
    var deadlines = hooks.deadlines
    if status == .inProgress {
      deadlines += limits.map(\.at)
      switch stage {
      case nil: if let waitsSince { deadlines.append(waitsSince + bakeTime) }
      case .productionTrafficShift: if let waitsSince { deadlines.append(waitsSince + stepBakeTime) }
      case .bakeTime: if let stageStartedAt { deadlines.append(stageStartedAt + bakeTime) }
      default: break
      }
    }
    return deadlines.min()
  }

  // MARK: What others ask for

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

  /// The circuit breaker tripped, or an alarm went off; too late in CLEAN_UP.
  mutating func fail(_ reason: String, rollsBack: Bool, at now: Date) {
    guard status == .inProgress, stage != .cleanUp else { return }
    if rollsBack { return rollBack(reason, at: now) }
    statusReason = reason.replacing(Self.rolledBack, with: "Service deployment stopped because ")
    enter(.stopRequested, at: now)
  }

  /// ContinueServiceDeployment.
  ///
  /// - Returns: Whether a pause waits by that identifier.
  mutating func answer(pause id: String, goesOn: Bool, at now: Date) -> Bool {
    guard status == .inProgress, hooks.answer(pause: id, goesOn: goesOn, at: now) else { return false }
    updatedAt = now
    return true
  }

  /// The function of a hook has answered; one whose stage is over is not listened to.
  ///
  /// - Parameter second: How long one second of AWS's time lasts here.
  mutating func answer(function id: String, _ answer: HookAnswer, second: TimeInterval, at now: Date) {
    let before = hooks
    hooks.answer(function: id, answer) { now.addingTimeInterval($0 * second) }
    if hooks != before { updatedAt = now }
  }

  // MARK: Going on

  /// Goes as far as what is seen allows.
  ///
  /// - Returns: What it went through, in order.
  mutating func advance(_ seen: Observation, at now: Date, ids: IDSource) -> [Transition] {
    var transitions: [Transition] = []
    while true {
      let before = (status, stage)
      proceed(seen, at: now, ids)
      guard before != (status, stage) else { return transitions }
      if status != before.0 { transitions.append(.status(status)) }
      if stage != before.1, let stage { transitions.append(.stage(stage)) }
    }
  }

  private mutating func proceed(_ seen: Observation, at now: Date, _ ids: IDSource) {
    switch status {
    case .pending, .successful, .stopped, .rollbackSuccessful, .rollbackFailed:
      break
    case .stopRequested:
      stoppedAt = now
      enter(.stopped, at: now)
    case .rollbackRequested:
      guard startedAt != nil else { return }
      if stage == .cleanUp {
        forward(seen, at: now, ids)
      } else {
        rollBack(Self.stopReason, at: now)
      }
    case .inProgress:
      if let fault = seen.networkFault, strategy.shiftsTraffic, stage != .cleanUp {
        rollBack(Self.networkReason(fault), at: now)
      } else {
        forward(seen, at: now, ids)
        // What is done at its last instant is done in time.
        if let limit = limits.first(where: { $0.at <= now }) { rollBack(Self.rolledBack + limit.reason, at: now) }
      }
    case .rollbackInProgress:
      backward(seen, at: now, ids)
    }
  }

  private mutating func forward(_ seen: Observation, at now: Date, _ ids: IDSource) {
    guard strategy.shiftsTraffic else { return roll(seen, at: now) }
    switch stage {
    case nil:
      // A release that was superseded in the middle of its shift left traffic on both sides.
      foundSplitTraffic = !follows(seen.productionWeight, 0)
      enter(seen.sources > 1 || foundSplitTraffic ? .reconcileService : .preScaleUp, at: now)
    case .reconcileService:
      guard hooksPass(at: now, ids), seen.sources <= 1, follows(seen.productionWeight, 0) else { return }
      foundSplitTraffic = false
      enter(.preScaleUp, at: now)
    case .preScaleUp:
      // One that was superseded may have left the test traffic where this one's tasks come.
      if follows(seen.testWeight, 0), hooksPass(at: now, ids) { enter(.scaleUp, at: now) }
    case .scaleUp:
      if seen.targetIsReady { enter(.postScaleUp, at: now) }
    case .postScaleUp:
      guard hooksPass(at: now, ids) else { return }
      requestedTestWeight = 100
      enter(.testTrafficShift, at: now)
    case .testTrafficShift:
      // The functions of the two shift stages are told of weights: they are invoked once the rules have them.
      if follows(seen.testWeight, requestedTestWeight), hooksPass(at: now, ids) {
        enter(.postTestTrafficShift, at: now)
      }
    case .postTestTrafficShift:
      if hooksPass(at: now, ids) { enter(.preProductionTrafficShift, at: now) }
    case .preProductionTrafficShift:
      // Tasks may have been lost since SCALE_UP; production traffic must not find that out.
      guard hooksPass(at: now, ids), seen.targetIsReady else { return }
      requestedProductionWeight = shift.shares[step]
      enter(.productionTrafficShift, at: now)
    case .productionTrafficShift:
      guard follows(seen.productionWeight, requestedProductionWeight), hooksPass(at: now, ids) else { return }
      stepIsDone(at: now)
    case .postProductionTrafficShift:
      if hooksPass(at: now, ids) { enter(.bakeTime, at: now) }
    case .bakeTime:
      guard let stageStartedAt, stageStartedAt + bakeTime <= now, seen.targetIsReady else { return }
      enter(.cleanUp, at: now)
    case .cleanUp:
      if seen.sourcesAreGone { succeed(at: now) }
    }
  }

  /// After the last step there is no wait.
  private mutating func stepIsDone(at now: Date) {
    guard step + 1 < shift.shares.count else { return enter(.postProductionTrafficShift, at: now) }
    let since = waitsSince ?? now
    waitsSince = since
    guard since + stepBakeTime <= now else { return }
    step += 1
    enter(.preProductionTrafficShift, at: now)
  }

  private mutating func roll(_ seen: Observation, at now: Date) {
    guard earlySuccess == nil ? seen.targetIsReady && seen.sourcesAreGone : seen.targetSuffices else { return }
    let since = waitsSince ?? now
    waitsSince = since
    guard since + bakeTime <= now, seen.sourcesAreGone || earlySuccess?.waitsForCleanUp == false else { return }
    succeed(at: now)
  }

  /// Whether the stage's hooks have all succeeded; one that failed sends the deployment back.
  private mutating func hooksPass(at now: Date, _ ids: IDSource) -> Bool {
    guard let stage else { return true }
    switch hooks.verdict(at: stage, now: now, ids: ids) {
    case .waiting: return false
    case .passed: return true
    case .failed(let reason):
      // A rollback must not fail because a hook does.
      if status == .rollbackInProgress { return !hooks.runs.contains(where: \.isActive) }
      rollBack(Self.rolledBack + reason, at: now)
      return false
    }
  }

  // MARK: Going back

  private mutating func backward(_ seen: Observation, at now: Date, _ ids: IDSource) {
    if let fault = seen.networkFault, stage == .productionTrafficShift || stage == .testTrafficShift {
      finishedAt = now
      statusReason = Self.networkReason(fault)
      return enter(.rollbackFailed, at: now)
    }
    switch stage {
    case .productionTrafficShift:
      guard follows(seen.productionWeight, 0), hooksPass(at: now, ids) else { return }
      requestedTestWeight = 0
      enter(.testTrafficShift, at: now)
    case .testTrafficShift:
      if follows(seen.testWeight, 0), hooksPass(at: now, ids) { enter(.cleanUp, at: now) }
    default:
      guard seen.targetIsGone, !hasSource || strategy.shiftsTraffic || seen.sourceIsReady else { return }
      finishedAt = now
      if !hasSource { statusReason = Self.noCandidate }
      enter(hasSource ? .rollbackSuccessful : .rollbackFailed, at: now)
    }
  }

  private mutating func rollBack(_ reason: String, at now: Date) {
    statusReason = reason
    rollback = Rollback(reason: reason, startedAt: now)
    enter(.rollbackInProgress, at: now)
    guard strategy.shiftsTraffic else { return }
    // However many steps were done, they are taken back in one.
    if requestedProductionWeight > 0 || foundSplitTraffic {
      requestedProductionWeight = 0
      enter(.productionTrafficShift, at: now)
    } else if requestedTestWeight > 0 {
      requestedTestWeight = 0
      enter(.testTrafficShift, at: now)
    } else {
      enter(.cleanUp, at: now)
    }
  }

  // MARK: Small steps

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
    if status.isTerminal { hooks.leave() }
  }

  private mutating func enter(_ stage: Stage, at now: Date) {
    self.stage = stage
    stageStartedAt = now
    updatedAt = now
    waitsSince = nil
    hooks.leave()
  }
}
