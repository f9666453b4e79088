import Foundation
import Testing

@testable import PalcoReliability

@Suite struct ObjectiveTests {
  let buckets: LatencyBuckets

  init() throws { buckets = try LatencyBuckets(upperBounds: [100, 300, 1000]) }

  @Test func percentagesAreTheNearestNumbers() throws {
    #expect(try Objective.availability("99.9%").target == 0.999)
    #expect(try Objective.availability("99.95 %").target == 0.9995)
    #expect(try Objective.availability("95%").target == 0.95)
  }

  @Test(arguments: ["99.9", "0.999", "", "%", "99,9%", "-1%", "99.9.9%", "1e1%", "٩%", "99.9%%"])
  func whatIsNoPercentageIsRefused(text: String) {
    let error = #expect(throws: ObjectiveError.self) { try Objective.availability(text) }
    #expect(error?.message == "'\(text)' is no percentage")
    #expect(error?.keyPath == "availability")
  }

  @Test(arguments: [
    ("100%", "no error budget"), ("100.0%", "no error budget"), ("0%", "never be missed"), ("101%", "over 100%"),
  ])
  func whatCanNeverFireOrNeverPassIsRefused(text: String, reason: String) {
    let error = #expect(throws: ObjectiveError.self) { try Objective.availability(text) }
    #expect(error?.message.contains(reason) == true)
  }

  @Test func latencyNeedsUnitsAndABucket() throws {
    let objective = try Objective.latency(under: "300ms", target: "95%", buckets: buckets)
    #expect(objective.indicator == .latency(milliseconds: 300, within: 2))
    #expect(objective.target == 0.95)
    #expect(
      try Objective.latency(under: "1s", target: "95%", buckets: buckets).indicator
        == .latency(milliseconds: 1000, within: 3))
    for text in ["300", "300m", "ms", "0ms", "-5ms", "5min"] {
      let error = #expect(throws: ObjectiveError.self) {
        try Objective.latency(under: text, target: "95%", buckets: buckets)
      }
      #expect(error?.message == "'\(text)' is no duration")
    }
    let error = #expect(throws: ObjectiveError.self) {
      try Objective.latency(under: "250ms", target: "95%", buckets: buckets)
    }
    #expect(
      error?.description
        == "latency.under: 250ms is no bound of the service's latency buckets; use 100ms or 300ms, or have the service "
        + "count at 250ms")
    #expect(throws: ObjectiveError.self) {
      try Objective.latency(under: "300ms", target: "100%", buckets: buckets)
    }
  }

  @Test(arguments: [[], [0, 1], [10, 10], [20, 10], [1, .infinity]])
  func boundsMustAscend(bounds: [Double]) {
    #expect(throws: ObjectiveError.self) { try LatencyBuckets(upperBounds: bounds) }
  }

  @Test func slowRequestsAreBadEvents() {
    let histogram = LatencyHistogram(counts: [70, 20, 7, 3])
    #expect(histogram.events(within: 2) == events(10, 100))
    #expect(histogram.events(within: 4) == events(0, 100))
    #expect(histogram.events(within: 5) == nil)
    #expect(LatencyHistogram(counts: [3, -1]).events(within: 1) == nil)
  }

  @Test func aScoreIsAShare() throws {
    let answers = SurveyAnswers(promoters: 50, passives: 30, detractors: 20)
    #expect(answers.score == 30)
    let objective = try Objective.netPromoterScore(atLeast: 30)
    #expect(objective.target == 0.65)
    // Exactly at the score, exactly at the target.
    #expect(answers.events == events(70, 200))
    #expect(abs(ErrorBudget(objective, counts: answers.events!).spent - 1) < 1e-12)
    #expect(SurveyAnswers(promoters: 0, passives: 0, detractors: 0).score == nil)
    #expect(SurveyAnswers(promoters: 0, passives: -1, detractors: 0).events == nil)
    for score in [-100.0, 100, 130, .nan] {
      #expect(throws: ObjectiveError.self) { try Objective.netPromoterScore(atLeast: score) }
    }
  }

  @Test func aRatioNeedsTwoQueries() throws {
    let objective = try Objective.ratio("checkout", bad: "failed", total: "all", target: "99%")
    #expect(objective.name == "checkout")
    #expect(objective.indicator == .ratio(bad: "failed", total: "all"))
    for (bad, total, key) in [
      ("", "all", "checkout.bad"), ("failed", "  ", "checkout.total"), ("all", "all", "checkout.bad"),
    ] {
      let error = #expect(throws: ObjectiveError.self) {
        try Objective.ratio("checkout", bad: bad, total: total, target: "99%")
      }
      #expect(error?.keyPath == key)
    }
  }
}

@Suite struct EventCountsTests {
  @Test(arguments: [(-1, 5), (6, 5), (0, -1)])
  func impossibleCountsAreRefused(bad: Int, total: Int) {
    #expect(EventCounts(bad: bad, total: total) == nil)
  }

  @Test func impossibleCountsAreNotDecodedEither() throws {
    let decoder = JSONDecoder()
    #expect(try decoder.decode(EventCounts.self, from: Data(#"{"bad":1,"total":2}"#.utf8)) == events(1, 2))
    #expect(throws: DecodingError.self) {
      try decoder.decode(EventCounts.self, from: Data(#"{"bad":3,"total":2}"#.utf8))
    }
  }

  @Test func countsAddUp() {
    #expect(events(1, 10) + events(2, 30) == events(3, 40))
    #expect(events(1, 4).badShare == 0.25)
    #expect(EventCounts.none.badShare == nil)
  }
}
