// Tags of repositories.

extension ECR {
  /// A tag.
  public struct Tag: Codable, Sendable, Equatable {
    /// The key.
    public var key: String
    /// The value.
    public var value: String

    /// Makes a value of its members.
    public init(key: String, value: String) {
      self.key = key
      self.value = value
    }

    enum CodingKeys: String, CodingKey {
      case key = "Key"
      case value = "Value"
    }
  }

  /// Adds or replaces tags of a resource.
  ///
  /// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_TagResource.html
  public struct TagResourceRequest: ECRRequest, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "TagResource"

    /// The ARN of the resource.
    public var resourceArn: String
    /// The tags.
    public var tags: [Tag]

    /// Makes a request.
    public init(resourceArn: String, tags: [Tag]) {
      self.resourceArn = resourceArn
      self.tags = tags
    }
  }

  /// Removes tags of a resource.
  ///
  /// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_UntagResource.html
  public struct UntagResourceRequest: ECRRequest, Equatable {
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
  /// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ListTagsForResource.html
  public struct ListTagsForResourceRequest: ECRRequest, Equatable {
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
    public var tags: [Tag]?

    /// Makes an answer.
    public init(tags: [Tag]? = nil) {
      self.tags = tags
    }
  }
}
