import AWSWire
import Foundation
import PalcoCore

/// The lifecycle hooks of a deployment: those that it has, and those that run in the stage that it is in.
///
/// All hooks of a stage run at the same time, and all must succeed.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-lifecycle-hooks.html
struct LifecycleHooks: Codable, Sendable, Equatable {
  typealias Stage = ServiceDeploymentMachine.Stage

  /// One hook of the service.
  struct Hook: Codable, Sendable, Equatable {
    /// The function; `nil` for a pause.
    var functionARN: String?
    var stages: Set<Stage>
    /// How long it may take, in seconds of this cloud.
    var timeout: TimeInterval
    /// Whether the deployment goes on when it takes longer, or goes back.
    var continuesAfterTimeout = false
    /// What the function is told: what the service says, and what its answers added since.
    var details: [String: JSONValue]?

    var isPause: Bool { functionARN == nil }
  }

  enum Status: String, Codable, Sendable {
    case awaitingAction = "AWAITING_ACTION"
    case inProgress = "IN_PROGRESS"
    case succeeded = "SUCCEEDED"
    case failed = "FAILED"
    case timedOut = "TIMED_OUT"
  }

  /// A hook at work in one stage.
  struct Run: Codable, Sendable, Equatable {
    /// `ecs-pause-…` or `ecs-lambda-…`.
    let id: String
    /// Its place in ``LifecycleHooks/hooks``.
    let hook: Int
    let stage: Stage
    let expiresAt: Date
    fileprivate(set) var status: Status
    /// When its function is to be invoked.
    fileprivate(set) var invokeAt: Date?
    /// Why it failed, after "Service deployment rolled back because ".
    fileprivate(set) var failure: String?
    /// When it was answered, or gave up; only kept of pauses and of those that timed out.
    fileprivate(set) var endedAt: Date?

    var isActive: Bool { status == .awaitingAction || status == .inProgress }
  }

  /// What a stage's hooks say.
  enum Verdict: Sendable, Equatable {
    case waiting
    case passed
    case failed(String)
  }

  private(set) var hooks: [Hook]
  /// Those of the stage that the deployment is in.
  private(set) var runs: [Run] = []
  /// Whether the stage's hooks have begun.
  private var hasBegun = false

  init(_ hooks: [Hook] = []) {
    self.hooks = hooks
  }

  /// The stage is over.
  mutating func leave() {
    runs = []
    hasBegun = false
  }

  /// Begins the hooks of a stage if they have not begun, and says how they stand.
  mutating func verdict(at stage: Stage, now: Date, ids: IDSource) -> Verdict {
    if !hasBegun { begin(stage, now, ids) }
    for index in runs.indices where runs[index].isActive && runs[index].expiresAt <= now { expire(index) }
    if let failure = runs.lazy.compactMap(\.failure).first { return .failed(failure) }
    return runs.contains(where: \.isActive) ? .waiting : .passed
  }

  private mutating func begin(_ stage: Stage, _ now: Date, _ ids: IDSource) {
    hasBegun = true
    runs = hooks.enumerated().filter { $1.stages.contains(stage) }.map { index, hook in
      Run(
        id: "ecs-\(hook.isPause ? "pause" : "lambda")-\(ids.urlSafe(43))", hook: index, stage: stage,
        expiresAt: now.addingTimeInterval(hook.timeout), status: hook.isPause ? .awaitingAction : .inProgress,
        invokeAt: hook.isPause ? nil : now)
    }
  }

  private mutating func expire(_ index: Int) {
    let hook = hooks[runs[index].hook]
    runs[index].status = .timedOut
    runs[index].endedAt = runs[index].expiresAt
    guard !hook.continuesAfterTimeout else { return }
    let stage = runs[index].stage.rawValue
    runs[index].failure =
      hook.functionARN.map { "\(stage) lifecycle hook(s) failed. Lifecycle hook target \($0) timed out." }
      ?? "\(stage) pause hook timed out."
  }

  /// Somebody answers a pause.
  ///
  /// - Returns: Whether one waits by that identifier.
  mutating func answer(pause id: String, goesOn: Bool, at now: Date) -> Bool {
    guard let index = runs.firstIndex(where: { $0.id == id && $0.status == .awaitingAction }) else { return false }
    runs[index].status = goesOn ? .succeeded : .failed
    runs[index].endedAt = now
    if !goesOn {
      runs[index].failure =
        "ContinueServiceDeployment asked for a rollback at the \(runs[index].stage.rawValue) pause hook."
    }
    return true
  }

  /// A function has answered.
  ///
  /// - Parameter callBack: When to invoke it again, if its work is in progress.
  mutating func answer(function id: String, _ answer: HookAnswer, callBack: (TimeInterval) -> Date) {
    guard let index = runs.firstIndex(where: { $0.id == id && $0.status == .inProgress }) else { return }
    switch answer {
    case .succeeded:
      runs[index].status = .succeeded
      runs[index].invokeAt = nil
    case .failed(let reason):
      runs[index].status = .failed
      runs[index].invokeAt = nil
      runs[index].failure = "\(runs[index].stage.rawValue) lifecycle hook(s) failed. \(reason)"
    case .inProgress(let delay, let details):
      runs[index].invokeAt = callBack(delay)
      if !details.isEmpty {
        hooks[runs[index].hook].details = (hooks[runs[index].hook].details ?? [:]).merging(details) { $1 }
      }
    }
  }

  /// Whether a pause waits for an answer.
  var isPaused: Bool { runs.contains { $0.status == .awaitingAction } }

  /// When the last pause of the stage was over.
  var pauseEndedAt: Date? { runs.filter { hooks[$0.hook].isPause }.compactMap(\.endedAt).max() }

  /// The instants at which there is something to do.
  var deadlines: [Date] { runs.filter(\.isActive).flatMap { [$0.expiresAt, $0.invokeAt].compactMap(\.self) } }

  /// The runs whose function is to be invoked now.
  func due(at now: Date) -> [Run] {
    runs.filter { $0.status == .inProgress && ($0.invokeAt ?? .distantFuture) <= now }
  }
}
