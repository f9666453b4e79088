// Exports to S3, and subscriptions.

extension Logs {
  /// Exports events to a bucket.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateExportTask.html
  public struct CreateExportTaskRequest: LogsRequest, Equatable {
    public typealias Response = CreateExportTaskResponse
    public static let operation = "CreateExportTask"

    /// The task name.
    public var taskName: String?
    /// The name of the group.
    public var logGroupName: String
    /// The log stream name prefix.
    public var logStreamNamePrefix: String?
    /// The beginning of the time, in milliseconds since 1970.
    public var from: Int
    /// The end of the time, in milliseconds since 1970.
    public var to: Int
    /// The bucket, or the destination as it is now.
    public var destination: String
    /// What names of objects begin with.
    public var destinationPrefix: String?

    /// Makes a request.
    public init(
      logGroupName: String, from: Int, to: Int, destination: String, taskName: String? = nil,
      logStreamNamePrefix: String? = nil, destinationPrefix: String? = nil
    ) {
      self.taskName = taskName
      self.logGroupName = logGroupName
      self.logStreamNamePrefix = logStreamNamePrefix
      self.from = from
      self.to = to
      self.destination = destination
      self.destinationPrefix = destinationPrefix
    }
  }

  /// What `CreateExportTask` answers.
  public struct CreateExportTaskResponse: Codable, Sendable, Equatable {
    /// The task identifier.
    public var taskId: String?

    /// Makes an answer.
    public init(taskId: String? = nil) {
      self.taskId = taskId
    }
  }

  /// Reads exports.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeExportTasks.html
  public struct DescribeExportTasksRequest: LogsRequest, Equatable {
    public typealias Response = DescribeExportTasksResponse
    public static let operation = "DescribeExportTasks"

    /// The task identifier.
    public var taskId: String?
    /// The status code.
    public var statusCode: String?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?
    /// How many to answer at most.
    public var limit: Int?

    /// Makes a request.
    public init(taskId: String? = nil, statusCode: String? = nil, nextToken: String? = nil, limit: Int? = nil) {
      self.taskId = taskId
      self.statusCode = statusCode
      self.nextToken = nextToken
      self.limit = limit
    }
  }

  /// What `DescribeExportTasks` answers.
  public struct DescribeExportTasksResponse: Codable, Sendable, Equatable {
    /// The export tasks.
    public var exportTasks: [ExportTask]?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?

    /// Makes an answer.
    public init(exportTasks: [ExportTask]? = nil, nextToken: String? = nil) {
      self.exportTasks = exportTasks
      self.nextToken = nextToken
    }
  }

  /// Stops an export.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CancelExportTask.html
  public struct CancelExportTaskRequest: LogsRequest, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "CancelExportTask"

    /// The task identifier.
    public var taskId: String

