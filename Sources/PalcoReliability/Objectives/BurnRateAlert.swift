/// An alert on how fast an error budget burns, over a long and a short window at once (Google, The Site Reliability
/// Workbook, chapter 5, "Multiwindow, Multi-Burn-Rate Alerts"): the long one makes it matter, the short one lets it end.
public struct BurnRateAlert: Codable, Sendable, Equatable {
  /// The burn rate from which it fires, in both windows.
  public let factor: Double
  /// The long window in seconds.
  public let longWindow: Double
  /// The short window in seconds.
  public let shortWindow: Double

  /// Makes an alert for an objective.
  ///
  /// - Throws: ``ObjectiveError`` when it could never fire (not even if every event were bad), would fire while the
  ///   objective is kept, or when the short window is not the shorter
  public init(
    factor: Double, longWindow: Double, shortWindow: Double, of objective: Objective
  ) throws(ObjectiveError) {
    let keyPath = "\(objective.name).burn"
    let highest = 1 / objective.allowedBadShare
    guard factor >= 1, factor.isFinite else {
      throw ObjectiveError(
        keyPath, "a burn rate of \(factor) keeps the objective, so it is no reason to wake anybody",
        fix: "write 1 or more")
    }
    guard factor * objective.allowedBadShare < 1 else {
      throw ObjectiveError(
        keyPath, "a burn rate of \(factor) can never be passed: with every event bad it is \(highest.rounded())",
        fix: "write less than \(highest.rounded(.down))")
    }
    guard shortWindow > 0, shortWindow < longWindow, longWindow <= objective.window else {
      throw ObjectiveError(
        keyPath, "the windows of \(shortWindow) s and \(longWindow) s do not fit",
        fix: "let the short one be shorter than the long one, and that one at most the objective's window")
    }
    self.factor = factor
    self.longWindow = longWindow
    self.shortWindow = shortWindow
  }

  /// Whether it fires.
  public func fires(long: EventCounts, short: EventCounts, budget: ErrorBudget) -> Bool {
    budget.burnRate(long) >= factor && budget.burnRate(short) >= factor
  }

  /// The share of the whole budget that is gone when it fires, if nothing burned before.
  public func budgetShareAtFiring(of objective: Objective) -> Double { factor * longWindow / objective.window }
}
