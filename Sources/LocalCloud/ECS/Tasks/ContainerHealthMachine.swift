import Foundation

/// Whether a container's health check command passes, as `healthStatus` says it.
enum ContainerHealth: String, Codable, Sendable {
  case unknown = "UNKNOWN"
  case healthy = "HEALTHY"
  case unhealthy = "UNHEALTHY"
}

/// When a container's health check is due, and what its outcomes mean: a value.
///
/// The first check comes an interval after the start, and each further one an interval after the end of the last. One
/// that passes makes the container healthy; as many failures in a row as `retries` make it unhealthy, not counting those
/// of a start period in which none has passed yet.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html
struct ContainerHealthMachine: Sendable, Equatable {
  /// From one check to the next, in real seconds.
  let interval: TimeInterval
  /// Failures in a row that make it unhealthy.
  let retries: Int
  private let endOfStartPeriod: Date

  private(set) var health: ContainerHealth
  private(set) var failures = 0
  /// The instant of the next check.
  private(set) var due: Date
  private var hasPassed: Bool

  /// - Parameters:
  ///   - startPeriod: In real seconds.
  ///   - health: What was known of it, when an earlier daemon checked it.
  init(
    interval: TimeInterval, retries: Int, startPeriod: TimeInterval, startedAt: Date, health: ContainerHealth = .unknown
  ) {
    self.interval = interval
    self.retries = retries
    endOfStartPeriod = startedAt.addingTimeInterval(startPeriod)
    due = startedAt.addingTimeInterval(interval)
    self.health = health
    hasPassed = health == .healthy
  }

  /// A check has ended.
  mutating func checked(passed: Bool, at now: Date) {
    due = now.addingTimeInterval(interval)
    if passed {
      hasPassed = true
      failures = 0
      health = .healthy
    } else if hasPassed || now >= endOfStartPeriod {
      failures += 1
      if failures >= retries { health = .unhealthy }
    }
  }
}
