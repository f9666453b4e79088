/// How much of the traffic green may have next: as much as the evidence covers.
///
/// Until somebody can react to a step, it puts requests at risk: as many as the excess of errors that is still
/// possible, times the traffic, times an interval and the lag. That is kept to a small share of what is left of the
/// harm cap, which is a small share of the error budget. The possible excess falls with green's requests, so the
/// weight grows geometrically.
public struct PacingRule: Codable, Sendable, Equatable {
  /// The harm cap, as a share of the error budget of 30 days.
  static let harmShare = 0.001
  /// How much of what is left of the harm cap one step may put at risk.
  static let stepShare = 0.03
  /// Lag of metrics and of shifting traffic, in seconds, on top of the interval.
  static let lag = 10.0
  /// The most by which a weight grows in one step.
  static let growth = 2.0
  /// Green stays at this weight until it is shown to be safe, where any weight can be had.
  public static let holdWeight = 0.3
  /// The highest weight while judging, where any can be had: blue keeps the rest as the control.
  public static let topWeight = 0.95
  /// The lowest first weight.
  static let lowestWeight = 0.001
  /// After this many seconds without a proof, somebody has to decide.
  public static let patience = 1800.0
  /// For how many seconds green is watched at the top weight before blue may go.
  public static let watchAtTop = 600.0
  /// Blue's rate before the release counts as much as this many requests of blue's during it.
  private static let priorRequests = 1000.0

  /// The least share of good requests that the service promises.
  public let target: Double
  /// The metrics' interval in seconds.
  public let interval: Double
  /// The weight at which green stays until it is shown to be safe, 0–1.
  public let hold: Double
  /// The highest weight while judging, 0–1.
  public let top: Double

  /// Makes the rule of a service.
  ///
  /// - Parameter shares: the shares of traffic that green can have, ascending, each 0–1; empty when it can have any.
  ///   Green is then held at the highest of them that is not above ``holdWeight``, and watched at the highest that is not
  ///   above ``topWeight``
  public init(target: Double, interval: Double, shares: [Double] = []) {
    self.target = target
    self.interval = interval
    hold = shares.last { $0 <= Self.holdWeight + Self.rounding } ?? shares.first ?? Self.holdWeight
    top = shares.last { $0 <= Self.topWeight + Self.rounding } ?? shares.first ?? Self.topWeight
  }

  /// Shares that differ by less are the same.
  static let rounding = 1e-9

  /// What the rule says after an interval.
  public struct Step: Codable, Sendable, Equatable {
    /// The share of traffic that green may have next.
    public var weight: Double
    /// Whether an excess above what is acceptable is ruled out.
    public var isShownSafe: Bool
    /// The excess of green's error rate over blue's that is still possible.
    public var possibleExcess: Double
    /// The excess that is acceptable.
    public var tolerance: Double
    /// The requests that green may still harm, of ``PacingRule/harmCap(requestsPerSecond:)``.
    public var harmLeft: Double
  }

  /// The requests that a release may harm.
  public func harmCap(requestsPerSecond: Double) -> Double {
    Self.harmShare * (1 - target) * 30 * 86_400 * requestsPerSecond
  }

  /// The weight to start with.
  public var firstWeight: Double {
    min(
      hold,
      max(Self.lowestWeight, Self.stepShare * harmCap(requestsPerSecond: 1) / (interval + Self.lag)))
  }

  /// The step after an interval.
  ///
  /// - Parameters:
  ///   - weight: green's share of traffic in the interval
  ///   - isWarned: the evidence against green is half of what rolls back: the weight stays
  ///   - blue, green: all requests so far
  ///   - priorRate: blue's error rate before the release
  ///   - elapsed: seconds since green's first traffic, above 0
  ///   - timeIsUp: go on from the hold weight without a proof, because it has been waited for long enough
  func step(
    weight: Double, isWarned: Bool, blue: EventCounts, green: EventCounts, priorRate: Double, elapsed: Double,
    timeIsUp: Bool
  ) -> Step {
    let prior = Self.priorRequests
    let blueRate = (Double(blue.bad) + prior * priorRate) / (Double(blue.total) + prior)
    let requestsPerSecond = Double(blue.total + green.total) / elapsed
    let harmed = Double(green.bad) - Double(green.total) * blueRate
    let left = max(0, harmCap(requestsPerSecond: requestsPerSecond) - max(0, harmed))
    let excess = max(UpperRateBound.rate(green, priorRate: max(priorRate, 1e-6)) - blueRate, 1e-9)
    let tolerance = max(0.5 * blueRate, 0.25 * (1 - target))
    var step = Step(
      weight: weight, isShownSafe: excess <= tolerance, possibleExcess: excess, tolerance: tolerance, harmLeft: left)
    guard !isWarned else { return step }
    if weight >= hold - Self.rounding, step.isShownSafe || timeIsUp {
      step.weight = max(weight, top)
    } else {
      let covered = Self.stepShare * left / (max(requestsPerSecond, 1e-9) * (interval + Self.lag) * excess)
      step.weight = max(weight, min(hold, Self.growth * max(weight, 1e-4), covered))
    }
    return step
  }
}
