import Foundation
import Testing

@testable import PalcoReliability

@Suite struct ReleaseJudgeTests {
  let watch = ReleaseWatch(interval: 10, target: 0.999)

  func judge(_ watch: ReleaseWatch? = nil, history: ReleaseHistory = steadyHistory) throws -> ReleaseJudge {
    try ReleaseJudge(watch ?? self.watch, history: history)
  }

  @Test func anOutageOfGreenIsRolledBackAtOnce() throws {
    var judge = try judge()
    let judgement = try judge.judge(interval(10, blue: (450, 0), green: (50, 50)))
    #expect(judgement.verdict == .rollback)
    #expect(judgement.weight == 0)
    #expect(judgement.pValue <= 0.01)
  }

  @Test func anIncidentOfBothColoursIsNoReason() throws {
    var judge = try judge()
    for k in 1...30 {
      let judgement = try judge.judge(interval(Double(10 * k), blue: (4500, 450), green: (500, 50)))
      #expect(judgement.verdict == .continue)
    }
    #expect(judge.judgement.logEvidence < 0)
  }

  @Test func halfOfTheEvidenceHolds() throws {
    var judge = try judge()
    let judgement = try judge.judge(interval(10, weight: 0.01, blue: (4950, 4), green: (50, 2)))
    #expect(judgement.verdict == .hold)
    #expect(judgement.weight == 0.01)
    #expect(judge.verdictAtEnd == .hold)
  }

  @Test func nothingFollowsARollback() throws {
    var judge = try judge()
    let judgement = try judge.judge(interval(10, blue: (450, 0), green: (50, 50)))
    for k in 2...30 { try judge.judge(interval(Double(10 * k), blue: (450, 9), green: (50, 0))) }
    #expect(judge.judgement == judgement)
    #expect(judge.verdictAtEnd == .rollback)
  }

  @Test func anIntervalIsJudgedOnce() throws {
    var judge = try judge()
    try judge.judge(interval(10, blue: (450, 1), green: (50, 1)))
    let once = judge
    // The same again with late counts, and an older one.
    try judge.judge(interval(10, blue: (460, 1), green: (60, 9)))
    try judge.judge(interval(5, blue: (460, 1), green: (60, 9)))
    #expect(judge == once)
  }

  @Test func theShownProbabilityIsThatOfTheHighestEvidence() throws {
    var judge = try judge()
    try judge.judge(interval(10, blue: (4950, 4), green: (50, 2)))
    let highest = judge.judgement
    for k in 2...9 { try judge.judge(interval(Double(10 * k), blue: (4500, 5), green: (500, 0))) }
    #expect(judge.judgement.logEvidence < highest.logEvidence)
    #expect(judge.judgement.pValue == highest.pValue)
    #expect(abs(highest.pValue - exp(-highest.logEvidence)) < 1e-12)
  }

  // MARK: Green without traffic

  @Test func greenThatAnswersNothingTwiceHasFailed() throws {
    var judge = try judge()
    #expect(try judge.judge(interval(10, blue: (450, 0), green: (0, 0))).verdict == .continue)
    #expect(try judge.judge(interval(20, blue: (450, 0), green: (0, 0))).verdict == .rollback)
    #expect(judge.green == events(50, 50))
  }

  @Test func oneGapAndFewMissingRequestsAreNoFailure() throws {
    var judge = try judge()
    try judge.judge(interval(10, blue: (450, 0), green: (0, 0)))
    try judge.judge(interval(20, blue: (450, 0), green: (50, 0)))
    try judge.judge(interval(30, blue: (450, 0), green: (0, 0)))
    // Nineteen requests a time could be missing by chance or for lack of callers.
    for k in 4...9 { try judge.judge(interval(Double(10 * k), blue: (171, 0), green: (0, 0))) }
    #expect(judge.green == events(0, 50))
  }

  @Test func whenBothAreSilentNothingIsKnown() throws {
    var judge = try judge()
    for k in 1...20 { try judge.judge(interval(Double(10 * k), weight: 0.5, blue: (0, 0), green: (0, 0))) }
    #expect(judge.judgement.verdict == .continue)
    #expect(judge.judgement.logEvidence == 0)
    #expect(judge.judgement.weight == 0.5)
  }

  // MARK: The end of a release

