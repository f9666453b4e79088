import Foundation

/// One belief of how green's categories differ from blue's, for ``CategoryEvidence``.
public struct CategoryBet: Codable, Sendable, Equatable {
  /// ln of P(category | green) / P(category | blue), from the best category to the worst.
  let logRatios: [Double]
  /// That ratio less 1.
  let excess: [Double]
  /// The ordinary noise between two healthy colours, as a share of this bet's effect.
  let noise: Double
  /// By how much counts vary more than independent ones.
  let dispersion: Double

  init(ratios: [Double], noise: Double, dispersion: Double) {
    logRatios = ratios.map { log($0) }
    excess = ratios.map { $0 - 1 }
    self.noise = noise
    self.dispersion = dispersion
  }
}

/// Evidence that green's answers lie in worse categories than blue's: latency buckets, survey answers.
public struct CategoryEvidence: Codable, Sendable, Equatable {
  private var process: EProcess
  private let bets: [CategoryBet]

  /// Makes evidence of nothing yet, with the wealth shared evenly among the bets.
  public init(bets: [CategoryBet]) {
    self.init(bets: bets, prior: bets.map { _ in 1 / Double(bets.count) })
  }

  init(bets: [CategoryBet], prior: [Double]) {
    self.bets = bets
    process = EProcess(prior: prior)
  }

  /// How many categories there are.
  public var categories: Int { bets.first?.logRatios.count ?? 0 }

  /// The natural logarithm of the evidence.
  public var logEvidence: Double { process.logEvidence }

  /// Judges one interval: counts per category, the best first. It tells nothing when one colour has none.
  ///
  /// Both must have as many counts as there are ``categories``.
  public mutating func judge(blue: [Int], green: [Int]) {
    precondition(blue.count == categories && green.count == categories, "one count per category")
    let greenTotal = green.reduce(0, +)
    let all = blue.reduce(greenTotal, +)
    guard greenTotal > 0, all > greenTotal else { return }
    let share = Double(greenTotal) / Double(all)
    process.settle { Self.logFactor(bets[$0], blue: blue, green: green, share: share, all: Double(all)) }
  }

  private static func logFactor(
    _ bet: CategoryBet, blue: [Int], green: [Int], share: Double, all: Double
  ) -> Double {
    var score = 0.0
    var first = 0.0
    var second = 0.0
    for index in blue.indices {
      let count = blue[index] + green[index]
      guard count > 0 else { continue }
      let (both, logRatio) = (Double(count), bet.logRatios[index])
      score += Double(green[index]) * logRatio - both * log1p(share * bet.excess[index])
      first += both * logRatio
      second += both * logRatio * logRatio
    }
    // The variance of the score when the colours are alike.
    let variance = share * (1 - share) * (second - first * first / all)
    return score / (bet.dispersion + bet.noise * bet.noise * variance)
  }
}
