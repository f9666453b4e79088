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

  /// Makes a watch.
  public init(
    level: Double = 0.01, interval: Double, target: Double, latency: Latency? = nil, watchesSurvey: Bool = false,
    ratioCount: Int = 0, warmUp: Double = 30, unproven: Unproven = .ask
  ) {
    self.level = level
    self.interval = interval
    self.target = target
    self.latency = latency
    self.watchesSurvey = watchesSurvey
    self.ratioCount = ratioCount
    self.warmUp = warmUp
    self.unproven = unproven
  }

  /// Metrics of requests weigh the same, survey answers two ninths of that; all together 1. A weighted mean of
  /// e-processes is one itself however they depend on each other, so no correction for many metrics is needed.
  var weights: (request: Double, survey: Double) {
    let (request, survey) = (0.45, watchesSurvey ? 0.10 : 0)
    let all = request * Double(1 + (latency == nil ? 0 : 1) + ratioCount) + survey
    return (request / all, survey / all)
  }
}

/// What blue did before the release: 24 hours of minutes are best.
public struct ReleaseHistory: Codable, Sendable, Equatable {
  /// Requests and failed ones, per interval.
  public var errors: [EventCounts]
  /// Requests and those over the latency objective, per interval.
  public var slow: [EventCounts]
  /// All requests per latency bucket.
  public var latency: [Int]
  /// All survey answers, the best category first.
  public var answers: [Int]
  /// The events of each custom ratio, per interval.
  public var ratios: [[EventCounts]]

  /// Makes a history; what is not watched may be empty.
  public init(
    errors: [EventCounts], slow: [EventCounts] = [], latency: [Int] = [], answers: [Int] = [],
    ratios: [[EventCounts]] = []
  ) {
    self.errors = errors
    self.slow = slow
    self.latency = latency
    self.answers = answers
    self.ratios = ratios
  }

  /// Blue's error rate, drawn to 0 as if there had been 1000 good requests more: never 0 itself.
  public var errorRate: Double {
    let all = errors.reduce(.none, +)
    return (Double(all.bad) + 0.5) / (Double(all.total) + 1000)
  }
}

/// What one colour did in one interval; what is not watched may be empty.
public struct RevisionCounts: Codable, Sendable, Equatable {
  /// Requests and failed ones: also the load balancer's own 5xx on this colour's rule and its broken connections.
  public var errors: EventCounts
  /// Requests per latency bucket; not cumulative.
  public var latency: [Int]
  /// Survey answers that arrived, by the colour that asked, the best category first.
  public var answers: [Int]
  /// The events of each custom ratio.
  public var ratios: [EventCounts]

  /// Makes counts.
  public init(errors: EventCounts, latency: [Int] = [], answers: [Int] = [], ratios: [EventCounts] = []) {
    self.errors = errors
    self.latency = latency
    self.answers = answers
    self.ratios = ratios
  }
}

/// What both colours did in one interval. It is judged once, when its counts are complete.
public struct ReleaseInterval: Codable, Sendable, Equatable {
  /// The seconds from green's first traffic to the end of the interval; above 0.
  public var elapsed: Double
  /// Green's share of traffic in the interval, 0–1, as it was set.
  public var weight: Double
  /// The old revision.
  public var blue: RevisionCounts
  /// The new revision.
  public var green: RevisionCounts

  /// Makes an interval.
  public init(elapsed: Double, weight: Double, blue: RevisionCounts, green: RevisionCounts) {
    self.elapsed = elapsed
    self.weight = weight
    self.blue = blue
    self.green = green
  }
}

/// Counts that do not fit what is watched.
public struct EvidenceError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What does not fit.
  public var description: String
}
