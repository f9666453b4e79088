import Foundation
import PalcoReliability
import Testing

@testable import PalcoRelease

@Suite struct JudgedReleaseTests {
  static let steps = [10.0, 20, 30, 40, 50, 60, 70, 80, 90, 100]

  private func judged(_ watch: ReleaseWatch = Minutes.watch()) throws -> JudgedRelease {
    try JudgedRelease(watch, history: Minutes.history, begin: Minutes.begin, minute: .seconds(60))
  }

  /// Drives a paced release; returns the weights that green had, minute by minute.
  private func pace(
    _ judged: inout JudgedRelease, minutes count: Int, green: Double = 0.001, blue: (Int) -> Double = { _ in 0.001 }
  ) throws -> [Double] {
    var (minutes, percent, seen) = (Minutes(), 0.0, [Double]())
    judged.saw(weight: 0, at: minutes.now)
    for minute in 0..<count {
      // A step that is covered is taken at once, and the next one too.
      while let next = judged.nextStep(after: percent, of: Self.steps) {
        judged.wentOn(to: next, at: minutes.now)
        percent = next
        judged.saw(weight: percent, at: minutes.now)
        if percent == 10 { break }
      }
      seen.append(percent)
      let interval = minutes.next(weight: percent / 100, blue: blue(minute), green: green)
      try judged.take([interval], at: minutes.now)
      if judged.isCondemned { break }
    }
    return seen
  }

  // MARK: Verdicts

  @Test func aWorseGreenIsCondemnedWithItsNumbers() throws {
    var (judged, minutes) = (try judged(), Minutes())
    judged.saw(weight: 10, at: minutes.now)
    while !judged.isCondemned {
      try judged.take([minutes.next(weight: 0.1, green: 0.02)], at: minutes.now)
    }
    #expect(minutes.now <= Minutes.begin.addingTimeInterval(120))
    let decision = try #require(judged.decisions.last)
    #expect(decision.action == .rollBack)
    #expect(decision.reason.hasPrefix("of the new tasks' requests 2 % ("), "\(decision.reason)")
    #expect(decision.reason.contains("of the old ones' 0.093 % (5 of 5400)"), "\(decision.reason)")
    let numbers = try #require(decision.numbers)
    #expect(numbers.pValue <= 0.01 && numbers.green.bad > 0)
    #expect(numbers.harmed > 0.9 * (Double(numbers.green.total) * 0.019))
    // Nothing brings it back, and it is said once.
    for _ in 1...20 { try judged.take([minutes.next(weight: 0.1)], at: minutes.now) }
    #expect(judged.isCondemned && judged.decisions.count { $0.action == .rollBack } == 1)
  }

  @Test func aSlowGreenIsCondemnedForItsLatency() throws {
    var watch = Minutes.watch()
    watch.latency = try .init(under: 300, buckets: LatencyBuckets(upperBounds: [100, 300, 1000]))
    var history = Minutes.history
    history.slow = history.errors
    history.latency = [8_000_000, 600_000, 30_000, 10_000]
    var judged = try JudgedRelease(watch, history: history, begin: Minutes.begin, minute: .seconds(60))
    var minutes = Minutes()
    judged.saw(weight: 10, at: minutes.now)
    for _ in 1...10 where !judged.isCondemned {
      let shares = (blue: [0.92, 0.075, 0.004, 0.001], green: [0.87, 0.075, 0.054, 0.001])
      try judged.take([minutes.next(weight: 0.1, latency: shares)], at: minutes.now)
    }
    let decision = try #require(judged.decisions.last)
    #expect(decision.action == .rollBack && decision.reason.contains("are slower than promised"), "\(decision)")
    #expect(decision.numbers?.greenSlow?.bad ?? 0 > 0)
  }

  @Test func aHealthyGreenIsShownToBeSafe() throws {
    var (judged, minutes) = (try judged(), Minutes())
    minutes.requests = 20_000
    judged.saw(weight: 30, at: minutes.now)
    for _ in 1...40 { try judged.take([minutes.next(weight: 0.3)], at: minutes.now) }
    #expect(judged.standing == .safe)
    #expect(judged.decisions.map(\.action) == [.begin, .safe])
    #expect(ReleaseTerms(ServiceObjectives()).proof(of: judged) == .shown)
  }

