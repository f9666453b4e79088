/// How a release ended. A release that was rolled back is never a success.
public enum ReleaseOutcome: Sendable, Equatable {
  /// The new image serves all traffic.
  case released
  /// The new image serves all traffic, and nothing shows that it is as good as the one before, where that is promised.
  case undecided(reason: String)
  /// ECS took the release back; the image before it serves.
  case rolledBack(reason: String)
  /// A person stopped the release; the image before it serves.
  case stopped(reason: String)
  /// A newer release took over before this one was done.
  case superseded
  /// Palco did not start the release.
  case refused(reason: String)
  /// Neither the new image nor a clean way back: somebody has to look.
  case failed(reason: String)

  /// The outcome's name in tables and JSON.
  public var name: String {
    switch self {
    case .released: "released"
    case .undecided: "undecided"
    case .rolledBack: "rolled back"
    case .stopped: "stopped"
    case .superseded: "superseded"
    case .refused: "refused"
    case .failed: "failed"
    }
  }

  /// Why, when there is a reason to tell.
  public var reason: String? {
    switch self {
    case .released, .superseded: nil
    case .undecided(let reason), .rolledBack(let reason), .stopped(let reason), .refused(let reason),
      .failed(let reason):
      reason
    }
  }
}
