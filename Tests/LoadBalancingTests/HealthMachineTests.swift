import Foundation
import Testing

@testable import LoadBalancing

@Suite("Health")
struct HealthMachineTests {
  private let start = Date(timeIntervalSince1970: 1_700_000_000)
  private let check = HealthCheckConfiguration(
    interval: .seconds(10), healthyThreshold: 3, unhealthyThreshold: 2, successCodes: [200...299])

  private func after(_ results: HealthCheckResult...) -> HealthMachine {
    var machine = HealthMachine(check, registeredAt: start)
    for (index, result) in results.enumerated() {
      machine.record(result, startedAt: start.addingTimeInterval(Double(index) * 10))
    }
    return machine
  }

  @Test("A new target is being registered and checked at once")
  func registered() {
    #expect(after().health == .registering)
    #expect(after().nextCheck == start)
  }

  @Test("The next check is due an interval after the last one began")
  func interval() { #expect(after(.failed, .answered(200)).nextCheck == start.addingTimeInterval(20)) }

  @Test("The first check that passes makes a new target healthy, whatever the threshold")
  func first() { #expect(after(.failed, .answered(204)).health == .healthy) }

  @Test("A new target stays initial until the threshold of failures")
  func initial() {
    #expect(after(.answered(503)).health == .initial)
    #expect(after(.answered(503), .answered(503)).health.state == .unhealthy)
  }

  @Test("Why a target is unhealthy is said in ALB's words")
  func reasons() {
    let codes = after(.failed, .answered(503)).health
    #expect(codes.reason == "Target.ResponseCodeMismatch")
    #expect(codes.description == "Health checks failed with these codes: [503]")
    let late = after(.failed, .timedOut).health
    #expect(late.reason == "Target.Timeout" && late.description == "Request timed out")
    let failed = after(.timedOut, .failed).health
    #expect(failed.reason == "Target.FailedHealthChecks" && failed.description == "Health checks failed")
  }

  @Test("An unhealthy target needs the threshold of passes in a row")
  func recovery() {
    #expect(after(.failed, .failed, .answered(200), .answered(200)).health.state == .unhealthy)
    #expect(after(.failed, .failed, .answered(200), .answered(200), .answered(200)).health == .healthy)
    let interrupted = after(.failed, .failed, .answered(200), .answered(200), .failed, .answered(200), .answered(200))
    #expect(interrupted.health.state == .unhealthy)
  }

  @Test("One failure does not make a healthy target unhealthy")
  func tolerance() {
    #expect(after(.answered(200), .failed, .answered(200), .failed).health == .healthy)
    #expect(after(.answered(200), .failed, .failed).health.state == .unhealthy)
  }
}

@Suite("Response times")
struct ResponseTimeHistogramTests {
  @Test("Quantiles are right to an eighth", arguments: [3, 90, 1_500, 250_000, 9_000_000])
  func quantile(microseconds: Int64) throws {
    var histogram = ResponseTimeHistogram()
    #expect(histogram.quantile(0.5) == nil)
    for _ in 0..<99 { histogram.record(nanoseconds: microseconds * 1000) }
    histogram.record(nanoseconds: 60_000_000_000)
    let seconds = Double(microseconds) / 1e6
    for share in [0.01, 0.5, 0.99] {
      let value = try #require(histogram.quantile(share))
      #expect(value >= seconds && value <= max(seconds * 1.125, seconds + 1e-6) + 1e-9)
    }
    #expect(try #require(histogram.quantile(1)) >= 60)
    var sum = histogram
    sum += histogram
    #expect(sum.count == 200 && sum.quantile(0.5) == histogram.quantile(0.5))
  }
}
