import Foundation

/// All metric data, in periods: a value that the service keeps in memory and writes through.
struct MetricTable: Sendable {
  /// The values of one period.
  struct Bucket: Sendable, Equatable {
    /// Milliseconds since 1970.
    var start: Int64
    var summary: MetricSummary
  }

  /// The data of a metric in one unit.
  struct Series: Sendable {
    /// The number of its row.
    var number: Int64
    /// By their start.
    var buckets: [Bucket] = []
    /// When data came last, in milliseconds since 1970.
    var updated: Int64 = 0
    /// Everything before is by five minutes.
    var mergedBefore: Int64 = .min

    /// The place of the first bucket that does not start before an instant.
    func index(from instant: Int64) -> Int {
      var (low, high) = (0, buckets.count)
      while low < high {
        let middle = (low + high) / 2
        if buckets[middle].start < instant { low = middle + 1 } else { high = middle }
      }
      return low
    }
  }

  /// A metric in one unit.
  struct Key: Sendable, Hashable {
    var identity: MetricIdentity
    var unit: String
  }

  /// What is not in the store yet.
  struct Pending: Sendable {
    var newSeries: [Key: Int64] = [:]
    /// Changed buckets by series.
    var changed: [Key: Set<Int64>] = [:]
    /// Buckets that are gone: by series, those that start in the range.
    var removed: [(series: Int64, range: Range<Int64>)] = []
    /// Series that are gone.
    var removedSeries: [Int64] = []

    var isEmpty: Bool { newSeries.isEmpty && changed.isEmpty && removed.isEmpty && removedSeries.isEmpty }
  }

  /// However many metrics clients invent, so many are kept; the ones that got no data for longest go first.
  static let maximumSeries = 10_000
  /// All buckets of all series.
  static let maximumBuckets = 300_000
  private static let maximumBucketsOfSeries = 5_000

  let timing: MetricTiming
  private(set) var units: [MetricIdentity: [String: Series]] = [:]
  private(set) var pending = Pending()
  private var lastNumber: Int64 = 0
  private(set) var seriesCount = 0

  init(timing: MetricTiming) {
    self.timing = timing
  }

  // MARK: Writing

  /// Adds values to their period.
  mutating func add(_ sample: MetricSample, now: Int64) {
    guard sample.summary.sampleCount > 0 else { return }
    let key = Key(identity: sample.identity, unit: sample.unit)
    var series = takeSeries(key)
    defer { units[key.identity, default: [:]][key.unit] = series }
    // Late data stays by the minute: what is merged begins earlier, and a read from its own minute on would miss it.
    let period = timing.milliseconds(sample.isHighResolution ? 1 : 60)
    let start = MetricTiming.floor(sample.timestamp, period)
    series.updated = max(series.updated, now)
    let index = series.index(from: start)
    if index < series.buckets.count, series.buckets[index].start == start {
      series.buckets[index].summary.merge(sample.summary)
    } else {
      series.buckets.insert(Bucket(start: start, summary: sample.summary), at: index)
    }
    pending.changed[key, default: []].insert(start)
  }

  /// Takes a series out of the table, so that changing it copies nothing.
  private mutating func takeSeries(_ key: Key) -> Series {
    if let series = units[key.identity]?.removeValue(forKey: key.unit) { return series }
    lastNumber += 1
    seriesCount += 1
    pending.newSeries[key] = lastNumber
    return Series(number: lastNumber)
  }

  /// Puts a series back that was in the store.
  mutating func restore(_ series: Series, _ key: Key) {
    lastNumber = max(lastNumber, series.number)
    seriesCount += 1
    units[key.identity, default: [:]][key.unit] = series
  }

  /// Everything is in the store, up to what came in the meantime.
  mutating func takePending() -> Pending {
    defer { pending = Pending() }
    return pending
  }

  /// What could not be written must be written later.
  mutating func putBack(_ old: Pending) {
    pending.newSeries.merge(old.newSeries) { first, _ in first }
    pending.changed.merge(old.changed) { $0.union($1) }
    pending.removed = old.removed + pending.removed
    pending.removedSeries += old.removedSeries
  }

