import AWSWire
import Foundation
import PalcoTestSupport
import Testing

@testable import LocalCloud

@Suite struct MetricTests {
  @Test func statisticsOfAMinute() async throws {
    try await CloudWatchFixture.run { watch in
      try await watch.put([1, 2, 3, 4], unit: "Seconds")
      try await watch.put([10], at: 59, unit: "Seconds")
      try await watch.put([99], at: 60, unit: "Seconds")
      let answer = try await watch.send(
        CloudWatch.GetMetricStatisticsRequest(
          namespace: "N", metricName: "m", startTime: watch.now, endTime: watch.now + 60, period: 60,
          statistics: ["Sum", "Average", "Minimum", "Maximum", "SampleCount"]))
      #expect(answer.label == "m")
      #expect(
        answer.datapoints == [
          .init(
            timestamp: watch.now, sampleCount: 5, average: 4, sum: 20, minimum: 1, maximum: 10, unit: "Seconds")
        ])
      let extended = try await watch.send(
        CloudWatch.GetMetricStatisticsRequest(
          namespace: "N", metricName: "m", startTime: watch.now, endTime: watch.now + 60, period: 60,
          extendedStatistics: ["p50", "PR(1:3)"]))
      #expect(extended.datapoints?.first?.extendedStatistics == ["p50": 3, "PR(1:3)": 40])
    }
  }

  @Test(arguments: [CloudWatch.service.wireProtocol] + CloudWatch.service.otherProtocols)
  func allProtocolsSpeakOfTheSame(wireProtocol: AWSService.WireProtocol) async throws {
    try await CloudWatchFixture.run { watch in
      let put = CloudWatch.PutMetricDataRequest(
        namespace: "N",
        metricData: [
          .init(
            metricName: "m", dimensions: [.init(name: "b", value: "2"), .init(name: "a", value: "1")],
            timestamp: watch.now, statisticValues: .init(sampleCount: 2, sum: 5, minimum: 1, maximum: 4))
        ])
      try await watch.send(put, in: wireProtocol)
      let get = CloudWatch.GetMetricStatisticsRequest(
        namespace: "N", metricName: "m", dimensions: [.init(name: "a", value: "1"), .init(name: "b", value: "2")],
        startTime: watch.now, endTime: watch.now + 60, period: 60, statistics: ["Average"])
      #expect(
        try await watch.send(get, in: wireProtocol).datapoints
          == [.init(timestamp: watch.now, average: 2.5, unit: "None")])
      let list = try await watch.send(
        CloudWatch.ListMetricsRequest(dimensions: [.init(name: "a", value: "1")]), in: wireProtocol)
      #expect(list.metrics?.first?.dimensions?.map(\.name) == ["a", "b"])
      try await watch.send(CloudWatchFixture.alarm(), in: wireProtocol)
      let alarm = try await watch.send(CloudWatch.DescribeAlarmsRequest(), in: wireProtocol).metricAlarms?.first
      #expect(alarm?.threshold == 1)
      #expect(alarm?.alarmConfigurationUpdatedTimestamp == watch.now)
    }
  }

  @Test func badDataIsRefusedInAWSsWords() async throws {
    try await CloudWatchFixture.run { watch in
      func refusal(_ datum: CloudWatch.MetricDatum, namespace: String = "N") async throws -> AWSError? {
        try await watch.refusal(of: CloudWatch.PutMetricDataRequest(namespace: namespace, metricData: [datum]))
      }
      let first = "MetricData.member.1"
      let noNumber = try await refusal(.init(metricName: "m", value: .nan))
      #expect(
        noNumber == CloudWatchError.invalid("The value NaN for parameter \(first).Value is invalid."))
      #expect(
        try await refusal(.init(metricName: "m", value: 1, values: [1]))?.message
          == "The parameters \(first).Value and \(first).Values are mutually exclusive and you have specified both.")
      #expect(
        try await refusal(.init(metricName: "m", values: [1, 2], counts: [1]))?.message
          == "The parameters \(first).Values and \(first).Counts must be of the same size.")
      #expect(try await refusal(.init(metricName: "m"))?.code == "MissingRequiredParameterException")
      #expect(
        try await refusal(.init(metricName: "", value: 1))?.message == "The parameter \(first).MetricName is required.")
      #expect(
        try await refusal(.init(metricName: "m", value: 1), namespace: "AWS/ECS")?.message.contains("Namespace") == true
      )
      #expect(try await refusal(.init(metricName: "m", value: 1, unit: "Apples"))?.code == "ValidationException")
      for offset in [-14 * 86_400.0 - 60, 7260] {
        #expect(
          try await refusal(.init(metricName: "m", timestamp: watch.now + offset, value: 1))?.message
            .contains("Timestamp must specify a time") == true)
      }
      let many = (0..<31).map { CloudWatch.Dimension(name: "d\($0)", value: "v") }
      #expect(try await refusal(.init(metricName: "m", dimensions: many, value: 1))?.message.contains("30") == true)
      #expect(try await refusal(.init(metricName: "m", dimensions: Array(many.dropLast()), value: 1)) == nil)
      #expect(
        try await watch.refusal(of: CloudWatch.PutMetricDataRequest(namespace: "N", metricData: []))?.message
          == "The parameter MetricData is required.")
    }
  }

  @Test func metricsAreListedOnceAndInPages() async throws {
    try await CloudWatchFixture.run { watch in
      for batch in 0..<2 {
        try await watch.send(
          CloudWatch.PutMetricDataRequest(
            namespace: "N",
            metricData: (0..<300).map {
              .init(metricName: "m\(batch)", dimensions: [.init(name: "i", value: "\($0)")], value: 1)
            }))
      }
      try await watch.put([1], of: "m0")
      let page = try await watch.send(CloudWatch.ListMetricsRequest(namespace: "N"))
      #expect(page.metrics?.count == 500)
      let rest = try await watch.send(CloudWatch.ListMetricsRequest(namespace: "N", nextToken: page.nextToken))
      #expect(rest.metrics?.count == 101)
      #expect(rest.nextToken == nil)
      #expect(Set((page.metrics ?? []) + (rest.metrics ?? [])).count == 601)
      watch.clock.advance(by: .seconds(4 * 3600))
      #expect(try await watch.send(CloudWatch.ListMetricsRequest(recentlyActive: "PT3H")).metrics == [])
      #expect(
        try await watch.refusal(of: CloudWatch.ListMetricsRequest(nextToken: "%"))
          == CloudWatchError.invalidToken)
    }
  }

  @Test func dataPointsComeInPages() async throws {
    try await CloudWatchFixture.run { watch in
      for minute in 1...5 { try await watch.put([Double(minute)], at: Double(-60 * minute)) }
      var request = CloudWatch.GetMetricDataRequest(
        metricDataQueries: [CloudWatchFixture.query("m"), CloudWatchFixture.query("n", metric: "m", "Maximum")],
        startTime: watch.now - 300, endTime: watch.now, maxDatapoints: 4)
      var values: [String: [Double]] = [:]
      var pages = 0
      repeat {
        let page = try await watch.send(request)
        for result in page.metricDataResults ?? [] { values[result.id ?? "", default: []] += result.values ?? [] }
        request.nextToken = page.nextToken
        pages += 1
      } while request.nextToken != nil
      #expect(values == ["m": [1, 2, 3, 4, 5], "n": [1, 2, 3, 4, 5]])
      #expect(pages == 3)
    }
  }

  @Test func badReadsAreRefused() async throws {
    try await CloudWatchFixture.run { watch in
      func refusal(_ queries: [CloudWatch.MetricDataQuery], from start: Double = -60) async throws -> String? {
        try await watch.refusal(
          of: CloudWatch.GetMetricDataRequest(
            metricDataQueries: queries, startTime: watch.now + start, endTime: watch.now))?.message
      }
      typealias Fixture = CloudWatchFixture
      let backwards = try await refusal([Fixture.query("m")], from: 1)
      #expect(backwards == "The parameter EndTime must be greater than StartTime.")
      #expect(
        try await refusal([Fixture.query("m")], from: 0) == "The parameter StartTime must not equal parameter EndTime.")
      #expect(
        try await refusal([.init(id: "m")]) == "The parameter MetricDataQueries.member.1.MetricStat is required.\n")
      #expect(try await refusal([Fixture.query("M")])?.contains("expected pattern") == true)
      #expect(try await refusal([Fixture.query("m"), Fixture.query("m")])?.contains("not unique") == true)
      #expect(try await refusal([Fixture.query("m", "TM(5%:95%)")])?.contains("not supported") == true)
      #expect(try await refusal([Fixture.query("m", period: 61)])?.contains("multiple of 60") == true)
      #expect(
        try await refusal([Fixture.query("e", expression: "x + 1")])?.contains("Unresolved identifier: x") == true)
      #expect(
        try await refusal([Fixture.query("a", expression: "b"), Fixture.query("b", expression: "a")])?.contains(
          "circle")
          == true)
      let tooMany = CloudWatch.GetMetricStatisticsRequest(
        namespace: "N", metricName: "m", startTime: watch.now - 86_460, endTime: watch.now, period: 60,
        statistics: ["Sum"])
      #expect(
        try await watch.refusal(of: tooMany)?.message.hasPrefix("You have requested up to 1441 datapoints") == true)
    }
  }

  @Test func dashboardsAreKept() async throws {
    try await CloudWatchFixture.run { watch in
      #expect(
        try await watch.refusal(of: CloudWatch.PutDashboardRequest(dashboardName: "d", dashboardBody: "no"))?.code
          == "DashboardInvalidInputError")
      try await watch.send(CloudWatch.PutDashboardRequest(dashboardName: "d", dashboardBody: #"{"widgets":[]}"#))
      let dashboard = try await watch.send(CloudWatch.GetDashboardRequest(dashboardName: "d"))
      #expect(dashboard.dashboardBody == #"{"widgets":[]}"#)
      #expect(dashboard.dashboardArn == "arn:aws:cloudwatch::000000000000:dashboard/d")
      #expect(
        try await watch.refusal(of: CloudWatch.DeleteDashboardsRequest(dashboardNames: ["d", "e"]))?.message
          == "The specified dashboard does not exist. [e]")
      try await watch.send(CloudWatch.DeleteDashboardsRequest(dashboardNames: ["d"]))
      #expect(
        try await watch.refusal(of: CloudWatch.GetDashboardRequest(dashboardName: "d"))?.code
          == "DashboardNotFoundError")
    }
  }
}

