import Foundation

/// What a release will be able to tell, before it starts: how long regressions would stay unseen, what they would
/// harm until then, and whether there is enough traffic for a verdict at all.
public struct Forecast: Codable, Sendable, Equatable {
  /// What is known of a service, and how its traffic will move.
  public struct Plan: Codable, Sendable, Equatable {
    /// All of the service's requests.
    public var requestsPerSecond: Double
    /// Blue's error rate, as ``ReleaseHistory/errorRate``; above 0 and below 1.
    public var errorRate: Double
    /// The ``Dispersion`` of blue's errors.
    public var dispersion: Double
    /// The metrics' interval in seconds.
    public var interval: Double
    /// The probability to roll back a good release.
    public var level: Double
    /// How green's traffic will move.
    public var steps: [TrafficStep]

    /// Makes a plan.
    public init(
      requestsPerSecond: Double, errorRate: Double, dispersion: Double = 1, interval: Double, level: Double = 0.01,
      steps: [TrafficStep]
    ) {
      self.requestsPerSecond = requestsPerSecond
      self.errorRate = errorRate
      self.dispersion = dispersion
      self.interval = interval
      self.level = level
      self.steps = steps
    }

    /// The planned duration in seconds.
    public var seconds: Double { steps.reduce(0) { $0 + $1.seconds } }
  }

  /// One regression, and when it would be seen.
  public struct Detection: Codable, Sendable, Equatable {
    /// The regression.
    public var effect: Effect
    /// Green's error rate under it.
    public var greenRate: Double
    /// No method with the same level can see it sooner on average, in seconds; nil when the plan is too short.
    public var bound: Double?
    /// When Palco is expected to see it, in seconds; nil when not within the plan.
    public var expected: Double?
    /// The requests that fail in green, and would not in blue, until then; without detection, within the whole plan.
    public var harmed: Double
  }

  /// The mean time to detection as a multiple of the bound, measured over 211 simulated combinations of traffic,
  /// weight, error rate and effect.
  public static let timeOverBound = 1.26
  /// The same where the bound is at least three intervals.
  public static let timeOverLongBound = 1.33

  /// What it is about.
  public let plan: Plan
  /// Each regression that was asked for.
  public let detections: [Detection]

  /// Makes a forecast. It looks at errors only; latency and surveys can but make detection sooner.
  public init(_ plan: Plan, effects: [Effect] = Effect.usual) {
    self.plan = plan
    detections = effects.map { Self.detection(of: $0, plan) }
  }

  /// Whether a doubled error rate would be seen within the plan. Without that, a release that ends well has proved
  /// little: wait longer, take larger steps, or accept it.
  public var hasEnoughTraffic: Bool { Self.detection(of: .times(2), plan).expected != nil }

  /// The smallest factor of the error rate that would be seen within the plan, to a hundredth; nil when not even
  /// the failure of every request would.
  public var smallestVisibleFactor: Double? {
    func isSeen(_ factor: Double) -> Bool { Self.detection(of: .times(factor), plan).expected != nil }
    var (low, high) = (1.0, 1 / plan.errorRate)
    guard isSeen(high) else { return nil }
    while high - low > 0.005 {
      let middle = (low * high).squareRoot()
      if isSeen(middle) { high = middle } else { low = middle }
    }
    return (high * 100).rounded(.up) / 100
  }

  // MARK: Computing

  private static func detection(of effect: Effect, _ plan: Plan) -> Detection {
    let greenRate = effect.rate(from: plan.errorRate)
    let needed = log(1 / plan.level)
    let bound = time(to: needed, plan) { information(weight: $0, greenRate: greenRate, plan) }
    let isLong = bound.map { $0 >= 3 * plan.interval } ?? true
    let factor = isLong ? timeOverLongBound : timeOverBound
    // Nothing is seen before the first interval is counted.
    let expected = time(to: needed * factor, plan) { weight in
      let errors =
        plan.requestsPerSecond * plan.interval * (weight * greenRate + (1 - weight) * plan.errorRate)
      let noise = EventEvidence.noise * EventEvidence.noise * errors * weight * (1 - weight)
      return information(weight: weight, greenRate: greenRate, plan) / (plan.dispersion + noise)
    }.map { max($0, factor * plan.interval) }
    let last = min(expected ?? plan.seconds, plan.seconds)
    return Detection(
      effect: effect, greenRate: greenRate, bound: bound.map { max($0, plan.interval) },
      expected: expected.flatMap { $0 <= plan.seconds ? $0 : nil },
      harmed: harmed(until: last, greenRate: greenRate, plan))
  }

  /// The information per second in both colours' counts about green being worse: the Kullback-Leibler divergence to
  /// the nearest world in which the colours are alike, both at the pooled rate.
  private static func information(weight: Double, greenRate: Double, _ plan: Plan) -> Double {
    let pooled = weight * greenRate + (1 - weight) * plan.errorRate
    return plan.requestsPerSecond
      * (weight * divergence(greenRate, pooled) + (1 - weight) * divergence(plan.errorRate, pooled))
  }

  /// The Kullback-Leibler divergence of two coins.
  private static func divergence(_ a: Double, _ b: Double) -> Double {
    var sum = 0.0
    if a > 0 { sum += a * log(a / b) }
    if a < 1 { sum += (1 - a) * log((1 - a) / (1 - b)) }
    return sum
  }

  /// When a sum that grows by a rate of each step reaches an amount, in seconds; nil when not within the plan.
  private static func time(to amount: Double, _ plan: Plan, ratePerSecond: (Double) -> Double) -> Double? {
    var (left, elapsed) = (amount, 0.0)
    for step in plan.steps {
      let rate = ratePerSecond(step.weight)
      if rate > 0, rate * step.seconds >= left { return elapsed + left / rate }
      left -= rate * step.seconds
      elapsed += step.seconds
    }
    return nil
  }

  private static func harmed(until end: Double, greenRate: Double, _ plan: Plan) -> Double {
    var (sum, elapsed) = (0.0, 0.0)
    for step in plan.steps where elapsed < end {
      let seconds = min(step.seconds, end - elapsed)
      sum += plan.requestsPerSecond * step.weight * (greenRate - plan.errorRate) * seconds
      elapsed += step.seconds
    }
    return sum
  }
}
