import Foundation

// Alarms over metrics.

extension CloudWatch {
  /// An alarm over a metric or an expression.
  public struct MetricAlarm: Codable, Sendable, Equatable {
    /// The name of the alarm.
    public var alarmName: String?
    /// The ARN of the alarm.
    public var alarmArn: String?
    /// What the alarm is for.
    public var alarmDescription: String?
    /// When the alarm was put last.
    public var alarmConfigurationUpdatedTimestamp: Date?
    /// Whether actions are taken.
    public var actionsEnabled: Bool?
    /// The ARNs of what is done when the state becomes `OK`.
    public var okActions: [String]?
    /// The ARNs of what is done when the state becomes `ALARM`.
    public var alarmActions: [String]?
    /// The ARNs of what is done when the state becomes `INSUFFICIENT_DATA`.
    public var insufficientDataActions: [String]?
    /// `OK`, `ALARM` or `INSUFFICIENT_DATA`.
    public var stateValue: String?
    /// Why the state is what it is.
    public var stateReason: String?
    /// The reason as JSON.
    public var stateReasonData: String?
    /// When the state was set last.
    public var stateUpdatedTimestamp: Date?
    /// The name of the metric.
    public var metricName: String?
    /// The namespace, such as `AWS/ECS`.
    public var namespace: String?
    /// The statistic, other than percentiles.
    public var statistic: String?
    /// A percentile such as `p99.9`, or a percentile rank.
    public var extendedStatistic: String?
    /// The dimensions, at most 30.
    public var dimensions: [Dimension]?
    /// The period in seconds.
    public var period: Int?
    /// The unit, such as `Count`.
    public var unit: String?
    /// Over how many periods the metric is compared.
    public var evaluationPeriods: Int?
    /// How many of the periods must breach the threshold; all of them by default.
    public var datapointsToAlarm: Int?
    /// What the metric is compared with.
    public var threshold: Double?
    /// How the metric is compared with the threshold.
    public var comparisonOperator: String?
    /// `breaching`, `notBreaching`, `ignore` or `missing`.
    public var treatMissingData: String?
    /// `evaluate` or `ignore`.
    public var evaluateLowSampleCountPercentile: String?
    /// The metrics.
    public var metrics: [MetricDataQuery]?
    /// The expression of an anomaly detection band.
    public var thresholdMetricId: String?
    /// `PARTIAL_DATA`, `EVALUATION_ERROR` or `EVALUATION_FAILURE`.
    public var evaluationState: String?
    /// When the state changed last.
    public var stateTransitionedTimestamp: Date?

    enum CodingKeys: String, CodingKey {
      case alarmName = "AlarmName"
      case alarmArn = "AlarmArn"
      case alarmDescription = "AlarmDescription"
      case alarmConfigurationUpdatedTimestamp = "AlarmConfigurationUpdatedTimestamp"
      case actionsEnabled = "ActionsEnabled"
      case okActions = "OKActions"
      case alarmActions = "AlarmActions"
      case insufficientDataActions = "InsufficientDataActions"
      case stateValue = "StateValue"
      case stateReason = "StateReason"
      case stateReasonData = "StateReasonData"
      case stateUpdatedTimestamp = "StateUpdatedTimestamp"
      case metricName = "MetricName"
      case namespace = "Namespace"
      case statistic = "Statistic"
      case extendedStatistic = "ExtendedStatistic"
      case dimensions = "Dimensions"
      case period = "Period"
      case unit = "Unit"
      case evaluationPeriods = "EvaluationPeriods"
      case datapointsToAlarm = "DatapointsToAlarm"
      case threshold = "Threshold"
      case comparisonOperator = "ComparisonOperator"
      case treatMissingData = "TreatMissingData"
      case evaluateLowSampleCountPercentile = "EvaluateLowSampleCountPercentile"
      case metrics = "Metrics"
      case thresholdMetricId = "ThresholdMetricId"
      case evaluationState = "EvaluationState"
      case stateTransitionedTimestamp = "StateTransitionedTimestamp"
    }

