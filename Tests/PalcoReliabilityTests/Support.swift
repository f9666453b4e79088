import Foundation

@testable import PalcoReliability

/// Counts of a test; impossible ones end it.
func events(_ bad: Int, _ total: Int) -> EventCounts {
  guard let counts = EventCounts(bad: bad, total: total) else { preconditionFailure("\(bad) of \(total) cannot be") }
  return counts
}

/// An interval in which errors alone are watched.
func interval(
  _ elapsed: Double, weight: Double = 0.1, blue: (total: Int, bad: Int), green: (total: Int, bad: Int)
) -> ReleaseInterval {
  ReleaseInterval(
    elapsed: elapsed, weight: weight, blue: RevisionCounts(errors: events(blue.bad, blue.total)),
    green: RevisionCounts(errors: events(green.bad, green.total)))
}

/// A day of a service with one error in a thousand requests, one by one: neighbours are alike, so nothing clumps.
let steadyHistory = ReleaseHistory(errors: Array(repeating: events(3, 3000), count: 1440))

/// A seeded generator (SplitMix64), so that simulations are the same on every machine.
struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number from a Poisson distribution of a small mean.
  mutating func poisson(_ mean: Double) -> Int {
    var (product, count) = (Double.random(in: 0..<1, using: &self), 0)
    while product > exp(-mean) {
      product *= Double.random(in: 0..<1, using: &self)
      count += 1
    }
    return count
  }
}
