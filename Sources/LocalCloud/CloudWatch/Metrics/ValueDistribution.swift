import Foundation

/// How often each value was seen: exact for few values, in logarithmic buckets for many, so that memory is bounded.
struct ValueDistribution: Sendable, Equatable {
  /// More different values than this are put together.
  static let capacity = 256

  /// The values in ascending order.
  private(set) var values: [Double] = []
  /// How often each was seen.
  private(set) var counts: [Double] = []
  /// How coarse the values are: 0 is exact, each step doubles the width of a bucket, the first being 1 %.
  private(set) var coarseness = 0

  init() {}

  /// What was written by somebody else; the values ascend.
  init(values: [Double], counts: [Double], coarseness: Int) {
    self.values = values
    self.counts = counts
    self.coarseness = coarseness
  }

  mutating func add(_ value: Double, count: Double) {
    insert(rounded(value), count)
    compact()
  }

  mutating func merge(_ other: ValueDistribution) {
    if other.coarseness > coarseness { coarsen(to: other.coarseness) }
    for (value, count) in zip(other.values, other.counts) { insert(rounded(value), count) }
    compact()
  }

  private mutating func compact() {
    while values.count > Self.capacity { coarsen(to: coarseness + 1) }
  }

  private mutating func coarsen(to step: Int) {
    let before = self
    self = ValueDistribution()
    coarseness = step
    for (value, count) in zip(before.values, before.counts) { insert(rounded(value), count) }
  }

  private func rounded(_ value: Double) -> Double {
    guard coarseness > 0, value != 0 else { return value }
    let base = log(1.01) * Double(1 << min(coarseness - 1, 30))
    let magnitude = exp((log(abs(value)) / base).rounded() * base)
    return value < 0 ? -magnitude : magnitude
  }

  private mutating func insert(_ value: Double, _ count: Double) {
    var (low, high) = (0, values.count)
    while low < high {
      let middle = (low + high) / 2
      if values[middle] < value { low = middle + 1 } else { high = middle }
    }
    if low < values.count, values[low] == value {
      counts[low] += count
    } else {
      values.insert(value, at: low)
      counts.insert(count, at: low)
    }
  }

  /// The value that a share of the values does not exceed, interpolated between neighbours; `nil` without values.
  ///
  /// - Parameter percent: 0–100.
  func percentile(_ percent: Double) -> Double? {
    let total = counts.reduce(0, +)
    guard total > 0 else { return nil }
    let position = percent / 100 * max(0, total - 1)
    let lower = value(at: position.rounded(.down))
    let upper = value(at: position.rounded(.up))
    return lower + (upper - lower) * (position - position.rounded(.down))
  }

  /// The value at a place of the ascending order, counted from 0.
  private func value(at place: Double) -> Double {
    var seen = 0.0
    for (value, count) in zip(values, counts) {
      seen += count
      if seen > place { return value }
    }
    return values.last ?? 0
  }

  /// The share in percent of values above `lower` and not above `upper`; `nil` without values.
  func rank(above lower: Double?, upTo upper: Double?) -> Double? {
    let total = counts.reduce(0, +)
    guard total > 0 else { return nil }
    let inside = zip(values, counts).reduce(0.0) { sum, pair in
      (lower.map { pair.0 > $0 } ?? true) && (upper.map { pair.0 <= $0 } ?? true) ? sum + pair.1 : sum
    }
    return inside / total * 100
  }
}