@Suite struct MetricTableTests {
  private func table(_ samples: Int, every seconds: Int64, now: Int64) -> MetricTable {
    var table = MetricTable(timing: MetricTiming(minute: .seconds(60)))
    for index in 0..<Int64(samples) {
      table.add(
        MetricSample(
          identity: MetricIdentity(namespace: "N", name: "m", [:]), unit: "None",
          timestamp: now - index * seconds * 1000, summary: MetricSummary([(1, 1)])), now: now)
    }
    return table
  }

  @Test func oldDataIsPutTogetherAndThenForgotten() throws {
    let now: Int64 = 1_700_000_100_000  // five minutes begin
    var table = table(6 * 60, every: 60, now: now)
    let identity = MetricIdentity(namespace: "N", name: "m", [:])
    table.prune(now: now)
    let buckets = try #require(table.units[identity]?["None"]?.buckets)
    #expect(buckets.count == 181 + 36)
    #expect(buckets.reduce(0) { $0 + $1.summary.sum } == 360)
    let hour = table.summaries(of: identity, from: now - 6 * 3_600_000, to: now + 1, period: 3_600_000)
    #expect(hour[now - 5 * 3_600_000]?.sum == 60)
    table.prune(now: now + MetricTiming.retention + 60_000)
    #expect(table.seriesCount == 0)
    #expect(table.units.isEmpty)
  }

