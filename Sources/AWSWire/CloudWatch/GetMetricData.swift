import Foundation

/// Amazon CloudWatch.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/Welcome.html
public enum CloudWatch {
  /// CloudWatch over JSON 1.0, which botocore speaks too.
  public static let service = AWSService(
    name: "CloudWatch", signingName: "monitoring", endpointPrefix: "monitoring",
    wireProtocol: .json(version: "1.0", targetPrefix: "GraniteServiceVersion20100801"))
}

/// Reads statistics of metrics.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
public struct GetMetricDataRequest: AWSRequest, Equatable {
  public typealias Response = GetMetricDataResponse
  public static let service = CloudWatch.service
  public static let operation = "GetMetricData"

  /// What to read; at most 500.
  public var metricDataQueries: [MetricDataQuery]
  /// Inclusive.
  public var startTime: Date
  /// Exclusive.
  public var endTime: Date

  /// Makes a request.
  public init(metricDataQueries: [MetricDataQuery], startTime: Date, endTime: Date) {
    self.metricDataQueries = metricDataQueries
    self.startTime = startTime
    self.endTime = endTime
  }

  enum CodingKeys: String, CodingKey {
    case metricDataQueries = "MetricDataQueries"
    case startTime = "StartTime"
    case endTime = "EndTime"
  }
}

/// One metric to read.
public struct MetricDataQuery: Codable, Sendable, Equatable {
  /// Ties the result to the query.
  public var id: String
  /// The metric and its statistic; `nil` when the query is an expression.
  public var metricStat: MetricStat?
  /// A metric math expression.
  public var expression: String?

  /// Makes a query for a metric.
  public init(id: String, metricStat: MetricStat) {
    self.id = id
    self.metricStat = metricStat
  }

  enum CodingKeys: String, CodingKey {
    case id = "Id"
    case metricStat = "MetricStat"
    case expression = "Expression"
  }
}

/// A metric with the statistic to compute of it.
public struct MetricStat: Codable, Sendable, Equatable {
  /// The metric.
  public var metric: Metric
  /// Seconds that one value covers.
  public var period: Int
  /// The statistic, such as `Sum`.
  public var stat: String

  /// Makes a statistic.
  public init(metric: Metric, period: Int, stat: String) {
    self.metric = metric
    self.period = period
    self.stat = stat
  }

  enum CodingKeys: String, CodingKey {
    case metric = "Metric"
    case period = "Period"
    case stat = "Stat"
  }
}

/// The name of a metric.
public struct Metric: Codable, Sendable, Equatable {
  /// Such as `AWS/ApplicationELB`.
  public var namespace: String?
  /// Such as `RequestCount`.
  public var metricName: String?
  /// Such as `TargetGroup` = `targetgroup/web/0123456789abcdef`.
  public var dimensions: [Dimension]?

  /// Makes a metric.
  public init(namespace: String, metricName: String, dimensions: [Dimension]) {
    self.namespace = namespace
    self.metricName = metricName
    self.dimensions = dimensions
  }

  enum CodingKeys: String, CodingKey {
    case namespace = "Namespace"
    case metricName = "MetricName"
    case dimensions = "Dimensions"
  }

  /// A name and a value.
  public struct Dimension: Codable, Sendable, Hashable {
    /// The name.
    public var name: String
    /// The value.
    public var value: String

    /// Makes a dimension.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }

    enum CodingKeys: String, CodingKey {
      case name = "Name"
      case value = "Value"
    }
  }
}

/// The values of the metrics that were asked for.
public struct GetMetricDataResponse: Codable, Sendable, Equatable {
  /// One result a query.
  public var metricDataResults: [MetricDataResult]

  /// Makes an answer.
  public init(metricDataResults: [MetricDataResult]) {
    self.metricDataResults = metricDataResults
  }

  enum CodingKeys: String, CodingKey {
    case metricDataResults = "MetricDataResults"
  }
}

/// The values of one metric, newest first.
public struct MetricDataResult: Codable, Sendable, Equatable {
  /// The query's identifier.
  public var id: String
  /// The metric's name for people.
  public var label: String
  /// When each value's period began.
  public var timestamps: [Date]
  /// The values.
  public var values: [Double]
  /// `Complete`, `PartialData` or `InternalError`.
  public var statusCode: String

  /// Makes a result.
  public init(id: String, label: String, timestamps: [Date], values: [Double], statusCode: String = "Complete") {
    self.id = id
    self.label = label
    self.timestamps = timestamps
    self.values = values
    self.statusCode = statusCode
  }

  enum CodingKeys: String, CodingKey {
    case id = "Id"
    case label = "Label"
    case timestamps = "Timestamps"
    case values = "Values"
    case statusCode = "StatusCode"
  }
}