    /// Makes a value of its members.
    public init(
      alarmName: String? = nil, alarmArn: String? = nil, alarmDescription: String? = nil,
      alarmConfigurationUpdatedTimestamp: Date? = nil, actionsEnabled: Bool? = nil, okActions: [String]? = nil,
      alarmActions: [String]? = nil, insufficientDataActions: [String]? = nil, stateValue: String? = nil,
      stateReason: String? = nil, stateReasonData: String? = nil, stateUpdatedTimestamp: Date? = nil,
      metricName: String? = nil, namespace: String? = nil, statistic: String? = nil, extendedStatistic: String? = nil,
      dimensions: [Dimension]? = nil, period: Int? = nil, unit: String? = nil, evaluationPeriods: Int? = nil,
      datapointsToAlarm: Int? = nil, threshold: Double? = nil, comparisonOperator: String? = nil,
      treatMissingData: String? = nil, evaluateLowSampleCountPercentile: String? = nil,
      metrics: [MetricDataQuery]? = nil, thresholdMetricId: String? = nil, evaluationState: String? = nil,
      stateTransitionedTimestamp: Date? = nil
    ) {
      self.alarmName = alarmName
      self.alarmArn = alarmArn
      self.alarmDescription = alarmDescription
      self.alarmConfigurationUpdatedTimestamp = alarmConfigurationUpdatedTimestamp
      self.actionsEnabled = actionsEnabled
      self.okActions = okActions
      self.alarmActions = alarmActions
      self.insufficientDataActions = insufficientDataActions
      self.stateValue = stateValue
      self.stateReason = stateReason
      self.stateReasonData = stateReasonData
      self.stateUpdatedTimestamp = stateUpdatedTimestamp
      self.metricName = metricName
      self.namespace = namespace
      self.statistic = statistic
      self.extendedStatistic = extendedStatistic
      self.dimensions = dimensions
      self.period = period
      self.unit = unit
      self.evaluationPeriods = evaluationPeriods
      self.datapointsToAlarm = datapointsToAlarm
      self.threshold = threshold
      self.comparisonOperator = comparisonOperator
      self.treatMissingData = treatMissingData
      self.evaluateLowSampleCountPercentile = evaluateLowSampleCountPercentile
      self.metrics = metrics
      self.thresholdMetricId = thresholdMetricId
      self.evaluationState = evaluationState
      self.stateTransitionedTimestamp = stateTransitionedTimestamp
    }
  }

  /// Makes or changes an alarm over a metric or an expression.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
  public struct PutMetricAlarmRequest: CloudWatchRequest, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "PutMetricAlarm"

    /// The name of the alarm.
    public var alarmName: String
    /// What the alarm is for.
    public var alarmDescription: String?
    /// Whether actions are taken.
    public var actionsEnabled: Bool?
    /// The ARNs of what is done when the state becomes `OK`.
    public var okActions: [String]?
    /// The ARNs of what is done when the state becomes `ALARM`.
    public var alarmActions: [String]?
    /// The ARNs of what is done when the state becomes `INSUFFICIENT_DATA`.
    public var insufficientDataActions: [String]?
    /// The name of the metric.
    public var metricName: String?
    /// The namespace, such as `AWS/ECS`.
    public var namespace: String?
    /// The statistic, other than percentiles.
    public var statistic: String?
    /// A percentile such as `p99.9`, or a percentile rank.
    public var extendedStatistic: String?
    /// The dimensions, at most 30.
    public var dimensions: [Dimension]?
    /// The period in seconds.
    public var period: Int?
    /// The unit, such as `Count`.
    public var unit: String?
    /// Over how many periods the metric is compared.
    public var evaluationPeriods: Int?
    /// How many of the periods must breach the threshold; all of them by default.
    public var datapointsToAlarm: Int?
    /// What the metric is compared with.
    public var threshold: Double?
    /// How the metric is compared with the threshold.
    public var comparisonOperator: String?
    /// `breaching`, `notBreaching`, `ignore` or `missing`.
    public var treatMissingData: String?
    /// `evaluate` or `ignore`.
    public var evaluateLowSampleCountPercentile: String?
    /// The metrics.
    public var metrics: [MetricDataQuery]?
    /// The tags.
    public var tags: [Tag]?
    /// The expression of an anomaly detection band.
    public var thresholdMetricId: String?

