import AWSWire
import Foundation

/// What AWS refuses in an alarm.
enum AlarmValidation {
  static func check(_ alarm: CloudWatch.PutMetricAlarmRequest) throws(AWSError) {
    try checkCommon(alarm.alarmName, alarm.alarmDescription, alarm.tags)
    try checkActions(alarm.okActions, alarm.alarmActions, alarm.insufficientDataActions)
    guard let comparison = alarm.comparisonOperator else { throw CloudWatchError.missing("ComparisonOperator") }
    guard alarm.thresholdMetricId == nil, !comparison.contains("Upper"), !comparison.contains("LowerThreshold") else {
      throw CloudWatchError.validation("The local cloud has no anomaly detection: \(comparison) cannot be used.")
    }
    try CloudWatchError.check(
      comparison, "comparisonOperator", among: AlarmMachine.Comparison.allCases.map(\.rawValue))
    guard let threshold = alarm.threshold else { throw CloudWatchError.missing("Threshold") }
    guard threshold.isFinite else {
      throw CloudWatchError.invalid("The value \(threshold) for parameter Threshold is invalid.")
    }
    guard let periods = alarm.evaluationPeriods else { throw CloudWatchError.missing("EvaluationPeriods") }
    try CloudWatchError.check(periods, "evaluationPeriods", in: 1...Int(Int32.max))
    try CloudWatchError.check(alarm.datapointsToAlarm, "datapointsToAlarm", in: 1...Int(Int32.max))
    guard alarm.datapointsToAlarm ?? 1 <= periods else {
      throw CloudWatchError.validation("DatapointsToAlarm must be less than or equal to EvaluationPeriods.")
    }
    if let treatment = alarm.treatMissingData, AlarmMachine.MissingData(rawValue: treatment) == nil {
      throw CloudWatchError.validation(
        "Option \(treatment) is not supported. Supported options for parameter TreatMissingData are breaching, "
          + "notBreaching, ignore and missing.")
    }
    if let option = alarm.evaluateLowSampleCountPercentile, !["evaluate", "ignore"].contains(option) {
      throw CloudWatchError.validation(
        "Option \(option) is not supported. "
          + "Supported options for parameter EvaluateLowSampleCountPercentile are evaluate and ignore.")
    }
    let period = alarm.metrics == nil ? try singleMetric(alarm) : try queries(alarm).queries.map(\.period).max() ?? 60
    // Seven days for periods of an hour or more, else one.
    let limit = period >= 3600 ? 604_800 : 86_400
    guard periods <= limit / period else {
      throw CloudWatchError.validation(
        "Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= \(limit)).")
    }
  }

  /// The metric of an alarm on one metric; gives its period.
  private static func singleMetric(_ alarm: CloudWatch.PutMetricAlarmRequest) throws(AWSError) -> Int {
    guard let name = alarm.metricName, !name.isEmpty else { throw CloudWatchError.missing("MetricName") }
    guard let namespace = alarm.namespace, !namespace.isEmpty else { throw CloudWatchError.missing("Namespace") }
    guard let period = alarm.period else { throw CloudWatchError.missing("Period") }
    guard [10, 20, 30].contains(period) || (period > 0 && period % 60 == 0) else {
      throw CloudWatchError.validation("Invalid period: \(period). It must be 10, 20, 30 or a multiple of 60.")
    }
    try CloudWatchError.check(
      alarm.statistic, "statistic", among: ["SampleCount", "Average", "Sum", "Minimum", "Maximum"])
    try CloudWatchError.check(alarm.unit, "unit", among: CloudWatchError.units)
    switch (alarm.statistic, alarm.extendedStatistic) {
    case (nil, nil), (_?, _?):
      throw CloudWatchError.validation("Must specify either Statistic or ExtendedStatistic")
    case (nil, let extended?):
      switch MetricStatistic(extended) {
      case .percentile, .rank: break
      default:
        throw CloudWatchError.invalid("The value \(extended) for parameter ExtendedStatistic is not supported.")
      }
    default: break
    }
    try MetricDataRules.check(alarm.dimensions ?? [], "Dimensions")
    return period
  }

  /// The queries of an alarm on an expression, of which exactly one is watched.
  static func queries(_ alarm: CloudWatch.PutMetricAlarmRequest) throws(AWSError) -> MetricQueries {
    guard alarm.metricName == nil, alarm.namespace == nil, alarm.statistic == nil, alarm.extendedStatistic == nil,
      alarm.period == nil, alarm.dimensions?.isEmpty ?? true
    else {
      throw CloudWatchError.combination(
        "Metrics cannot be used together with MetricName, Namespace, Dimensions, Period, Statistic or "
          + "ExtendedStatistic.")
    }
    let queries = try MetricQueries(alarm.metrics ?? [], member: "Metrics")
    guard queries.queries.count(where: \.isReturned) == 1 else {
      throw CloudWatchError.validation("Exactly one element of the metrics list should return data.")
    }
    return queries
  }

  static func check(_ alarm: CloudWatch.PutCompositeAlarmRequest) throws(AWSError) -> AlarmRule {
    try checkCommon(alarm.alarmName, alarm.alarmDescription, alarm.tags)
    try checkActions(alarm.okActions, alarm.alarmActions, alarm.insufficientDataActions)
    try CloudWatchError.checkLength(alarm.alarmRule, "alarmRule", in: 1...10_240)
    do {
      return try AlarmRule(alarm.alarmRule)
    } catch {
      throw CloudWatchError.validation("Error parsing AlarmRule: \(error)")
    }
  }

  private static func checkCommon(
    _ name: String, _ description: String?, _ tags: [CloudWatch.Tag]?
  ) throws(AWSError) {
    try CloudWatchError.checkLength(name, "alarmName", in: 1...255)
    try CloudWatchError.checkLength(description, "alarmDescription", in: 0...1024)
    _ = try CloudWatchTags.added(tags ?? [], to: [:])
  }

  private static func checkActions(_ lists: [String]?...) throws(AWSError) {
    for actions in lists {
      guard let actions else { continue }
      guard actions.count <= 5 else {
        throw CloudWatchError.validation("The collection of actions must not have a size greater than 5.")
      }
      for action in actions {
        let parts = action.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn", !parts[2].isEmpty, !parts[5].isEmpty, action.count <= 1024 else {
          throw CloudWatchError.validation("Invalid arn syntax: \(action.prefix(300))")
        }
      }
    }
  }
}

/// The rules of tags.
enum CloudWatchTags {
  static func added(_ tags: [CloudWatch.Tag], to existing: [String: String]) throws(AWSError) -> [String: String] {
    var result = existing
    for tag in tags {
      try CloudWatchError.checkLength(tag.key, "tags.1.member.key", in: 1...128)
      try CloudWatchError.checkLength(tag.value, "tags.1.member.value", in: 0...256)
      guard !tag.key.lowercased().hasPrefix("aws:") else {
        throw CloudWatchError.invalid("The tag key \(tag.key) cannot begin with aws:.")
      }
      result[tag.key] = tag.value
    }
    guard result.count <= 50 else { throw CloudWatchError.invalid("A resource can have at most 50 tags.") }
    return result
  }

  static func shapes(_ tags: [String: String]) -> [CloudWatch.Tag] {
    tags.sorted { $0.key < $1.key }.map { CloudWatch.Tag(key: $0.key, value: $0.value) }
  }
}
