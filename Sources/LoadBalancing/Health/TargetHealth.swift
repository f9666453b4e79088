/// The health of a target, in ALB's words.
///
/// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
public struct TargetHealth: Sendable, Equatable {
  /// ALB's states.
  public enum State: String, Sendable {
    /// Being registered, or not checked often enough to tell.
    case initial
    case healthy
    case unhealthy
    /// Leaving: gets no new request, may finish those it has.
    case draining
    /// Not registered.
    case unused
  }

  public var state: State
  /// The reason code, such as `Target.ResponseCodeMismatch`; `nil` when healthy.
  public var reason: String?
  /// The description, such as `Health checks failed with these codes: [503]`; `nil` when healthy.
  public var description: String?

  /// Whether the last check found a program, however it answered.
  var listens: Bool { reason != Self.doesNotListen }

  private static let doesNotListen = "Target.FailedHealthChecks"

  static let registering = TargetHealth(
    state: .initial, reason: "Elb.RegistrationInProgress", description: "Target registration is in progress")
  static let initial = TargetHealth(
    state: .initial, reason: "Elb.InitialHealthChecking", description: "Initial health checks in progress")
  static let healthy = TargetHealth(state: .healthy)
  static let draining = TargetHealth(
    state: .draining, reason: "Target.DeregistrationInProgress", description: "Target deregistration is in progress")
  static let unused = TargetHealth(
    state: .unused, reason: "Target.NotRegistered", description: "Target is not registered to the target group")

  static func unhealthy(_ result: HealthCheckResult) -> TargetHealth {
    switch result {
    case .answered(let status):
      TargetHealth(
        state: .unhealthy, reason: "Target.ResponseCodeMismatch",
        description: "Health checks failed with these codes: [\(status)]")
    case .timedOut: TargetHealth(state: .unhealthy, reason: "Target.Timeout", description: "Request timed out")
    case .failed:
      TargetHealth(state: .unhealthy, reason: doesNotListen, description: "Health checks failed")
    }
  }
}

/// What came of one check.
enum HealthCheckResult: Sendable, Equatable {
  case answered(Int)
  case timedOut
  /// No connection, or no HTTP.
  case failed
}
