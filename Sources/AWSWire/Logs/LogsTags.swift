// Tags of log groups, in the form of all of AWS and in the older one of Logs alone.

extension Logs {
  /// Adds or replaces tags of a resource.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TagResource.html
  public struct TagResourceRequest: LogsRequest, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "TagResource"

    /// The ARN of the resource.
    public var resourceArn: String
    /// The tags.
    public var tags: [String: String]

    /// Makes a request.
    public init(resourceArn: String, tags: [String: String]) {
      self.resourceArn = resourceArn
      self.tags = tags
    }
  }

  /// Removes tags of a resource.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_UntagResource.html
  public struct UntagResourceRequest: LogsRequest, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "UntagResource"

    /// The ARN of the resource.
    public var resourceArn: String
    /// Keys.
    public var tagKeys: [String]

    /// Makes a request.
    public init(resourceArn: String, tagKeys: [String]) {
      self.resourceArn = resourceArn
      self.tagKeys = tagKeys
    }
  }

  /// Reads the tags of a resource.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_ListTagsForResource.html
  public struct ListTagsForResourceRequest: LogsRequest, Equatable {
    public typealias Response = ListTagsForResourceResponse
    public static let operation = "ListTagsForResource"

    /// The ARN of the resource.
    public var resourceArn: String

    /// Makes a request.
    public init(resourceArn: String) {
      self.resourceArn = resourceArn
    }
  }

  /// The tags.
  public struct ListTagsForResourceResponse: Codable, Sendable, Equatable {
    /// The tags.
    public var tags: [String: String]?

    /// Makes an answer.
    public init(tags: [String: String]? = nil) {
      self.tags = tags
    }
  }

  /// Adds or replaces tags of a log group; superseded by ``TagResourceRequest``.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TagLogGroup.html
  public struct TagLogGroupRequest: LogsRequest, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "TagLogGroup"

    /// The name of the group.
    public var logGroupName: String
    /// The tags.
    public var tags: [String: String]

    /// Makes a request.
    public init(logGroupName: String, tags: [String: String]) {
      self.logGroupName = logGroupName
      self.tags = tags
    }
  }

  /// Removes tags of a log group; superseded by ``UntagResourceRequest``.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_UntagLogGroup.html
  public struct UntagLogGroupRequest: LogsRequest, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "UntagLogGroup"

    /// The name of the group.
    public var logGroupName: String
    /// Keys.
    public var tags: [String]

    /// Makes a request.
    public init(logGroupName: String, tags: [String]) {
      self.logGroupName = logGroupName
      self.tags = tags
    }
  }

  /// Reads the tags of a log group; superseded by ``ListTagsForResourceRequest``.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_ListTagsLogGroup.html
  public struct ListTagsLogGroupRequest: LogsRequest, Equatable {
    public typealias Response = ListTagsLogGroupResponse
    public static let operation = "ListTagsLogGroup"

    /// The name of the group.
    public var logGroupName: String

    /// Makes a request.
    public init(logGroupName: String) {
      self.logGroupName = logGroupName
    }
  }

  /// The tags.
  public struct ListTagsLogGroupResponse: Codable, Sendable, Equatable {
    /// The tags.
    public var tags: [String: String]?

    /// Makes an answer.
    public init(tags: [String: String]? = nil) {
      self.tags = tags
    }
  }
}
