import Foundation
import PalcoReliability

/// Evidence from the metrics of the load balancer in CloudWatch: one interval a minute (of the cloud).
///
/// Nothing is remembered but the last answer, so that a watcher that takes a release up again is given what the first one
/// was given. Whether a minute is complete is told by CloudWatch's data alone, whatever this machine's clock says: when
/// the next minute was measured too. A minute that was not measured while the five after it were is left out.
actor CloudWatchEvidence: EvidenceSource {
  nonisolated let interval: Duration
  private let metrics: BalancerMetrics
  private let latency: ServiceObjectives.Latency?
  private var last: (after: Date, asked: Date, intervals: [ObservedInterval])?

  /// How many minutes after a missing one must be measured before it is given up.
  private static let patience = 5
  /// How much of the past is looked at.
  private static let historyMinutes = 24 * 60

  /// Evidence of one release.
  ///
  /// - Parameters:
  ///   - blue: The ARN of the target group that serves.
  ///   - green: The ARN of the target group that is to serve.
  /// - Throws: ``ReleaseError`` with `environmentMissing` when no load balancer forwards to them.
  init(access: CloudAccess, objectives: ServiceObjectives, blue: String, green: String) async throws {
    latency = objectives.latency
    metrics = try await BalancerMetrics(
      access: access, blueARN: blue, greenARN: green, buckets: objectives.latency?.buckets)
    interval = access.minute
  }

  func history(before start: Date) async throws -> PalcoReliability.ReleaseHistory {
    let length = milliseconds
    let end = floor(start)
    let minutes = try await metrics.minutes(from: date(end - Int64(Self.historyMinutes) * length), to: date(end))
    // The group of what serves now may have been the other one yesterday; then it had no requests.
    let blue = minutes.sorted { $0.key < $1.key }.map { $0.value.counts(latency: latency != nil).blue }
      .filter { $0.errors.total > 0 }
    var history = PalcoReliability.ReleaseHistory(errors: blue.map(\.errors))
    guard let latency else { return history }
    history.slow = blue.compactMap { LatencyHistogram(counts: $0.latency).events(within: latency.within) }
    history.latency = blue.reduce(into: Array(repeating: 0, count: latency.buckets.count)) { sums, counts in
      for (index, count) in counts.latency.enumerated() { sums[index] += count }
    }
    return history
  }

  func intervals(after instant: Date) async throws -> [ObservedInterval] {
    let now = metrics.access.time.now()
    // Nothing is new before a part of a minute has passed, and each look costs money.
    if let last, instant >= last.after, now < last.asked.addingTimeInterval(interval.seconds / 6) {
      return last.intervals.filter { $0.end > instant }
    }
    let start = floor(instant)
    // This machine's clock may be behind.
    let minutes = try await metrics.minutes(from: date(start), to: max(now, instant).addingTimeInterval(86_400))
    let intervals = complete(minutes, from: start)
    last = (instant, now, intervals)
    return intervals.filter { $0.end > instant }
  }

  private func complete(
    _ minutes: [MetricSeries.Instant: BalancerMinute], from start: MetricSeries.Instant
  ) -> [ObservedInterval] {
    guard let newest = minutes.keys.max() else { return [] }
    var intervals: [ObservedInterval] = []
    for begin in stride(from: start, to: newest, by: Int(milliseconds)) {
      guard let minute = minutes[begin] else {
        if (newest - begin) / milliseconds >= Self.patience { continue }
        break
      }
      let counts = minute.counts(latency: latency != nil)
      intervals.append(
        ObservedInterval(start: date(begin), length: interval.seconds, blue: counts.blue, green: counts.green))
    }
    return intervals
  }

  // MARK: Minutes

  private var milliseconds: Int64 { max(1, Int64((interval.seconds * 1000).rounded())) }

  /// The start of the minute that an instant is in.
  private func floor(_ instant: Date) -> MetricSeries.Instant {
    let milliseconds = milliseconds
    let value = Int64((instant.timeIntervalSince1970 * 1000).rounded(.down))
    return value - (value % milliseconds + milliseconds) % milliseconds
  }

  private func date(_ instant: MetricSeries.Instant) -> Date { Date(timeIntervalSince1970: Double(instant) / 1000) }
}