  /// Feeds a service whose colours both fail one request in a thousand, at the weights that the judge gives, until it
  /// wants no more.
  func run(_ judge: inout ReleaseJudge, requestsPerInterval total: Double) throws -> [Judgement] {
    var judgements: [Judgement] = []
    // What each colour has had so far, so that fractions of a request add up.
    var (blue, green) = (0.0, 0.0)
    func counts(_ before: Double, _ after: Double) -> (total: Int, bad: Int) {
      (Int(after) - Int(before), Int(after / 1000) - Int(before / 1000))
    }
    while judgements.count < 1000, [.continue, .hold].contains(judge.judgement.verdict) {
      let weight = judge.judgement.weight
      let before = (blue: blue, green: green)
      blue += total * (1 - weight)
      green += total * weight
      judgements.append(
        try judge.judge(
          interval(
            Double(10 * (judgements.count + 1)), weight: weight, blue: counts(before.blue, blue),
            green: counts(before.green, green))))
    }
    return judgements
  }

  @Test func aHealthyReleaseIsPromotedAfterTenMinutesAtTheTop() throws {
    var judge = try judge()
    let judgements = try run(&judge, requestsPerInterval: 5000)
    #expect(judge.judgement.verdict == .promote)
    #expect(judge.judgement.weight == 1)
    #expect(judge.verdictAtEnd == .promote)
    let top = try #require(judgements.firstIndex { $0.weight == 0.95 })
    #expect(judgements.count - 1 - top == 60)
    // LINEAR with ECS's defaults needs 54 minutes to get there.
    #expect(top < 54 * 6)
    #expect(zip(judgements, judgements.dropFirst()).allSatisfy { $0.weight <= $1.weight })
  }

  /// Requests per ten seconds, and whether green gets the hold weight within half an hour.
  @Test(arguments: [(40.0, true), (1.0, false)])
  func withoutAProofSomebodyHasToChoose(total: Double, isAtHoldWeight: Bool) throws {
    var judge = try judge()
    let judgements = try run(&judge, requestsPerInterval: total)
    #expect(judge.judgement.verdict == .notEnoughEvidence)
    #expect(judgements.count == 180)
    #expect((judge.judgement.weight == 0.3) == isAtHoldWeight)
    #expect(judge.verdictAtEnd == .notEnoughEvidence)
    judge.acceptUnproven()
    #expect(judge.verdictAtEnd == .promote)
    try judge.judge(interval(1810, weight: judge.judgement.weight, blue: (28, 0), green: (12, 0)))
    #expect(judge.judgement.verdict == .continue)
    #expect(judge.judgement.weight == 0.95)
  }

  @Test func anAcceptanceIsNoReasonToOverlookEvidence() throws {
    var judge = try judge()
    judge.acceptUnproven()
    let judgement = try judge.judge(interval(1800, weight: 0.01, blue: (4950, 4), green: (50, 2)))
    #expect(judgement.verdict == .hold)
    #expect(judgement.weight == 0.01)
  }

  @Test func aFixedWeightEndsWellOnlyWithAProof() throws {
    var (short, long) = (try judge(), try judge())
    try short.judge(interval(10, blue: (900, 1), green: (100, 0)))
    #expect(short.verdictAtEnd == .notEnoughEvidence)
    for k in 1...60 { try long.judge(interval(Double(10 * k), blue: (45_000, 45), green: (5000, 5))) }
    #expect(long.judgement.verdict == .continue)
    #expect(long.verdictAtEnd == .promote)
  }

  @Test func theHarmCapIsAThousandthOfTheErrorBudget() throws {
    var judge = try judge()
    #expect(judge.harmCap == 0)
    try judge.judge(interval(10, blue: (4500, 4), green: (500, 0)))
    #expect(abs(judge.harmCap - 1296) < 1e-6)
  }

  // MARK: Several metrics

  @Test func metricsShareTheLevel() throws {
    let latency = try ReleaseWatch.Latency(under: 100, buckets: LatencyBuckets(upperBounds: [10, 100]))
    var watch = ReleaseWatch(interval: 10, target: 0.999, latency: latency)
    #expect(watch.weights.request == 0.5)
    watch.watchesSurvey = true
    #expect(abs(watch.weights.request - 0.45) < 1e-12)
    #expect(abs(watch.weights.survey - 0.10) < 1e-12)
    watch.ratioCount = 2
    #expect(abs(watch.weights.request * 4 + watch.weights.survey - 1) < 1e-12)
    #expect(self.watch.weights.request == 1)
  }

