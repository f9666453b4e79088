import Foundation

/// Decides from check to check whether a target is healthy, and when to look again.
struct HealthMachine: Sendable, Equatable {
  /// How it is checked; a change counts from the next check on.
  var configuration: HealthCheckConfiguration
  /// What the checks say.
  private(set) var health = TargetHealth.registering
  /// When the next check is due.
  private(set) var nextCheck: Date
  private var successes = 0
  private var failures = 0

  /// A target that has just been registered is checked at once.
  init(_ configuration: HealthCheckConfiguration, registeredAt now: Date) {
    self.configuration = configuration
    nextCheck = now
  }

  /// Makes a check due at once.
  mutating func checkSoon(at now: Date) { nextCheck = now }

  /// Takes in a check that began at an instant.
  mutating func record(_ result: HealthCheckResult, startedAt: Date) {
    nextCheck = startedAt.addingTimeInterval(configuration.interval / .seconds(1))
    if case .answered(let status) = result, configuration.successCodes.contains(where: { $0.contains(status) }) {
      (successes, failures) = (successes + 1, 0)
      // The first check that passes makes a new target healthy; the threshold is for one that was found unhealthy.
      if health.state == .initial || successes >= configuration.healthyThreshold { health = .healthy }
    } else {
      (successes, failures) = (0, failures + 1)
      if failures >= configuration.unhealthyThreshold || health.state == .unhealthy {
        health = .unhealthy(result)
      } else if health.state == .initial {
        health = .initial
      }
    }
  }
}