    /// Makes a request.
    public init(taskId: String) {
      self.taskId = taskId
    }
  }

  /// Reads the subscriptions of a group.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeSubscriptionFilters.html
  public struct DescribeSubscriptionFiltersRequest: LogsRequest, Equatable {
    public typealias Response = DescribeSubscriptionFiltersResponse
    public static let operation = "DescribeSubscriptionFilters"

    /// The name of the group.
    public var logGroupName: String
    /// Only filters whose name starts so.
    public var filterNamePrefix: String?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?
    /// How many to answer at most.
    public var limit: Int?

    /// Makes a request.
    public init(logGroupName: String, filterNamePrefix: String? = nil, nextToken: String? = nil, limit: Int? = nil) {
      self.logGroupName = logGroupName
      self.filterNamePrefix = filterNamePrefix
      self.nextToken = nextToken
      self.limit = limit
    }
  }

  /// What `DescribeSubscriptionFilters` answers.
  public struct DescribeSubscriptionFiltersResponse: Codable, Sendable, Equatable {
    /// The subscription filters.
    public var subscriptionFilters: [SubscriptionFilter]?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?

    /// Makes an answer.
    public init(subscriptionFilters: [SubscriptionFilter]? = nil, nextToken: String? = nil) {
      self.subscriptionFilters = subscriptionFilters
      self.nextToken = nextToken
    }
  }

  /// An export.
  public struct ExportTask: Codable, Sendable, Equatable {
    /// The task identifier.
    public var taskId: String?
    /// The task name.
    public var taskName: String?
    /// The name of the group.
    public var logGroupName: String?
    /// The beginning of the time, in milliseconds since 1970.
    public var from: Int?
    /// The end of the time, in milliseconds since 1970.
    public var to: Int?
    /// The bucket, or the destination as it is now.
    public var destination: String?
    /// What names of objects begin with.
    public var destinationPrefix: String?
    /// How it stands.
    public var status: ExportTaskStatus?
    /// The execution info.
    public var executionInfo: ExportTaskExecutionInfo?

    /// Makes a value of its members.
    public init(
      taskId: String? = nil, taskName: String? = nil, logGroupName: String? = nil, from: Int? = nil, to: Int? = nil,
      destination: String? = nil, destinationPrefix: String? = nil, status: ExportTaskStatus? = nil,
      executionInfo: ExportTaskExecutionInfo? = nil
    ) {
      self.taskId = taskId
      self.taskName = taskName
      self.logGroupName = logGroupName
      self.from = from
      self.to = to
      self.destination = destination
      self.destinationPrefix = destinationPrefix
      self.status = status
      self.executionInfo = executionInfo
    }
  }

  /// A subscription filter.
  public struct SubscriptionFilter: Codable, Sendable, Equatable {
    /// The name of the filter, unique in its group.
    public var filterName: String?
    /// The name of the group.
    public var logGroupName: String?
    /// Which events are meant, in the syntax of filter patterns.
    public var filterPattern: String?
    /// The destination ARN.
    public var destinationArn: String?
    /// The role that AWS takes for it.
    public var roleArn: String?
    /// The distribution.
    public var distribution: String?
    /// Whether it reads events after their transformation.
    public var applyOnTransformedLogs: Bool?
    /// When it was made, in milliseconds since 1970.
    public var creationTime: Int?
    /// An expression that chooses events by their system fields.
    public var fieldSelectionCriteria: String?
    /// The emit system fields.
    public var emitSystemFields: [String]?

    /// Makes a value of its members.
    public init(
      filterName: String? = nil, logGroupName: String? = nil, filterPattern: String? = nil,
      destinationArn: String? = nil, roleArn: String? = nil, distribution: String? = nil,
      applyOnTransformedLogs: Bool? = nil, creationTime: Int? = nil, fieldSelectionCriteria: String? = nil,
      emitSystemFields: [String]? = nil
    ) {
      self.filterName = filterName
      self.logGroupName = logGroupName
      self.filterPattern = filterPattern
      self.destinationArn = destinationArn
      self.roleArn = roleArn
      self.distribution = distribution
      self.applyOnTransformedLogs = applyOnTransformedLogs
      self.creationTime = creationTime
      self.fieldSelectionCriteria = fieldSelectionCriteria
      self.emitSystemFields = emitSystemFields
    }
  }

  /// How an export stands.
  public struct ExportTaskStatus: Codable, Sendable, Equatable {
    /// How it stands, such as `COMPLETED`.
    public var code: String?
    /// The message.
    public var message: String?

    /// Makes a value of its members.
    public init(code: String? = nil, message: String? = nil) {
      self.code = code
      self.message = message
    }
  }

  /// When an export ran.
  public struct ExportTaskExecutionInfo: Codable, Sendable, Equatable {
    /// When it was made, in milliseconds since 1970.
    public var creationTime: Int?
    /// The completion time.
    public var completionTime: Int?

    /// Makes a value of its members.
    public init(creationTime: Int? = nil, completionTime: Int? = nil) {
      self.creationTime = creationTime
      self.completionTime = completionTime
    }
  }
}
