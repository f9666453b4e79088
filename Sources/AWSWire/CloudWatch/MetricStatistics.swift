import Foundation

// Statistics and the list of metrics.

extension CloudWatch {
  /// The statistics of one period.
  public struct Datapoint: Codable, Sendable, Equatable {
    /// The instant.
    public var timestamp: Date?
    /// How many values there were.
    public var sampleCount: Double?
    /// The mean of the values.
    public var average: Double?
    /// The sum of the values.
    public var sum: Double?
    /// The smallest value.
    public var minimum: Double?
    /// The largest value.
    public var maximum: Double?
    /// The unit, such as `Count`.
    public var unit: String?
    /// Percentiles such as `p99.9`, and percentile ranks.
    public var extendedStatistics: [String: Double]?

    enum CodingKeys: String, CodingKey {
      case timestamp = "Timestamp"
      case sampleCount = "SampleCount"
      case average = "Average"
      case sum = "Sum"
      case minimum = "Minimum"
      case maximum = "Maximum"
      case unit = "Unit"
      case extendedStatistics = "ExtendedStatistics"
    }

    /// Makes a value of its members.
    public init(
      timestamp: Date? = nil, sampleCount: Double? = nil, average: Double? = nil, sum: Double? = nil,
      minimum: Double? = nil, maximum: Double? = nil, unit: String? = nil, extendedStatistics: [String: Double]? = nil
    ) {
      self.timestamp = timestamp
      self.sampleCount = sampleCount
      self.average = average
      self.sum = sum
      self.minimum = minimum
      self.maximum = maximum
      self.unit = unit
      self.extendedStatistics = extendedStatistics
    }
  }

  /// A dimension that a metric must have; with any value when none is given.
  public struct DimensionFilter: Codable, Sendable, Equatable {
    /// The name.
    public var name: String
    /// The value.
    public var value: String?

    enum CodingKeys: String, CodingKey {
      case name = "Name"
      case value = "Value"
    }

    /// Makes a value of its members.
    public init(name: String, value: String? = nil) {
      self.name = name
      self.value = value
    }
  }

  /// Reads the statistics of one metric.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html
  public struct GetMetricStatisticsRequest: CloudWatchRequest, Equatable {
    public typealias Response = GetMetricStatisticsResponse
    public static let operation = "GetMetricStatistics"

    /// The namespace, such as `AWS/ECS`.
    public var namespace: String
    /// The name of the metric.
    public var metricName: String
    /// The dimensions, at most 30.
    public var dimensions: [Dimension]?
    /// The first instant.
    public var startTime: Date
    /// The instant after the last.
    public var endTime: Date
    /// The period in seconds.
    public var period: Int
    /// `SampleCount`, `Average`, `Sum`, `Minimum`, `Maximum`.
    public var statistics: [String]?
    /// Percentiles such as `p99.9`, and percentile ranks.
    public var extendedStatistics: [String]?
    /// The unit, such as `Count`.
    public var unit: String?

    enum CodingKeys: String, CodingKey {
      case namespace = "Namespace"
      case metricName = "MetricName"
      case dimensions = "Dimensions"
      case startTime = "StartTime"
      case endTime = "EndTime"
      case period = "Period"
      case statistics = "Statistics"
      case extendedStatistics = "ExtendedStatistics"
      case unit = "Unit"
    }

    /// Makes a request.
    public init(
      namespace: String, metricName: String, dimensions: [Dimension]? = nil, startTime: Date, endTime: Date,
      period: Int, statistics: [String]? = nil, extendedStatistics: [String]? = nil, unit: String? = nil
    ) {
      self.namespace = namespace
      self.metricName = metricName
      self.dimensions = dimensions
      self.startTime = startTime
      self.endTime = endTime
      self.period = period
      self.statistics = statistics
      self.extendedStatistics = extendedStatistics
      self.unit = unit
    }
  }

  /// What GetMetricStatistics answers.
  public struct GetMetricStatisticsResponse: Codable, Sendable, Equatable {
    /// The label of the result.
    public var label: String?
    /// The data points, in no order.
    public var datapoints: [Datapoint]?

    enum CodingKeys: String, CodingKey {
      case label = "Label"
      case datapoints = "Datapoints"
    }

    /// Makes an answer.
    public init(label: String? = nil, datapoints: [Datapoint]? = nil) {
      self.label = label
      self.datapoints = datapoints
    }
  }

  /// Lists metrics that had data in the last two weeks.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListMetrics.html
  public struct ListMetricsRequest: CloudWatchRequest, Equatable {
    public typealias Response = ListMetricsResponse
    public static let operation = "ListMetrics"

    /// The namespace, such as `AWS/ECS`.
    public var namespace: String?
    /// The name of the metric.
    public var metricName: String?
    /// The dimensions, at most 30.
    public var dimensions: [DimensionFilter]?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?
    /// `PT3H` for metrics with data of the last three hours only.
    public var recentlyActive: String?

    enum CodingKeys: String, CodingKey {
      case namespace = "Namespace"
      case metricName = "MetricName"
      case dimensions = "Dimensions"
      case nextToken = "NextToken"
      case recentlyActive = "RecentlyActive"
    }

    /// Makes a request.
    public init(
      namespace: String? = nil, metricName: String? = nil, dimensions: [DimensionFilter]? = nil,
      nextToken: String? = nil, recentlyActive: String? = nil
    ) {
      self.namespace = namespace
      self.metricName = metricName
      self.dimensions = dimensions
      self.nextToken = nextToken
      self.recentlyActive = recentlyActive
    }
  }

  /// What ListMetrics answers.
  public struct ListMetricsResponse: Codable, Sendable, Equatable {
    /// The metrics.
    public var metrics: [Metric]?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?

    enum CodingKeys: String, CodingKey {
      case metrics = "Metrics"
      case nextToken = "NextToken"
    }

    /// Makes an answer.
    public init(metrics: [Metric]? = nil, nextToken: String? = nil) {
      self.metrics = metrics
      self.nextToken = nextToken
    }
  }
}
