import Foundation
import PalcoReliability

@testable import PalcoRelease

/// A release's numbers, minute by minute: what a test says of blue and green, without chance.
struct Minutes {
  static let begin = Date(timeIntervalSince1970: 1_000_000)

  /// Requests of both colours in a minute.
  var requests = 6000
  private var number = 0
  private var carried = (blue: 0.0, green: 0.0)

  /// The end of the newest minute.
  var now: Date { Self.begin.addingTimeInterval(Double(number) * 60) }

  /// The next minute.
  mutating func next(
    weight: Double, blue blueRate: Double = 0.001, green greenRate: Double = 0.001,
    latency: (blue: [Double], green: [Double])? = nil
  ) -> ObservedInterval {
    let green = Int((Double(requests) * weight).rounded())
    let interval = ObservedInterval(
      start: now, length: 60,
      blue: counts(requests - green, blueRate, &carried.blue, latency?.blue),
      green: counts(green, greenRate, &carried.green, latency?.green))
    number += 1
    return interval
  }

  private func counts(_ total: Int, _ rate: Double, _ carried: inout Double, _ shares: [Double]?) -> RevisionCounts {
    carried += Double(total) * rate
    let bad = min(total, Int(carried))
    carried -= Double(bad)
    return RevisionCounts(
      errors: EventCounts(bad: bad, total: total) ?? .none,
      latency: (shares ?? []).map { Int((Double(total) * $0).rounded()) })
  }

  /// A day of blue: one error in a thousand.
  static let history = ReleaseHistory(
    errors: Array(repeating: EventCounts(bad: 6, total: 6000) ?? .none, count: 1440))

  static func watch(shares: [Double] = []) -> ReleaseWatch {
    var watch = ReleaseWatch(interval: 60, target: 0.999)
    watch.shares = shares
    return watch
  }
}
