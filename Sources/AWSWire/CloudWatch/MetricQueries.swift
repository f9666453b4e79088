import Foundation

// Reading metrics.

extension CloudWatch {
  /// A metric by its name.
  public struct Metric: Codable, Sendable, Hashable {
    /// The namespace, such as `AWS/ECS`.
    public var namespace: String?
    /// The name of the metric.
    public var metricName: String?
    /// The dimensions, at most 30.
    public var dimensions: [Dimension]?

    enum CodingKeys: String, CodingKey {
      case namespace = "Namespace"
      case metricName = "MetricName"
      case dimensions = "Dimensions"
    }

    /// Makes a value of its members.
    public init(namespace: String? = nil, metricName: String? = nil, dimensions: [Dimension]? = nil) {
      self.namespace = namespace
      self.metricName = metricName
      self.dimensions = dimensions
    }
  }

  /// A metric and a statistic.
  public struct MetricStat: Codable, Sendable, Equatable {
    /// The metric.
    public var metric: Metric
    /// The period in seconds.
    public var period: Int
    /// The statistic, such as `Sum` or `p99.9`.
    public var stat: String
    /// The unit, such as `Count`.
    public var unit: String?

    enum CodingKeys: String, CodingKey {
      case metric = "Metric"
      case period = "Period"
      case stat = "Stat"
      case unit = "Unit"
    }

    /// Makes a value of its members.
    public init(metric: Metric, period: Int, stat: String, unit: String? = nil) {
      self.metric = metric
      self.period = period
      self.stat = stat
      self.unit = unit
    }
  }

  /// A metric with its statistic, or an expression over others.
  public struct MetricDataQuery: Codable, Sendable, Equatable {
    /// The name of the result in expressions.
    public var id: String
    /// The metric and its statistic.
    public var metricStat: MetricStat?
    /// An expression of metric math.
    public var expression: String?
    /// The label of the result.
    public var label: String?
    /// Whether the result is answered.
    public var returnData: Bool?
    /// The period in seconds.
    public var period: Int?
    /// The account of the metric.
    public var accountId: String?

    enum CodingKeys: String, CodingKey {
      case id = "Id"
      case metricStat = "MetricStat"
      case expression = "Expression"
      case label = "Label"
      case returnData = "ReturnData"
      case period = "Period"
      case accountId = "AccountId"
    }

    /// Makes a value of its members.
    public init(
      id: String, metricStat: MetricStat? = nil, expression: String? = nil, label: String? = nil,
      returnData: Bool? = nil, period: Int? = nil, accountId: String? = nil
    ) {
      self.id = id
      self.metricStat = metricStat
      self.expression = expression
      self.label = label
      self.returnData = returnData
      self.period = period
      self.accountId = accountId
    }
  }

  /// How labels are written.
  public struct LabelOptions: Codable, Sendable, Equatable {
    /// The time zone, such as `+0130`.
    public var timezone: String?

    enum CodingKeys: String, CodingKey {
      case timezone = "Timezone"
    }

    /// Makes a value of its members.
    public init(timezone: String? = nil) {
      self.timezone = timezone
    }
  }

  /// A message on a result.
  public struct MessageData: Codable, Sendable, Equatable {
    /// The code.
    public var code: String?
    /// The value.
    public var value: String?

    enum CodingKeys: String, CodingKey {
      case code = "Code"
      case value = "Value"
    }

    /// Makes a value of its members.
    public init(code: String? = nil, value: String? = nil) {
      self.code = code
      self.value = value
    }
  }

  /// The result of one query.
  public struct MetricDataResult: Codable, Sendable, Equatable {
    /// The name of the result in expressions.
    public var id: String?
    /// The label of the result.
    public var label: String?
    /// The instants of the values.
    public var timestamps: [Date]?
    /// The values, at most 150 in a datum.
    public var values: [Double]?
    /// `Complete`, `PartialData` or `InternalError`.
    public var statusCode: String?
    /// Messages on the whole.
    public var messages: [MessageData]?

    enum CodingKeys: String, CodingKey {
      case id = "Id"
      case label = "Label"
      case timestamps = "Timestamps"
      case values = "Values"
      case statusCode = "StatusCode"
      case messages = "Messages"
    }

    /// Makes a value of its members.
    public init(
      id: String? = nil, label: String? = nil, timestamps: [Date]? = nil, values: [Double]? = nil,
      statusCode: String? = nil, messages: [MessageData]? = nil
    ) {
      self.id = id
      self.label = label
      self.timestamps = timestamps
      self.values = values
      self.statusCode = statusCode
      self.messages = messages
    }
  }

  /// Reads metrics and expressions over them.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
  public struct GetMetricDataRequest: CloudWatchRequest, Equatable {
    public typealias Response = GetMetricDataResponse
    public static let operation = "GetMetricData"

    /// The metrics and expressions, at most 500.
    public var metricDataQueries: [MetricDataQuery]
    /// The first instant.
    public var startTime: Date
    /// The instant after the last.
    public var endTime: Date
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?
    /// `TimestampDescending` or `TimestampAscending`.
    public var scanBy: String?
    /// How many data points to answer at most, up to 100 800.
    public var maxDatapoints: Int?
    /// How labels are written.
    public var labelOptions: LabelOptions?

    enum CodingKeys: String, CodingKey {
      case metricDataQueries = "MetricDataQueries"
      case startTime = "StartTime"
      case endTime = "EndTime"
      case nextToken = "NextToken"
      case scanBy = "ScanBy"
      case maxDatapoints = "MaxDatapoints"
      case labelOptions = "LabelOptions"
    }

    /// Makes a request.
    public init(
      metricDataQueries: [MetricDataQuery], startTime: Date, endTime: Date, nextToken: String? = nil,
      scanBy: String? = nil, maxDatapoints: Int? = nil, labelOptions: LabelOptions? = nil
    ) {
      self.metricDataQueries = metricDataQueries
      self.startTime = startTime
      self.endTime = endTime
      self.nextToken = nextToken
      self.scanBy = scanBy
      self.maxDatapoints = maxDatapoints
      self.labelOptions = labelOptions
    }
  }

  /// What GetMetricData answers.
  public struct GetMetricDataResponse: Codable, Sendable, Equatable {
    /// The results.
    public var metricDataResults: [MetricDataResult]?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?
    /// Messages on the whole.
    public var messages: [MessageData]?

    enum CodingKeys: String, CodingKey {
      case metricDataResults = "MetricDataResults"
      case nextToken = "NextToken"
      case messages = "Messages"
    }

    /// Makes an answer.
    public init(
      metricDataResults: [MetricDataResult]? = nil, nextToken: String? = nil, messages: [MessageData]? = nil
    ) {
      self.metricDataResults = metricDataResults
      self.nextToken = nextToken
      self.messages = messages
    }
  }
}
