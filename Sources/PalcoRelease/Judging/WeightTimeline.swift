import Foundation
import PalcoReliability

/// Green's share of the traffic over time, as far as ECS was seen to set it.
struct WeightTimeline: Codable, Sendable, Equatable {
  private struct Change: Codable, Sendable, Equatable {
    var at: Date
    var share: Double
  }

  private var changes: [Change] = []

  /// Notes a share that was seen; only changes are kept.
  mutating func note(_ share: Double, at instant: Date) {
    if changes.last?.share != share { changes.append(Change(at: instant, share: share)) }
  }

  /// The lowest and the highest share during an interval. Where nobody looked yet, it is the share of the requests that
  /// green really got.
  func shares(during interval: ObservedInterval) -> (lowest: Double, highest: Double) {
    let within = changes.filter { interval.start < $0.at && $0.at < interval.end }.map(\.share)
    let atStart = changes.last { $0.at <= interval.start }?.share ?? Self.observed(interval)
    let shares = within + [atStart]
    return (shares.min() ?? 0, shares.max() ?? 0)
  }

  private static func observed(_ interval: ObservedInterval) -> Double {
    let (blue, green) = (interval.blue.errors.total, interval.green.errors.total)
    return blue + green > 0 ? Double(green) / Double(blue + green) : 0
  }
}
