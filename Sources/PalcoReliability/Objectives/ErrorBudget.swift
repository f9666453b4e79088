/// What an objective allows to go wrong in its window, and how much of it is gone.
public struct ErrorBudget: Codable, Sendable, Equatable {
  /// The objective.
  public let objective: Objective
  /// The events of the window so far.
  public let counts: EventCounts

  /// Makes the budget of a window.
  public init(_ objective: Objective, counts: EventCounts) {
    self.objective = objective
    self.counts = counts
  }

  /// How many of the window's events so far may be bad.
  public var allowed: Double { objective.allowedBadShare * Double(counts.total) }

  /// The spent share of the budget: 0 untouched, 1 spent, above 1 the objective is missed. 0 without events.
  public var spent: Double { counts.total > 0 ? Double(counts.bad) / allowed : 0 }

  /// The share of the budget that is left; negative when the objective is missed.
  public var left: Double { 1 - spent }

  /// How many more bad events the budget bears; 0 when it is spent.
  public var badEventsLeft: Double { max(0, allowed - Double(counts.bad)) }

  /// How fast a stretch of time spends the budget: 1 spends it exactly within the window. 0 without events.
  public func burnRate(_ stretch: EventCounts) -> Double {
    (stretch.badShare ?? 0) / objective.allowedBadShare
  }

  /// After how many seconds the budget is spent if a burn rate lasts, or nil when it does not burn.
  ///
  /// A burn rate of 1 spends the whole budget in one window, so what is left lasts for its share of the window.
  public func secondsUntilSpent(burnRate: Double) -> Double? {
    guard burnRate > 0 else { return nil }
    return max(0, left) * objective.window / burnRate
  }
}
