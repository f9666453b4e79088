import Foundation
import Testing

@testable import PalcoReliability

/// Errors that begin to come in clumps with the release. The expected numbers were computed with the reference
/// implementation's process at each dispersion, and with the estimate written down a second time in Python.
@Suite struct ClumpGuardTests {
  /// Blue's requests and errors: clumps, as of a client that retries.
  static let blue = [
    (4500, 0), (4500, 9), (4400, 1), (4600, 0), (0, 0), (4500, 7), (4500, 0), (4500, 12), (4500, 3), (4500, 0),
    (4500, 14), (4500, 0),
  ]
  static let green = [
    (500, 0), (500, 1), (480, 0), (510, 0), (500, 0), (500, 2), (500, 0), (500, 0), (500, 6), (500, 0), (500, 0),
    (500, 1),
  ]

  @Test func clumpsAreSeenInBluesIntervals() {
    let expected = [
      1, 3.518404, 3.879532, 3.766163, 3.766163, 3.766163, 4.263158, 5.974892, 5.459107, 5.331176, 6.723082, 7.702383,
    ]
    var live = LiveDispersion()
    for (counts, expected) in zip(Self.blue, expected) {
      live.add(events(counts.1, counts.0))
      #expect(abs(live.lowerLimit - expected) < 1e-5)
    }
  }

  @Test func theWholeReleaseIsJudgedWithTheClumpsSeenNow() {
    let expected = [
      0, -0.309946, -0.36989, -0.36989, -0.36989, -0.254485, -0.221773, -0.64382, -0.0109, -0.0109, -0.215529,
      -0.171616,
    ]
    var evidence = EventEvidence(dispersion: 1, cap: 100)
    for (index, expected) in expected.enumerated() {
      evidence.judge(
        blue: events(Self.blue[index].1, Self.blue[index].0), green: events(Self.green[index].1, Self.green[index].0))
      #expect(abs(evidence.logEvidence - expected) < 1e-5, "interval \(index + 1)")
    }
  }

  @Test func eventsOneByOneAreSeldomTakenForClumps() {
    var seeded = Seeded(state: 3)
    var taken = 0
    for _ in 0..<200 {
      var live = LiveDispersion()
      for _ in 0..<60 {
        live.add(events(seeded.poisson(4.5), 4500))
        if live.lowerLimit > Dispersion.dead {
          taken += 1
          break
        }
      }
    }
    // At any of sixty looks.
    #expect(taken < 20)
  }

  /// Five minutes of an incident that both colours share: its edges are no clumps, so what follows is judged as before.
  @Test func theEdgesOfAnIncidentAreNoClumps() {
    var seeded = Seeded(state: 11)
    var live = LiveDispersion()
    for k in 0..<60 {
      let bad = 20..<50 ~= k ? 225 + seeded.poisson(20) - seeded.poisson(20) : seeded.poisson(4.5)
      live.add(events(bad, 4500))
      if k >= 50 { #expect(live.lowerLimit < Dispersion.dead) }
    }
  }

  /// The smaller of two: what makes the probability of a false rollback no larger than without the guard.
  @Test func theGuardNeverAddsEvidence() {
    var seeded = Seeded(state: 5)
    var lowered = 0
    for clump in [1, 5] {
      var guarded = EventEvidence(dispersion: 1, cap: 100)
      var plain = EventEvidence(dispersion: 1, cap: 100, boostedEvents: 1000)
      for _ in 0..<100 {
        let (blue, green) = (Self.counts(4500, clump, &seeded), Self.counts(500, clump, &seeded))
        guarded.judge(blue: blue, green: green)
        plain.judge(blue: blue, green: green)
        #expect(guarded.logEvidence <= plain.logEvidence)
        if guarded.logEvidence < plain.logEvidence { lowered += 1 }
      }
    }
    #expect(lowered > 50)
  }

  @Test func clumpsThatBeginWithTheReleaseAreSeldomARegression() throws {
    let reference = try Self.rolledBack(.reference, clump: 5, times: 1)
    let refined = try Self.rolledBack(.refined, clump: 5, times: 1)
    #expect(reference.count > 60)
    #expect(refined.count < 25)
  }

  @Test func aRegressionIsSeenAsSoonAsBefore() throws {
    let reference = try Self.rolledBack(.reference, clump: 1, times: 5)
    let refined = try Self.rolledBack(.refined, clump: 1, times: 5)
    #expect(refined.count == reference.count)
    let (before, now) = (reference.reduce(0, +), refined.reduce(0, +))
    #expect(Double(now) < 1.1 * Double(before), "\(now) intervals, and \(before) before")
  }

  /// Simulates 80 releases of at most ten minutes at 500 requests a second, one in ten to green, and one error in a
  /// thousand on blue.
  ///
  /// - Returns: the intervals after which releases were rolled back
  private static func rolledBack(_ method: ReleaseWatch.Method, clump: Int, times: Double) throws -> [Int] {
    var seeded = Seeded(state: 7)
    var stops: [Int] = []
    for _ in 0..<80 {
      var judge = try ReleaseJudge(
        ReleaseWatch(interval: 10, target: 0.999, method: method), history: steadyHistory)
      for k in 1...60 {
        let judgement = try judge.judge(
          ReleaseInterval(
            elapsed: Double(10 * k), weight: 0.1, blue: RevisionCounts(errors: counts(4500, clump, &seeded)),
            green: RevisionCounts(errors: counts(500, clump, times: times, &seeded))))
        if judgement.verdict == .rollback {
          stops.append(k)
          break
        }
      }
    }
    return stops
  }

  /// Requests with one error in a thousand on average, in clumps of geometric sizes.
  private static func counts(
    _ total: Int, _ clump: Int, times: Double = 1, _ seeded: inout Seeded
  ) -> EventCounts {
    var bad = 0
    for _ in 0..<seeded.poisson(times * Double(total) / 1000 / Double(clump)) {
      repeat { bad += 1 } while Int.random(in: 0..<clump, using: &seeded) > 0
    }
    return events(min(bad, total), total)
  }
}