  @Test func littleTrafficProvesNothingAndThatIsSaid() throws {
    var (judged, minutes) = (try judged(), Minutes())
    minutes.requests = 60
    judged.saw(weight: 10, at: minutes.now)
    for _ in 1...29 { try judged.take([minutes.next(weight: 0.1)], at: minutes.now) }
    #expect(judged.standing == .watching)
    try judged.take([minutes.next(weight: 0.1)], at: minutes.now)
    #expect(judged.standing == .unproven && judged.decisions.last?.action == .unproven)
    var terms = ReleaseTerms(ServiceObjectives())
    guard case .unproven(let doubt) = terms.proof(of: judged) else {
      Issue.record("it must not count as shown")
      return
    }
    #expect(doubt.hasPrefix("after 180 requests the new tasks may still fail"), "\(doubt)")
    terms.acceptance = "nobody is there at night"
    #expect(terms.proof(of: judged) == .accepted(doubt: doubt, reason: "nobody is there at night"))
  }

  // MARK: What is counted

  @Test func testTrafficIsNotJudged() throws {
    var (judged, minutes) = (try judged(), Minutes())
    judged.saw(weight: 0, at: minutes.now)
    for _ in 1...10 { try judged.take([minutes.next(weight: 0.05, green: 1)], at: minutes.now) }
    #expect(judged.standing == .waiting && judged.decisions.isEmpty && judged.numbers == nil)
  }

  @Test func anIntervalCountsOnceHoweverOftenItIsGiven() throws {
    var (judged, minutes) = (try judged(), Minutes())
    judged.saw(weight: 10, at: minutes.now)
    let interval = minutes.next(weight: 0.1, green: 0.003)
    try judged.take([interval], at: minutes.now)
    let once = judged
    var revised = interval
    revised.green.errors = try #require(EventCounts(bad: 600, total: 600))
    try judged.take([interval, revised], at: minutes.now)
    #expect(judged == once)
  }

  @Test func greenWithAllTheTrafficIsComparedWithWhatBlueDidBefore() throws {
    for (rate, isCondemned) in [(0.001, false), (0.02, true)] {
      var (judged, minutes) = (try judged(), Minutes())
      judged.saw(weight: 0, at: minutes.now)
      try judged.take([minutes.next(weight: 0)], at: minutes.now)
      judged.saw(weight: 100, at: minutes.now)
      for _ in 1...10 { try judged.take([minutes.next(weight: 1, green: rate)], at: minutes.now) }
      #expect(judged.isCondemned == isCondemned)
      #expect(judged.share == 1)
    }
  }

  @Test func greenThatIsDeadHasFailedWhatItWasDue() throws {
    var (judged, minutes) = (try judged(), Minutes())
    judged.saw(weight: 10, at: minutes.now)
    for _ in 1...3 {
      var interval = minutes.next(weight: 0.1)
      interval.green = RevisionCounts(errors: .none)
      try judged.take([interval], at: minutes.now)
    }
    #expect(judged.isCondemned)
  }

  @Test func countsThatDoNotFitAreRefused() throws {
    var watch = Minutes.watch()
    watch.latency = try .init(under: 300, buckets: LatencyBuckets(upperBounds: [100, 300]))
    var history = Minutes.history
    #expect(throws: EvidenceError.self) { try self.judged(watch) }
    history.latency = [10, 1, 1]
    var judged = try JudgedRelease(watch, history: history, begin: Minutes.begin, minute: .seconds(60))
    var minutes = Minutes()
    judged.saw(weight: 10, at: minutes.now)
    #expect(throws: EvidenceError.self) { try judged.take([minutes.next(weight: 0.1)], at: minutes.now) }
  }

  // MARK: Holding

  @Test func anIncidentOfBothIsNoRollbackButAHold() throws {
    var (judged, minutes) = (try judged(Minutes.watch(shares: [0.1, 0.2, 0.3, 0.9])), Minutes())
    judged.saw(weight: 10, at: minutes.now)
    try judged.take([minutes.next(weight: 0.1)], at: minutes.now)
    for _ in 1...10 {
      try judged.take([minutes.next(weight: 0.1, blue: 0.1, green: 0.1)], at: minutes.now)
      guard case .held(let reason) = judged.standing else {
        Issue.record("must be held: \(judged.standing)")
        return
      }
      #expect(reason.contains("what serves fails as well"))
      #expect(judged.nextStep(after: 10, of: Self.steps) == nil)
    }
    try judged.take([minutes.next(weight: 0.1)], at: minutes.now)
    #expect(judged.decisions.map(\.action).suffix(2) == [.hold, .goOn] || judged.standing == .safe)
  }

