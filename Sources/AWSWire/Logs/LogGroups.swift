// Log groups.

extension Logs {
  /// A log group.
  public struct LogGroup: Codable, Sendable, Equatable {
    /// The name of the group.
    public var logGroupName: String?
    /// When it was made, in milliseconds since 1970.
    public var creationTime: Int?
    /// How long events stay, in days; `nil` is for ever.
    public var retentionInDays: Int?
    /// How many metric filters there are.
    public var metricFilterCount: Int?
    /// The ARN, with `:*` at its end.
    public var arn: String?
    /// Bytes.
    public var storedBytes: Int?
    /// The key.
    public var kmsKeyId: String?
    /// `STANDARD`, `INFREQUENT_ACCESS` or `DELIVERY`.
    public var logGroupClass: String?
    /// The ARN, without `:*` at its end.
    public var logGroupArn: String?
    /// Whether it cannot be deleted.
    public var deletionProtectionEnabled: Bool?

    /// Makes a value of its members.
    public init(
      logGroupName: String? = nil, creationTime: Int? = nil, retentionInDays: Int? = nil,
      metricFilterCount: Int? = nil, arn: String? = nil, storedBytes: Int? = nil, kmsKeyId: String? = nil,
      logGroupClass: String? = nil, logGroupArn: String? = nil, deletionProtectionEnabled: Bool? = nil
    ) {
      self.logGroupName = logGroupName
      self.creationTime = creationTime
      self.retentionInDays = retentionInDays
      self.metricFilterCount = metricFilterCount
      self.arn = arn
      self.storedBytes = storedBytes
      self.kmsKeyId = kmsKeyId
      self.logGroupClass = logGroupClass
      self.logGroupArn = logGroupArn
      self.deletionProtectionEnabled = deletionProtectionEnabled
    }
  }

  /// Makes a log group.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
  public struct CreateLogGroupRequest: LogsRequest, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "CreateLogGroup"

    /// The name of the group.
    public var logGroupName: String
    /// The key.
    public var kmsKeyId: String?
    /// The tags.
    public var tags: [String: String]?
    /// `STANDARD`, `INFREQUENT_ACCESS` or `DELIVERY`.
    public var logGroupClass: String?
    /// Whether it cannot be deleted.
    public var deletionProtectionEnabled: Bool?

    /// Makes a request.
    public init(
      logGroupName: String, kmsKeyId: String? = nil, tags: [String: String]? = nil, logGroupClass: String? = nil,
      deletionProtectionEnabled: Bool? = nil
    ) {
      self.logGroupName = logGroupName
      self.kmsKeyId = kmsKeyId
      self.tags = tags
      self.logGroupClass = logGroupClass
      self.deletionProtectionEnabled = deletionProtectionEnabled
    }
  }

  /// Reads log groups, by name.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html
  public struct DescribeLogGroupsRequest: LogsRequest, Equatable {
    public typealias Response = DescribeLogGroupsResponse
    public static let operation = "DescribeLogGroups"

    /// Only groups whose name starts so.
    public var logGroupNamePrefix: String?
    /// Only groups whose name contains it.
    public var logGroupNamePattern: String?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?
    /// How many to answer at most.
    public var limit: Int?
    /// `STANDARD`, `INFREQUENT_ACCESS` or `DELIVERY`.
    public var logGroupClass: String?
    /// Groups by name or ARN.
    public var logGroupIdentifiers: [String]?

    /// Makes a request.
    public init(
      logGroupNamePrefix: String? = nil, logGroupNamePattern: String? = nil, nextToken: String? = nil,
      limit: Int? = nil, logGroupClass: String? = nil, logGroupIdentifiers: [String]? = nil
    ) {
      self.logGroupNamePrefix = logGroupNamePrefix
      self.logGroupNamePattern = logGroupNamePattern
      self.nextToken = nextToken
      self.limit = limit
      self.logGroupClass = logGroupClass
      self.logGroupIdentifiers = logGroupIdentifiers
    }
  }

  /// A page of log groups.
  public struct DescribeLogGroupsResponse: Codable, Sendable, Equatable {
    /// The groups.
    public var logGroups: [LogGroup]?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?

    /// Makes an answer.
    public init(logGroups: [LogGroup]? = nil, nextToken: String? = nil) {
      self.logGroups = logGroups
      self.nextToken = nextToken
    }
  }

  /// Deletes a log group with all its streams.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteLogGroup.html
  public struct DeleteLogGroupRequest: LogsRequest, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "DeleteLogGroup"

    /// The name of the group.
    public var logGroupName: String

    /// Makes a request.
    public init(logGroupName: String) {
      self.logGroupName = logGroupName
    }
  }

  /// Says how long events of a log group stay.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
  public struct PutRetentionPolicyRequest: LogsRequest, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "PutRetentionPolicy"

    /// The name of the group.
    public var logGroupName: String
    /// How long events stay: 1, 3, 5, 7, 14, 30 … 3653 days.
    public var retentionInDays: Int

    /// Makes a request.
    public init(logGroupName: String, retentionInDays: Int) {
      self.logGroupName = logGroupName
      self.retentionInDays = retentionInDays
    }
  }

  /// Lets events of a log group stay for ever.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteRetentionPolicy.html
  public struct DeleteRetentionPolicyRequest: LogsRequest, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "DeleteRetentionPolicy"

    /// The name of the group.
    public var logGroupName: String

    /// Makes a request.
    public init(logGroupName: String) {
      self.logGroupName = logGroupName
    }
  }
}
