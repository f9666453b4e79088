import Foundation
import Testing

@testable import PalcoReliability

@Suite struct CategoryEvidenceTests {
  /// Computed with the reference implementation.
  @Test func evidenceIsThatOfTheReference() {
    let bets = [
      CategoryBet(ratios: [0.8, 1.1, 1.9], noise: 0.1, dispersion: 1.5),
      CategoryBet(ratios: [0.9, 1, 1.6], noise: 0, dispersion: 1),
    ]
    var evidence = CategoryEvidence(bets: bets, prior: [0.5, 0.5])
    evidence.judge(blue: [60, 30, 10], green: [10, 6, 4])
    #expect(abs(evidence.logEvidence - 0.487502) < 1e-5)
  }

  @Test func aSilentColourTellsNothing() {
    let start = CategoryEvidence(bets: CategoryBet.survey(history: [50, 30, 20]))
    var evidence = start
    evidence.judge(blue: [10, 5, 5], green: [0, 0, 0])
    evidence.judge(blue: [0, 0, 0], green: [0, 0, 9])
    #expect(evidence == start)
  }

  @Test func aBetterGreenIsNoEvidenceAgainstIt() {
    var evidence = CategoryEvidence(bets: CategoryBet.survey(history: [50, 30, 20]))
    for _ in 0..<20 { evidence.judge(blue: [50, 30, 20], green: [80, 15, 5]) }
    #expect(evidence.logEvidence < 0)
  }

  @Test func anAngryAudienceIsSeen() {
    var evidence = CategoryEvidence(bets: CategoryBet.survey(history: [50, 30, 20]))
    for _ in 0..<5 { evidence.judge(blue: [50, 30, 20], green: [20, 30, 50]) }
    #expect(evidence.logEvidence > log(100))
  }

  @Test func latencyBetsNeverFallTowardsSlowerBuckets() throws {
    let buckets = try LatencyBuckets(upperBounds: [10, 25, 50, 100, 250, 500, 1000])
    // Two humps and empty buckets: interpolation alone would give ratios that rise and fall.
    let bets = CategoryBet.latency(
      buckets: buckets, history: [4000, 20, 0, 0, 900, 30, 5, 0], within: 6, tailDispersion: 1)
    #expect(bets.count == 7)
    for bet in bets {
      #expect(zip(bet.logRatios, bet.logRatios.dropFirst()).allSatisfy { $0 <= $1 })
      #expect(bet.logRatios.allSatisfy { $0.isFinite })
      #expect(bet.logRatios.last! > 0)
    }
  }

  @Test func surveyBetsAreRatiosOfProbabilities() {
    let shares = [0.42, 0.33, 0.13, 0.06, 0.06]
    for bet in CategoryBet.survey(shares: shares) {
      #expect(abs(zip(shares, bet.logRatios).reduce(0) { $0 + $1.0 * exp($1.1) } - 1) < 1e-12)
    }
  }
}
