/// A stretch of a release in which green has one share of the traffic.
public struct TrafficStep: Codable, Sendable, Equatable {
  /// Green's share, 0–1.
  public var weight: Double
  /// How long, in seconds.
  public var seconds: Double

  /// Makes a step.
  public init(weight: Double, seconds: Double) {
    self.weight = weight
    self.seconds = seconds
  }

  /// The steps that an evidence-paced release takes when green is as good as blue and the counts are what is expected
  /// of them.
  ///
  /// - Parameter shares: the shares of traffic that green can have, ascending, each 0–1; empty when it can have any
  /// - Returns: steps up to the end of the watch at the top weight
  public static func paced(
    target: Double, requestsPerSecond: Double, errorRate: Double, interval: Double, shares: [Double] = []
  ) -> [TrafficStep] {
    let rule = PacingRule(target: target, interval: interval, shares: shares)
    // Nothing is learned without traffic, so the first share is taken however large it is.
    var weight = shares.first ?? rule.firstWeight
    var steps: [TrafficStep] = []
    var (blue, green) = (0.0, 0.0)
    // The patience ends in the top weight, if nothing does before.
    while weight < rule.top {
      append(weight, interval, to: &steps)
      green += requestsPerSecond * weight * interval
      blue += requestsPerSecond * (1 - weight) * interval
      let elapsed = steps.reduce(0) { $0 + $1.seconds }
      let covered =
        rule.step(
          weight: weight, isWarned: false, blue: .nearest(bad: blue * errorRate, total: blue),
          green: .nearest(bad: green * errorRate, total: green), priorRate: errorRate, elapsed: elapsed,
          timeIsUp: elapsed >= PacingRule.patience
        ).weight
      weight = shares.isEmpty ? covered : shares.last { $0 <= covered + PacingRule.rounding } ?? weight
      if elapsed >= PacingRule.patience, weight < rule.hold { break }
    }
    if weight >= rule.top { append(weight, PacingRule.watchAtTop, to: &steps) }
    return steps
  }

  private static func append(_ weight: Double, _ seconds: Double, to steps: inout [TrafficStep]) {
    if let last = steps.last, last.weight == weight {
      steps[steps.count - 1].seconds += seconds
    } else {
      steps.append(TrafficStep(weight: weight, seconds: seconds))
    }
  }
}
