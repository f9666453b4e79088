import Foundation

/// Evidence that green's share of bad events is higher than blue's, from the counts of both in each interval.
///
/// Only the ratio is judged: given the bad events of both colours, how many of them fell to green. What both colours
/// suffer together (an incident, the hour of the day, a slow dependency) is therefore no evidence at all.
public struct EventEvidence: Codable, Sendable, Equatable {
  /// The ratios of green's share to blue's that are bet on. None lies below 1.5, so a lasting ratio of up to about
  /// 1.15 is let pass.
  static let ratios = [1.5, 2.2, 4.5, 20, 200]
  /// How the bets share the wealth.
  static let prior = [0.30, 0.25, 0.20, 0.15, 0.10]
  /// The ordinary noise of the logarithm of the ratio between two healthy colours.
  static let noise = 0.05
  /// Boosting looks at every possible outcome, which is worth its time up to this many bad events.
  static let boostedEvents = 200

  private var process: EProcess
  /// By how much bad events vary more than independent ones; 1 or more.
  public let dispersion: Double
  private let cap: Double
  private let isBoosted: Bool

  /// Makes evidence of nothing yet.
  ///
  /// - Parameters:
  ///   - dispersion: of blue's history, see ``Dispersion``
  ///   - cap: the evidence at which the release is stopped: 1/α, or 1/(α·v) when this metric weighs v among several
  public init(dispersion: Double, cap: Double) {
    self.init(dispersion: dispersion, cap: cap, isBoosted: true)
  }

  init(dispersion: Double, cap: Double, isBoosted: Bool) {
    process = EProcess(prior: Self.prior)
    self.dispersion = dispersion
    self.cap = cap
    // Boosting is exact for independent events only.
    self.isBoosted = isBoosted && dispersion == 1
  }

  /// The natural logarithm of the evidence.
  public var logEvidence: Double { process.logEvidence }

  /// Judges one interval. An interval without bad events, or with one colour silent, tells nothing.
  public mutating func judge(blue: EventCounts, green: EventCounts) {
    let bad = blue.bad + green.bad
    guard blue.total > 0, green.total > 0, bad > 0 else { return }
    // The share of requests that green really had; the nominal weight is not kept to the request.
    let share = Double(green.total) / Double(blue.total + green.total)
    let inflation = dispersion + Self.noise * Self.noise * Double(bad) * share * (1 - share)
    let intercepts = Self.ratios.map { -Double(bad) * log1p(share * ($0 - 1)) / inflation }
    let slopes = Self.ratios.map { log($0) / inflation }
    var boost = 1.0
    if isBoosted, bad <= Self.boostedEvents {
      boost = SequentialBoost.factor(
        process: process, blueTotal: blue.total, greenTotal: green.total, bad: bad, intercepts: intercepts,
        slopes: slopes, cap: cap)
    }
    let greenBad = Double(green.bad)
    process.settle(boost: boost) { intercepts[$0] + greenBad * slopes[$0] }
  }
}
