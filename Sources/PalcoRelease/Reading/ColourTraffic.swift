import AWSWire
import Foundation

/// What the load balancer's metrics say of one colour since the release began.
public struct ColourTraffic: Sendable, Equatable {
  /// Requests that its targets got (`RequestCount`).
  public var requests: Int
  /// Those that its targets answered with 5xx (`HTTPCode_Target_5XX_Count`).
  public var errors: Int
}

/// Reads the traffic of target groups from CloudWatch.
///
/// A load balancer publishes once a minute, and a read costs money on AWS: it is not asked at every look.
///
/// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
struct TrafficReader: Sendable {
  let access: CloudAccess

  /// The traffic of each group since an instant, by ARN; a group without any is not there.
  func traffic(of groupARNs: [String], since start: Date) async throws -> [String: ColourTraffic] {
    let groups = try await access.aws.send(ELBv2.DescribeTargetGroupsRequest(targetGroupArns: groupARNs)).targetGroups
    var queries: [CloudWatch.MetricDataQuery] = []
    for (index, group) in groups.enumerated() {
      guard let balancer = group.loadBalancerArns?.first else { continue }
      let dimensions = [
        CloudWatch.Dimension(name: "LoadBalancer", value: CloudWatch.resource(of: balancer)),
        CloudWatch.Dimension(name: "TargetGroup", value: CloudWatch.resource(of: group.targetGroupArn)),
      ]
      for (name, prefix) in [("RequestCount", "r"), ("HTTPCode_Target_5XX_Count", "e")] {
        queries.append(CloudWatch.query("\(prefix)\(index)", name, dimensions))
      }
    }
    guard !queries.isEmpty else { return [:] }
    let answer = try await access.aws.send(
      CloudWatch.GetMetricDataRequest(
        metricDataQueries: queries, startTime: start, endTime: access.time.now().addingTimeInterval(60)))
    var sums: [String: Int] = [:]
    for result in answer.metricDataResults ?? [] {
      sums[result.id ?? ""] = Int((result.values ?? []).reduce(0, +).rounded())
    }
    var traffic: [String: ColourTraffic] = [:]
    for (index, group) in groups.enumerated() {
      guard let requests = sums["r\(index)"], requests > 0 else { continue }
      traffic[group.targetGroupArn] = ColourTraffic(requests: requests, errors: sums["e\(index)"] ?? 0)
    }
    return traffic
  }
}