    enum CodingKeys: String, CodingKey {
      case alarmName = "AlarmName"
      case alarmDescription = "AlarmDescription"
      case actionsEnabled = "ActionsEnabled"
      case okActions = "OKActions"
      case alarmActions = "AlarmActions"
      case insufficientDataActions = "InsufficientDataActions"
      case metricName = "MetricName"
      case namespace = "Namespace"
      case statistic = "Statistic"
      case extendedStatistic = "ExtendedStatistic"
      case dimensions = "Dimensions"
      case period = "Period"
      case unit = "Unit"
      case evaluationPeriods = "EvaluationPeriods"
      case datapointsToAlarm = "DatapointsToAlarm"
      case threshold = "Threshold"
      case comparisonOperator = "ComparisonOperator"
      case treatMissingData = "TreatMissingData"
      case evaluateLowSampleCountPercentile = "EvaluateLowSampleCountPercentile"
      case metrics = "Metrics"
      case tags = "Tags"
      case thresholdMetricId = "ThresholdMetricId"
    }

    /// Makes a request.
    public init(
      alarmName: String, alarmDescription: String? = nil, actionsEnabled: Bool? = nil, okActions: [String]? = nil,
      alarmActions: [String]? = nil, insufficientDataActions: [String]? = nil, metricName: String? = nil,
      namespace: String? = nil, statistic: String? = nil, extendedStatistic: String? = nil,
      dimensions: [Dimension]? = nil, period: Int? = nil, unit: String? = nil, evaluationPeriods: Int? = nil,
      datapointsToAlarm: Int? = nil, threshold: Double? = nil, comparisonOperator: String? = nil,
      treatMissingData: String? = nil, evaluateLowSampleCountPercentile: String? = nil,
      metrics: [MetricDataQuery]? = nil, tags: [Tag]? = nil, thresholdMetricId: String? = nil
    ) {
      self.alarmName = alarmName
      self.alarmDescription = alarmDescription
      self.actionsEnabled = actionsEnabled
      self.okActions = okActions
      self.alarmActions = alarmActions
      self.insufficientDataActions = insufficientDataActions
      self.metricName = metricName
      self.namespace = namespace
      self.statistic = statistic
      self.extendedStatistic = extendedStatistic
      self.dimensions = dimensions
      self.period = period
      self.unit = unit
      self.evaluationPeriods = evaluationPeriods
      self.datapointsToAlarm = datapointsToAlarm
      self.threshold = threshold
      self.comparisonOperator = comparisonOperator
      self.treatMissingData = treatMissingData
      self.evaluateLowSampleCountPercentile = evaluateLowSampleCountPercentile
      self.metrics = metrics
      self.tags = tags
      self.thresholdMetricId = thresholdMetricId
    }
  }

  /// Reads the alarms over a metric.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmsForMetric.html
  public struct DescribeAlarmsForMetricRequest: CloudWatchRequest, Equatable {
    public typealias Response = DescribeAlarmsForMetricResponse
    public static let operation = "DescribeAlarmsForMetric"

    /// The name of the metric.
    public var metricName: String
    /// The namespace, such as `AWS/ECS`.
    public var namespace: String
    /// The statistic, other than percentiles.
    public var statistic: String?
    /// A percentile such as `p99.9`, or a percentile rank.
    public var extendedStatistic: String?
    /// The dimensions, at most 30.
    public var dimensions: [Dimension]?
    /// The period in seconds.
    public var period: Int?
    /// The unit, such as `Count`.
    public var unit: String?

    enum CodingKeys: String, CodingKey {
      case metricName = "MetricName"
      case namespace = "Namespace"
      case statistic = "Statistic"
      case extendedStatistic = "ExtendedStatistic"
      case dimensions = "Dimensions"
      case period = "Period"
      case unit = "Unit"
    }

    /// Makes a request.
    public init(
      metricName: String, namespace: String, statistic: String? = nil, extendedStatistic: String? = nil,
      dimensions: [Dimension]? = nil, period: Int? = nil, unit: String? = nil
    ) {
      self.metricName = metricName
      self.namespace = namespace
      self.statistic = statistic
      self.extendedStatistic = extendedStatistic
      self.dimensions = dimensions
      self.period = period
      self.unit = unit
    }
  }

  /// What DescribeAlarmsForMetric answers.
  public struct DescribeAlarmsForMetricResponse: Codable, Sendable, Equatable {
    /// The metric alarms.
    public var metricAlarms: [MetricAlarm]?

    enum CodingKeys: String, CodingKey {
      case metricAlarms = "MetricAlarms"
    }

    /// Makes an answer.
    public init(metricAlarms: [MetricAlarm]? = nil) {
      self.metricAlarms = metricAlarms
    }
  }
}
