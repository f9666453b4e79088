/// What of a release is judged, and how strictly.
public struct ReleaseWatch: Codable, Sendable, Equatable {
  /// The latency objective and the buckets that its requests are counted in.
  public struct Latency: Codable, Sendable, Equatable {
    /// The buckets.
    public let buckets: LatencyBuckets
    /// How many buckets lie within the objective.
    public let within: Int

    /// Watches latency.
    ///
    /// - Throws: ``ObjectiveError`` when the objective is no bound of the buckets
    public init(under milliseconds: Double, buckets: LatencyBuckets) throws(ObjectiveError) {
      self.buckets = buckets
      within = try buckets.countWithin(milliseconds: milliseconds)
    }

    init(buckets: LatencyBuckets, within: Int) {
      self.buckets = buckets
      self.within = within
    }
  }

  /// What happens when a release has waited long enough without a proof that green is safe.
  public enum Unproven: String, Codable, Sendable {
    /// ``Verdict/notEnoughEvidence``: somebody has to choose.
    case ask
    /// It goes on to the top weight, and is watched there: somebody accepted that.
    case proceed
    /// It goes on from the hold weight only; below, there is too little traffic to grow. Simulations without people.
    case proceedFromHold
  }

  /// How evidence is computed.
  public enum Method: String, Codable, Sendable {
    /// As the reference implementation does, number for number: for comparisons with it.
    case reference
    /// With what Palco adds: clumps that begin with the release are noticed, and intervals with many errors are boosted
    /// too. docs/release-analysis.md has the figures.
    case refined
  }

  /// The probability α to roll back a release that is not worse, at most; above 0 and below 1.
  public var level: Double
  /// The seconds between two counts.
  public var interval: Double
  /// The least share of good requests that the service promises.
  public var target: Double
  /// Latency, if it is watched.
  public var latency: Latency?
  /// Whether survey answers are watched.
  public var watchesSurvey: Bool
  /// How many custom ratios are watched.
  public var ratioCount: Int
  /// For so many seconds after green's first traffic its latency is ignored: caches are cold. Errors never are.
  public var warmUp: Double
  /// What happens without a proof.
  public var unproven: Unproven
  /// The shares of traffic that green can have, ascending, each 0–1; empty when it can have any.
  public var shares: [Double]
  /// How evidence is computed.
  public var method: Method

  /// Makes a watch.
  public init(
    level: Double = 0.01, interval: Double, target: Double, latency: Latency? = nil, watchesSurvey: Bool = false,
    ratioCount: Int = 0, warmUp: Double = 30, unproven: Unproven = .ask, shares: [Double] = [],
    method: Method = .refined
  ) {
    self.level = level
    self.interval = interval
    self.target = target
    self.latency = latency
    self.watchesSurvey = watchesSurvey
    self.ratioCount = ratioCount
    self.warmUp = warmUp
    self.unproven = unproven
    self.shares = shares
    self.method = method
  }

  /// Metrics of requests weigh the same, survey answers two ninths of that; all together 1. A weighted mean of
  /// e-processes is one itself however they depend on each other, so no correction for many metrics is needed.
  var weights: (request: Double, survey: Double) {
    let (request, survey) = (0.45, watchesSurvey ? 0.10 : 0)
    let all = request * Double(1 + (latency == nil ? 0 : 1) + ratioCount) + survey
    return (request / all, survey / all)
  }
}
