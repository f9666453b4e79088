import AWSWire
import Foundation

/// The metric of a target tracking policy, checked, and the alarms that watch it.
struct TrackedMetric: Sendable {
  /// The kinds of metrics of ECS services that AWS knows by name.
  private static let predefined = [
    "ECSServiceAverageCPUUtilization", "ECSServiceAverageMemoryUtilization", "ALBRequestCountPerTarget",
  ]
  private static let statistics = ["Average", "Minimum", "Maximum", "SampleCount", "Sum"]
  /// Scaling in begins at so much of the target, so that it does not flap.
  private static let lowShare = 0.9
  private static let highPeriods = 3
  private static let lowPeriods = 15
  private static let period = 60

  private let configuration: ApplicationAutoScaling.TargetTrackingScalingPolicyConfiguration
  private let place: ScalingPlace

  /// - Throws: ``AWSError`` for what AWS refuses.
  init(
    _ configuration: ApplicationAutoScaling.TargetTrackingScalingPolicyConfiguration, of place: ScalingPlace
  ) throws(AWSError) {
    self.configuration = configuration
    self.place = place
    guard configuration.targetValue > 0, configuration.targetValue.isFinite else {
      throw ScalingError.validation("TargetValue must be greater than 0, not \(configuration.targetValue).")
    }
    for (name, value) in [
      ("ScaleInCooldown", configuration.scaleInCooldown), ("ScaleOutCooldown", configuration.scaleOutCooldown),
    ] {
      if let value, value < 0 { throw ScalingError.validation("\(name) must not be negative, but is \(value).") }
    }
    switch (configuration.predefinedMetricSpecification, configuration.customizedMetricSpecification) {
    case (let metric?, nil): try Self.check(metric)
    case (nil, let metric?): try Self.check(metric)
    default:
      throw ScalingError.validation(
        "Exactly one of PredefinedMetricSpecification and CustomizedMetricSpecification must be specified.")
    }
  }

  private static func check(_ metric: ApplicationAutoScaling.PredefinedMetricSpecification) throws(AWSError) {
    guard predefined.contains(metric.predefinedMetricType) else {
      throw ScalingError.validation(
        "PredefinedMetricType '\(metric.predefinedMetricType)' cannot be used for an ECS service here. Use one of: "
          + "\(predefined.joined(separator: ", ")).")
    }
    if metric.predefinedMetricType == "ALBRequestCountPerTarget" {
      guard let label = metric.resourceLabel else {
        throw ScalingError.validation("ResourceLabel is required for the metric type ALBRequestCountPerTarget.")
      }
      guard parts(ofLabel: label) != nil else {
        throw ScalingError.validation(
          "ResourceLabel '\(label)' is not valid. It has the form app/NAME/ID/targetgroup/NAME/ID.")
      }
    } else if metric.resourceLabel != nil {
      throw ScalingError.validation(
        "ResourceLabel cannot be specified for the metric type \(metric.predefinedMetricType).")
    }
  }

  private static func check(_ metric: ApplicationAutoScaling.CustomizedMetricSpecification) throws(AWSError) {
    if let queries = metric.metrics {
      guard !queries.isEmpty, metric.metricName == nil, metric.namespace == nil, metric.statistic == nil else {
        throw ScalingError.validation("Metrics takes at least one query, and stands alone.")
      }
      return
    }
    guard metric.metricName != nil, metric.namespace != nil, let statistic = metric.statistic else {
      throw ScalingError.validation("MetricName, Namespace and Statistic of a customized metric are required.")
    }
    try ScalingError.check(statistic, "statistic", among: statistics)
  }

  /// `app/NAME/ID/targetgroup/NAME/ID` as the load balancer's and the target group's dimension.
  private static func parts(ofLabel label: String) -> (balancer: String, group: String)? {
    let parts = label.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0] == "app", parts[3] == "targetgroup", !parts.contains("") else { return nil }
    return (parts[..<3].joined(separator: "/"), parts[3...].joined(separator: "/"))
  }

  // MARK: Alarms

  /// The alarm that scales out: above the target for three minutes.
  func highAlarm(name: String, policy: String) -> CloudWatch.PutMetricAlarmRequest {
    alarm(name, policy, Self.highPeriods, configuration.targetValue, "GreaterThanThreshold")
  }

  /// The alarm that scales in: below nine tenths of the target for fifteen minutes.
  func lowAlarm(name: String, policy: String) -> CloudWatch.PutMetricAlarmRequest {
    alarm(name, policy, Self.lowPeriods, configuration.targetValue * Self.lowShare, "LessThanThreshold")
  }

  private func alarm(
    _ name: String, _ policy: String, _ periods: Int, _ threshold: Double, _ comparison: String
  ) -> CloudWatch.PutMetricAlarmRequest {
    var alarm = CloudWatch.PutMetricAlarmRequest(
      alarmName: name, alarmDescription: "DO NOT EDIT OR DELETE. For TargetTrackingScaling policy \(policy).",
      actionsEnabled: true, alarmActions: [policy], evaluationPeriods: periods, threshold: threshold,
      comparisonOperator: comparison)
    if let queries = configuration.customizedMetricSpecification?.metrics {
      alarm.metrics = queries.map(Self.query)
      return alarm
    }
    alarm.period = Self.period
    let metric = configuration.predefinedMetricSpecification
    switch metric?.predefinedMetricType {
    case "ALBRequestCountPerTarget":
      let parts = Self.parts(ofLabel: metric?.resourceLabel ?? "")
      alarm.namespace = "AWS/ApplicationELB"
      alarm.metricName = "RequestCountPerTarget"
      alarm.statistic = "Sum"
      alarm.dimensions = [
        .init(name: "TargetGroup", value: parts?.group ?? ""),
        .init(name: "LoadBalancer", value: parts?.balancer ?? ""),
      ]
    case let type?:
      alarm.namespace = "AWS/ECS"
      alarm.metricName = type == "ECSServiceAverageCPUUtilization" ? "CPUUtilization" : "MemoryUtilization"
      alarm.statistic = "Average"
      alarm.dimensions = [
        .init(name: "ClusterName", value: place.cluster), .init(name: "ServiceName", value: place.service),
      ]
    case nil:
      let custom = configuration.customizedMetricSpecification
      alarm.namespace = custom?.namespace
      alarm.metricName = custom?.metricName
      alarm.statistic = custom?.statistic
      alarm.unit = custom?.unit
      alarm.dimensions = custom?.dimensions?.map { .init(name: $0.name, value: $0.value) }
    }
    return alarm
  }

  private static func query(_ query: ApplicationAutoScaling.TargetTrackingMetricDataQuery)
    -> CloudWatch.MetricDataQuery
  {
    .init(
      id: query.id,
      metricStat: query.metricStat.map { stat in
        .init(
          metric: .init(
            namespace: stat.metric.namespace, metricName: stat.metric.metricName,
            dimensions: stat.metric.dimensions?.map { .init(name: $0.name, value: $0.value) }),
          period: period, stat: stat.stat, unit: stat.unit)
      }, expression: query.expression, label: query.label, returnData: query.returnData,
      period: query.expression == nil ? nil : period)
  }
}
