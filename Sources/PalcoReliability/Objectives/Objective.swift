/// What a service promises its users over a window of time: a service level objective.
///
/// Whatever the indicator is, its events are counted as ``EventCounts``, and the target is the least share of good ones.
public struct Objective: Codable, Sendable, Equatable {
  /// What is counted.
  public enum Indicator: Codable, Sendable, Equatable {
    /// Requests; bad are those the service failed to answer (5xx, refused and broken connections).
    case availability
    /// Requests; bad are those slower than a bound of the service's buckets. `within` buckets hold the good ones.
    case latency(milliseconds: Double, within: Int)
    /// Survey answers, as in ``SurveyAnswers/events``.
    case netPromoterScore
    /// Whatever two metric queries count.
    case ratio(bad: String, total: String)
  }

  /// What it is called in reports, alerts and releases.
  public let name: String
  /// What is counted.
  public let indicator: Indicator
  /// The least share of good events, above 0 and below 1.
  public let target: Double
  /// Over how long the target holds, in seconds.
  public let window: Double

  /// The window when nothing else is said: 30 days.
  public static let defaultWindow = 30 * 86_400.0

  /// What is promised when nothing is said: 99.9% of the requests are answered without a failure of the service.
  public static let usual = Objective("availability", .availability, target: 0.999, window: defaultWindow)

  private init(_ name: String, _ indicator: Indicator, target: Double, window: Double) {
    self.name = name
    self.indicator = indicator
    self.target = target
    self.window = window
  }

  /// Requests that are answered without a failure of the service.
  ///
  /// - Parameter target: a percentage such as `99.9%`
  /// - Throws: ``ObjectiveError`` when the target is no percentage between 0 % and 100 %
  public static func availability(
    _ target: String, window: Double = defaultWindow
  ) throws(ObjectiveError) -> Objective {
    Objective(
      "availability", .availability, target: try Quantity.share(target, keyPath: "availability"), window: window)
  }

  /// Requests that are answered in time.
  ///
  /// - Parameters:
  ///   - under: a duration such as `300ms` that is a bound of `buckets`
  ///   - target: the least share of such requests, such as `95%`
  /// - Throws: ``ObjectiveError`` when a unit is missing, the target is no percentage between 0 % and 100 %, or the
  ///   duration is no bound
  public static func latency(
    under: String, target: String, buckets: LatencyBuckets, window: Double = defaultWindow
  ) throws(ObjectiveError) -> Objective {
    let milliseconds = try Quantity.milliseconds(under, keyPath: "latency.under")
    let share = try Quantity.share(target, keyPath: "latency.target")
    let within = try buckets.countWithin(milliseconds: milliseconds)
    return Objective("latency", .latency(milliseconds: milliseconds, within: within), target: share, window: window)
  }

  /// A Net Promoter Score of at least a number.
  ///
  /// - Parameter atLeast: above −100 and below 100
  /// - Throws: ``ObjectiveError`` for a score that is always reached, or that a single answer below 9 misses
  public static func netPromoterScore(
    atLeast score: Double, window: Double = defaultWindow
  ) throws(ObjectiveError) -> Objective {
    guard score > -100, score < 100 else {
      throw ObjectiveError(
        "nps.atLeast", "\(score) \(score > 0 ? "can hardly be reached" : "can never be missed")",
        fix: "write a score above -100 and below 100, such as 30")
    }
    return Objective("nps", .netPromoterScore, target: (1 + score / 100) / 2, window: window)
  }

  /// A share of good events that two metric queries count.
  ///
  /// - Parameters:
  ///   - bad: counts the bad events
  ///   - total: counts all events
  /// - Throws: ``ObjectiveError`` when the target is no percentage between 0 % and 100 %, or when the queries are
  ///   missing or the same (then every event is bad)
  public static func ratio(
    _ name: String, bad: String, total: String, target: String, window: Double = defaultWindow
  ) throws(ObjectiveError) -> Objective {
    let share = try Quantity.share(target, keyPath: "\(name).target")
    for (key, query) in [("bad", bad), ("total", total)] where query.allSatisfy(\.isWhitespace) {
      throw ObjectiveError(
        "\(name).\(key)", "the query is empty", fix: "write the metric query that counts these events")
    }
    guard bad != total else {
      throw ObjectiveError(
        "\(name).bad", "both queries are the same, so that every event is bad",
        fix: "let one count the bad events and the other all events")
    }
    return Objective(name, .ratio(bad: bad, total: total), target: share, window: window)
  }

  /// The share of events that may be bad.
  public var allowedBadShare: Double { 1 - target }
}
