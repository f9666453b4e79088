import Foundation
import Testing

@testable import LocalCloud

@Suite struct CircuitBreakerTests {
  @Test(arguments: [(0, 3), (1, 3), (5, 3), (6, 3), (7, 4), (25, 13), (400, 200), (800, 200)])
  func theDefaultThresholdIsHalfOfTheDesiredCountWithinBounds(_ desired: Int, _ failures: Int) {
    #expect(CircuitBreaker.Threshold.boundedPercent(50).failures(desiredCount: desired) == failures)
  }

  @Test func otherThresholdsHaveNoBounds() {
    #expect(CircuitBreaker.Threshold.unboundedPercent(50).failures(desiredCount: 800) == 400)
    #expect(CircuitBreaker.Threshold.unboundedPercent(10).failures(desiredCount: 5) == 1)
    #expect(CircuitBreaker.Threshold.count(7).failures(desiredCount: 800) == 7)
  }

  @Test func itTripsOnceWhenTheThresholdIsReached() {
    var breaker = CircuitBreaker(isEnabled: true, rollsBack: true)
    let trips = (0..<5).map { _ in breaker.record(.failedToStart, desiredCount: 1) }
    #expect(trips == [false, false, true, false, false])
    #expect(breaker.status(isFinished: false) == .triggered && breaker.status(isFinished: true) == .triggered)
  }

  @Test func startFailuresCountOnlyUntilATaskHasRun() {
    var breaker = CircuitBreaker(isEnabled: true, rollsBack: true)
    _ = breaker.record(.failedToStart, desiredCount: 1)
    _ = breaker.record(.running, desiredCount: 1)
    _ = breaker.record(.failedToStart, desiredCount: 1)
    #expect(breaker.failureCount == 1)
    _ = breaker.record(.failedHealthChecks, desiredCount: 1)
    let trips = breaker.record(.failedHealthChecks, desiredCount: 1)
    #expect(trips)
  }

  @Test(arguments: [true, false])
  func aHealthyTaskResetsTheCountUnlessItIsCumulative(_ resets: Bool) {
    var breaker = CircuitBreaker(isEnabled: true, rollsBack: true, resetsOnHealthyTask: resets)
    _ = breaker.record(.failedHealthChecks, desiredCount: 1)
    _ = breaker.record(.failedHealthChecks, desiredCount: 1)
    _ = breaker.record(.healthy, desiredCount: 1)
    let trips = breaker.record(.failedHealthChecks, desiredCount: 1)
    #expect(trips != resets)
  }

  @Test func theThresholdFollowsTheDesiredCount() {
    var breaker = CircuitBreaker(isEnabled: true, rollsBack: true)
    let trips = (0..<3).map { _ in breaker.record(.failedToStart, desiredCount: 100) }
    let tripsLater = breaker.record(.failedToStart, desiredCount: 1)
    #expect(!trips.contains(true) && tripsLater)
  }

  @Test func aDisabledBreakerCountsAndNeverTrips() {
    var breaker = CircuitBreaker(isEnabled: false, rollsBack: false)
    let trips = (0..<10).map { _ in breaker.record(.failedToStart, desiredCount: 1) }
    #expect(!trips.contains(true))
    #expect(breaker.failureCount == 10 && breaker.status(isFinished: false) == .disabled)
  }

  @Test func aQuietBreakerIsDoneWithItsDeployment() {
    let breaker = CircuitBreaker(isEnabled: true, rollsBack: true)
    #expect(breaker.status(isFinished: false) == .monitoring)
    #expect(breaker.status(isFinished: true) == .monitoringComplete)
  }
}

@Suite struct StartThrottleTests {
  @Test func eachFailureDoublesTheWaitUpTo27Minutes() {
    var throttle = StartThrottle()
    var now = Date(timeIntervalSince1970: 0)
    var waits: [TimeInterval] = []
    for _ in 0..<10 {
      throttle.failed(at: now, second: 1)
      let due = throttle.notBefore ?? now
      waits.append(due.timeIntervalSince(now))
      #expect(!throttle.allowsStart(at: due - 0.1) && throttle.allowsStart(at: due))
      now = due
    }
    #expect(waits == [10, 20, 40, 80, 160, 320, 640, 1280, 1620, 1620])
    throttle.succeeded()
    #expect(throttle.allowsStart(at: now) && throttle.failures == 0)
  }

  @Test func theWaitIsScaled() {
    var throttle = StartThrottle()
    throttle.failed(at: Date(timeIntervalSince1970: 0), second: 1 / 60.0)
    #expect(throttle.allowsStart(at: Date(timeIntervalSince1970: 0.17)))
    #expect(!throttle.allowsStart(at: Date(timeIntervalSince1970: 0.16)))
  }
}