  @Test func aSeriesIsBounded() {
    var table = table(12_000, every: 60, now: 1_700_000_100_000)
    table.prune(now: 1_700_000_100_000)
    #expect(table.units.values.first?.values.first?.buckets.count ?? 0 <= 5_000)
  }

  @Test func summariesSurviveTheStore() {
    for summary in [
      MetricSummary([(1, 2), (3.5, 4)]), MetricSummary(sampleCount: 2, sum: 3, minimum: 1, maximum: 2),
      MetricSummary((0..<1000).map { (Double($0), 1) }),
    ] {
      #expect(MetricSummary(encoded: summary.encoded) == summary)
    }
    #expect(MetricSummary(encoded: Data([1, 2, 3])) == nil)
  }
}

@Suite struct MetricStatisticTests {
  /// The values of `numpy.percentile`, which interpolates between neighbours.
  @Test(arguments: [
    ([1.0, 2, 3, 4], 50.0, 2.5), ([1, 2, 3, 4], 90, 3.7), ([1, 2, 3, 4], 0, 1), ([1, 2, 3, 4], 100, 4),
    ([15, 20, 35, 40, 50], 40, 29), ([3], 99.9, 3), ([1, 1, 1, 9], 75, 3),
  ])
  func percentilesOfFewValuesAreExact(values: [Double], percent: Double, expected: Double) {
    let summary = MetricSummary(values.shuffled().map { ($0, 1) })
    let value = summary.value(of: .percentile(percent)) ?? .nan
    #expect(abs(value - expected) < 1e-9)
  }

