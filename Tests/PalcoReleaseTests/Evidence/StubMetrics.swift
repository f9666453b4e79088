import AWSWire
import Foundation
import PalcoReliability
import PalcoTestSupport
import Synchronization

@testable import PalcoRelease

/// A load balancer's metrics as CloudWatch would answer them, minute by minute.
final class StubMetrics: Sendable {
  static let blue = "arn:aws:elasticloadbalancing:eu-west-1:000000000000:targetgroup/shop-blue/1"
  static let green = "arn:aws:elasticloadbalancing:eu-west-1:000000000000:targetgroup/shop-green/2"
  static let balancer = "arn:aws:elasticloadbalancing:eu-west-1:000000000000:loadbalancer/app/shop/3"
  /// The first minute.
  static let start = Date(timeIntervalSince1970: 1_700_000_040)

  /// The values of the metrics by their key, `blue RequestCount Sum`, in the minutes after the start.
  private let values = Mutex<[String: [Int: Double]]>([:])
  /// What CloudWatch says instead of an answer, once each.
  private let refusals = Mutex<[String]>([])
  /// Whether every value is told twice.
  let repeats: Bool

  init(repeats: Bool = false) { self.repeats = repeats }

  /// Puts a minute of a colour; without requests it has its targets only.
  func put(
    _ colour: String, _ minute: Int, requests: Double = 0, errors: Double = 0, connections: Double = 0,
    unhealthy: Double = 0, times: (count: Double, ranks: [String: Double])? = nil
  ) {
    put(colour, minute, "HealthyHostCount", "Maximum", 2)
    put(colour, minute, "UnHealthyHostCount", "Maximum", unhealthy)
    // CloudWatch keeps no count of nothing.
    if requests != 0 { put(colour, minute, "RequestCount", "Sum", requests) }
    if errors != 0 { put(colour, minute, "HTTPCode_Target_5XX_Count", "Sum", errors) }
    if connections != 0 { put(colour, minute, "TargetConnectionErrorCount", "Sum", connections) }
    guard let times else { return }
    put(colour, minute, "TargetResponseTime", "SampleCount", times.count)
    for (statistic, share) in times.ranks { put(colour, minute, "TargetResponseTime", statistic, share) }
  }

  /// Puts one value.
  func put(_ colour: String, _ minute: Int, _ metric: String, _ statistic: String, _ value: Double) {
    values.withLock { $0["\(colour) \(metric) \(statistic)", default: [:]][minute] = value }
  }

  /// The next read is refused.
  func refuse(_ code: String) { refusals.withLock { $0.append(code) } }

  /// The answer to a request.
  func answer(_ request: StubHTTPServer.Request) -> StubHTTPServer.Answer {
    guard request.header("X-Amz-Target")?.hasSuffix(".GetMetricData") == true else {
      return .text(200, Self.groups)
    }
    let refusal = refusals.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    if let refusal { return .text(400, "{\"__type\":\"\(refusal)\",\"message\":\"Rate exceeded\"}") }
    guard
      let body = try? JSONSerialization.jsonObject(with: request.body) as? [String: Any],
      let queries = body["MetricDataQueries"] as? [[String: Any]], let from = body["StartTime"] as? Double,
      let to = body["EndTime"] as? Double
    else { return .text(400, "{\"__type\":\"ValidationException\"}") }
    let results = queries.map { query -> String in
      let stat = query["MetricStat"] as? [String: Any] ?? [:]
      let metric = stat["Metric"] as? [String: Any] ?? [:]
      let dimensions = (metric["Dimensions"] as? [[String: String]] ?? []).map { $0["Value"] ?? "" }
      let colour =
        dimensions.contains("targetgroup/shop-blue/1")
        ? "blue" : dimensions.contains("targetgroup/shop-green/2") ? "green" : "balancer"
      let key = "\(colour) \(metric["MetricName"] ?? "") \(stat["Stat"] ?? "")"
      let instant = Self.start.timeIntervalSince1970
      var points = values.withLock { $0[key] ?? [:] }.map { (instant + Double($0.key) * 60, $0.value) }
        .filter { $0.0 >= from && $0.0 < to }.sorted { $0.0 < $1.0 }
      if repeats { points += points }
      return """
        {"Id":"\(query["Id"] ?? "")","StatusCode":"Complete","Timestamps":[\(Self.list(points.map(\.0)))],\
        "Values":[\(Self.list(points.map(\.1)))]}
        """
    }
    return .text(200, "{\"MetricDataResults\":[\(results.joined(separator: ","))]}")
  }

  private static func list(_ numbers: [Double]) -> String { numbers.map { "\($0)" }.joined(separator: ",") }

  private static let groups = """
    <DescribeTargetGroupsResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/">
    <DescribeTargetGroupsResult><TargetGroups>
    <member><TargetGroupArn>\(blue)</TargetGroupArn><TargetGroupName>shop-blue</TargetGroupName>
    <LoadBalancerArns><member>\(balancer)</member></LoadBalancerArns></member>
    <member><TargetGroupArn>\(green)</TargetGroupArn><TargetGroupName>shop-green</TargetGroupName>
    <LoadBalancerArns><member>\(balancer)</member></LoadBalancerArns></member>
    </TargetGroups></DescribeTargetGroupsResult>
    <ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></DescribeTargetGroupsResponse>
    """

  /// Asks a source that stands on these metrics.
  func evidence(
    _ objectives: ServiceObjectives = ServiceObjectives(), clock: TestClock = TestClock(now: start),
    _ body: @escaping @Sendable (CloudWatchEvidence, StubHTTPServer) async throws -> Void
  ) async throws {
    try await StubHTTPServer.run {
      self.answer($0)
    } while: { server in
      var access = Sample.access(at: server.url)
      access.time = clock.timeSource
      let source = try await CloudWatchEvidence(
        access: access, objectives: objectives, blue: Self.blue, green: Self.green)
      try await body(source, server)
    }
  }
}
