import Foundation

/// Sequential boosting (Fischer and Ramdas, arXiv 2410.16076): a test stops when its evidence passes a cap, so whatever
/// lies above the cap is wasted. Before an interval is settled, all bets may be multiplied by the factor that makes the
/// *capped* evidence fair again.
enum SequentialBoost {
  /// Outcomes that are together less probable than this do not move the factor.
  private static let negligible = 1e-13
  /// Nor do those that are so many standard deviations fewer than expected.
  private static let deviations = 9.0

  /// The factor b with E₀[min(b·M′, cap)] = M, where M is the evidence before and M′ after the interval.
  ///
  /// Given the bad events of both colours together, green's are hypergeometric if the colours are alike, so that the
  /// expectation is a finite sum. With the outcomes from x* on at the cap, b is the largest over all x* of
  /// (M − cap·P(x ≥ x*)) / E₀[M′; x < x*]; never below 1.
  ///
  /// - Parameters:
  ///   - process: the bets before the interval
  ///   - bad: the bad events of both colours
  ///   - intercepts, slopes: bet j is multiplied by exp(intercepts[j] + x·slopes[j]) when green has x bad events
  ///   - cap: the evidence at which the test stops
  static func factor(
    process: EProcess, blueTotal: Int, greenTotal: Int, bad: Int, intercepts: [Double], slopes: [Double], cap: Double
  ) -> Double {
    let before = process.total
    guard before < cap else { return 1 }
    let expected = Double(bad) * Double(greenTotal) / Double(blueTotal + greenTotal)
    let lowest = max(0, bad - blueTotal, Int((expected - deviations * expected.squareRoot()).rounded(.down)))
    let highest = min(greenTotal, bad)
    var logProbability =
      logChoose(greenTotal, lowest) + logChoose(blueTotal, bad - lowest) - logChoose(blueTotal + greenTotal, bad)
    var factor = 1.0
    var tail = 1.0
    var below = 0.0
    for x in lowest...highest {
      let probability = exp(logProbability)
      tail -= probability
      if probability > 0 {
        var after = process.cash
        for index in intercepts.indices {
          after += process.wealth[index] * exp(min(600, intercepts[index] + Double(x) * slopes[index]))
        }
        below += probability * after
      }
      if below > 0 { factor = max(factor, (before - cap * max(tail, 0)) / below) }
      // From here on the sum below only grows, so that no later x* is better.
      if tail < negligible { break }
      logProbability += log(
        Double(greenTotal - x) * Double(bad - x) / (Double(x + 1) * Double(blueTotal - bad + x + 1)))
    }
    return factor
  }

  /// ln(n choose k).
  private static func logChoose(_ n: Int, _ k: Int) -> Double {
    logGamma(Double(n + 1)) - logGamma(Double(k + 1)) - logGamma(Double(n - k + 1))
  }
}

/// ln Γ(x) for x > 0.
func logGamma(_ x: Double) -> Double { lgamma(x).0 }
