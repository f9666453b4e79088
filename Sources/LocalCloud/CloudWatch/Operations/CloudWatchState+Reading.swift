import AWSWire
import Foundation

// What clients ask of alarms.
extension CloudWatchState {
  func describe(_ request: CloudWatch.DescribeAlarmsRequest) throws(AWSError) -> CloudWatch.DescribeAlarmsResponse {
    try CloudWatchError.check(request.maxRecords, "maxRecords", in: 1...100)
    try CloudWatchError.check(request.stateValue, "stateValue", among: ["OK", "ALARM", "INSUFFICIENT_DATA"])
    for type in request.alarmTypes ?? [] {
      try CloudWatchError.check(type, "alarmTypes", among: ["CompositeAlarm", "MetricAlarm"])
    }
    guard request.alarmNames?.isEmpty ?? true || request.alarmNamePrefix == nil else {
      throw CloudWatchError.combination("AlarmNames and AlarmNamePrefix are mutually exclusive.")
    }
    let related = try related(request)
    // Metric alarms alone, unless the caller knows of others.
    let types = request.alarmTypes ?? (related == nil ? ["MetricAlarm"] : ["MetricAlarm", "CompositeAlarm"])
    let names = request.alarmNames.flatMap { $0.isEmpty ? nil : Set($0) }
    let found = sortedAlarms.filter { alarm in
      types.contains(alarm.typeName) && (names?.contains(alarm.name) ?? true)
        && (related?.contains(alarm.name) ?? true)
        && (request.alarmNamePrefix.map { alarm.name.hasPrefix($0) } ?? true)
        && (request.stateValue.map { $0 == alarm.state.rawValue } ?? true)
        && (request.actionPrefix.map { prefix in alarm.actions.contains { $0.hasPrefix(prefix) } } ?? true)
    }
    let page = try NamePage(
      found, token: request.nextToken, size: request.maxRecords ?? 50, name: \.name,
      invalid: CloudWatchError.invalidToken)
    return .init(
      compositeAlarms: page.items.compactMap(\.compositeShape), metricAlarms: page.items.compactMap(\.metricShape),
      nextToken: page.nextToken)
  }

  /// The names of an alarm's children or parents, when they are asked for.
  private func related(_ request: CloudWatch.DescribeAlarmsRequest) throws(AWSError) -> Set<String>? {
    if let name = request.childrenOfAlarmName {
      guard let parent = alarms[name] else { throw CloudWatchError.notFound("The alarm \(name) does not exist.") }
      return Set((parent.rule?.alarms ?? []).compactMap { alarm($0)?.name })
    }
    if let name = request.parentsOfAlarmName {
      return Set(
        sortedAlarms.filter { parent in parent.rule?.alarms.contains { alarm($0)?.name == name } == true }.map(\.name))
    }
    return nil
  }

  func describe(_ request: CloudWatch.DescribeAlarmsForMetricRequest) -> CloudWatch.DescribeAlarmsForMetricResponse {
    let wanted = MetricIdentity(
      namespace: request.namespace, name: request.metricName, dimensions: request.dimensions ?? [])
    let found = sortedAlarms.filter { alarm in
      guard case .metric(let alarm) = alarm.kind else { return false }
      let own = MetricIdentity(
        namespace: alarm.namespace ?? "", name: alarm.metricName ?? "", dimensions: alarm.dimensions ?? [])
      return own == wanted && (request.statistic.map { $0 == alarm.statistic } ?? true)
        && (request.extendedStatistic.map { $0 == alarm.extendedStatistic } ?? true)
        && (request.period.map { $0 == alarm.period } ?? true) && (request.unit.map { $0 == alarm.unit } ?? true)
    }
    return .init(metricAlarms: found.compactMap(\.metricShape))
  }
}

