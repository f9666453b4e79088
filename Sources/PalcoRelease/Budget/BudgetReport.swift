import PalcoBlueprint
import PalcoReliability

/// What is spent of an environment's error budgets, and what a release could tell at its present traffic.
public struct BudgetReport: Sendable, Equatable {
  /// One objective.
  public struct Budget: Sendable, Equatable {
    /// The budget of its window.
    public var budget: ErrorBudget
    /// How fast it burns, over each of ``BudgetReport/burnWindows``.
    public var burnRates: [Double]
  }

  /// The requests of the last hour.
  public struct Traffic: Sendable, Equatable {
    /// Requests, and those that failed.
    public var counts: EventCounts
    /// How long, in seconds of the cloud.
    public var seconds: Double
    /// By how much the failures come together, as ``Dispersion`` estimates it.
    public var dispersion: Double

    /// Requests per second.
    public var requestsPerSecond: Double { Double(counts.total) / seconds }
  }

  /// The environment.
  public var environment: String
  /// In the order of the objectives.
  public var budgets: [Budget]
  /// What comes in.
  public var traffic: Traffic

  /// Over how many seconds burn rates are told: those of usual alerts (Google, The Site Reliability Workbook, chapter 5).
  public static let burnWindows = [300.0, 3600, 21_600, 259_200]

  /// What a release by a strategy could tell; nil without traffic, and where traffic does not move between two colours.
  public func forecast(of strategy: ReleaseStrategy, objectives: ServiceObjectives) -> Forecast? {
    guard traffic.counts.total > 0 else { return nil }
    // As if a thousand good requests more had come: no rate is 0.
    let rate = (Double(traffic.counts.bad) + 0.5) / (Double(traffic.counts.total) + 1000)
    guard
      let steps = strategy.steps(
        target: objectives.availability.target, requestsPerSecond: traffic.requestsPerSecond, errorRate: rate,
        interval: 60)
    else { return nil }
    return Forecast(
      Forecast.Plan(
        requestsPerSecond: traffic.requestsPerSecond, errorRate: rate, dispersion: traffic.dispersion, interval: 60,
        steps: steps))
  }

  /// Whether a release by a strategy may start.
  public func gate(for strategy: ReleaseStrategy, objectives: ServiceObjectives) -> BudgetGate {
    BudgetGate(
      objectives, budgets: budgets.map(\.budget), forecast: forecast(of: strategy, objectives: objectives))
  }
}

extension ReleaseStrategy {
  /// How green's share of the traffic moves, in AWS's seconds; nil where old and new tasks share one target group, so
  /// that nobody counts them apart.
  ///
  /// - Parameter interval: the seconds between two counts
  func steps(
    target: Double, requestsPerSecond: Double, errorRate: Double, interval: Double
  ) -> [TrafficStep]? {
    switch self {
    case .rolling: return nil
    case .blueGreen(let bake): return [TrafficStep(weight: 1, seconds: Double(bake) * 60)]
    case .canary(let percent, let wait, let bake):
      return [
        TrafficStep(weight: percent / 100, seconds: Double(wait) * 60),
        TrafficStep(weight: 1, seconds: Double(bake) * 60),
      ]
    case .linear(let step, let wait, let bake):
      let shares = stride(from: step, to: 100, by: step).map {
        TrafficStep(weight: $0 / 100, seconds: Double(wait) * 60)
      }
      return shares + [TrafficStep(weight: 1, seconds: Double(bake) * 60)]
    case .paced(let step, let bake):
      let paced = TrafficStep.paced(
        target: target, requestsPerSecond: requestsPerSecond, errorRate: errorRate, interval: interval,
        shares: stride(from: step, to: 100, by: step).map { $0 / 100 })
      return paced + [TrafficStep(weight: 1, seconds: Double(bake) * 60)]
    }
  }
}
