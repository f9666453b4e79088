import AWSWire
import Foundation

/// An alarm as the cloud remembers it.
struct AlarmRecord: Codable, Sendable, Equatable {
  /// What it watches: the request that put it, checked.
  enum Kind: Codable, Sendable, Equatable {
    case metric(CloudWatch.PutMetricAlarmRequest)
    case composite(CloudWatch.PutCompositeAlarmRequest)
  }

  var arn: String
  var kind: Kind
  var actionsEnabled: Bool
  var tags: [String: String]
  var configurationUpdated: Date
  var state = AlarmState.insufficientData
  var stateReason = "Unchecked: Initial alarm creation"
  var stateReasonData: String?
  var stateUpdated: Date
  var stateTransitioned: Date

  var name: String {
    switch kind {
    case .metric(let alarm): alarm.alarmName
    case .composite(let alarm): alarm.alarmName
    }
  }

  var isComposite: Bool {
    if case .composite = kind { true } else { false }
  }

  var typeName: String { isComposite ? "CompositeAlarm" : "MetricAlarm" }

  var actions: [String] {
    switch kind {
    case .metric(let alarm):
      (alarm.okActions ?? []) + (alarm.alarmActions ?? []) + (alarm.insufficientDataActions ?? [])
    case .composite(let alarm):
      (alarm.okActions ?? []) + (alarm.alarmActions ?? []) + (alarm.insufficientDataActions ?? [])
    }
  }

  /// The rule of a composite alarm; it was read when the alarm was put.
  var rule: AlarmRule? {
    guard case .composite(let alarm) = kind else { return nil }
    return try? AlarmRule(alarm.alarmRule)
  }

  mutating func set(_ new: AlarmState, reason: String, data: String?, at now: Date) {
    if new != state { stateTransitioned = now }
    state = new
    stateReason = reason
    stateReasonData = data
    stateUpdated = now
  }
}

// The shapes that clients see.
extension AlarmRecord {
  var metricShape: CloudWatch.MetricAlarm? {
    guard case .metric(let alarm) = kind else { return nil }
    return CloudWatch.MetricAlarm(
      alarmName: alarm.alarmName, alarmArn: arn, alarmDescription: alarm.alarmDescription,
      alarmConfigurationUpdatedTimestamp: configurationUpdated, actionsEnabled: actionsEnabled,
      okActions: alarm.okActions ?? [], alarmActions: alarm.alarmActions ?? [],
      insufficientDataActions: alarm.insufficientDataActions ?? [], stateValue: state.rawValue,
      stateReason: stateReason, stateReasonData: stateReasonData, stateUpdatedTimestamp: stateUpdated,
      metricName: alarm.metricName, namespace: alarm.namespace, statistic: alarm.statistic,
      extendedStatistic: alarm.extendedStatistic, dimensions: alarm.dimensions ?? [], period: alarm.period,
      unit: alarm.unit, evaluationPeriods: alarm.evaluationPeriods, datapointsToAlarm: alarm.datapointsToAlarm,
      threshold: alarm.threshold, comparisonOperator: alarm.comparisonOperator,
      // AWS does not fill the default in.
      treatMissingData: alarm.treatMissingData,
      evaluateLowSampleCountPercentile: alarm.evaluateLowSampleCountPercentile,
      metrics: alarm.metrics ?? [], thresholdMetricId: alarm.thresholdMetricId,
      stateTransitionedTimestamp: stateTransitioned)
  }

  var compositeShape: CloudWatch.CompositeAlarm? {
    guard case .composite(let alarm) = kind else { return nil }
    return CloudWatch.CompositeAlarm(
      actionsEnabled: actionsEnabled, alarmActions: alarm.alarmActions ?? [], alarmArn: arn,
      alarmConfigurationUpdatedTimestamp: configurationUpdated, alarmDescription: alarm.alarmDescription,
      alarmName: alarm.alarmName, alarmRule: alarm.alarmRule,
      insufficientDataActions: alarm.insufficientDataActions ?? [], okActions: alarm.okActions ?? [],
      stateReason: stateReason, stateReasonData: stateReasonData, stateUpdatedTimestamp: stateUpdated,
      stateValue: state.rawValue, stateTransitionedTimestamp: stateTransitioned,
      actionsSuppressor: alarm.actionsSuppressor, actionsSuppressorWaitPeriod: alarm.actionsSuppressorWaitPeriod,
      actionsSuppressorExtensionPeriod: alarm.actionsSuppressorExtensionPeriod)
  }
}

/// A dashboard as the cloud remembers it.
struct DashboardRecord: Codable, Sendable, Equatable {
  var name: String
  var body: String
  var modified: Date
  var tags: [String: String] = [:]
}
