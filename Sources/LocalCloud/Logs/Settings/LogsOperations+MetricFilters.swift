import AWSWire
import Foundation

// Filters that make metrics of events.
extension LogsService {
  nonisolated func addMetricFilters(to table: inout OperationTable) {
    table.on(Logs.PutMetricFilterRequest.self) { request, _ in
      try await self.put(request)
      return EmptyResponse()
    }
    table.on(Logs.DescribeMetricFiltersRequest.self) { request, _ in try await self.describe(request) }
    table.on(Logs.DeleteMetricFilterRequest.self) { request, _ in
      try LogsError.checkSettingName(request.filterName, "filterName")
      try LogsError.checkFilteredGroup(request.logGroupName)
      _ = try await self.read { try Self.number(ofGroup: request.logGroupName, in: $0) }
      try await self.change { $0.metricFilters[LogsSettings.key(request.logGroupName, request.filterName)] = nil }
      return EmptyResponse()
    }
  }

  private func put(_ request: Logs.PutMetricFilterRequest) async throws {
    try LogsError.checkSettingName(request.filterName, "filterName")
    try LogsError.checkFilteredGroup(request.logGroupName)
    let filter = Logs.MetricFilter(
      filterName: request.filterName, filterPattern: request.filterPattern,
      metricTransformations: request.metricTransformations, creationTime: Int(cloud.time.now().milliseconds),
      logGroupName: request.logGroupName)
    _ = try MetricFilterPlan(filter)
    _ = try await read { try Self.number(ofGroup: request.logGroupName, in: $0) }
    try await change { settings in
      let key = LogsSettings.key(request.logGroupName, request.filterName)
      guard settings.metricFilters[key] != nil || settings.metricFilters(of: request.logGroupName).count < 100 else {
        throw AWSError("LimitExceededException", "Resource limit exceeded.")
      }
      settings.metricFilters[key] = filter
    }
  }

  private func describe(_ request: Logs.DescribeMetricFiltersRequest) throws -> Logs.DescribeMetricFiltersResponse {
    if let prefix = request.filterNamePrefix { try LogsError.checkSettingName(prefix, "filterNamePrefix") }
    if let group = request.logGroupName { try LogsError.checkFilteredGroup(group) }
    for (value, member) in [(request.metricName, "metricName"), (request.metricNamespace, "metricNamespace")] {
      guard let value, value.count > 255 else { continue }
      throw LogsError.constraint(value, member, "have length less than or equal to 255")
    }
    guard (request.metricName == nil) == (request.metricNamespace == nil) else {
      throw LogsError.invalid("metricName and metricNamespace must be given together.")
    }
    let found = settings.metricFilters.values.values.filter { filter in
      (request.logGroupName == nil || filter.logGroupName == request.logGroupName)
        && (filter.filterName ?? "").hasPrefix(request.filterNamePrefix ?? "")
        && (request.metricName == nil
          || filter.metricTransformations?.contains {
            $0.metricName == request.metricName && $0.metricNamespace == request.metricNamespace
          } == true)
    }
    let page = try LogsPage(Array(found), token: request.nextToken, limit: request.limit) {
      LogsSettings.key($0.logGroupName ?? "", $0.filterName ?? "")
    }
    return .init(metricFilters: page.items, nextToken: page.nextToken)
  }

  /// What the metric filters of a group make of new events.
  func samples(of events: [LogLine], in group: String) -> [MetricSample] {
    settings.metricFilters(of: group).flatMap { filter in
      // A filter that is on record was read before.
      (try? MetricFilterPlan(filter))?.samples(of: events) ?? []
    }
  }
}

/// A metric filter, read.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/MonitoringLogData.html
struct MetricFilterPlan: Sendable {
  private enum Value: Sendable {
    case number(Double)
    case field(FilterPattern.Selector)
  }

  private let pattern: FilterPattern
  private let namespace: String
  private let name: String
  private let unit: String
  private let value: Value
  private let standard: Double?
  private let dimensions: [(name: String, selector: FilterPattern.Selector)]

  /// - Throws: ``AWSError`` for what is no filter.
  init(_ filter: Logs.MetricFilter) throws(AWSError) {
    pattern = try FilterPattern(filter.filterPattern ?? "")
    let transformations = filter.metricTransformations ?? []
    guard transformations.count == 1, let transformation = transformations.first else {
      throw LogsError.invalid(
        "1 validation error detected: Value at 'metricTransformations' failed to satisfy constraint: "
          + "Member must have length less than or equal to 1")
    }
    namespace = transformation.metricNamespace ?? ""
    name = transformation.metricName ?? ""
    for (value, member) in [(namespace, "metricNamespace"), (name, "metricName")] {
      guard (1...255).contains(value.count),
        !value.contains(where: { ":*$".contains($0) }) || member == "metricNamespace"
      else { throw LogsError.constraint(value, "metricTransformations.1.member.\(member)", "be 1 to 255 characters") }
    }
    unit = transformation.unit ?? "None"
    standard = transformation.defaultValue
    let text = transformation.metricValue ?? ""
    if text.hasPrefix("$") {
      value = .field(try pattern.selector(text))
    } else if let number = Double(text) {
      value = .number(number)
    } else {
      throw LogsError.invalid("Invalid metric transformation: the value '\(text)' is neither a number nor a field.")
    }
    guard (transformation.dimensions ?? [:]).count <= 3 else {
      throw LogsError.invalid("A metric filter can have at most 3 dimensions.")
    }
    guard transformation.dimensions?.isEmpty != false || standard == nil else {
      throw LogsError.invalid("Invalid metric transformation: dimensions and default value are mutually exclusive.")
    }
    var dimensions: [(name: String, selector: FilterPattern.Selector)] = []
    for (name, field) in (transformation.dimensions ?? [:]).sorted(by: { $0.key < $1.key }) {
      dimensions.append((name, try pattern.selector(field)))
    }
    self.dimensions = dimensions
  }

  /// One sample for each event that fits; the default value when events came and none fits.
  func samples(of events: [LogLine]) -> [MetricSample] {
    let samples = events.compactMap(sample)
    guard samples.isEmpty, let standard, let last = events.last else { return samples }
    return [made(standard, [], at: last)]
  }

  private func sample(of event: LogLine) -> MetricSample? {
    guard let fields = pattern.match(event.message) else { return nil }
    let number: Double? =
      switch value {
      case .number(let number): number
      case .field(let selector): fields.values(selector).first?.number
      }
    guard let number else { return nil }
    var labels: [CloudWatch.Dimension] = []
    for (name, selector) in dimensions {
      // An event without the field belongs to no series of the metric.
      guard let text = fields.values(selector).first?.text, !text.isEmpty else { return nil }
      labels.append(.init(name: name, value: text))
    }
    return made(number, labels, at: event)
  }

  private func made(_ value: Double, _ dimensions: [CloudWatch.Dimension], at event: LogLine) -> MetricSample {
    MetricSample(
      identity: MetricIdentity(namespace: namespace, name: name, dimensions: dimensions), unit: unit,
      timestamp: event.timestamp.milliseconds, summary: MetricSummary([(value, 1)]))
  }
}