  @Test func percentilesOfManyValuesAreNear() {
    let summary = MetricSummary((1...10_000).map { (Double($0), 1) })
    for percent in [1.0, 25, 50, 90, 99, 99.9] {
      let value = summary.value(of: .percentile(percent)) ?? 0
      #expect(abs(value - percent * 100) <= percent * 100 * 0.05 + 1)
    }
    #expect(summary.value(of: .sum) == 50_005_000)
    #expect(summary.distribution?.values.count ?? 999 <= ValueDistribution.capacity)
  }

  @Test func ranksExcludeTheLowerBound() {
    let summary = MetricSummary([(1, 1), (2, 1), (3, 1), (4, 1)])
    #expect(summary.value(of: .rank(nil, 3)) == 75)
    #expect(summary.value(of: .rank(1, 3)) == 50)
    #expect(summary.value(of: .rank(2, nil)) == 50)
  }

  @Test func summariesOfClientsHaveNoPercentiles() {
    #expect(MetricSummary(sampleCount: 2, sum: 3, minimum: 1, maximum: 2).value(of: .percentile(50)) == nil)
    #expect(MetricSummary(sampleCount: 2, sum: 4, minimum: 2, maximum: 2).value(of: .percentile(50)) == 2)
  }

  @Test func statisticsAreRead() {
    #expect(MetricStatistic("p99.9") == .percentile(99.9))
    #expect(MetricStatistic("PR(:0.5)") == .rank(nil, 0.5))
    #expect(MetricStatistic("PR(1:)") == .rank(1, nil))
    for text in ["p", "p101", "pnan", "P99", "PR(:)", "PR(1)", "PR(a:b)", "TM(1%:2%)", "sum", ""] {
      #expect(MetricStatistic(text) == nil, "\(text)")
    }
  }
}

@Suite struct MetricMathTests {
  /// m1 is 1, 2, 3 at the minutes 0, 1, 2; m2 is 10 and 30 at the minutes 0 and 2.
  private func result(_ text: String) throws -> [Int64: Double]? {
    let m1 = TimeSeries(label: "one", period: 60, step: 60_000, points: [0: 1, 60_000: 2, 120_000: 3])
    let m2 = TimeSeries(label: "two", period: 60, step: 60_000, points: [0: 10, 120_000: 30])
    let value = try MathEvaluation(
      start: 0, end: 180_000, period: (60, 60_000), metrics: [("m1", m1), ("m2", m2)],
      lookup: { $0 == "m1" ? .series(m1) : .series(m2) }
    ).value(of: MathExpression(text))
    switch value {
    case .series(let series): return series.points
    case .scalar(let number): return [-1: number]
    case .list(let all):
      return Dictionary(
        uniqueKeysWithValues: all.enumerated().flatMap { index, series in
          series.points.map { (Int64(index) * 1_000_000 + $0.key, $0.value) }
        })
    case .text: return nil
    }
  }

