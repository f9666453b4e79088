import Foundation

/// Evidence that green's share of bad events is higher than blue's, from the counts of both in each interval.
///
/// Only the ratio is judged: given the bad events of both colours, how many of them fell to green. What both colours
/// suffer together (an incident, the hour of the day, a slow dependency) is therefore no evidence at all.
public struct EventEvidence: Codable, Sendable, Equatable {
  /// The ratios of green's share to blue's that are bet on. None lies below 1.5, so a lasting ratio of up to about
  /// 1.15 is let pass.
  static let ratios = [1.5, 2.2, 4.5, 20, 200]
  /// Their logarithms: what a bad event of green adds to each bet.
  private static let slopes = ratios.map { log($0) }
  /// How the bets share the wealth.
  static let prior = [0.30, 0.25, 0.20, 0.15, 0.10]
  /// The ordinary noise of the logarithm of the ratio between two healthy colours.
  static let noise = 0.05

  private var process: EProcess
  /// By how much bad events vary more than independent ones; 1 or more.
  public let dispersion: Double
  private let cap: Double
  /// Boosting looks at every probable outcome; intervals with more bad events are not boosted.
  private let boostedEvents: Int
  private var clumps: ClumpGuard?

  /// Makes evidence of nothing yet.
  ///
  /// - Parameters:
  ///   - dispersion: of blue's history, see ``Dispersion``
  ///   - cap: the evidence at which the release is stopped: 1/α, or 1/(α·v) when this metric weighs v among several
  ///   - method: see ``ReleaseWatch/Method``
  public init(dispersion: Double, cap: Double, method: ReleaseWatch.Method = .refined) {
    self.init(
      dispersion: dispersion, cap: cap, boostedEvents: method == .refined ? 1000 : 200,
      clumps: method == .refined ? ClumpGuard(prior: Self.prior) : nil)
  }

  init(dispersion: Double, cap: Double, boostedEvents: Int, clumps: ClumpGuard? = nil) {
    process = EProcess(prior: Self.prior)
    self.dispersion = dispersion
    self.cap = cap
    // Boosting is exact for independent events only.
    self.boostedEvents = dispersion == 1 ? boostedEvents : 0
    self.clumps = clumps
  }

  /// The natural logarithm of the evidence.
  public var logEvidence: Double {
    let evidence = process.logEvidence
    return clumps?.logEvidence(history: dispersion).map { min($0, evidence) } ?? evidence
  }

  /// Judges one interval. An interval without bad events, or with one colour silent, tells nothing.
  public mutating func judge(blue: EventCounts, green: EventCounts) {
    clumps?.add(blue: blue)
    let bad = blue.bad + green.bad
    guard blue.total > 0, green.total > 0, bad > 0 else { return }
    // The share of requests that green really had; the nominal weight is not kept to the request.
    let share = Double(green.total) / Double(blue.total + green.total)
    let noise = Self.noise * Self.noise * Double(bad) * share * (1 - share)
    let intercepts = Self.ratios.map { -Double(bad) * log1p(share * ($0 - 1)) }
    let greenBad = Double(green.bad)
    clumps?.settle { bet, dispersion in
      (intercepts[bet] + greenBad * Self.slopes[bet]) / (dispersion + noise)
    }
    let inflation = dispersion + noise
    var boost = 1.0
    if bad <= boostedEvents {
      boost = SequentialBoost.factor(
        process: process, blueTotal: blue.total, greenTotal: green.total, bad: bad,
        intercepts: intercepts.map { $0 / inflation }, slopes: Self.slopes.map { $0 / inflation }, cap: cap)
    }
    process.settle(boost: boost) { (intercepts[$0] + greenBad * Self.slopes[$0]) / inflation }
  }
}
