/// The buckets in which a service's response times are counted: by upper bounds, and one more above the last.
public struct LatencyBuckets: Codable, Sendable, Equatable {
  /// The inclusive upper bounds in milliseconds, ascending.
  public let upperBounds: [Double]

  /// Makes buckets.
  ///
  /// - Throws: ``ObjectiveError`` when there is no bound, or when they do not ascend from above 0
  public init(upperBounds: [Double]) throws(ObjectiveError) {
    let ascend = zip(upperBounds, upperBounds.dropFirst()).allSatisfy { $0 < $1 }
    guard let first = upperBounds.first, first > 0, ascend, upperBounds.allSatisfy(\.isFinite) else {
      throw ObjectiveError(
        "latency.buckets", "the buckets' bounds \(upperBounds) are not ascending numbers above 0",
        fix: "list them in milliseconds, the smallest first")
    }
    self.upperBounds = upperBounds
  }

  /// The bounds that Prometheus's client libraries use when nothing is said: 5 ms to 10 s.
  public static let usual = LatencyBuckets(
    unchecked: [5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000])

  private init(unchecked upperBounds: [Double]) { self.upperBounds = upperBounds }

  /// The same buckets with one more bound, for a source that counts at whichever bound it is asked.
  ///
  /// - Parameter milliseconds: above 0
  public func adding(_ milliseconds: Double) -> LatencyBuckets {
    upperBounds.contains(milliseconds) ? self : LatencyBuckets(unchecked: (upperBounds + [milliseconds]).sorted())
  }

  /// How many buckets there are, the one above the last bound included.
  public var count: Int { upperBounds.count + 1 }

  /// How many buckets lie within a threshold.
  ///
  /// - Throws: ``ObjectiveError`` when the threshold is no bound: how many requests took longer could not be counted
  public func countWithin(milliseconds threshold: Double) throws(ObjectiveError) -> Int {
    if let index = upperBounds.firstIndex(of: threshold) { return index + 1 }
    let below = upperBounds.last { $0 < threshold }
    let above = upperBounds.first { $0 > threshold }
    let near = [below, above].compactMap { $0.map(Self.text) }.joined(separator: " or ")
    throw ObjectiveError(
      "latency.under", "\(Self.text(threshold)) is no bound of the service's latency buckets",
      fix: "use \(near), or have the service count at \(Self.text(threshold))")
  }

  static func text(_ milliseconds: Double) -> String {
    milliseconds == milliseconds.rounded() && milliseconds < 1e15 ? "\(Int(milliseconds))ms" : "\(milliseconds)ms"
  }
}

/// Counts per latency bucket, the fastest first.
public struct LatencyHistogram: Codable, Sendable, Equatable {
  /// Requests per bucket; not cumulative.
  public var counts: [Int]

  /// Makes a histogram.
  public init(counts: [Int]) { self.counts = counts }

  /// The requests that took longer than the first `within` buckets hold, as bad events.
  /// Nil when there are fewer buckets, or when a count is negative.
  public func events(within: Int) -> EventCounts? {
    guard within >= 0, within <= counts.count, counts.allSatisfy({ $0 >= 0 }) else { return nil }
    return EventCounts(bad: counts[within...].reduce(0, +), total: counts.reduce(0, +))
  }
}
