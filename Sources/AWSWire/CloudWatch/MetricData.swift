import Foundation

// Metric data.

extension CloudWatch {
  /// A dimension of a metric.
  public struct Dimension: Codable, Sendable, Hashable {
    /// The name.
    public var name: String
    /// The value.
    public var value: String

    enum CodingKeys: String, CodingKey {
      case name = "Name"
      case value = "Value"
    }

    /// Makes a value of its members.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// A summary of many values.
  public struct StatisticSet: Codable, Sendable, Equatable {
    /// How many values there were.
    public var sampleCount: Double
    /// The sum of the values.
    public var sum: Double
    /// The smallest value.
    public var minimum: Double
    /// The largest value.
    public var maximum: Double

    enum CodingKeys: String, CodingKey {
      case sampleCount = "SampleCount"
      case sum = "Sum"
      case minimum = "Minimum"
      case maximum = "Maximum"
    }

    /// Makes a value of its members.
    public init(sampleCount: Double, sum: Double, minimum: Double, maximum: Double) {
      self.sampleCount = sampleCount
      self.sum = sum
      self.minimum = minimum
      self.maximum = maximum
    }
  }

  /// One datum, or a summary of many.
  public struct MetricDatum: Codable, Sendable, Equatable {
    /// The name of the metric.
    public var metricName: String
    /// The dimensions, at most 30.
    public var dimensions: [Dimension]?
    /// The instant.
    public var timestamp: Date?
    /// The value.
    public var value: Double?
    /// A summary of many values, in the place of the values.
    public var statisticValues: StatisticSet?
    /// The values, at most 150 in a datum.
    public var values: [Double]?
    /// How often each value was seen.
    public var counts: [Double]?
    /// The unit, such as `Count`.
    public var unit: String?
    /// 1 for a metric of seconds, else 60.
    public var storageResolution: Int?

    enum CodingKeys: String, CodingKey {
      case metricName = "MetricName"
      case dimensions = "Dimensions"
      case timestamp = "Timestamp"
      case value = "Value"
      case statisticValues = "StatisticValues"
      case values = "Values"
      case counts = "Counts"
      case unit = "Unit"
      case storageResolution = "StorageResolution"
    }

    /// Makes a value of its members.
    public init(
      metricName: String, dimensions: [Dimension]? = nil, timestamp: Date? = nil, value: Double? = nil,
      statisticValues: StatisticSet? = nil, values: [Double]? = nil, counts: [Double]? = nil, unit: String? = nil,
      storageResolution: Int? = nil
    ) {
      self.metricName = metricName
      self.dimensions = dimensions
      self.timestamp = timestamp
      self.value = value
      self.statisticValues = statisticValues
      self.values = values
      self.counts = counts
      self.unit = unit
      self.storageResolution = storageResolution
    }
  }

  /// Puts data of metrics.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html
  public struct PutMetricDataRequest: CloudWatchRequest, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "PutMetricData"

    /// The namespace, such as `AWS/ECS`.
    public var namespace: String
    /// The data, at most 1000.
    public var metricData: [MetricDatum]?

    enum CodingKeys: String, CodingKey {
      case namespace = "Namespace"
      case metricData = "MetricData"
    }

    /// Makes a request.
    public init(namespace: String, metricData: [MetricDatum]? = nil) {
      self.namespace = namespace
      self.metricData = metricData
    }
  }
}
