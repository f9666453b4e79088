/// Whether a release may start, by what is left of the error budgets.
///
/// Only what somebody promised stands in the way; the usual objective of a service without own ones never does.
public enum BudgetGate: Codable, Sendable, Equatable {
  /// Nothing stands in the way.
  case open
  /// The budgets of these objectives are spent.
  case spent([String])
  /// A regression of one of the usual effects would harm more requests, until it is seen, than the budget bears.
  case risky(objective: String, effect: String, harmed: Double, left: Double)

  /// Looks at budgets.
  ///
  /// - Parameters:
  ///   - budgets: one for each objective
  ///   - forecast: what the release would harm; nil where nothing is known of it
  public init(_ objectives: ServiceObjectives, budgets: [ErrorBudget], forecast: Forecast?) {
    self = .open
    guard objectives.isDeclared else { return }
    let spent = budgets.filter { $0.isMeaningful && $0.isSpent }.map(\.objective.name)
    guard spent.isEmpty else {
      self = .spent(spent)
      return
    }
    guard let forecast, let budget = budgets.first(where: { $0.objective.indicator == .availability }) else { return }
    // A window that has not passed yet has had a part of its requests only.
    let events = max(Double(budget.counts.total), forecast.plan.requestsPerSecond * budget.objective.window)
    let left = max(0, budget.objective.allowedBadShare * events - Double(budget.counts.bad))
    guard let worst = forecast.detections.max(by: { $0.harmed < $1.harmed }), worst.harmed > left else { return }
    self = .risky(
      objective: budget.objective.name, effect: worst.effect.description, harmed: worst.harmed, left: left)
  }

  /// Why a release may not start; nil when it may.
  public var refusal: String? {
    switch self {
    case .open: nil
    case .spent(let names):
      "the error budget of \(names.joined(separator: " and ")) is spent"
    case .risky(let objective, let effect, let harmed, let left):
      "a regression of \(effect) would harm about \(Int(harmed.rounded())) requests before it is seen, and the error "
        + "budget of \(objective) bears \(Int(left.rounded(.down))) more"
    }
  }
}

extension ErrorBudget {
  /// Whether there were enough events for the budget to bear one bad event: before, a single one would end it.
  public var isMeaningful: Bool { allowed > 1 - Self.rounding }

  /// Whether nothing is left of it.
  public var isSpent: Bool { spent > 1 - Self.rounding }

  /// 1 − 0.999 is not the double nearest to 0.001.
  private static let rounding = 1e-9
}
