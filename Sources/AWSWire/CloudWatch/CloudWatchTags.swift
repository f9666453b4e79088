// Tags.

extension CloudWatch {
  /// A tag.
  public struct Tag: Codable, Sendable, Equatable {
    /// The key.
    public var key: String
    /// The value.
    public var value: String

    enum CodingKeys: String, CodingKey {
      case key = "Key"
      case value = "Value"
    }

    /// Makes a value of its members.
    public init(key: String, value: String) {
      self.key = key
      self.value = value
    }
  }

  /// Tags an alarm or a dashboard.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_TagResource.html
  public struct TagResourceRequest: CloudWatchRequest, Equatable {
    public typealias Response = TagResourceResponse
    public static let operation = "TagResource"

    /// The ARN of what is tagged.
    public var resourceARN: String
    /// The tags.
    public var tags: [Tag]

    enum CodingKeys: String, CodingKey {
      case resourceARN = "ResourceARN"
      case tags = "Tags"
    }

    /// Makes a request.
    public init(resourceARN: String, tags: [Tag]) {
      self.resourceARN = resourceARN
      self.tags = tags
    }
  }

  /// What TagResource answers.
  public struct TagResourceResponse: Codable, Sendable, Equatable {
    /// Makes an answer.
    public init() {}
  }

  /// Removes tags from an alarm or a dashboard.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_UntagResource.html
  public struct UntagResourceRequest: CloudWatchRequest, Equatable {
    public typealias Response = UntagResourceResponse
    public static let operation = "UntagResource"

    /// The ARN of what is tagged.
    public var resourceARN: String
    /// The keys of the tags.
    public var tagKeys: [String]

    enum CodingKeys: String, CodingKey {
      case resourceARN = "ResourceARN"
      case tagKeys = "TagKeys"
    }

    /// Makes a request.
    public init(resourceARN: String, tagKeys: [String]) {
      self.resourceARN = resourceARN
      self.tagKeys = tagKeys
    }
  }

  /// What UntagResource answers.
  public struct UntagResourceResponse: Codable, Sendable, Equatable {
    /// Makes an answer.
    public init() {}
  }

  /// Reads the tags of an alarm or a dashboard.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListTagsForResource.html
  public struct ListTagsForResourceRequest: CloudWatchRequest, Equatable {
    public typealias Response = ListTagsForResourceResponse
    public static let operation = "ListTagsForResource"

    /// The ARN of what is tagged.
    public var resourceARN: String

    enum CodingKeys: String, CodingKey {
      case resourceARN = "ResourceARN"
    }

    /// Makes a request.
    public init(resourceARN: String) {
      self.resourceARN = resourceARN
    }
  }

  /// What ListTagsForResource answers.
  public struct ListTagsForResourceResponse: Codable, Sendable, Equatable {
    /// The tags.
    public var tags: [Tag]?

    enum CodingKeys: String, CodingKey {
      case tags = "Tags"
    }

    /// Makes an answer.
    public init(tags: [Tag]? = nil) {
      self.tags = tags
    }
  }
}
