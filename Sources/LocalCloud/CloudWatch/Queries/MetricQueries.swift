import AWSWire
import Foundation

/// The queries of GetMetricData or of an alarm, checked.
struct MetricQueries: Sendable {
  /// One query.
  struct Query: Sendable {
    enum Source: Sendable {
      case metric(MetricIdentity, unit: String?, MetricStatistic)
      case expression(MathExpression)
      case selection(MetricSelection)
    }

    var id: String
    var label: String
    var isReturned: Bool
    /// The period in seconds; of an expression, the longest of what it names.
    var period: Int
    var source: Source
  }

  static let maximumQueries = 500

  private(set) var queries: [Query]

  /// Checks queries.
  ///
  /// - Parameter member: How messages name the list.
  /// - Throws: ``AWSError``.
  init(_ shapes: [CloudWatch.MetricDataQuery], member: String = "MetricDataQueries") throws(AWSError) {
    guard !shapes.isEmpty else { throw CloudWatchError.missing(member) }
    guard shapes.count <= Self.maximumQueries else {
      throw CloudWatchError.validation(
        "The collection \(member) must not have a size greater than \(Self.maximumQueries).")
    }
    queries = []
    for (index, shape) in shapes.enumerated() {
      queries.append(try Self.query(shape, place: "\(member).member.\(index + 1)"))
    }
    labelAlike(shapes)
    guard Set(queries.map(\.id)).count == queries.count else {
      throw CloudWatchError.validation("The values for parameter id in \(member) are not unique.")
    }
    guard queries.contains(where: \.isReturned) else {
      throw CloudWatchError.validation("At least one of the elements in \(member) should have ReturnData as true.")
    }
    let periods = queries.filter(\.isMetric).map(\.period)
    for (index, query) in queries.enumerated() {
      guard case .expression(let expression) = query.source else { continue }
      let missing = expression.references.subtracting(queries.map(\.id)).sorted()
      guard missing.isEmpty else {
        throw CloudWatchError.validation(
          "Error in expression '\(query.id)': Unresolved identifier: \(missing.joined(separator: ", "))")
      }
      if query.period == 0 { queries[index].period = periods.max() ?? 60 }
    }
  }

  /// Results on the same metric are told apart by their statistic, unless the caller names them.
  private mutating func labelAlike(_ shapes: [CloudWatch.MetricDataQuery]) {
    for (index, shape) in shapes.enumerated() {
      guard shape.label == nil, let stat = shape.metricStat, let name = stat.metric.metricName,
        shapes.count(where: { $0.metricStat?.metric.metricName == name }) > 1
      else { continue }
      queries[index].label = "\(name) \(stat.stat)"
    }
  }

  private static func query(_ shape: CloudWatch.MetricDataQuery, place: String) throws(AWSError) -> Query {
    let isName =
      shape.id.first.map { ("a"..."z").contains($0) } == true && shape.id.count <= 255
      && shape.id.utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "_") }
    guard isName else {
      throw CloudWatchError.validation(
        "The value \(shape.id.prefix(255)) for parameter \(place).Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$."
      )
    }
    switch (shape.metricStat, shape.expression) {
    case (nil, nil): throw CloudWatchError.validation("The parameter \(place).MetricStat is required.\n")
    case (_?, _?):
      throw CloudWatchError.validation(
        "The parameters \(place).Expression and \(place).MetricStat are mutually exclusive and you have specified both."
      )
    case (let stat?, nil): return try metric(stat, shape, place: place)
    case (nil, let text?): return try expression(text, shape, place: place)
    }
  }

  private static func metric(
    _ stat: CloudWatch.MetricStat, _ shape: CloudWatch.MetricDataQuery, place: String
  ) throws(AWSError) -> Query {
    guard let statistic = MetricStatistic(stat.stat) else {
      throw CloudWatchError.validation(
        "The value \(stat.stat) for parameter \(place).MetricStat.Stat is not supported.")
    }
    guard let name = stat.metric.metricName, !name.isEmpty else {
      throw CloudWatchError.missing("\(place).MetricStat.Metric.MetricName")
    }
    guard let namespace = stat.metric.namespace, !namespace.isEmpty else {
      throw CloudWatchError.missing("\(place).MetricStat.Metric.Namespace")
    }
    try checkPeriod(stat.period, "\(place).MetricStat.Period")
    try CloudWatchError.check(stat.unit, "\(place).MetricStat.Unit", among: CloudWatchError.units)
    let identity = MetricIdentity(namespace: namespace, name: name, dimensions: stat.metric.dimensions ?? [])
    return Query(
      id: shape.id, label: shape.label ?? name, isReturned: shape.returnData ?? true, period: stat.period,
      source: .metric(identity, unit: stat.unit, statistic))
  }

  private static func expression(
    _ text: String, _ shape: CloudWatch.MetricDataQuery, place: String
  ) throws(AWSError) -> Query {
    if let period = shape.period { try checkPeriod(period, "\(place).Period") }
    do {
      let isSelection = MetricSelection.isSelection(text)
      if isSelection, shape.period == nil { throw MathExpression.Failure("a query of Metrics Insights needs a period") }
      return Query(
        id: shape.id, label: shape.label ?? shape.id, isReturned: shape.returnData ?? true, period: shape.period ?? 0,
        source: isSelection ? .selection(try MetricSelection(text)) : .expression(try MathExpression(text)))
    } catch {
      throw CloudWatchError.validation("Error in expression '\(shape.id)': \(error)")
    }
  }

  /// 1, 5, 10, 20, 30, or a multiple of 60.
  static func checkPeriod(_ period: Int, _ name: String) throws(AWSError) {
    guard [1, 5, 10, 20, 30].contains(period) || (period > 0 && period % 60 == 0 && period <= 86_400 * 365) else {
      throw CloudWatchError.invalid(
        "The parameter \(name) must be 1, 5, 10, 20, 30 or a multiple of 60.")
    }
  }

  /// Computes the queries that are returned.
  ///
  /// - Throws: ``AWSError`` for what cannot be computed.
  func results(
    from start: Int64, to end: Int64, in table: MetricTable
  ) throws(AWSError) -> [(query: Query, series: [TimeSeries])] {
    var run = MetricQueryRun(queries: queries, start: start, end: end, table: table)
    var results: [(query: Query, series: [TimeSeries])] = []
    for query in queries where query.isReturned { results.append((query, try run.returned(query))) }
    return results
  }
}

