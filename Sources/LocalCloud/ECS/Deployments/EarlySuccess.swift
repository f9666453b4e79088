/// The early success criteria of a rolling deployment: it is done although not all is replaced.
///
/// What is left is done by the service, outside of the deployment: no alarm and no circuit breaker takes it back then.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/early-success-criteria.html
struct EarlySuccess: Codable, Sendable, Equatable {
  /// How many tasks of the new revision must be healthy, in percent of the desired count.
  var healthyPercent: Int
  /// Whether the tasks of the old revision must be gone (BLOCKING), or may go later (DEFERRED).
  var waitsForCleanUp: Bool

  /// The healthy tasks that suffice: rounded up, and one at least.
  func tasks(desiredCount: Int) -> Int {
    min(desiredCount, max(1, (healthyPercent * desiredCount + 99) / 100))
  }
}
