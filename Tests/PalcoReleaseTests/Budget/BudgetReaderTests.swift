import Foundation
import PalcoBlueprint
import PalcoReliability
import PalcoTestSupport
import Synchronization
import Testing

@testable import PalcoRelease

@Suite struct BudgetReaderTests {
  private static let now = Date(timeIntervalSince1970: 1_700_000_040)

  /// A server that answers the load balancer's metrics, which are told for a minute that began so many seconds ago.
  private func report(
    _ objectives: ServiceObjectives,
    _ value: @escaping @Sendable (_ metric: String, _ stat: String, _ age: Double) -> Double?
  ) async throws -> BudgetReport {
    var blueprint = Sample.blueprint()
    blueprint.objectives = objectives
    let asked = blueprint
    return try await StubHTTPServer.run { request in
      guard request.header("X-Amz-Target")?.hasSuffix(".GetMetricData") == true else {
        return .text(200, Self.balancer)
      }
      guard
        let body = try? JSONSerialization.jsonObject(with: request.body) as? [String: Any],
        let queries = body["MetricDataQueries"] as? [[String: Any]], let from = body["StartTime"] as? Double
      else { return .text(400, "{}") }
      let results = queries.map { query -> String in
        let stat = query["MetricStat"] as? [String: Any] ?? [:]
        let metric = (stat["Metric"] as? [String: Any])?["MetricName"] as? String ?? ""
        let statistic = stat["Stat"] as? String ?? ""
        let period = Double(stat["Period"] as? Int ?? 60)
        let instants = stride(from: (from / 60).rounded(.down) * 60, to: Self.now.timeIntervalSince1970, by: period)
        let points = instants.compactMap { instant in
          value(metric, statistic, Self.now.timeIntervalSince1970 - instant).map {
            (instant, statistic.hasPrefix("PR(") ? $0 : $0 * period / 60)
          }
        }
        return """
          {"Id":"\(query["Id"] ?? "")","StatusCode":"Complete",\
          "Timestamps":[\(points.map { "\($0.0)" }.joined(separator: ","))],\
          "Values":[\(points.map { "\($0.1)" }.joined(separator: ","))]}
          """
      }
      return .text(200, "{\"MetricDataResults\":[\(results.joined(separator: ","))]}")
    } while: { server in
      var access = Sample.access(at: server.url)
      access.time = TestClock(now: Self.now).timeSource
      return try await BudgetReader(access: access, blueprint: asked).report()
    }
  }

  private static let balancer = """
    <DescribeLoadBalancersResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/">
    <DescribeLoadBalancersResult><LoadBalancers><member>
    <LoadBalancerArn>arn:aws:elasticloadbalancing:eu-west-1:000000000000:loadbalancer/app/pulse-stage/3</LoadBalancerArn>
    <LoadBalancerName>pulse-stage</LoadBalancerName><DNSName>127.0.0.1</DNSName></member></LoadBalancers>
    </DescribeLoadBalancersResult></DescribeLoadBalancersResponse>
    """

  @Test func aSteadyServiceSpendsWhatItsErrorsAre() async throws {
    // 600 requests a minute, of which 3 in a thousand fail, half of them in the balancer itself.
    let report = try await report(ServiceObjectives()) { metric, _, _ in
      switch metric {
      case "RequestCount": 600
      case "HTTPCode_Target_5XX_Count", "HTTPCode_ELB_5XX_Count": 0.9
      default: nil
      }
    }
    let budget = try #require(report.budgets.first)
    // 30 days of 864 000 requests; the beginning is rounded down to the minute.
    #expect(budget.budget.counts.total == 30 * 864_000)
    #expect(abs(budget.budget.spent - 3) < 0.01, "\(budget)")
    #expect(budget.burnRates.allSatisfy { abs($0 - 3) < 0.4 }, "\(budget)")
    #expect(abs(report.traffic.requestsPerSecond - 10) < 0.2)
  }

  @Test func burnRatesTellWhenItBegan() async throws {
    // For half an hour one request in ten fails.
    let report = try await report(ServiceObjectives()) { metric, _, age in
      switch metric {
      case "RequestCount": 600
      case "HTTPCode_Target_5XX_Count": age <= 1800 ? 60 : nil
      default: nil
      }
    }
    let rates = try #require(report.budgets.first).burnRates
    #expect(rates.count == BudgetReport.burnWindows.count)
    #expect(abs(rates[0] - 100) < 1 && abs(rates[1] - 50) < 2 && abs(rates[2] - 8.3) < 1, "\(rates)")
  }

  @Test func latencyHasABudgetOfItsOwn() async throws {
    let latency = try ServiceObjectives.Latency(under: "250ms", target: "95%", buckets: .usual)
    let report = try await report(ServiceObjectives(latency: latency, isDeclared: true)) { metric, stat, _ in
      switch (metric, stat) {
      case ("RequestCount", _), ("TargetResponseTime", "SampleCount"): 600
      case ("TargetResponseTime", "PR(:0.25)"): 98
      default: nil
      }
    }
    #expect(report.budgets.map(\.budget.objective.name) == ["availability", "latency"])
    #expect(report.budgets[0].budget.spent == 0)
    #expect(abs(report.budgets[1].budget.spent - 0.4) < 0.01, "\(report.budgets[1])")
  }

  @Test func withoutTrafficNothingIsSpentAndNothingForecast() async throws {
    let report = try await report(ServiceObjectives(isDeclared: true)) { _, _, _ in nil }
    #expect(report.budgets.first?.budget.counts == EventCounts.none)
    #expect(report.budgets.first?.burnRates.allSatisfy { $0 == 0 } == true)
    #expect(report.forecast(of: .blueGreen(bakeMinutes: 5), objectives: ServiceObjectives()) == nil)
    #expect(report.gate(for: .blueGreen(bakeMinutes: 5), objectives: ServiceObjectives(isDeclared: true)) == .open)
  }

  @Test func theForecastFollowsTheStrategysSteps() async throws {
    let report = try await report(ServiceObjectives()) { metric, _, _ in metric == "RequestCount" ? 6000 : nil }
    func steps(_ strategy: ReleaseStrategy) -> [TrafficStep]? {
      report.forecast(of: strategy, objectives: ServiceObjectives())?.plan.steps
    }
    #expect(steps(.rolling(minimumHealthyPercent: 100, maximumPercent: 200)) == nil)
    #expect(
      steps(.canary(percent: 5, percentBakeMinutes: 10, bakeMinutes: 5)) == [
        TrafficStep(weight: 0.05, seconds: 600), TrafficStep(weight: 1, seconds: 300),
      ])
    #expect(
      steps(.linear(stepPercent: 40, stepBakeMinutes: 6, bakeMinutes: 1)) == [
        TrafficStep(weight: 0.4, seconds: 360), TrafficStep(weight: 0.8, seconds: 360),
        TrafficStep(weight: 1, seconds: 60),
      ])
    // With all traffic on green at once there is nothing to compare it with.
    let blueGreen = try #require(
      report.forecast(of: .blueGreen(bakeMinutes: 5), objectives: ServiceObjectives()))
    #expect(blueGreen.detections.allSatisfy { $0.expected == nil })
  }
}
