import AWSWire
import Foundation

/// The answers of CloudWatch to some queries: values by the query's name and the start of their period.
struct MetricSeries: Sendable {
  /// Milliseconds since 1970 of the start of a period.
  typealias Instant = Int64

  private(set) var values: [String: [Instant: Double]] = [:]

  /// Asks for metrics.
  ///
  /// A value that is given twice counts once, and one that is no number not at all.
  ///
  /// - Throws: `AWSError` and `AWSClientError`; ``ReleaseError`` when CloudWatch could not answer a query: what is left
  ///   of an answer would look like a service without failures.
  static func read(
    _ queries: [CloudWatch.MetricDataQuery], from start: Date, to end: Date, through access: CloudAccess
  ) async throws -> MetricSeries {
    var series = MetricSeries()
    var request = CloudWatch.GetMetricDataRequest(
      metricDataQueries: queries, startTime: start, endTime: end, scanBy: "TimestampAscending")
    repeat {
      let answer = try await access.aws.send(request)
      for result in answer.metricDataResults ?? [] { try series.add(result) }
      request.nextToken = answer.nextToken
    } while request.nextToken?.isEmpty == false
    return series
  }

  mutating func add(_ result: CloudWatch.MetricDataResult) throws {
    let id = result.id ?? ""
    if let status = result.statusCode, status != "Complete", status != "PartialData" {
      let reason = result.messages?.compactMap(\.value).joined(separator: "; ") ?? ""
      throw ReleaseError(
        .unexpectedAnswer, "CloudWatch did not answer the query \(id): \(status)\(reason.isEmpty ? "" : ", \(reason)")")
    }
    for (instant, value) in zip(result.timestamps ?? [], result.values ?? []) where value.isFinite {
      values[id, default: [:]][Int64((instant.timeIntervalSince1970 * 1000).rounded())] = value
    }
  }

  /// The periods that a query has a value of.
  func instants(of id: String) -> [Instant] { values[id].map { Array($0.keys) } ?? [] }

  /// A value; nil when there is none.
  func value(_ id: String, at instant: Instant) -> Double? { values[id]?[instant] }

  /// A count: what is not published is none, and so is less than none.
  func count(_ id: String, at instant: Instant) -> Int {
    let value = value(id, at: instant) ?? 0
    return value > 0 && value < 1e15 ? Int(value.rounded()) : 0
  }
}

extension CloudWatch {
  /// A query of one statistic by the minute, or by another period in seconds.
  static func query(
    _ id: String, _ metric: String, _ dimensions: [Dimension], _ statistic: String = "Sum", period: Int = 60
  ) -> MetricDataQuery {
    MetricDataQuery(
      id: id,
      metricStat: MetricStat(
        metric: Metric(namespace: "AWS/ApplicationELB", metricName: metric, dimensions: dimensions), period: period,
        stat: statistic))
  }

  /// The statistic that tells how many percent of response times are within a bound in milliseconds.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
  static func rank(within milliseconds: Double) -> String {
    // The metric is in seconds; a Double writes small ones with an exponent.
    var digits = String(format: "%.6f", milliseconds / 1000)
    while digits.last == "0" { digits.removeLast() }
    if digits.last == "." { digits.removeLast() }
    return "PR(:\(digits))"
  }

  /// `app/NAME/ID` of a load balancer, `targetgroup/NAME/ID` of a target group: what CloudWatch calls them.
  static func resource(of arn: String) -> String {
    let resource = arn.split(separator: ":").last.map(String.init) ?? arn
    return resource.hasPrefix("loadbalancer/") ? String(resource.dropFirst("loadbalancer/".count)) : resource
  }
}
