import AWSWire
import Foundation
import LoadBalancing

/// The metrics that an Application Load Balancer publishes, out of the counters of the data path.
///
/// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
struct TrafficMetrics: Sendable {
  /// How many targets of a group are healthy, and how many are not.
  struct HostCounts: Sendable, Equatable {
    var healthy = 0
    var unhealthy = 0
  }

  static let namespace = "AWS/ApplicationELB"

  /// The counters a minute ago.
  let before: LoadBalancerStatistics
  /// The counters now.
  let after: LoadBalancerStatistics
  let state: ELBv2State
  /// By target group ARN; groups without targets are left out.
  let hosts: [String: HostCounts]
  /// The start of the minute, in milliseconds since 1970.
  let minute: Int64

  /// The samples of the minute. Counts of nothing are not published, as AWS does not.
  func samples() -> [MetricSample] {
    var result: [MetricSample] = []
    for balancer in state.loadBalancers.values.sorted(by: { $0.sequence < $1.sequence }) {
      result += samples(of: balancer)
    }
    return result
  }

  private func samples(of balancer: LoadBalancerRecord) -> [MetricSample] {
    let own = [CloudWatch.Dimension(name: "LoadBalancer", value: Self.dimension(balancer.arn, after: "loadbalancer/"))]
    var result: [MetricSample] = []
    var total = Traffic()
    for group in state.targetGroups.values.sorted(by: { $0.sequence < $1.sequence })
    where state.loadBalancers(forwardingTo: group.arn).contains(where: { $0.arn == balancer.arn }) {
      let traffic = Traffic(before.targetGroups[group.arn], after.targetGroups[group.arn])
      total.add(traffic)
      let name = CloudWatch.Dimension(
        name: "TargetGroup", value: "targetgroup/" + Self.dimension(group.arn, after: "targetgroup/"))
      result += samples(of: traffic, own + [name])
      guard let counts = hosts[group.arn] else { continue }
      result.append(sample("HealthyHostCount", "Count", [(Double(counts.healthy), 1)], own + [name]))
      result.append(sample("UnHealthyHostCount", "Count", [(Double(counts.unhealthy), 1)], own + [name]))
      if traffic.requests > 0, counts.healthy > 0 {
        let share = Double(traffic.requests) / Double(counts.healthy)
        result.append(sample("RequestCountPerTarget", "Count", [(share, 1)], own + [name]))
        result.append(sample("RequestCountPerTarget", "Count", [(share, 1)], [name]))
      }
    }
    result += samples(of: total, own)
    return result + connections(of: balancer, own)
  }

  private func samples(of traffic: Traffic, _ dimensions: [CloudWatch.Dimension]) -> [MetricSample] {
    let counts = [
      ("RequestCount", traffic.requests), ("HTTPCode_Target_2XX_Count", traffic.responses2xx),
      ("HTTPCode_Target_3XX_Count", traffic.responses3xx), ("HTTPCode_Target_4XX_Count", traffic.responses4xx),
      ("HTTPCode_Target_5XX_Count", traffic.responses5xx),
      ("TargetConnectionErrorCount", traffic.connectionErrors),
    ]
    var result: [MetricSample] = []
    // Each request is a sample of 1, so that AWS's minimum, maximum and average are 1.
    for (name, count) in counts where count > 0 {
      result.append(sample(name, "Count", [(1, Double(count))], dimensions))
    }
    if !traffic.times.isEmpty {
      result.append(
        MetricSample(
          identity: MetricIdentity(namespace: Self.namespace, name: "TargetResponseTime", dimensions: dimensions),
          unit: "Seconds", timestamp: minute, summary: MetricSummary(traffic.times, sum: traffic.secondsOfTimes)))
    }
    return result
  }

