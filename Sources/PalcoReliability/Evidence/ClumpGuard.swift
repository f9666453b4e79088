/// Keeps evidence from counting clumps of bad events that begin with the release.
///
/// Beside the evidence with the history's dispersion, the same bets are settled with larger ones all the time. Once blue's
/// own intervals show clumps (``LiveDispersion``), the evidence is the *smaller* of the history's and that with the
/// dispersion seen now, which then holds for the whole release so far.
///
/// The smaller of two is never above the first, so that the probability of a false rollback stays at most α for independent
/// errors, however the second is chosen. It is not above the second either: as long as the chosen dispersion is not below
/// the true one, the same holds for clumps.
struct ClumpGuard: Codable, Sendable, Equatable {
  /// The dispersions that are kept ready; the last is the highest that is ever assumed.
  static let dispersions = [1.5, 2.5, 4, 7, 12, Dispersion.highest]

  private var live = LiveDispersion()
  private var processes: [EProcess]

  init(prior: [Double]) {
    processes = Self.dispersions.map { _ in EProcess(prior: prior) }
  }

  /// Takes blue's counts of an interval, whether or not it tells anything of green.
  mutating func add(blue: EventCounts) { live.add(blue) }

  /// Settles an interval.
  ///
  /// - Parameter logFactor: what a bet is multiplied by under a dispersion
  mutating func settle(logFactor: (_ bet: Int, _ dispersion: Double) -> Double) {
    for (index, dispersion) in Self.dispersions.enumerated() {
      processes[index].settle { logFactor($0, dispersion) }
    }
  }

  /// The evidence with the dispersion seen now, or nil while that is not above the history's.
  func logEvidence(history: Double) -> Double? {
    let limit = live.lowerLimit
    guard limit > max(history, Dispersion.dead) else { return nil }
    let index = Self.dispersions.firstIndex { $0 >= limit } ?? Self.dispersions.count - 1
    return processes[index].logEvidence
  }
}
