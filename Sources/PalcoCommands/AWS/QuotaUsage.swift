import AWSClient
import AWSWire
import AsyncHTTPClient
import Foundation

/// How much of a limit is in use now.
struct QuotaUsage {
  let session: AWSSession

  /// - Parameter metric: The metric that Service Quotas names for it.
  /// - Returns: `nil` where nothing tells.
  func used(of quota: Quota, metric: ServiceQuotas.GetServiceQuotaResponse.UsageMetric?) async throws -> Int? {
    switch quota.counted {
    case .virtualNetworks: return try await count("DescribeVpcs", "vpcId")
    case .addresses: return try await count("DescribeAddresses", "publicIp")
    case .loadBalancers:
      var count = 0
      for try await page in session.client.pages(ELBv2.DescribeLoadBalancersRequest()) {
        count += page.loadBalancers.count { $0.type == "application" }
      }
      return count
    case nil:
      guard let metric else { return nil }
      return try await measured(metric)
    }
  }

  /// The last value of the last quarter of an hour.
  private func measured(_ metric: ServiceQuotas.GetServiceQuotaResponse.UsageMetric) async throws -> Int? {
    guard let namespace = metric.namespace, let name = metric.name else { return nil }
    let dimensions = (metric.dimensions ?? [:]).sorted { $0.key < $1.key }.map {
      CloudWatch.Dimension(name: $0.key, value: $0.value)
    }
    let now = Date()
    let answer = try await session.client.send(
      CloudWatch.GetMetricDataRequest(
        metricDataQueries: [
          .init(
            id: "used",
            metricStat: .init(
              metric: .init(namespace: namespace, metricName: name, dimensions: dimensions), period: 300,
              stat: metric.statistic ?? "Maximum"))
        ], startTime: now.addingTimeInterval(-900), endTime: now))
    // What is not used at all has no values.
    return Int((answer.metricDataResults?.first?.values?.first ?? 0).rounded())
  }

  /// How many items EC2 lists, by an element that each has once. EC2 has a protocol of its own, of which no more is
  /// needed.
  private func count(_ operation: String, _ element: String) async throws -> Int {
    let base = try session.configuration.endpoint(of: Self.ec2)
    let host = base.host() ?? ""
    let authority = base.port.map { "\(host):\($0)" } ?? host
    let body = Data("Action=\(operation)&Version=2016-11-15".utf8)
    let credentials = try await session.configuration.credentials.credentials(http: session.http, time: .live)
    let fields = [
      (name: "Host", value: authority), (name: "Content-Type", value: "application/x-www-form-urlencoded"),
    ]
    let signature = SigV4Signer(credentials: credentials, region: session.configuration.region, service: "ec2")
      .sign(
        method: "POST", path: "/", query: "", headers: fields, bodyHash: SigV4Signer.hash(of: body), date: Date())
    var request = HTTPClientRequest(url: "\(base.scheme ?? "https")://\(authority)/")
    request.method = .POST
    for (name, value) in fields + signature where name != "Host" { request.headers.add(name: name, value: value) }
    request.body = .bytes(body)
    let response = try await session.http.execute(request, timeout: .seconds(30))
    let text = String(buffer: try await response.body.collect(upTo: 1 << 24))
    guard response.status == .ok else { throw AWSError("EC2", text, httpStatus: Int(response.status.code)) }
    return text.ranges(of: "<\(element)>").count
  }

  /// Only its endpoint is asked of this.
  private static let ec2 = AWSService(
    name: "EC2", signingName: "ec2", endpointPrefix: "ec2", wireProtocol: .query(version: "", namespace: ""))
}