// Tags of whatever an ARN names.
extension CloudWatchState {
  func tags(of arn: String) throws(AWSError) -> [String: String] {
    if let alarm = Self.alarmName(ofARN: arn).flatMap({ alarms[$0] }) { return alarm.tags }
    if let dashboard = Self.dashboardName(ofARN: arn).flatMap({ dashboards[$0] }) { return dashboard.tags }
    if let rule = Self.insightRuleName(ofARN: arn).flatMap({ insightRules[$0] }) { return rule.tags }
    // AWS says no more than that.
    throw AWSError("ResourceNotFoundException", "Unknown", httpStatus: 404)
  }

  mutating func set(_ tags: [String: String], of arn: String) throws(AWSError) {
    if let name = Self.alarmName(ofARN: arn), alarms[name] != nil { alarms[name]?.tags = tags }
    if let name = Self.dashboardName(ofARN: arn), dashboards[name] != nil { dashboards[name]?.tags = tags }
    if let name = Self.insightRuleName(ofARN: arn), insightRules[name] != nil { insightRules[name]?.tags = tags }
  }

  private static func dashboardName(ofARN arn: String) -> String? {
    guard arn.hasPrefix("arn:aws:cloudwatch:"), let range = arn.range(of: ":dashboard/") else { return nil }
    return String(arn[range.upperBound...])
  }
}

// Dashboards.
extension CloudWatchState {
  func dashboard(_ name: String) throws(AWSError) -> DashboardRecord {
    guard let dashboard = dashboards[name] else {
      throw AWSError("DashboardNotFoundError", "Dashboard \(name) does not exist", httpStatus: 404)
    }
    return dashboard
  }

  mutating func put(_ request: CloudWatch.PutDashboardRequest, at now: Date) throws(AWSError) {
    let name = request.dashboardName
    let isName = name.utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || "-_".utf8.contains($0) }
    guard isName, (1...255).contains(name.count) else {
      throw invalid(
        "The value \(name.prefix(255)) for field DashboardName contains invalid characters. It can only contain alphanumerics, dash (-) and underscore (_)."
      )
    }
    guard (try? JSONSerialization.jsonObject(with: Data(request.dashboardBody.utf8))) is [String: Any] else {
      throw invalid("The field DashboardBody must be a valid JSON object")
    }
    var record = DashboardRecord(name: name, body: request.dashboardBody, modified: now)
    record.tags = try CloudWatchTags.added(request.tags ?? [], to: dashboards[name]?.tags ?? [:])
    dashboards[name] = record
  }

  func list(
    _ request: CloudWatch.ListDashboardsRequest, in cloud: CloudContext
  ) throws(AWSError) -> CloudWatch.ListDashboardsResponse {
    let found = dashboards.values.values.filter { $0.name.hasPrefix(request.dashboardNamePrefix ?? "") }
      .sorted { $0.name < $1.name }
    let page = try NamePage(
      found, token: request.nextToken, size: 1000, name: \.name, invalid: CloudWatchError.invalidToken)
    return .init(
      dashboardEntries: page.items.map {
        .init(
          dashboardName: $0.name, dashboardArn: $0.arn(in: cloud), lastModified: $0.modified, size: $0.body.utf8.count)
      }, nextToken: page.nextToken)
  }

  mutating func delete(_ request: CloudWatch.DeleteDashboardsRequest) throws(AWSError) {
    guard !request.dashboardNames.isEmpty else { throw CloudWatchError.invalid("Need at least 1 dashboard") }
    let missing = request.dashboardNames.filter { dashboards[$0] == nil }
    guard missing.isEmpty else {
      throw AWSError(
        "DashboardNotFoundError", "The specified dashboard does not exist. [\(missing.joined(separator: ", "))]",
        httpStatus: 404)
    }
    for name in request.dashboardNames { dashboards[name] = nil }
  }

  private func invalid(_ message: String) -> AWSError { AWSError("DashboardInvalidInputError", message) }
}

extension DashboardRecord {
  /// Dashboards are of no region.
  func arn(in cloud: CloudContext) -> String { "arn:aws:cloudwatch::\(cloud.accountID):dashboard/\(name)" }
}
