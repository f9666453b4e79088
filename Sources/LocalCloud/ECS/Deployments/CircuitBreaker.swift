/// The deployment circuit breaker: counts the tasks of a deployment that fail, and trips at a threshold.
///
/// Stage 1 lasts until one task runs, and counts tasks that fail to reach RUNNING; stage 2 counts tasks that fail their
/// health checks.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
struct CircuitBreaker: Codable, Sendable, Equatable {
  /// How many failures are too many.
  enum Threshold: Codable, Sendable, Equatable {
    /// So many, whatever the desired count.
    case count(Int)
    /// A share of the desired count, at least 3 and at most 200.
    case boundedPercent(Double)
    /// A share of the desired count.
    case unboundedPercent(Double)

    /// The failures that trip the breaker of a service with this desired count.
    func failures(desiredCount: Int) -> Int {
      func share(_ percent: Double) -> Int { Int((percent * Double(desiredCount) / 100).rounded(.up)) }
      switch self {
      case .count(let count): return count
      case .boundedPercent(let percent): return min(200, max(3, share(percent)))
      // No breaker trips before the first failure.
      case .unboundedPercent(let percent): return max(1, share(percent))
      }
    }
  }

  var isEnabled: Bool
  /// Whether a trip rolls the deployment back, or only stops it.
  var rollsBack: Bool
  var threshold = Threshold.boundedPercent(50)
  /// Whether only failures in a row count.
  var resetsOnHealthyTask = true
  private(set) var failureCount = 0
  private(set) var isTriggered = false
  private var aTaskHasRun = false

  init(
    isEnabled: Bool, rollsBack: Bool, threshold: Threshold = .boundedPercent(50), resetsOnHealthyTask: Bool = true
  ) {
    self.isEnabled = isEnabled
    self.rollsBack = rollsBack
    self.threshold = threshold
    self.resetsOnHealthyTask = resetsOnHealthyTask
  }

  /// What happened to a task of the deployment.
  enum Event: Sendable {
    /// It reached RUNNING.
    case running
    /// It passed its health checks.
    case healthy
    /// It stopped before it reached RUNNING.
    case failedToStart
    /// It failed its health checks, or ended by itself before it had ever passed them.
    case failedHealthChecks
  }

  /// Counts an event.
  ///
  /// - Returns: Whether the breaker trips with it.
  mutating func record(_ event: Event, desiredCount: Int) -> Bool {
    guard !isTriggered else { return false }
    switch event {
    case .running:
      aTaskHasRun = true
    case .healthy:
      if resetsOnHealthyTask { failureCount = 0 }
    case .failedToStart:
      if !aTaskHasRun { failureCount += 1 }
    case .failedHealthChecks:
      failureCount += 1
    }
    guard isEnabled, failureCount >= threshold.failures(desiredCount: desiredCount) else { return false }
    isTriggered = true
    return true
  }

  func status(isFinished: Bool) -> MonitorStatus {
    guard isEnabled else { return .disabled }
    if isTriggered { return .triggered }
    return isFinished ? .monitoringComplete : .monitoring
  }
}