  // MARK: Forgetting

  /// Puts old data together and forgets what is too old or too much.
  mutating func prune(now: Int64) {
    let oldest = now - MetricTiming.retention
    let coarse = MetricTiming.floor(now - timing.fineRetention, timing.coarsePeriod)
    let share = max(10, Self.maximumBuckets / max(1, seriesCount))
    let limit = min(Self.maximumBucketsOfSeries, share)
    for (identity, byUnit) in units {
      for (unit, series) in byUnit {
        var series = series
        let key = Key(identity: identity, unit: unit)
        let isChanged = coarsen(&series, before: coarse, key)
        let expired = max(series.index(from: oldest), series.buckets.count - limit)
        if expired > 0 {
          let end = expired < series.buckets.count ? series.buckets[expired].start : .max
          pending.removed.append((series.number, Int64.min..<end))
          for bucket in series.buckets[..<expired] { pending.changed[key]?.remove(bucket.start) }
          series.buckets.removeFirst(expired)
        }
        if series.buckets.isEmpty {
          remove(key, series)
        } else if isChanged || expired > 0 {
          units[identity]?[unit] = series
        }
      }
    }
    dropStalest()
  }

  private mutating func coarsen(_ series: inout Series, before instant: Int64, _ key: Key) -> Bool {
    guard series.mergedBefore < instant else { return false }
    let (first, end) = (series.index(from: series.mergedBefore), series.index(from: instant))
    series.mergedBefore = instant
    guard first < end else { return true }
    var merged: [Bucket] = []
    for bucket in series.buckets[first..<end] {
      let start = MetricTiming.floor(bucket.start, timing.coarsePeriod)
      pending.changed[key]?.remove(bucket.start)
      if merged.last?.start == start {
        merged[merged.count - 1].summary.merge(bucket.summary)
      } else {
        merged.append(Bucket(start: start, summary: bucket.summary))
      }
    }
    pending.removed.append((series.number, (merged.first?.start ?? instant)..<instant))
    pending.changed[key, default: []].formUnion(merged.map(\.start))
    series.buckets.replaceSubrange(first..<end, with: merged)
    return true
  }

  private mutating func remove(_ key: Key, _ series: Series) {
    units[key.identity]?[key.unit] = nil
    if units[key.identity]?.isEmpty == true { units[key.identity] = nil }
    seriesCount -= 1
    pending.newSeries[key] = nil
    pending.changed[key] = nil
    pending.removedSeries.append(series.number)
  }

  private mutating func dropStalest() {
    guard seriesCount > Self.maximumSeries else { return }
    let all = units.flatMap { identity, byUnit in
      byUnit.map { (key: Key(identity: identity, unit: $0.key), series: $0.value) }
    }
    for (key, series) in all.sorted(by: { $0.series.updated < $1.series.updated })
      .prefix(seriesCount - Self.maximumSeries)
    { remove(key, series) }
  }

  // MARK: Reading

  /// The summaries of the periods of a metric that have data, by the place of the period after `start`.
  ///
  /// - Parameter unit: Only data of this unit; all data when `nil`.
  func summaries(
    of identity: MetricIdentity, unit: String? = nil, from start: Int64, to end: Int64, period: Int64
  ) -> [Int64: MetricSummary] {
    var result: [Int64: MetricSummary] = [:]
    for (name, series) in units[identity] ?? [:] where unit == nil || unit == name {
      for bucket in series.buckets[series.index(from: start)...] {
        guard bucket.start < end else { break }
        result[start + (bucket.start - start) / period * period, default: MetricSummary()].merge(bucket.summary)
      }
    }
    return result
  }

  /// The metrics that got data since an instant, in order.
  func identities(updatedSince instant: Int64) -> [MetricIdentity] {
    units.filter { $0.value.values.contains { $0.updated >= instant } }.keys.sorted()
  }
}
