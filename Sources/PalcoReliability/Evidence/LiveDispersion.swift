/// How much bad events clump during the release itself, from blue's intervals, when the history shows less.
///
/// ``Dispersion`` of the history is right as long as the release does not change how errors come together. A new retry policy
/// does. This estimate is careful in the other direction: it speaks of clumps only when blue's counts vary by more than
/// independent events are likely to, because each step of tempering costs time to detection.
struct LiveDispersion: Codable, Sendable, Equatable {
  /// How many standard deviations are taken off the estimate, so that chance seldom looks like clumps.
  static let caution = 2.5
  /// What one pair may count at most.
  private static let highestChi = 20.0
  /// Neighbouring pairs share an interval, so their mean varies more than that of independent ones.
  private static let overlap = 1.5
  /// The estimate is drawn to 1 as if so many events had been independent.
  private static let prior = 5.0
  /// A pair does not count more than one with so many events.
  private static let highestWeight = 50.0
  /// Once there are so many pairs, the ``edges`` are left out.
  private static let pairsWithoutEdges = 20

  /// What a pair of neighbouring intervals adds.
  private struct Pair: Codable, Sendable, Equatable {
    var weight = 0.0
    var chi = 0.0
    var variance = 0.0
  }

  private var last: EventCounts?
  private var count = 0
  private var sum = Pair()
  /// The two heaviest pairs that could not speak louder for clumps: an incident has two edges, which are no clumps.
  private var edges: [Pair] = []

  /// Takes blue's next interval.
  mutating func add(_ blue: EventCounts) {
    defer { last = blue }
    guard let last, last.total > 0, blue.total > 0 else { return }
    let bad = Double(last.bad + blue.bad)
    guard bad > 0 else { return }
    let share = Double(last.total) / Double(last.total + blue.total)
    let spread = bad * share * (1 - share)
    let distance = Double(last.bad) - bad * share
    let weight = min(bad, Self.highestWeight)
    let chi = distance * distance / spread
    let pair = Pair(
      weight: weight, chi: weight * min(chi, Self.highestChi),
      // The variance of a binomial count's chi-square.
      variance: Self.overlap * weight * weight * max(0, 2 + (1 - 6 * share * (1 - share)) / spread))
    count += 1
    sum.weight += pair.weight
    sum.chi += pair.chi
    sum.variance += pair.variance
    guard chi >= Self.highestChi else { return }
    edges.append(pair)
    if edges.count > 2 {
      edges.sort { $0.weight > $1.weight }
      edges.removeLast()
    }
  }

  /// The lower limit of the estimate; 1 or less as long as nothing speaks for clumps.
  var lowerLimit: Double {
    var counted = sum
    if count >= Self.pairsWithoutEdges {
      for edge in edges {
        counted.weight -= edge.weight
        counted.chi -= edge.chi
        counted.variance -= edge.variance
      }
    }
    return (counted.chi + Self.prior - Self.caution * max(0, counted.variance).squareRoot())
      / (counted.weight + Self.prior)
  }
}
