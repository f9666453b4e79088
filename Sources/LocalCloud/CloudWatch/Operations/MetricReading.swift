import AWSWire
import Foundation

/// Answers reads of metrics.
struct MetricReading: Sendable {
  static let maximumDatapoints = 100_800
  private static let maximumStatistics = 1440
  private static let pageOfMetrics = 500

  let table: MetricTable

  // MARK: GetMetricData

  func answer(_ request: CloudWatch.GetMetricDataRequest) throws(AWSError) -> CloudWatch.GetMetricDataResponse {
    let (first, end) = (second(of: request.startTime), second(of: request.endTime))
    guard first <= end else {
      throw CloudWatchError.validation("The parameter EndTime must be greater than StartTime.")
    }
    guard first < end else {
      throw CloudWatchError.validation("The parameter StartTime must not equal parameter EndTime.")
    }
    try CloudWatchError.check(request.scanBy, "scanBy", among: ["TimestampDescending", "TimestampAscending"])
    try CloudWatchError.check(request.maxDatapoints, "maxDatapoints", in: 1...Self.maximumDatapoints)
    let queries = try MetricQueries(request.metricDataQueries)
    let finest = queries.queries.map(\.period).min() ?? 60
    let results = try queries.results(
      from: start(request.startTime, finest), to: end, in: table)
    return try page(results, request)
  }

  /// AWS ignores what is shorter than a second.
  private func second(of instant: Date) -> Int64 {
    MetricTiming.floor(instant.milliseconds, table.timing.milliseconds(1))
  }

  /// AWS rounds the beginning down, to the minute or for shorter periods to the period.
  private func start(_ instant: Date, _ period: Int) -> Int64 {
    MetricTiming.floor(instant.milliseconds, table.timing.milliseconds(min(period, 60)))
  }

  private func page(
    _ results: [(query: MetricQueries.Query, series: [TimeSeries])], _ request: CloudWatch.GetMetricDataRequest
  ) throws(AWSError) -> CloudWatch.GetMetricDataResponse {
    var skipped = 0
    if let token = request.nextToken {
      guard let data = Data(base64Encoded: token), let offset = Int(String(decoding: data, as: UTF8.self)), offset > 0
      else { throw CloudWatchError.validation("The parameter NextToken is invalid.") }
      skipped = offset
    }
    let first = skipped
    var room = request.maxDatapoints ?? Self.maximumDatapoints
    var shown: [CloudWatch.MetricDataResult] = []
    var taken = 0
    var isPartial = false
    for (query, all) in results {
      for series in all {
        var points = series.sorted
        if request.scanBy != "TimestampAscending" { points.reverse() }
        if skipped > 0, points.count <= skipped {
          skipped -= points.count
          continue
        }
        guard room > 0 || points.isEmpty else {
          isPartial = true
          continue
        }
        let part = points.dropFirst(skipped).prefix(room)
        let isWhole = part.count + skipped == points.count
        skipped = 0
        room -= part.count
        taken += part.count
        isPartial = isPartial || !isWhole
        shown.append(
          CloudWatch.MetricDataResult(
            id: query.id, label: series.label, timestamps: part.map(\.instant.date), values: part.map(\.value),
            statusCode: isWhole ? "Complete" : "PartialData"))
      }
    }
    return .init(
      metricDataResults: shown, nextToken: isPartial ? Data("\(first + taken)".utf8).base64EncodedString() : nil,
      messages: [])
  }

  // MARK: GetMetricStatistics

