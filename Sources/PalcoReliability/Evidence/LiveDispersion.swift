/// How much bad events clump during the release itself, from blue's intervals, when the history shows less.
///
/// ``Dispersion`` of the history is right as long as the release does not change how errors come together. A new retry policy
/// does. This estimate is careful in the other direction: it speaks of clumps only when blue's counts vary by more than
/// independent events are likely to, because each step of tempering costs time to detection.
struct LiveDispersion: Codable, Sendable, Equatable {
  /// How many standard deviations are taken off the estimate, so that chance seldom looks like clumps.
  static let caution = 2.5
  /// What one pair may count: the edge of an incident is no clump.
  private static let highestChi = 20.0
  /// Neighbouring pairs share an interval, so their mean varies more than that of independent ones.
  private static let overlap = 1.5
  /// The estimate is drawn to 1 as if so many events had been independent.
  private static let prior = 5.0
  /// A pair does not count more than one with so many events.
  private static let highestWeight = 50.0

  private var last: EventCounts?
  private var weights = 0.0
  private var chi = 0.0
  private var variance = 0.0

  /// Takes blue's next interval.
  mutating func add(_ blue: EventCounts) {
    defer { last = blue }
    guard let last, last.total > 0, blue.total > 0 else { return }
    let sum = Double(last.bad + blue.bad)
    guard sum > 0 else { return }
    let share = Double(last.total) / Double(last.total + blue.total)
    let spread = sum * share * (1 - share)
    let distance = Double(last.bad) - sum * share
    let weight = min(sum, Self.highestWeight)
    weights += weight
    chi += weight * min(distance * distance / spread, Self.highestChi)
    // The variance of a binomial count's chi-square.
    variance += Self.overlap * weight * weight * max(0, 2 + (1 - 6 * share * (1 - share)) / spread)
  }

  /// The lower limit of the estimate; 1 or less as long as nothing speaks for clumps.
  var lowerLimit: Double {
    (chi + Self.prior - Self.caution * variance.squareRoot()) / (weights + Self.prior)
  }
}
