/// What one environment of a service promises its users. Releases, budgets and alerts read nothing else.
public struct ServiceObjectives: Codable, Sendable, Equatable {
  /// An objective on response times, with the buckets that they are counted in.
  public struct Latency: Codable, Sendable, Equatable {
    /// The objective.
    public let objective: Objective
    /// The buckets; the objective's bound is one of theirs.
    public let buckets: LatencyBuckets
    /// How many buckets lie within the objective.
    public let within: Int

    /// Makes an objective.
    ///
    /// - Parameters:
    ///   - under: a duration such as `300ms` that is a bound of `buckets`
    ///   - target: the least share of such requests, such as `95%`
    /// - Throws: ``ObjectiveError`` as ``Objective/latency(under:target:buckets:window:)`` does
    public init(
      under: String, target: String, buckets: LatencyBuckets, window: Double = Objective.defaultWindow
    ) throws(ObjectiveError) {
      objective = try .latency(under: under, target: target, buckets: buckets, window: window)
      within = try buckets.countWithin(milliseconds: Quantity.milliseconds(under, keyPath: "latency.under"))
      self.buckets = buckets
    }
  }

  /// Requests without a failure. Every environment has it, so that every release is judged.
  public var availability: Objective
  /// Requests in time, if that is promised.
  public var latency: Latency?

  /// What users answer when they are asked, if that is promised.
  public var netPromoterScore: Objective?
  /// Whatever two queries count, if that is promised.
  public var ratio: Objective?
  /// Whether somebody promised it. A service without objectives of its own is judged by the usual availability.
  public var isDeclared: Bool

  /// Makes a set of objectives.
  public init(
    availability: Objective = .usual, latency: Latency? = nil, netPromoterScore: Objective? = nil,
    ratio: Objective? = nil, isDeclared: Bool = false
  ) {
    self.availability = availability
    self.latency = latency
    self.netPromoterScore = netPromoterScore
    self.ratio = ratio
    self.isDeclared = isDeclared
  }

  /// All of them, availability first.
  public var all: [Objective] { [availability, latency?.objective, netPromoterScore, ratio].compactMap(\.self) }
}

extension ReleaseWatch {
  /// Watches what a service promises.
  ///
  /// - Parameter interval: the seconds between two counts
  public init(_ objectives: ServiceObjectives, interval: Double, unproven: Unproven = .ask) {
    self.init(
      interval: interval, target: objectives.availability.target,
      latency: objectives.latency.map { Latency(buckets: $0.buckets, within: $0.within) },
      watchesSurvey: objectives.netPromoterScore != nil, ratioCount: objectives.ratio == nil ? 0 : 1,
      unproven: unproven)
  }
}
