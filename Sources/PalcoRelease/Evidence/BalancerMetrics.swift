import AWSWire
import Foundation
import PalcoReliability

/// Reads what a load balancer publishes of two target groups.
struct BalancerMetrics: Sendable {
  let access: CloudAccess
  /// `app/NAME/ID`, as CloudWatch calls the load balancer.
  let balancer: String
  /// `targetgroup/NAME/ID` of what serves, and of what is to serve.
  let blue: String
  let green: String
  /// The buckets of response times; nil when nobody asks for them.
  let buckets: LatencyBuckets?

  /// Finds the load balancer of two target groups, by their ARNs.
  ///
  /// - Throws: ``ReleaseError`` with `environmentMissing` when no load balancer forwards to them.
  init(access: CloudAccess, blueARN: String, greenARN: String, buckets: LatencyBuckets?) async throws {
    let groups = try await access.aws.send(
      ELBv2.DescribeTargetGroupsRequest(targetGroupArns: [blueARN, greenARN])
    ).targetGroups
    guard let balancer = groups.lazy.compactMap({ $0.loadBalancerArns?.first }).first else {
      throw ReleaseError(
        .environmentMissing, "no load balancer forwards to \(blueARN) or \(greenARN), so nothing counts their requests")
    }
    self.access = access
    self.balancer = CloudWatch.resource(of: balancer)
    blue = CloudWatch.resource(of: blueARN)
    green = CloudWatch.resource(of: greenARN)
    self.buckets = buckets
  }

  /// The minutes that were measured, by their start. A minute in which the load balancer said nothing of any target was
  /// not: it counts targets in each, and requests in those only that have some.
  func minutes(from start: Date, to end: Date) async throws -> [MetricSeries.Instant: BalancerMinute] {
    let series = try await MetricSeries.read(queries, from: start, to: end, through: access)
    let measured = ["blue", "green"].flatMap {
      series.instants(of: $0 + "Healthy") + series.instants(of: $0 + "Unhealthy")
    }
    var minutes: [MetricSeries.Instant: BalancerMinute] = [:]
    for instant in measured where minutes[instant] == nil {
      minutes[instant] = BalancerMinute(
        blue: group("blue", in: series, at: instant), green: group("green", in: series, at: instant),
        ownErrors: series.count("ownErrors", at: instant))
    }
    return minutes
  }

  private var queries: [CloudWatch.MetricDataQuery] {
    let own = CloudWatch.Dimension(name: "LoadBalancer", value: balancer)
    var queries = [CloudWatch.query("ownErrors", "HTTPCode_ELB_5XX_Count", [own])]
    for (colour, group) in [("blue", blue), ("green", green)] {
      let dimensions = [own, CloudWatch.Dimension(name: "TargetGroup", value: group)]
      queries += [
        CloudWatch.query(colour + "Requests", "RequestCount", dimensions),
        CloudWatch.query(colour + "Errors", "HTTPCode_Target_5XX_Count", dimensions),
        CloudWatch.query(colour + "Connections", "TargetConnectionErrorCount", dimensions),
        CloudWatch.query(colour + "Healthy", "HealthyHostCount", dimensions, "Maximum"),
        CloudWatch.query(colour + "Unhealthy", "UnHealthyHostCount", dimensions, "Maximum"),
      ]
      guard let buckets else { continue }
      queries.append(CloudWatch.query(colour + "Timed", "TargetResponseTime", dimensions, "SampleCount"))
      for (index, bound) in buckets.upperBounds.enumerated() {
        queries.append(
          CloudWatch.query("\(colour)Rank\(index)", "TargetResponseTime", dimensions, CloudWatch.rank(within: bound)))
      }
    }
    return queries
  }

  private func group(
    _ colour: String, in series: MetricSeries, at instant: MetricSeries.Instant
  ) -> BalancerMinute.Group {
    BalancerMinute.Group(
      requests: series.count(colour + "Requests", at: instant),
      targetErrors: series.count(colour + "Errors", at: instant),
      connectionErrors: series.count(colour + "Connections", at: instant),
      unhealthy: series.count(colour + "Unhealthy", at: instant), timed: series.count(colour + "Timed", at: instant),
      ranks: (buckets?.upperBounds.indices ?? 0..<0).map { series.value("\(colour)Rank\($0)", at: instant) ?? 0 })
  }
}
