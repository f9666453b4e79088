import Foundation
import Testing

@testable import PalcoReliability

/// The expected numbers were computed with the reference implementation of the method, in Python.
@Suite struct EventEvidenceTests {
  /// Blue's requests and errors, green's requests and errors.
  static let intervals = [(475, 1, 25, 0), (480, 0, 20, 1), (470, 2, 30, 1), (0, 0, 25, 0), (460, 0, 40, 2)]

  @Test(arguments: [
    (1.0, true, [-0.188882, 0.852134, 1.547253, 1.547253, 4.885768]),
    (1.0, false, [-0.188921, 0.852085, 1.431851, 1.431851, 4.724541]),
    (2.5, true, [-0.099132, 0.299727, 0.462103, 0.462103, 1.439967]),
  ])
  func evidenceIsThatOfTheReference(dispersion: Double, isBoosted: Bool, expected: [Double]) {
    var evidence = EventEvidence(dispersion: dispersion, cap: 100, boostedEvents: isBoosted ? 200 : 0)
    for (counts, expected) in zip(Self.intervals, expected) {
      evidence.judge(blue: events(counts.1, counts.0), green: events(counts.3, counts.2))
      #expect(abs(evidence.logEvidence - expected) < 1e-5)
    }
  }

  @Test func manyEventsAtOnceAreJudgedAsTheReferenceDoes() {
    var evidence = EventEvidence(dispersion: 1, cap: 100, method: .reference)
    evidence.judge(blue: events(300, 9000), green: events(60, 1000))
    #expect(abs(evidence.logEvidence - 5.336495) < 1e-5)
  }

  /// The same formula, with the limit set higher in the reference.
  @Test(arguments: [(ReleaseWatch.Method.reference, 1.440751), (.refined, 2.599966)])
  func intervalsWithManyEventsAreBoostedToo(method: ReleaseWatch.Method, expected: Double) {
    var evidence = EventEvidence(dispersion: 1, cap: 100, method: method)
    evidence.judge(blue: events(300, 9000), green: events(40, 1000))
    evidence.judge(blue: events(310, 9000), green: events(52, 1000))
    #expect(abs(evidence.logEvidence - expected) < 1e-5)
  }

  /// Whatever the common error rate, evidence that is stopped at the cap is worth at most 1 on average. All outcomes
  /// of one interval are added up, so this is exact.
  @Test(arguments: [(20, 5, 0.3), (12, 12, 0.05), (30, 3, 0.9)], [true, false])
  func aFairGameIsNotWon(counts: (blue: Int, green: Int, rate: Double), isBoosted: Bool) {
    var mean = 0.0
    for blueBad in 0...counts.blue {
      for greenBad in 0...counts.green {
        var evidence = EventEvidence(dispersion: 1, cap: 100, boostedEvents: isBoosted ? 200 : 0)
        evidence.judge(blue: events(blueBad, counts.blue), green: events(greenBad, counts.green))
        let probability =
          Self.binomial(counts.blue, blueBad, counts.rate) * Self.binomial(counts.green, greenBad, counts.rate)
        mean += probability * min(100, exp(evidence.logEvidence))
      }
    }
    #expect(mean <= 1 + 1e-9)
    // Boosting wastes nothing but what rounding to whole outcomes costs.
    if isBoosted { #expect(mean > 0.99) }
  }

  @Test func boostingNeverTakesEvidenceAway() {
    for greenBad in 0...5 {
      var (boosted, plain) = (
        EventEvidence(dispersion: 1, cap: 100), EventEvidence(dispersion: 1, cap: 100, boostedEvents: 0)
      )
      boosted.judge(blue: events(5 - greenBad, 950), green: events(greenBad, 50))
      plain.judge(blue: events(5 - greenBad, 950), green: events(greenBad, 50))
      #expect(boosted.logEvidence >= plain.logEvidence)
    }
  }

  @Test(arguments: [(100, 0, 10, 0), (0, 0, 10, 5), (100, 7, 0, 0)])
  func anIntervalThatTellsNothingChangesNothing(counts: (Int, Int, Int, Int)) {
    var evidence = EventEvidence(dispersion: 1, cap: 100, method: .reference)
    evidence.judge(blue: events(counts.1, counts.0), green: events(counts.3, counts.2))
    #expect(evidence == EventEvidence(dispersion: 1, cap: 100, method: .reference))
    var refined = EventEvidence(dispersion: 1, cap: 100)
    refined.judge(blue: events(counts.1, counts.0), green: events(counts.3, counts.2))
    #expect(refined.logEvidence == 0)
  }

  @Test func clumpsWeakenEvidence() {
    var (single, clumped) = (EventEvidence(dispersion: 1, cap: 100), EventEvidence(dispersion: 5, cap: 100))
    single.judge(blue: events(2, 950), green: events(6, 50))
    clumped.judge(blue: events(2, 950), green: events(6, 50))
    #expect(clumped.logEvidence < single.logEvidence)
    #expect(clumped.logEvidence > 0)
  }

  @Test func hugeCountsStayFinite() {
    var evidence = EventEvidence(dispersion: 1, cap: 100)
    for _ in 0..<50 { evidence.judge(blue: events(0, 1_000_000), green: events(1_000_000, 1_000_000)) }
    #expect(evidence.logEvidence.isFinite)
    #expect(evidence.logEvidence > 100)
  }

  private static func binomial(_ n: Int, _ k: Int, _ p: Double) -> Double {
    let logarithm = logGamma(Double(n + 1)) - logGamma(Double(k + 1)) - logGamma(Double(n - k + 1))
    return exp(logarithm) * pow(p, Double(k)) * pow(1 - p, Double(n - k))
  }
}
