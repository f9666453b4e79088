/// How one image takes over from another. The deployment circuit breaker with rollback is always on.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
public enum ReleaseStrategy: Codable, Sendable, Equatable {
  /// Tasks are replaced a few at a time.
  ///
  /// - minimumHealthyPercent: percent of the wanted tasks that keep running, 0–100, rounded up
  /// - maximumPercent: percent of the wanted tasks that may exist at once, 100–200, rounded down
  case rolling(minimumHealthyPercent: Int, maximumPercent: Int)
  /// A second set of tasks is started beside the first, and traffic moves at once.
  ///
  /// - bakeMinutes: how long both stand after the switch, 0–1440, so that a rollback is a matter of seconds
  case blueGreen(bakeMinutes: Int)
  /// A second set of tasks is started beside the first; a part of the traffic moves, and later the rest.
  ///
  /// - percent: percent of the traffic that moves first, 0.1–100 in steps of 0.1
  /// - percentBakeMinutes: how long that part alone is on the new tasks, 0–1440
  /// - bakeMinutes: how long both stand after all traffic has moved, 0–1440
  case canary(percent: Double, percentBakeMinutes: Int, bakeMinutes: Int)
  /// A second set of tasks is started beside the first, and traffic moves in equal steps.
  ///
  /// - stepPercent: percent of the traffic that moves in one step, 3–100 in steps of 0.1; the last step may be smaller
  /// - stepBakeMinutes: the wait after each step but the last, 0–1440
  /// - bakeMinutes: how long both stand after all traffic has moved, 0–1440
  case linear(stepPercent: Double, stepBakeMinutes: Int, bakeMinutes: Int)
  /// A second set of tasks is started beside the first, and traffic moves in equal steps, each as soon as the evidence
  /// covers it. ECS does it as LINEAR that pauses before each step.
  ///
  /// - stepPercent: percent of the traffic that moves in one step, 3–30 in steps of 0.1; the last step may be smaller
  /// - bakeMinutes: how long both stand after all traffic has moved, 0–1440
  case paced(stepPercent: Double, bakeMinutes: Int)

  /// Whether traffic moves between two sets of tasks.
  public var movesTraffic: Bool {
    if case .rolling = self { false } else { true }
  }
}

/// Where a release stops and waits for somebody: PAUSE hooks of ECS.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/pause-lifecycle-hooks.html
public struct ReleasePauses: Codable, Sendable, Equatable {
  /// The stages, in the order of a deployment; at least one.
  public var stages: [PauseStage]
  /// Minutes after which a pause ends by itself, 1–20160.
  public var timeoutMinutes: Int
  /// What happens then.
  public var timeoutAction: TimeoutAction

  /// Describes pauses.
  public init(stages: [PauseStage], timeoutMinutes: Int = 1440, timeoutAction: TimeoutAction = .rollBack) {
    self.stages = stages
    self.timeoutMinutes = timeoutMinutes
    self.timeoutAction = timeoutAction
  }

  /// What becomes of a release that nobody let go on in time.
  public enum TimeoutAction: String, Codable, Sendable, CaseIterable {
    /// It is rolled back.
    case rollBack = "roll_back"
    /// It goes on.
    case `continue` = "continue"
  }
}

/// Where a deployment that moves traffic can pause. With canary and linear, `preProductionTrafficShift` comes before
/// every step.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-lifecycle-hooks.html
public enum PauseStage: String, Codable, Sendable, CaseIterable {
  case preScaleUp = "PRE_SCALE_UP"
  case postScaleUp = "POST_SCALE_UP"
  case postTestTrafficShift = "POST_TEST_TRAFFIC_SHIFT"
  case preProductionTrafficShift = "PRE_PRODUCTION_TRAFFIC_SHIFT"
  case postProductionTrafficShift = "POST_PRODUCTION_TRAFFIC_SHIFT"
}
