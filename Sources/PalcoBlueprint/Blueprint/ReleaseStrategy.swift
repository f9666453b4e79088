/// How one image takes over from another. The deployment circuit breaker with rollback is always on.
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
}
