import Foundation

/// A bound of a rate that holds at all times at once.
enum UpperRateBound {
  /// The level: the true rate is ever above the bound with at most this probability.
  static let level = 0.05

  /// The highest rate that the counts leave possible: of a Poisson rate, by a gamma mixture centred on a prior rate.
  ///
  /// - Parameter priorRate: the rate of bad events before the release
  /// - Returns: 0–1; 1 when nothing is known
  static func rate(_ counts: EventCounts, priorRate: Double) -> Double {
    guard counts.total > 0 else { return 1 }
    let (bad, total) = (Double(counts.bad), Double(counts.total))
    let shape = 0.5
    let rate = shape / max(priorRate, 1e-6)
    let constant =
      shape * log(rate) + logGamma(shape + bad) - logGamma(shape) - (shape + bad) * log(rate + total) - log(1 / level)
    /// Rises for rates above the observed one; its root is the bound.
    func excess(_ p: Double) -> Double { constant - bad * log(p) + total * p }
    var low = max(bad / total, 1e-12)
    var high = 1.0
    guard excess(high) > 0 else { return 1 }
    for _ in 0..<50 {
      let middle = (low * high).squareRoot()
      if excess(middle) > 0 { high = middle } else { low = middle }
    }
    return high
  }
}