extension MetricQueries.Query {
  var isMetric: Bool {
    if case .metric = source { true } else { false }
  }
}

/// One computation of queries, which remembers what it has computed.
private struct MetricQueryRun {
  let queries: [MetricQueries.Query]
  let start: Int64
  let end: Int64
  let table: MetricTable
  private var values: [String: MathValue] = [:]
  private var open: Set<String> = []

  init(queries: [MetricQueries.Query], start: Int64, end: Int64, table: MetricTable) {
    self.queries = queries
    self.start = start
    self.end = end
    self.table = table
  }

  mutating func returned(_ query: MetricQueries.Query) throws(AWSError) -> [TimeSeries] {
    let value: MathValue
    do {
      value = try self.value(of: query)
    } catch {
      throw CloudWatchError.validation("Error in expression '\(query.id)': \(error)")
    }
    switch value {
    case .series(var series):
      series.label = query.label
      return [series]
    case .list(let all):
      if case .selection = query.source { return all }
      return all.map { series in
        var series = series
        series.label = "\(query.label) \(series.label)"
        return series
      }
    case .scalar, .text:
      throw CloudWatchError.validation(
        "Error in expression '\(query.id)': The result of an expression that is returned must be a time series or an "
          + "array of time series.")
    }
  }

  private mutating func value(of query: MetricQueries.Query) throws -> MathValue {
    if let known = values[query.id] { return known }
    guard open.insert(query.id).inserted else {
      throw MathExpression.Failure("the expressions name each other in a circle")
    }
    defer { open.remove(query.id) }
    let value: MathValue =
      switch query.source {
      case .metric(let identity, let unit, let statistic):
        .series(series(of: identity, unit: unit, statistic, query))
      case .expression(let expression): try self.value(of: expression, query)
      case .selection(let selection):
        .list(
          selection.series(
            label: query.label, period: query.period, step: table.timing.milliseconds(query.period), from: start,
            to: end,
            in: table))
      }
    values[query.id] = value
    return value
  }

  private mutating func value(of expression: MathExpression, _ query: MetricQueries.Query) throws -> MathValue {
    for id in expression.references.sorted() {
      guard let named = queries.first(where: { $0.id == id }) else { continue }
      _ = try value(of: named)
    }
    var metrics: [(id: String, series: TimeSeries)] = []
    for metric in queries where metric.isMetric {
      if case .series(let series) = try value(of: metric) { metrics.append((metric.id, series)) }
    }
    let known = values
    return try MathEvaluation(
      start: start, end: end, period: (query.period, table.timing.milliseconds(query.period)), metrics: metrics,
      lookup: { id in
        guard let value = known[id] else { throw MathExpression.Failure("\(id) is not known") }
        return value
      }
    ).value(of: expression)
  }

  private func series(
    of identity: MetricIdentity, unit: String?, _ statistic: MetricStatistic, _ query: MetricQueries.Query
  ) -> TimeSeries {
    let step = table.timing.milliseconds(query.period)
    let summaries = table.summaries(of: identity, unit: unit, from: start, to: end, period: step)
    return TimeSeries(
      label: query.label, period: query.period, step: step,
      points: summaries.compactMapValues { $0.value(of: statistic) })
  }
}
