import AWSWire
import Foundation
import LoadBalancing
import Testing

@testable import LocalCloud

@Suite struct PublishingTests {
  private static let balancer = "arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/app/web/1234"
  private static let group = "arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/blue/5678"
  private static let listener = "arn:aws:elasticloadbalancing:us-east-1:000000000000:listener/app/web/1234/9"

  private func state() -> ELBv2State {
    var state = ELBv2State()
    state.loadBalancers[Self.balancer] = LoadBalancerRecord(
      arn: Self.balancer, sequence: 1, name: "web", createdTime: .now, scheme: "internal", subnets: [],
      securityGroups: [], ipAddressType: "ipv4", host: "127.0.0.2", tags: [:])
    state.listeners[Self.listener] = ListenerRecord(
      arn: Self.listener, sequence: 2, loadBalancerARN: Self.balancer, protocol: "HTTP", port: 80, tags: [:])
    state.targetGroups[Self.group] = TargetGroupRecord(
      arn: Self.group, sequence: 3, name: "blue", protocol: "HTTP", port: 80, vpcID: "vpc", targetType: "ip",
      healthCheck: HealthCheckSettings(), tags: [:])
    state.rules["r"] = RuleRecord(
      arn: "r", sequence: 4, listenerARN: Self.listener, conditions: [],
      action: ELBv2.Action(
        type: "forward", targetGroupArn: Self.group,
        forwardConfig: .init(targetGroups: [.init(targetGroupArn: Self.group, weight: 1)])), tags: [:])
    return state
  }

  private func sums(_ samples: [MetricSample]) -> [String: Double] {
    Dictionary(
      uniqueKeysWithValues: samples.map { sample in
        let names = sample.identity.dimensions.map(\.value).joined(separator: " ")
        return ("\(sample.identity.name) \(names)", sample.summary.sum)
      })
  }

  @Test func aMinuteOfTrafficBecomesMetrics() {
    var before = LoadBalancerStatistics()
    before.targetGroups[Self.group, default: .init()].requests = 10
    before.targetGroups[Self.group]?.responses2xx = 10
    var after = before
    after.targetGroups[Self.group]?.requests = 14
    after.targetGroups[Self.group]?.responses2xx = 13
    after.targetGroups[Self.group]?.responses5xx = 1
    after.listeners["\(Self.listener):80", default: .init()].own5xx = 2
    let metrics = TrafficMetrics(
      before: before, after: after, state: state(), hosts: [Self.group: .init(healthy: 2, unhealthy: 1)],
      minute: 60_000)
    let (web, blue) = ("app/web/1234", "targetgroup/blue/5678")
    #expect(
      sums(metrics.samples()) == [
        "RequestCount \(web)": 4, "RequestCount \(web) \(blue)": 4, "HTTPCode_Target_2XX_Count \(web)": 3,
        "HTTPCode_Target_2XX_Count \(web) \(blue)": 3, "HTTPCode_Target_5XX_Count \(web)": 1,
        "HTTPCode_Target_5XX_Count \(web) \(blue)": 1, "HTTPCode_ELB_5XX_Count \(web)": 2,
        "HealthyHostCount \(web) \(blue)": 2, "UnHealthyHostCount \(web) \(blue)": 1,
        "RequestCountPerTarget \(web) \(blue)": 2, "RequestCountPerTarget \(blue)": 2,
      ])
    let count = metrics.samples().first { $0.identity.name == "RequestCount" }?.summary
    #expect(count?.sampleCount == 4)
    #expect(count?.maximum == 1)
    #expect(metrics.samples().allSatisfy { $0.timestamp == 60_000 })
  }

  @Test func aMinuteWithoutTrafficCountsNothing() {
    var statistics = LoadBalancerStatistics()
    statistics.targetGroups[Self.group, default: .init()].requests = 10
    let metrics = TrafficMetrics(
      before: statistics, after: statistics, state: state(), hosts: [Self.group: .init(healthy: 1)], minute: 0)
    #expect(Set(metrics.samples().map(\.identity.name)) == ["HealthyHostCount", "UnHealthyHostCount"])
  }

  private struct Usage: ServiceUsageSource {
    var insights = false
    func serviceUsage() async -> [ServiceUsage] {
      [
        ServiceUsage(
          cluster: "c", service: "s", hasContainerInsights: insights, desired: 2, pending: 1,
          tasks: [
            .init(arn: "t1", cpu: 256, memory: 512, processGroups: [7]),
            .init(arn: "t2", cpu: 256, memory: 512, processGroups: [8]),
          ])
      ]
    }
  }

  @Test func whatTasksUseBecomesMetrics() async throws {
    let start = Date(timeIntervalSince1970: 0)
    func line(_ pid: Int, _ group: Int, ticks: Int, pages: Int) -> String {
      "\(pid) (a (b) c) S 1 \(group) 1 0 -1 0 0 0 0 0 \(ticks) 0 0 0 20 0 1 0 100 4096 \(pages) 0"
    }
    let first = [(7, 7, 100, 256 * 128), (9, 7, 0, 0), (8, 8, 0, 256 * 256)]
    let usages = try first.map { pid, group, ticks, pages in
      try #require(
        ProcessUsage(statLine: line(pid, group, ticks: ticks, pages: pages), ticksPerSecond: 100, pageSize: 4096))
    }
    let publisher = UsagePublisher(source: Usage(insights: true), now: start) { groups in
      usages.filter { groups.contains($0.group) }
    }
    let samples = await publisher.samples(at: 0, now: start + 10)
    func summary(_ name: String) -> MetricSummary? { samples.first { $0.identity.name == name }?.summary }
    // 1 second of 10 on one of two tasks: a tenth of a processor is 102.4 units, 40 % of 256.
    #expect(abs((summary("CPUUtilization")?.maximum ?? 0) - 40) < 1e-9)
    #expect(summary("CPUUtilization")?.value(of: .average).map { abs($0 - 20) < 1e-9 } == true)
    #expect(summary("MemoryUtilization")?.minimum == 25)
    #expect(summary("MemoryUtilization")?.maximum == 50)
    #expect(summary("RunningTaskCount")?.sum == 2)
    let later = await publisher.samples(at: 0, now: start + 20)
    #expect(later.first { $0.identity.name == "CPUUtilization" }?.summary.sum == 0)
    let plain = await UsagePublisher(source: Usage(), now: start) { _ in usages }.samples(at: 0, now: start + 1)
    #expect(plain.allSatisfy { $0.identity.namespace == "AWS/ECS" })
  }

  #if os(Linux)
    @Test func thisProcessIsFound() {
      let own = ProcessUsage.all(inGroups: [getpgrp()]).first { $0.identifier == getpid() }
      #expect((own?.residentBytes ?? 0) > 1_048_576)
    }
  #endif
}
