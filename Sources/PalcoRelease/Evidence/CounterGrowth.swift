import PalcoReliability

/// How much counters grew between instants.
///
/// Prometheus's own `increase` extrapolates, so that three errors become 3.33, and it takes nothing of a series that
/// begins with its first event. Evidence needs what was counted.
struct CounterGrowth: Sendable {
  /// Ascending; there is one step less.
  private let instants: [Double]
  /// Whether whatever counts was measured at an instant or before it.
  private let isKnown: [Bool]

  /// - Parameter witnesses: series that are there whenever what counts is measured
  init(at instants: [Double], witnesses: [PrometheusClient.Series]) {
    self.instants = instants
    var isKnown = false
    self.isKnown = instants.map { instant in
      isKnown = isKnown || witnesses.contains { $0.values[instant] != nil }
      return isKnown
    }
  }

  /// The growth in each step, summed over the series; nil where none was measured at its end.
  ///
  /// A counter that falls began again, with a process that did: it counts from 0. One that appears where others were
  /// measured before began in between, with its process or its first event, and counts from 0 too. With the very first
  /// ones nobody knows for how long they have counted: they are where counting begins. One that was away for a while
  /// goes on from where it was.
  func steps(of series: [PrometheusClient.Series]) -> [Double?] {
    var sums = [Double?](repeating: nil, count: max(0, instants.count - 1))
    for one in series {
      var last = instants.first.flatMap { one.values[$0] }
      for (index, instant) in instants.dropFirst().enumerated() {
        guard let value = one.values[instant] else { continue }
        if let before = last ?? (isKnown[index] ? 0 : nil) {
          sums[index] = (sums[index] ?? 0) + (value >= before ? value - before : value)
        }
        last = value
      }
    }
    return sums
  }

  /// The growth of histogram buckets per step: not cumulative, one more above the last bound.
  ///
  /// - Parameter series: the counters of cumulative buckets, with the label `le` in seconds
  /// - Returns: nil when the histogram lacks a bound
  func buckets(of series: [PrometheusClient.Series], _ buckets: LatencyBuckets) -> [[Int]]? {
    let steps = max(0, instants.count - 1)
    guard !series.isEmpty else { return Array(repeating: Array(repeating: 0, count: buckets.count), count: steps) }
    // Prometheus 2 writes le="1", Prometheus 3 le="1.0": bounds are compared as numbers.
    var cumulative: [[Double?]] = []
    for bound in buckets.upperBounds.map({ $0 / 1000 }) + [Double.infinity] {
      let own = series.filter { one in
        one.labels["le"].flatMap(Double.init).map { $0 == bound || abs($0 - bound) < bound * 1e-9 } == true
      }
      guard !own.isEmpty else { return nil }
      cumulative.append(self.steps(of: own))
    }
    return (0..<steps).map { step in
      var before = 0
      return cumulative.map { sums in
        let within = max(before, Int((sums[step] ?? 0).rounded()))
        defer { before = within }
        return within - before
      }
    }
  }
}
