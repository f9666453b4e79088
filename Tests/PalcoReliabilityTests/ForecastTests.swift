import Foundation
import Testing

@testable import PalcoReliability

@Suite struct ForecastTests {
  static func plan(
    _ requestsPerSecond: Double, errorRate: Double = 0.001, dispersion: Double = 1, weight: Double = 0.1,
    seconds: Double = 3600
  ) -> Forecast.Plan {
    Forecast.Plan(
      requestsPerSecond: requestsPerSecond, errorRate: errorRate, dispersion: dispersion, interval: 10,
      steps: [TrafficStep(weight: weight, seconds: seconds)])
  }

  @Test func boundsAreThoseOfTheReference() throws {
    for row in try ReferenceStreamsTests.Recording.load().bounds {
      let (base, green) = (row[0], row[1])
      let plan = Self.plan(row[2], errorRate: base, weight: row[3], seconds: 1e6)
      let bound = try #require(Forecast(plan, effects: [.times(green / base)]).detections[0].bound)
      #expect(abs(bound / row[4] - 1) < 1e-9)
    }
  }

  @Test func aServiceWithLittleTrafficIsToldSo() {
    // Five requests a second with one error in a thousand: within an hour no method at all sees a doubled rate.
    let forecast = Forecast(Self.plan(5, weight: 0.5))
    #expect(!forecast.hasEnoughTraffic)
    #expect(forecast.detections.map(\.effect) == [.times(2), .times(5), .plus(0.01)])
    #expect(forecast.detections[0].bound == nil)
    #expect(forecast.detections[0].expected == nil)
    // All of the failed requests of the hour: 5/s · half · 0.1 % · 3600 s.
    #expect(abs(forecast.detections[0].harmed - 9) < 1e-9)
    #expect(forecast.detections[2].expected != nil)
    let factor = forecast.smallestVisibleFactor
    #expect(factor.map { $0 > 2 && $0 < 5 } == true)
  }

  @Test func aServiceWithMuchTrafficSeesItSoon() throws {
    let forecast = Forecast(Self.plan(500))
    #expect(forecast.hasEnoughTraffic)
    let five = forecast.detections[1]
    let (bound, expected) = (try #require(five.bound), try #require(five.expected))
    // The noise that two healthy colours may have costs a little on top.
    #expect((1.2...1.4).contains(expected / bound))
    #expect(abs(five.harmed - 500 * 0.1 * 0.004 * expected) < 1e-6)
  }

  @Test func nothingIsSeenBeforeTheFirstInterval() throws {
    let outage = Forecast(Self.plan(5000), effects: [.times(1000)]).detections[0]
    #expect(outage.bound == 10)
    #expect(try #require(outage.expected) >= 10)
  }

  @Test func noServiceSeesWhatNeverHappens() {
    #expect(Forecast(Self.plan(0)).smallestVisibleFactor == nil)
    #expect(Forecast(Self.plan(500, weight: 1)).smallestVisibleFactor == nil, "nothing to compare with")
  }

  @Test func clumpsTakeLonger() throws {
    let (single, clumped) = (Forecast(Self.plan(500)), Forecast(Self.plan(500, dispersion: 3)))
    #expect(try #require(clumped.detections[0].expected) > 2.5 * #require(single.detections[0].expected))
    #expect(clumped.detections[0].bound == single.detections[0].bound)
  }

  @Test func informationAddsUpOverTheSteps() throws {
    let whole = Forecast(Self.plan(50, weight: 0.1), effects: [.times(5)]).detections[0]
    var plan = Self.plan(50, weight: 0.1)
    plan.steps = Array(repeating: TrafficStep(weight: 0.1, seconds: 60), count: 60)
    let parts = Forecast(plan, effects: [.times(5)]).detections[0]
    #expect(abs(try #require(whole.expected) / #require(parts.expected) - 1) < 1e-9)
    #expect(abs(whole.harmed / parts.harmed - 1) < 1e-9)
    plan.steps.insert(TrafficStep(weight: 0.02, seconds: 120), at: 0)
    #expect(try #require(Forecast(plan, effects: [.times(5)]).detections[0].expected) > #require(parts.expected))
  }

  /// What is forecast happens: 200 simulated releases are judged, and their mean time is near the expected one.
  @Test(arguments: [(50.0, 0.001, 5.0, 0.1), (500, 0.001, 3, 0.05), (50, 0.01, 2, 0.5)])
  func simulatedReleasesTakeTheExpectedTime(
    requestsPerSecond: Double, errorRate: Double, factor: Double, weight: Double
  ) throws {
    let expected = try #require(
      Forecast(
        Self.plan(requestsPerSecond, errorRate: errorRate, weight: weight), effects: [.times(factor)]
      ).detections[0].expected)
    var random = Seeded(state: 1)
    let (green, blue) = (requestsPerSecond * 10 * weight, requestsPerSecond * 10 * (1 - weight))
    var sum = 0.0
    for _ in 0..<200 {
      var evidence = EventEvidence(dispersion: 1, cap: 100)
      var intervals = 0
      while evidence.logEvidence < log(100), intervals < 720 {
        evidence.judge(
          blue: events(random.poisson(blue * errorRate), Int(blue)),
          green: events(random.poisson(green * errorRate * factor), Int(green)))
        intervals += 1
      }
      sum += Double(10 * intervals)
    }
    #expect((0.8...1.25).contains(sum / 200 / expected), "mean \(sum / 200) s, expected \(expected) s")
  }

  @Test func pacedStepsRiseToTheTopAndSoonerWithMoreTraffic() {
    func steps(_ requestsPerSecond: Double) -> [TrafficStep] {
      TrafficStep.paced(target: 0.999, requestsPerSecond: requestsPerSecond, errorRate: 0.001, interval: 10)
    }
    for steps in [steps(50), steps(500), steps(5000)] {
      #expect(zip(steps, steps.dropFirst()).allSatisfy { $0.weight < $1.weight })
      #expect(steps.last == TrafficStep(weight: 0.95, seconds: 600))
    }
    func duration(_ steps: [TrafficStep]) -> Double { steps.reduce(0) { $0 + $1.seconds } }
    #expect(duration(steps(5000)) < duration(steps(500)))
    #expect(duration(steps(500)) < duration(steps(50)))
  }

  @Test func aPacedReleaseWithoutTrafficHasNoTop() {
    let steps = TrafficStep.paced(target: 0.999, requestsPerSecond: 0, errorRate: 0.001, interval: 10)
    #expect(steps.count == 1)
    #expect(steps.allSatisfy { $0.weight < PacingRule.topWeight })
  }

  @Test func effectsHaveNamesAndEnds() {
    #expect(Effect.usual.map(\.description) == ["×2", "×5", "+1 pp"])
    #expect(Effect.times(1.5).description == "×1.5")
    #expect(Effect.times(5).rate(from: 0.5) == 1)
    #expect(Effect.plus(0.01).rate(from: 0.995) == 1)
  }
}
