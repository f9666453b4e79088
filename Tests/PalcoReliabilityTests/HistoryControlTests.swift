import Testing

@testable import PalcoReliability

@Suite struct HistoryControlTests {
  private func green(_ total: Int) -> RevisionCounts { RevisionCounts(errors: events(0, total)) }

  @Test func everyPartIsUsedOnceAndNothingIsLost() throws {
    var history = ReleaseHistory(errors: [events(3, 400), events(4, 600)], latency: [900, 90, 10])
    history.ratios = [[events(5, 50)]]
    history.answers = [7, 2, 1]
    var control = HistoryControl(history)
    var sum = (errors: EventCounts.none, latency: [0, 0, 0], answers: [0, 0, 0], ratio: EventCounts.none)
    for _ in 1...10 {
      let given = control.counts(besides: green(100))
      let part = try #require(given)
      #expect(part.errors.total == 100)
      sum.errors = sum.errors + part.errors
      sum.latency = zip(sum.latency, part.latency).map(+)
      sum.answers = zip(sum.answers, part.answers).map(+)
      sum.ratio = sum.ratio + part.ratios[0]
    }
    #expect(sum.errors == events(7, 1000))
    #expect(sum.latency == [900, 90, 10] && sum.answers == [7, 2, 1])
    #expect(sum.ratio == events(5, 50))
    #expect(control.counts(besides: green(100)) == nil)
  }

  @Test func itIsRatherTooBadThanTooGood() throws {
    var control = HistoryControl(ReleaseHistory(errors: [events(1, 1000)]))
    #expect(control.counts(besides: green(10))?.errors == events(1, 10))
    #expect(control.counts(besides: green(10))?.errors == events(0, 10))
  }

  @Test func aSilentGreenUsesNothingAndAnEmptyHistoryHasNothing() {
    var control = HistoryControl(ReleaseHistory(errors: [events(1, 1000)]))
    let before = control
    #expect(control.counts(besides: green(0)) == nil && control == before)
    var empty = HistoryControl(ReleaseHistory(errors: []))
    #expect(empty.counts(besides: green(10)) == nil)
  }

  /// Green has all the traffic: what is expected of it is what blue did before.
  @Test(arguments: [(0.001, 0.0011, false), (0.001, 0.02, true)])
  func aReleaseIsJudgedByIt(before: Double, now: Double, isRolledBack: Bool) throws {
    let history = ReleaseHistory(errors: Array(repeating: events(Int(3000 * before), 3000), count: 100))
    var control = HistoryControl(history)
    var judge = try ReleaseJudge(ReleaseWatch(interval: 10, target: 0.999), history: history)
    var bad = 0.0
    for k in 1...60 {
      bad += 500 * now
      let green = RevisionCounts(errors: events(Int(bad), 500))
      bad -= Double(Int(bad))
      let past = control.counts(besides: green)
      let blue = try #require(past)
      try judge.judge(ReleaseInterval(elapsed: Double(k) * 10, weight: 1, blue: blue, green: green))
    }
    #expect((judge.judgement.verdict == .rollback) == isRolledBack)
  }
}
