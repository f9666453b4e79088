import Foundation

/// Evidence that may be looked at after every interval: the wealth of somebody who bets against "green is not worse".
///
/// Wealth starts at 1. If green is not worse, it grows in no way on average, so the probability that it ever reaches
/// 1/α is at most α, however often one looks and whenever one stops (Ville's inequality). Each bet believes in one
/// size of the effect; a part of the wealth is never bet, and a small share of it goes back to the starting bets in
/// each interval, so that a regression that begins late does not start from ruins.
public struct EProcess: Codable, Sendable, Equatable {
  /// The share of wealth that is not bet at the start.
  static let cashAtStart = 0.2
  /// The share of wealth that goes back to the starting bets in each informative interval.
  static let share = 1.0 / 360
  /// Decided long ago: above this, wealth is cut so that numbers stay finite.
  private static let ceiling = 1e200

  private let prior: [Double]
  /// What each bet is worth.
  private(set) var wealth: [Double]
  /// What is not bet.
  private(set) var cash: Double

  /// Makes a process.
  ///
  /// - Parameter prior: how the bets share the wealth that is bet; they sum to 1
  public init(prior: [Double]) {
    self.prior = prior.map { $0 * (1 - Self.cashAtStart) }
    wealth = self.prior
    cash = Self.cashAtStart
  }

  /// The evidence: 1 is none, 1/α is enough.
  public var total: Double { wealth.reduce(cash, +) }

  /// The natural logarithm of the evidence.
  public var logEvidence: Double { log(total) }

  /// Settles one interval.
  ///
  /// - Parameters:
  ///   - boost: multiplies everything; 1 but for ``SequentialBoost``
  ///   - logFactor: the logarithm of what each bet is multiplied by
  mutating func settle(boost: Double = 1, logFactor: (Int) -> Double) {
    for index in wealth.indices { wealth[index] *= exp(min(logFactor(index), 600)) * boost }
    cash *= boost
    var total = total
    if total >= Self.ceiling {
      // An overflow forgets which bet won; nobody asks any more.
      for index in wealth.indices {
        wealth[index] = total.isFinite ? wealth[index] * (Self.ceiling / total) : prior[index] * Self.ceiling
      }
      total = Self.ceiling
    }
    for index in wealth.indices {
      wealth[index] = wealth[index] * (1 - Self.share) + Self.share * total * prior[index]
    }
    cash = cash * (1 - Self.share) + Self.share * total * Self.cashAtStart
  }
}
