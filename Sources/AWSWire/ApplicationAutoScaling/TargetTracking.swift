// What target tracking policies keep at a value.

extension ApplicationAutoScaling {
  /// Keeps a metric at a value.
  public struct TargetTrackingScalingPolicyConfiguration: Codable, Sendable, Equatable {
    /// The value at which the metric is to be.
    public var targetValue: Double
    /// A metric that AWS knows.
    public var predefinedMetricSpecification: PredefinedMetricSpecification?
    /// A metric of your own.
    public var customizedMetricSpecification: CustomizedMetricSpecification?
    /// Seconds after a scale-out.
    public var scaleOutCooldown: Int?
    /// Seconds after a scale-in.
    public var scaleInCooldown: Int?
    /// Whether it never scales in.
    public var disableScaleIn: Bool?

    /// Makes a value.
    public init(
      targetValue: Double, predefinedMetricSpecification: PredefinedMetricSpecification? = nil,
      customizedMetricSpecification: CustomizedMetricSpecification? = nil, scaleOutCooldown: Int? = nil,
      scaleInCooldown: Int? = nil, disableScaleIn: Bool? = nil
    ) {
      self.targetValue = targetValue
      self.predefinedMetricSpecification = predefinedMetricSpecification
      self.customizedMetricSpecification = customizedMetricSpecification
      self.scaleOutCooldown = scaleOutCooldown
      self.scaleInCooldown = scaleInCooldown
      self.disableScaleIn = disableScaleIn
    }

    enum CodingKeys: String, CodingKey {
      case targetValue = "TargetValue"
      case predefinedMetricSpecification = "PredefinedMetricSpecification"
      case customizedMetricSpecification = "CustomizedMetricSpecification"
      case scaleOutCooldown = "ScaleOutCooldown"
      case scaleInCooldown = "ScaleInCooldown"
      case disableScaleIn = "DisableScaleIn"
    }
  }

  /// A metric that AWS knows.
  public struct PredefinedMetricSpecification: Codable, Sendable, Equatable {
    /// The kind, such as `ECSServiceAverageCPUUtilization`.
    public var predefinedMetricType: String
    /// `app/NAME/ID/targetgroup/NAME/ID`, for ALBRequestCountPerTarget.
    public var resourceLabel: String?

    /// Makes a value.
    public init(predefinedMetricType: String, resourceLabel: String? = nil) {
      self.predefinedMetricType = predefinedMetricType
      self.resourceLabel = resourceLabel
    }

    enum CodingKeys: String, CodingKey {
      case predefinedMetricType = "PredefinedMetricType"
      case resourceLabel = "ResourceLabel"
    }
  }

  /// A metric of your own.
  public struct CustomizedMetricSpecification: Codable, Sendable, Equatable {
    /// The name of the metric.
    public var metricName: String?
    /// The namespace of the metric.
    public var namespace: String?
    /// The dimensions of the metric.
    public var dimensions: [MetricDimension]?
    /// The statistic.
    public var statistic: String?
    /// The unit.
    public var unit: String?
    /// The queries of a metric math expression.
    public var metrics: [TargetTrackingMetricDataQuery]?

    /// Makes a value.
    public init(
      metricName: String? = nil, namespace: String? = nil, dimensions: [MetricDimension]? = nil,
      statistic: String? = nil, unit: String? = nil, metrics: [TargetTrackingMetricDataQuery]? = nil
    ) {
      self.metricName = metricName
      self.namespace = namespace
      self.dimensions = dimensions
      self.statistic = statistic
      self.unit = unit
      self.metrics = metrics
    }

    enum CodingKeys: String, CodingKey {
      case metricName = "MetricName"
      case namespace = "Namespace"
      case dimensions = "Dimensions"
      case statistic = "Statistic"
      case unit = "Unit"
      case metrics = "Metrics"
    }
  }

  /// A dimension of a metric.
  public struct MetricDimension: Codable, Sendable, Equatable {
    /// The name.
    public var name: String
    /// The value.
    public var value: String

    /// Makes a value.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }

    enum CodingKeys: String, CodingKey {
      case name = "Name"
      case value = "Value"
    }
  }

  /// A query of a metric math expression.
  public struct TargetTrackingMetricDataQuery: Codable, Sendable, Equatable {
    /// The name within expressions.
    public var id: String
    /// A metric math expression.
    public var expression: String?
    /// The label.
    public var label: String?
    /// A metric and its statistic.
    public var metricStat: TargetTrackingMetricStat?
    /// Whether this is the query that is tracked.
    public var returnData: Bool?

    /// Makes a value.
    public init(
      id: String, expression: String? = nil, label: String? = nil, metricStat: TargetTrackingMetricStat? = nil,
      returnData: Bool? = nil
    ) {
      self.id = id
      self.expression = expression
      self.label = label
      self.metricStat = metricStat
      self.returnData = returnData
    }

    enum CodingKeys: String, CodingKey {
      case id = "Id"
      case expression = "Expression"
      case label = "Label"
      case metricStat = "MetricStat"
      case returnData = "ReturnData"
    }
  }

  /// A metric with its statistic.
  public struct TargetTrackingMetricStat: Codable, Sendable, Equatable {
    /// The metric.
    public var metric: TargetTrackingMetric
    /// The statistic.
    public var stat: String
    /// The unit.
    public var unit: String?

    /// Makes a value.
    public init(metric: TargetTrackingMetric, stat: String, unit: String? = nil) {
      self.metric = metric
      self.stat = stat
      self.unit = unit
    }

    enum CodingKeys: String, CodingKey {
      case metric = "Metric"
      case stat = "Stat"
      case unit = "Unit"
    }
  }

  /// A metric.
  public struct TargetTrackingMetric: Codable, Sendable, Equatable {
    /// The dimensions of the metric.
    public var dimensions: [TargetTrackingMetricDimension]?
    /// The name of the metric.
    public var metricName: String?
    /// The namespace of the metric.
    public var namespace: String?

    /// Makes a value.
    public init(dimensions: [TargetTrackingMetricDimension]? = nil, metricName: String? = nil, namespace: String? = nil)
    {
      self.dimensions = dimensions
      self.metricName = metricName
      self.namespace = namespace
    }

    enum CodingKeys: String, CodingKey {
      case dimensions = "Dimensions"
      case metricName = "MetricName"
      case namespace = "Namespace"
    }
  }

  /// A dimension of a metric.
  public struct TargetTrackingMetricDimension: Codable, Sendable, Equatable {
    /// The name.
    public var name: String
    /// The value.
    public var value: String

    /// Makes a value.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }

    enum CodingKeys: String, CodingKey {
      case name = "Name"
      case value = "Value"
    }
  }
}
