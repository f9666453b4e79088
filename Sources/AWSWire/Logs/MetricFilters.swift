// Filters that make metrics of events.

extension Logs {
  /// Makes or changes a metric filter.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html
  public struct PutMetricFilterRequest: LogsRequest, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "PutMetricFilter"

    /// The name of the group.
    public var logGroupName: String
    /// The name of the filter, unique in its group.
    public var filterName: String
    /// Which events are meant, in the syntax of filter patterns.
    public var filterPattern: String
    /// What becomes of an event that fits; exactly one.
    public var metricTransformations: [MetricTransformation]
    /// Whether it reads events after their transformation.
    public var applyOnTransformedLogs: Bool?
    /// An expression that chooses events by their system fields.
    public var fieldSelectionCriteria: String?
    /// System fields that become dimensions.
    public var emitSystemFieldDimensions: [String]?

    /// Makes a request.
    public init(
      logGroupName: String, filterName: String, filterPattern: String, metricTransformations: [MetricTransformation],
      applyOnTransformedLogs: Bool? = nil, fieldSelectionCriteria: String? = nil,
      emitSystemFieldDimensions: [String]? = nil
    ) {
      self.logGroupName = logGroupName
      self.filterName = filterName
      self.filterPattern = filterPattern
      self.metricTransformations = metricTransformations
      self.applyOnTransformedLogs = applyOnTransformedLogs
      self.fieldSelectionCriteria = fieldSelectionCriteria
      self.emitSystemFieldDimensions = emitSystemFieldDimensions
    }
  }

  /// Reads metric filters.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeMetricFilters.html
  public struct DescribeMetricFiltersRequest: LogsRequest, Equatable {
    public typealias Response = DescribeMetricFiltersResponse
    public static let operation = "DescribeMetricFilters"

    /// The name of the group.
    public var logGroupName: String?
    /// Only filters whose name starts so.
    public var filterNamePrefix: String?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?
    /// How many to answer at most.
    public var limit: Int?
    /// The metric name.
    public var metricName: String?
    /// The metric namespace.
    public var metricNamespace: String?

    /// Makes a request.
    public init(
      logGroupName: String? = nil, filterNamePrefix: String? = nil, nextToken: String? = nil, limit: Int? = nil,
      metricName: String? = nil, metricNamespace: String? = nil
    ) {
      self.logGroupName = logGroupName
      self.filterNamePrefix = filterNamePrefix
      self.nextToken = nextToken
      self.limit = limit
      self.metricName = metricName
      self.metricNamespace = metricNamespace
    }
  }

  /// What `DescribeMetricFilters` answers.
  public struct DescribeMetricFiltersResponse: Codable, Sendable, Equatable {
    /// The metric filters.
    public var metricFilters: [MetricFilter]?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?

    /// Makes an answer.
    public init(metricFilters: [MetricFilter]? = nil, nextToken: String? = nil) {
      self.metricFilters = metricFilters
      self.nextToken = nextToken
    }
  }

  /// Deletes a metric filter.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteMetricFilter.html
  public struct DeleteMetricFilterRequest: LogsRequest, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "DeleteMetricFilter"

    /// The name of the group.
    public var logGroupName: String
    /// The name of the filter, unique in its group.
    public var filterName: String

    /// Makes a request.
    public init(logGroupName: String, filterName: String) {
      self.logGroupName = logGroupName
      self.filterName = filterName
    }
  }

  /// A metric transformation.
  public struct MetricTransformation: Codable, Sendable, Equatable {
    /// The metric name.
    public var metricName: String?
    /// The metric namespace.
    public var metricNamespace: String?
    /// A number, or the field of an event, such as `$.ms`.
    public var metricValue: String?
    /// The value when no event fits.
    public var defaultValue: Double?
    /// Fields of an event, by the dimension they become.
    public var dimensions: [String: String]?
    /// The unit of the values.
    public var unit: String?

    /// Makes a value of its members.
    public init(
      metricName: String? = nil, metricNamespace: String? = nil, metricValue: String? = nil,
      defaultValue: Double? = nil, dimensions: [String: String]? = nil, unit: String? = nil
    ) {
      self.metricName = metricName
      self.metricNamespace = metricNamespace
      self.metricValue = metricValue
      self.defaultValue = defaultValue
      self.dimensions = dimensions
      self.unit = unit
    }
  }

  /// A metric filter.
  public struct MetricFilter: Codable, Sendable, Equatable {
    /// The name of the filter, unique in its group.
    public var filterName: String?
    /// Which events are meant, in the syntax of filter patterns.
    public var filterPattern: String?
    /// What becomes of an event that fits; exactly one.
    public var metricTransformations: [MetricTransformation]?
    /// When it was made, in milliseconds since 1970.
    public var creationTime: Int?
    /// The name of the group.
    public var logGroupName: String?
    /// Whether it reads events after their transformation.
    public var applyOnTransformedLogs: Bool?
    /// An expression that chooses events by their system fields.
    public var fieldSelectionCriteria: String?
    /// System fields that become dimensions.
    public var emitSystemFieldDimensions: [String]?

    /// Makes a value of its members.
    public init(
      filterName: String? = nil, filterPattern: String? = nil, metricTransformations: [MetricTransformation]? = nil,
      creationTime: Int? = nil, logGroupName: String? = nil, applyOnTransformedLogs: Bool? = nil,
      fieldSelectionCriteria: String? = nil, emitSystemFieldDimensions: [String]? = nil
    ) {
      self.filterName = filterName
      self.filterPattern = filterPattern
      self.metricTransformations = metricTransformations
      self.creationTime = creationTime
      self.logGroupName = logGroupName
      self.applyOnTransformedLogs = applyOnTransformedLogs
      self.fieldSelectionCriteria = fieldSelectionCriteria
      self.emitSystemFieldDimensions = emitSystemFieldDimensions
    }
  }
}
