// Tags of scalable targets.

extension ApplicationAutoScaling {
  /// Adds or replaces tags of a scalable target.
  ///
  /// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_TagResource.html
  public struct TagResourceRequest: ApplicationAutoScalingRequest, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "TagResource"

    /// The ARN of a scalable target.
    public var resourceARN: String
    /// Tags.
    public var tags: [String: String]

    /// Makes a request.
    public init(resourceARN: String, tags: [String: String]) {
      self.resourceARN = resourceARN
      self.tags = tags
    }

    enum CodingKeys: String, CodingKey {
      case resourceARN = "ResourceARN"
      case tags = "Tags"
    }
  }

  /// Removes tags of a scalable target.
  ///
  /// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_UntagResource.html
  public struct UntagResourceRequest: ApplicationAutoScalingRequest, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "UntagResource"

    /// The ARN of a scalable target.
    public var resourceARN: String
    /// The keys.
    public var tagKeys: [String]

    /// Makes a request.
    public init(resourceARN: String, tagKeys: [String]) {
      self.resourceARN = resourceARN
      self.tagKeys = tagKeys
    }

    enum CodingKeys: String, CodingKey {
      case resourceARN = "ResourceARN"
      case tagKeys = "TagKeys"
    }
  }

  /// Reads the tags of a scalable target.
  ///
  /// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_ListTagsForResource.html
  public struct ListTagsForResourceRequest: ApplicationAutoScalingRequest, Equatable {
    public typealias Response = ListTagsForResourceResponse
    public static let operation = "ListTagsForResource"

    /// The ARN of a scalable target.
    public var resourceARN: String

    /// Makes a request.
    public init(resourceARN: String) {
      self.resourceARN = resourceARN
    }

    enum CodingKeys: String, CodingKey {
      case resourceARN = "ResourceARN"
    }
  }

  /// The answer to ``ListTagsForResourceRequest``.
  public struct ListTagsForResourceResponse: Codable, Sendable, Equatable {
    /// Tags.
    public var tags: [String: String]?

    /// Makes an answer.
    public init(tags: [String: String]? = nil) {
      self.tags = tags
    }

    enum CodingKeys: String, CodingKey {
      case tags = "Tags"
    }
  }
}
