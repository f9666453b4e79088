import Foundation

/// Watches one service deployment to its end, as a value: events in, one action out.
///
/// It decides what a sequence of snapshots means for the person who waits. It knows no client and no clock of its own:
/// every event carries its instant.
public struct ReleaseMachine: Sendable, Equatable {
  /// What happened.
  public enum Event: Sendable, Equatable {
    /// ECS was asked and answered. `isLatest` tells whether the deployment is still the service's newest.
    case observed(DeploymentSnapshot, isLatest: Bool)
    /// ECS could not be asked.
    case unreachable(String)
    /// The person who waits wants to stop (Ctrl-C).
    case interrupted
    /// The evidence says that the new tasks are worse, and why.
    case condemned(String)
  }

  /// What to do next.
  public enum Action: Sendable, Equatable {
    /// Look again later.
    case wait
    /// Ask ECS to stop the deployment and to roll it back, then look again.
    case stopDeployment
    /// The release has ended.
    case finish(ReleaseOutcome)
    /// Stop watching; ECS goes on by itself.
    case leave(reason: String)
  }

  /// How long ECS may be out of reach before watching ends; ECS finishes the deployment by itself.
  public let patience: Duration
  private var interruptions = 0
  private var stopWasRequested = false
  private var condemnation: String?
  private var unreachableSince: Date?

  /// A machine that has seen nothing.
  public init(patience: Duration = .seconds(120)) {
    self.patience = patience
  }

  /// Takes an event and tells what to do.
  public mutating func event(_ event: Event, at instant: Date) -> Action {
    switch event {
    case .observed(let snapshot, let isLatest):
      unreachableSince = nil
      return observed(snapshot, isLatest: isLatest)
    case .unreachable(let reason):
      let since = unreachableSince ?? instant
      unreachableSince = since
      let silent = Duration.seconds(instant.timeIntervalSince(since))
      return silent >= patience ? .leave(reason: "ECS could not be asked for \(patience): \(reason)") : .wait
    case .condemned(let reason):
      guard condemnation == nil, interruptions == 0, !stopWasRequested else { return .wait }
      condemnation = reason
      return .stopDeployment
    case .interrupted:
      interruptions += 1
      return interruptions == 1
        ? condemnation == nil ? .stopDeployment : .wait
        : .leave(reason: "interrupted twice; ECS takes the release back by itself")
    }
  }

  private mutating func observed(_ snapshot: DeploymentSnapshot, isLatest: Bool) -> Action {
    switch snapshot.status {
    case .pending, .inProgress, .stopRequested, .rollbackInProgress:
      return .wait
    case .rollbackRequested:
      stopWasRequested = true
      return .wait
    case .successful:
      guard let condemnation else { return .finish(.released) }
      return .finish(
        .failed(reason: "\(condemnation); ECS was too far to take it back, so it serves: go back by `palco rollback`"))
    case .stopped:
      if !isLatest { return .finish(.superseded) }
      return .finish(.failed(reason: reason(of: snapshot, otherwise: "the deployment was stopped without a rollback")))
    case .rollbackSuccessful:
      if let condemnation { return .finish(.rolledBack(reason: condemnation)) }
      if interruptions > 0 || stopWasRequested || snapshot.wasStoppedOnRequest {
        return .finish(.stopped(reason: reason(of: snapshot, otherwise: "stopped on request")))
      }
      return .finish(.rolledBack(reason: reason(of: snapshot, otherwise: "ECS gave no reason")))
    case .rollbackFailed:
      return .finish(.failed(reason: reason(of: snapshot, otherwise: "the rollback failed")))
    }
  }

  private func reason(of snapshot: DeploymentSnapshot, otherwise: String) -> String {
    snapshot.statusReason ?? snapshot.rollbackReason ?? otherwise
  }
}