  @Test func whoeverSeesNothingHolds() throws {
    var (judged, minutes) = (try judged(Minutes.watch(shares: [0.1, 0.2, 0.3, 0.9])), Minutes())
    judged.saw(weight: 10, at: minutes.now)
    for _ in 1...3 { try judged.take([minutes.next(weight: 0.1)], at: minutes.now) }
    let step = judged.nextStep(after: 10, of: Self.steps)
    judged.cannotSee("Prometheus does not answer", at: minutes.now)
    judged.cannotSee("and still does not", at: minutes.now)
    #expect(judged.standing == .held("Prometheus does not answer"))
    #expect(judged.decisions.count { $0.action == .hold } == 1)
    #expect(judged.nextStep(after: 10, of: Self.steps) == nil)
    try judged.take([minutes.next(weight: 0.1)], at: minutes.now)
    #expect(judged.standing == .watching && step != nil)
  }

  // MARK: Pacing

  @Test func aHealthyReleaseGoesUpStepByStepAndIsWatchedBeforeBlueGoes() throws {
    var judged = try judged(Minutes.watch(shares: Self.steps.dropLast().map { $0 / 100 }))
    let weights = try pace(&judged, minutes: 60)
    #expect(weights.first == 10 && weights.last == 100, "\(weights)")
    // Not above 30 % before it is shown to be safe, and ten minutes at the top.
    #expect(weights.count { $0 == 90 } >= 10, "\(weights)")
    #expect(zip(weights, weights.dropFirst()).allSatisfy { $0 <= $1 })
    let taken = judged.decisions.filter { $0.action == .step }
    #expect(taken.count == 10)
    #expect(taken.first?.reason == "to 10 %: nothing is known of it without traffic")
    #expect(taken.last?.reason == "to 100 %: the evidence covers 100 %")
    #expect(!judged.isCondemned)
  }

  @Test func aBadReleaseNeverGetsFar() throws {
    var judged = try judged(Minutes.watch(shares: Self.steps.dropLast().map { $0 / 100 }))
    let weights = try pace(&judged, minutes: 40, green: 0.05)
    #expect(judged.isCondemned && weights.max() == 10, "\(weights)")
    #expect(judged.nextStep(after: 10, of: Self.steps) == nil)
  }

  @Test func anIncidentStopsTheStepsUntilItIsOver() throws {
    var judged = try judged(Minutes.watch(shares: Self.steps.dropLast().map { $0 / 100 }))
    let weights = try pace(&judged, minutes: 30, green: 0.05) { (0..<30).contains($0) ? 0.05 : 0.001 }
    #expect(!judged.isCondemned && Set(weights) == [10], "\(weights)")
  }

  @Test func someoneWhoAcceptsLetsItGoOnWithoutAProofInTheEnd() throws {
    var watch = Minutes.watch(shares: Self.steps.dropLast().map { $0 / 100 })
    watch.unproven = .proceed
    var (judged, minutes) = (try judged(watch), Minutes())
    minutes.requests = 30
    judged.saw(weight: 10, at: minutes.now)
    for _ in 1...29 { try judged.take([minutes.next(weight: 0.1)], at: minutes.now) }
    #expect(judged.nextStep(after: 10, of: Self.steps) == nil)
    try judged.take([minutes.next(weight: 0.1)], at: minutes.now)
    #expect(judged.nextStep(after: 10, of: Self.steps) == 20)
    #expect(judged.nextStep(after: 80, of: Self.steps) == 90 && judged.nextStep(after: 90, of: Self.steps) == nil)
  }

  // MARK: Taking it up

  @Test func whoTakesItUpFromTheCountsAloneJudgesTheSame() throws {
    var (first, minutes) = (try judged(), Minutes())
    first.saw(weight: 0, at: minutes.now)
    var all = [minutes.next(weight: 0)]
    try first.take(all, at: minutes.now)
    first.saw(weight: 10, at: minutes.now)
    for _ in 1...12 {
      all.append(minutes.next(weight: 0.1, green: 0.0014))
      try first.take([all[all.count - 1]], at: minutes.now)
    }
    var second = try judged()
    second.saw(weight: 10, at: minutes.now)
    try second.take(all, at: minutes.now)
    #expect(second.judge.judgement.logEvidence == first.judge.judgement.logEvidence)
    #expect(second.judge.green == first.judge.green && second.standing == first.standing)
    let revived = try JSONDecoder().decode(JudgedRelease.self, from: JSONEncoder().encode(first))
    #expect(revived == first)
  }
}