  private func connections(of balancer: LoadBalancerRecord, _ own: [CloudWatch.Dimension]) -> [MetricSample] {
    var total = ListenerStatistics()
    for listener in state.listeners(of: balancer.arn) {
      let id = DataPathPlan.listenerID(listener)
      guard let now = after.listeners[id] else { continue }
      let old = before.listeners[id] ?? ListenerStatistics()
      total.own4xx += Self.growth(old.own4xx, now.own4xx)
      total.own5xx += Self.growth(old.own5xx, now.own5xx)
      total.connections += Self.growth(old.connections, now.connections)
      total.activeConnections += now.activeConnections
    }
    var result: [MetricSample] = []
    for (name, count) in [("HTTPCode_ELB_4XX_Count", total.own4xx), ("HTTPCode_ELB_5XX_Count", total.own5xx)]
    where count > 0 {
      result.append(sample(name, "Count", [(1, Double(count))], own))
    }
    for (name, count) in [
      ("NewConnectionCount", total.connections), ("ActiveConnectionCount", total.activeConnections),
    ] where count > 0 {
      result.append(sample(name, "Count", [(Double(count), 1)], own))
    }
    return result
  }

  private func sample(
    _ name: String, _ unit: String, _ values: [(value: Double, count: Double)], _ dimensions: [CloudWatch.Dimension]
  ) -> MetricSample {
    MetricSample(
      identity: MetricIdentity(namespace: Self.namespace, name: name, dimensions: dimensions), unit: unit,
      timestamp: minute, summary: MetricSummary(values))
  }

  /// `app/name/id` of a load balancer, `name/id` of a target group.
  static func dimension(_ arn: String, after marker: String) -> String {
    arn.range(of: ":" + marker).map { String(arn[$0.upperBound...]) } ?? arn
  }

  /// How much a counter grew; one that began again counts from its beginning.
  fileprivate static func growth(_ old: Int, _ new: Int) -> Int { new >= old ? new - old : new }
}

/// What a target group did within a minute.
private struct Traffic {
  var requests = 0
  var responses2xx = 0
  var responses3xx = 0
  var responses4xx = 0
  var responses5xx = 0
  var connectionErrors = 0
  /// Response times in seconds, each with how often it was seen.
  var times: [(value: Double, count: Double)] = []
  var secondsOfTimes = 0.0

  init() {}

  init(_ before: TargetGroupStatistics?, _ after: TargetGroupStatistics?) {
    guard let after else { return }
    let old = before.flatMap { $0.requests <= after.requests ? $0 : nil } ?? TargetGroupStatistics()
    requests = after.requests - old.requests
    responses2xx = TrafficMetrics.growth(old.responses2xx, after.responses2xx)
    responses3xx = TrafficMetrics.growth(old.responses3xx, after.responses3xx)
    responses4xx = TrafficMetrics.growth(old.responses4xx, after.responses4xx)
    responses5xx = TrafficMetrics.growth(old.responses5xx, after.responses5xx)
    connectionErrors = TrafficMetrics.growth(old.connectionErrors, after.connectionErrors)
    times = after.responseTimes.times(since: old.responseTimes).map { ($0.seconds, Double($0.count)) }
    secondsOfTimes = max(0, after.responseTimes.sum - old.responseTimes.sum)
  }

  mutating func add(_ other: Traffic) {
    requests += other.requests
    responses2xx += other.responses2xx
    responses3xx += other.responses3xx
    responses4xx += other.responses4xx
    responses5xx += other.responses5xx
    connectionErrors += other.connectionErrors
    times += other.times
    secondsOfTimes += other.secondsOfTimes
  }
}

/// Publishes the load balancers' metrics.
actor TrafficPublisher: MetricPublisher {
  private let balancer: LoadBalancer
  private let service: ELBv2Service
  private var before = LoadBalancerStatistics()

  /// - Parameters:
  ///   - balancer: The data path that counts.
  ///   - service: Knows what load balancers and target groups there are.
  init(balancer: LoadBalancer, service: ELBv2Service) {
    self.balancer = balancer
    self.service = service
  }

  func samples(at minute: Int64, now: Date) async -> [MetricSample] {
    let after = await balancer.statistics()
    let state = await service.state
    var hosts: [String: TrafficMetrics.HostCounts] = [:]
    for group in state.targetGroups.values where !group.targets.isEmpty {
      let health = await service.dataPathHealth(of: group)
      hosts[group.arn] = health.values.reduce(into: .init()) { counts, view in
        if view.state == "healthy" { counts.healthy += 1 }
        if view.state == "unhealthy" || view.state == "unavailable" { counts.unhealthy += 1 }
      }
    }
    defer { before = after }
    return TrafficMetrics(before: before, after: after, state: state, hosts: hosts, minute: minute).samples()
  }
}
