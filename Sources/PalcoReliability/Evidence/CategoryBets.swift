import Foundation

extension CategoryBet {
  /// Latency: everything is slower by one of these factors.
  static let slowdowns = [1.15, 1.4, 2, 4]
  /// Latency: one of these shares of the requests moves over the objective.
  static let tails = [0.01, 0.05, 0.30]
  /// The ordinary noise of the logarithm of latency between two healthy colours.
  static let latencyNoise = 0.02
  /// The same of the logarithm of the odds of being over the objective.
  static let tailNoise = 0.10
  /// Slow requests come together, so a whole distribution varies more than independent requests would.
  static let latencyDispersion = 1.5
  /// Survey answers: one of these changes of the log odds from each answer to the next worse.
  static let tilts = [0.15, 0.35, 0.8]

  /// The bets on latency, from what blue's latency was before the release.
  ///
  /// - Parameters:
  ///   - buckets: the buckets' bounds
  ///   - history: blue's requests per bucket
  ///   - within: how many buckets lie within the objective
  ///   - tailDispersion: the ``Dispersion`` of blue's requests over the objective
  public static func latency(
    buckets: LatencyBuckets, history: [Int], within: Int, tailDispersion: Double
  ) -> [CategoryBet] {
    let shares = smoothed(history)
    return slowdowns.map { slowdown(by: $0, buckets: buckets, shares: shares) }
      + tails.map { tail($0, shares: shares, within: within, dispersion: tailDispersion) }
  }

  /// The bets on survey answers, the best answer first, from what was answered before the release.
  public static func survey(history: [Int]) -> [CategoryBet] { survey(shares: smoothed(history)) }

  static func survey(shares: [Double]) -> [CategoryBet] {
    tilts.map { tilt in
      let powers = shares.indices.map { exp(tilt * Double($0)) }
      let mean = zip(shares, powers).reduce(0) { $0 + $1.0 * $1.1 }
      return CategoryBet(ratios: powers.map { $0 / mean }, noise: 0, dispersion: 1)
    }
  }

  /// Shares of counts, with half an event more in each category so that none is impossible.
  private static func smoothed(_ counts: [Int]) -> [Double] {
    let all = counts.reduce(0) { $0 + Double($1) + 0.5 }
    return counts.map { (Double($0) + 0.5) / all }
  }

  private static func slowdown(by factor: Double, buckets: LatencyBuckets, shares: [Double]) -> CategoryBet {
    // Nothing is faster than half of the first bound or slower than twice the last.
    let bounds = buckets.upperBounds
    let edges = ([bounds[0] / 2] + bounds + [bounds[bounds.count - 1] * 2]).map { log($0) }
    var cumulative = [0.0]
    for share in shares { cumulative.append(cumulative[cumulative.count - 1] + share) }
    var slower = edges.map { interpolate(at: $0 - log(factor), edges, cumulative) }
    slower[0] = 0
    slower[slower.count - 1] = 1
    var ratios: [Double] = []
    var highest = 0.0
    for (index, share) in shares.enumerated() {
      let ratio = max(slower[index + 1] - slower[index], 1e-9) / share
      // Ratios may not fall towards worse buckets: otherwise a *better* green could be evidence against it.
      highest = max(highest, min(max(ratio, 0.02), 50))
      ratios.append(highest)
    }
    return CategoryBet(ratios: ratios, noise: latencyNoise / log(factor), dispersion: latencyDispersion)
  }

  private static func tail(_ share: Double, shares: [Double], within: Int, dispersion: Double) -> CategoryBet {
    let over = shares[within...].reduce(0, +)
    let (below, above) = (1 - share, (1 - share) + share / over)
    return CategoryBet(
      ratios: shares.indices.map { $0 < within ? below : above }, noise: tailNoise / log(above / below),
      dispersion: dispersion)
  }

  /// The value at x of the line through points with ascending x, level outside of them.
  private static func interpolate(at x: Double, _ xs: [Double], _ ys: [Double]) -> Double {
    guard let right = xs.firstIndex(where: { $0 > x }) else { return ys[ys.count - 1] }
    guard right > 0 else { return ys[0] }
    let slope = (ys[right] - ys[right - 1]) / (xs[right] - xs[right - 1])
    return ys[right - 1] + slope * (x - xs[right - 1])
  }
}