  /// Expressions and their values by milliseconds; those of a number stand at -1.
  private static let table: [(String, String)] = [
    ("m1 + m2", "0: 11, 120000: 33"),
    ("m2 / m1", "0: 10, 120000: 10"),
    ("-m1", "0: -1, 60000: -2, 120000: -3"),
    ("m1 * 100", "0: 100, 60000: 200, 120000: 300"),
    ("2 + 3 * 2 ^ 2 - 10 / 5", "-1: 12"),
    ("(2 + 3) * 2", "-1: 10"),
    ("m1 / 0", ""),
    ("SUM(m1)", "-1: 6"),
    ("AVG(m1)", "-1: 2"),
    ("MAX(m1) - MIN(m1)", "-1: 2"),
    ("SUM([m1, m2])", "0: 11, 60000: 2, 120000: 33"),
    ("SUM(METRICS())", "0: 11, 60000: 2, 120000: 33"),
    ("MAX([m1, m2])", "0: 10, 60000: 2, 120000: 30"),
    ("AVG([m1, m2])", "0: 5.5, 60000: 1, 120000: 16.5"),
    ("SUM(METRICS(\"m2\"))", "0: 10, 120000: 30"),
    ("METRICS() * 2", "0: 2, 60000: 4, 120000: 6, 1000000: 20, 1120000: 60"),
    ("FILL(m2, 0)", "0: 10, 60000: 0, 120000: 30"),
    ("FILL(m2, REPEAT)", "0: 10, 60000: 10, 120000: 30"),
    ("FILL(m2, LINEAR)", "0: 10, 60000: 20, 120000: 30"),
    ("FILL(m2, m1)", "0: 10, 60000: 2, 120000: 30"),
    ("IF(m1 > 1, m1, 0)", "0: 0, 60000: 2, 120000: 3"),
    ("IF(m1 > 1 AND m1 < 3, 7)", "60000: 7"),
    ("IF(1 == 1, m2, m1)", "0: 10, 120000: 30"),
    ("IF(m1 >= 2 || m1 == 1, 1, 0)", "0: 1, 60000: 1, 120000: 1"),
    ("DIFF(m1)", "60000: 1, 120000: 1"),
    ("RATE(m2)", "120000: 0.16666666666666666"),
    ("RUNNING_SUM(m1)", "0: 1, 60000: 3, 120000: 6"),
    ("PERIOD(m1)", "-1: 60"),
    ("METRIC_COUNT(METRICS())", "-1: 2"),
    ("ABS(-m1)", "0: 1, 60000: 2, 120000: 3"),
    ("CEIL(m1 / 2)", "0: 1, 60000: 1, 120000: 2"),
    ("TIME_SERIES(5)", "0: 5, 60000: 5, 120000: 5"),
    ("STDDEV(m1)", "-1: 0.816496580927726"),
    ("m1 * 1e1", "0: 10, 60000: 20, 120000: 30"),
  ]

  @Test func expressions() throws {
    for (text, expected) in Self.table {
      var points: [Int64: Double] = [:]
      for pair in expected.split(separator: ",") {
        let parts = pair.split(separator: ":").map { $0.trimmingCharacters(in: .whitespaces) }
        points[try #require(Int64(parts[0]))] = Double(parts[1])
      }
      let values = try result(text) ?? [:]
      #expect(values.keys.sorted() == points.keys.sorted(), "\(text)")
      for (instant, value) in points { #expect(abs((values[instant] ?? .nan) - value) < 1e-9, "\(text)") }
    }
  }

  @Test(arguments: [
    "", "m1 +", "(m1", "m1 m2", "SUM(", "SEARCH('x', 'Sum')", "IF(m1)", "FILL(m1)", "m1 & m2", "SUM(1, 2)", "1..2",
    "METRICS(1)", "'open", String(repeating: "(", count: 200), "ANOMALY_DETECTION_BAND(m1)",
  ])
  func whatCannotBeComputedIsRefused(text: String) {
    #expect(throws: MathExpression.Failure.self) { try result(text) }
  }

  @Test func queriesComputeOnlyWhatIsReturned() async throws {
    try await CloudWatchFixture.run { watch in
      try await watch.put([2, 4], of: "m1", at: -60)
      try await watch.put([1], of: "m2", at: -60)
      let values = try await watch.values([
        CloudWatchFixture.query("m1", returns: false), CloudWatchFixture.query("m2", "SampleCount", returns: false),
        CloudWatchFixture.query("e1", expression: "m1 / m2", returns: false),
        CloudWatchFixture.query("e2", expression: "e1 * 100"),
        CloudWatchFixture.query("e3", expression: "FILL(m2, 0)"),
      ])
      #expect(values == [[600], [0, 0, 0, 0, 1]])
    }
  }
}