  @Test func slownessAloneRollsBackButNotWhileCachesAreCold() throws {
    let buckets = try LatencyBuckets(upperBounds: [50, 100, 500])
    var watch = watch
    watch.latency = try .init(under: 100, buckets: buckets)
    var history = steadyHistory
    history.slow = history.errors
    history.latency = [900_000, 90_000, 9000, 1000]
    var judge = try judge(watch, history: history)
    for k in 1...6 {
      let blue = RevisionCounts(errors: events(4, 4500), latency: [4050, 405, 41, 4])
      let green = RevisionCounts(errors: events(0, 500), latency: [250, 150, 80, 20])
      try judge.judge(ReleaseInterval(elapsed: Double(10 * k), weight: 0.1, blue: blue, green: green))
      #expect((judge.judgement.verdict == .rollback) == (k > 3))
    }
  }

  @Test func theLoudestMetricIsNamed() throws {
    var watch = watch
    watch.latency = try .init(under: 100, buckets: LatencyBuckets(upperBounds: [50, 100]))
    var history = steadyHistory
    history.latency = [9000, 900, 100]
    let blue = RevisionCounts(errors: events(1, 1000), latency: [900, 90, 10])
    for (green, metric) in [
      (RevisionCounts(errors: events(50, 1000), latency: [900, 90, 10]), ReleaseJudge.Metric.errors),
      (RevisionCounts(errors: events(1, 1000), latency: [600, 100, 300]), .latency),
    ] {
      var judge = try judge(watch, history: history)
      for k in 5...8 {
        try judge.judge(ReleaseInterval(elapsed: Double(10 * k), weight: 0.5, blue: blue, green: green))
      }
      #expect(judge.judgement.verdict == .rollback && judge.strongest == metric)
    }
  }

  @Test func inCoarseStepsTheHighestBelowAllIsTheTop() throws {
    var watch = watch
    watch.shares = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
    var judge = try judge(watch)
    for k in 1...61 {
      let judgement = try judge.judge(
        interval(Double(10 * k), weight: 0.9, blue: (5000, 5), green: (45_000, 45)))
      #expect((judgement.verdict == .promote) == (k >= 60))
    }
  }

  @Test func aCustomRatioAndAngryUsersRollBackToo() throws {
    var watch = watch
    watch.ratioCount = 1
    watch.watchesSurvey = true
    var history = steadyHistory
    history.ratios = [history.errors]
    history.answers = [500, 300, 200]
    let healthy = RevisionCounts(errors: events(1, 1000), answers: [50, 30, 20], ratios: [events(1, 1000)])
    var failing = healthy
    failing.ratios = [events(60, 1000)]
    var angry = healthy
    angry.answers = [10, 20, 70]
    for (green, isRolledBack) in [(healthy, false), (failing, true), (angry, true)] {
      var judge = try judge(watch, history: history)
      for k in 1...5 {
        try judge.judge(ReleaseInterval(elapsed: Double(10 * k), weight: 0.5, blue: healthy, green: green))
      }
      #expect((judge.judgement.verdict == .rollback) == isRolledBack)
    }
  }

  // MARK: What does not fit

  @Test func countsThatDoNotFitAreRefusedAndChangeNothing() throws {
    var watch = watch
    watch.latency = try .init(under: 100, buckets: LatencyBuckets(upperBounds: [50, 100, 500]))
    var history = steadyHistory
    history.latency = [9, 9, 9, 9]
    var judge = try judge(watch, history: history)
    let before = judge
    for latency in [[], [1, 2, 3], [1, 2, 3, -4]] {
      let counts = RevisionCounts(errors: events(1, 10), latency: latency)
      let error = #expect(throws: EvidenceError.self) {
        try judge.judge(ReleaseInterval(elapsed: 10, weight: 0.1, blue: counts, green: counts))
      }
      #expect(error?.description.contains("latency buckets of blue") == true)
    }
    #expect(judge == before)
    #expect(throws: EvidenceError.self) { try self.judge(watch) }
    #expect(throws: EvidenceError.self) { try self.judge(ReleaseWatch(level: 0, interval: 10, target: 0.999)) }
    #expect(throws: EvidenceError.self) { try self.judge(ReleaseWatch(interval: 10, target: 1)) }
    #expect(throws: EvidenceError.self) {
      try self.judge(ReleaseWatch(interval: 10, target: 0.9, watchesSurvey: true))
    }
    #expect(throws: EvidenceError.self) { try self.judge(ReleaseWatch(interval: 10, target: 0.9, ratioCount: 1)) }
  }
}
