/// Whether bad events come one by one or in clumps: the factor by which their number varies more than that of
/// independent ones. Retries, batches and dying workers make clumps.
public enum Dispersion {
  /// What is assumed without any history.
  public static let unknown = 2.0
  /// No estimate is higher.
  static let highest = 20.0
  /// Estimates up to here count as independent.
  static let dead = 1.1

  /// Estimates it from blue's history in equal intervals, 24 hours of minutes if there are as many.
  ///
  /// Neighbouring intervals are taken in pairs: given their sum, the first one's count is binomial when events are
  /// independent, whatever the slow drift of the rate. The estimate is the mean chi-square of the pairs, weighted by
  /// their events (at most 50 each), with the highest hundredth cut off (edges of incidents), shrunk to 1.
  ///
  /// - Returns: 1 for independent events, at most 20; ``unknown`` without a history
  public static func estimate(history: [EventCounts]) -> Double {
    guard !history.isEmpty else { return unknown }
    var pairs: [(weight: Double, chi: Double)] = []
    pairs.reserveCapacity(history.count / 2)
    for index in stride(from: 0, to: history.count - 1, by: 2) {
      let (first, second) = (history[index], history[index + 1])
      let sum = Double(first.bad + second.bad)
      guard sum > 0, first.total > 0, second.total > 0 else { continue }
      let share = Double(first.total) / Double(first.total + second.total)
      let distance = Double(first.bad) - sum * share
      pairs.append((min(sum, 50), distance * distance / (sum * share * (1 - share))))
    }
    guard !pairs.isEmpty else { return 1 }
    var cut = Double.infinity
    if pairs.count >= 100 { cut = pairs.map(\.chi).sorted()[Int(0.99 * Double(pairs.count)) - 1] }
    let weight = pairs.reduce(0) { $0 + $1.weight }
    let chi = pairs.reduce(0) { $0 + $1.weight * min($1.chi, cut) }
    let estimate = (chi + 5) / (weight + 5)
    return estimate > dead ? min(highest, estimate) : 1
  }
}