  func answer(
    _ request: CloudWatch.GetMetricStatisticsRequest
  ) throws(AWSError) -> CloudWatch.GetMetricStatisticsResponse {
    let end = second(of: request.endTime)
    guard second(of: request.startTime) < end else {
      throw CloudWatchError.invalid("The parameter StartTime must be less than the parameter EndTime.")
    }
    try MetricQueries.checkPeriod(request.period, "Period")
    try CloudWatchError.check(request.unit, "unit", among: CloudWatchError.units)
    let (plain, extended) = (request.statistics ?? [], request.extendedStatistics ?? [])
    guard plain.isEmpty != extended.isEmpty else {
      throw CloudWatchError.combination("Must specify either Statistics or ExtendedStatistics")
    }
    var statistics: [(name: String, statistic: MetricStatistic)] = []
    for name in plain {
      try CloudWatchError.check(
        name, "statistics", among: ["SampleCount", "Average", "Sum", "Minimum", "Maximum"])
      if let statistic = MetricStatistic(name) { statistics.append((name, statistic)) }
    }
    for name in extended {
      guard let statistic = MetricStatistic(name) else {
        throw CloudWatchError.invalid("The value \(name) for parameter ExtendedStatistics is not supported.")
      }
      statistics.append((name, statistic))
    }
    let step = table.timing.milliseconds(request.period)
    let start = start(request.startTime, request.period)
    let requested = (end - start + step - 1) / step
    guard requested <= Self.maximumStatistics else {
      throw CloudWatchError.combination(
        "You have requested up to \(requested) datapoints, which exceeds the limit of 1,440. You may reduce the "
          + "datapoints requested by increasing Period, or decreasing the time range.")
    }
    let identity = MetricIdentity(
      namespace: request.namespace, name: request.metricName, dimensions: request.dimensions ?? [])
    // Data of different units is never put together.
    let units = request.unit.map { [$0] } ?? table.units[identity].map { $0.keys.sorted() } ?? []
    let datapoints = units.flatMap { unit in
      table.summaries(of: identity, unit: unit, from: start, to: end, period: step)
        .sorted { $0.key < $1.key }
        .compactMap { datapoint($0.value, statistics, at: $0.key, unit: unit, isExtended: plain.isEmpty) }
    }
    return .init(label: request.metricName, datapoints: datapoints)
  }

  private func datapoint(
    _ summary: MetricSummary, _ statistics: [(name: String, statistic: MetricStatistic)], at instant: Int64,
    unit: String, isExtended: Bool
  ) -> CloudWatch.Datapoint? {
    var values: [String: Double] = [:]
    for (name, statistic) in statistics { values[name] = summary.value(of: statistic) }
    guard !values.isEmpty else { return nil }
    return CloudWatch.Datapoint(
      timestamp: instant.date, sampleCount: values["SampleCount"], average: values["Average"], sum: values["Sum"],
      minimum: values["Minimum"], maximum: values["Maximum"], unit: unit,
      extendedStatistics: isExtended ? values : nil)
  }

  // MARK: ListMetrics

  func answer(
    _ request: CloudWatch.ListMetricsRequest, now: Date
  ) throws(AWSError) -> CloudWatch.ListMetricsResponse {
    try CloudWatchError.check(request.recentlyActive, "recentlyActive", among: ["PT3H"])
    guard request.dimensions?.count ?? 0 <= 10 else {
      throw CloudWatchError.invalid("The collection Dimensions must not have a size greater than 10.")
    }
    let age: Int64 = request.recentlyActive == nil ? 14 * 86_400_000 : 3 * 3_600_000
    let found = table.identities(updatedSince: now.milliseconds - age).filter { metric in
      (request.namespace.map { $0 == metric.namespace } ?? true)
        && (request.metricName.map { $0 == metric.name } ?? true)
        && (request.dimensions ?? []).allSatisfy { filter in
          metric.dimensions.contains { dimension in
            dimension.name == filter.name && (filter.value.map { $0 == dimension.value } ?? true)
          }
        }
    }
    let page = try NamePage(
      found, token: request.nextToken, size: Self.pageOfMetrics, name: \.sortKey, invalid: CloudWatchError.invalidToken)
    return .init(metrics: page.items.map(\.shape), nextToken: page.nextToken)
  }
}
