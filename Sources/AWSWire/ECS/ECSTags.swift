// Tags, and values that many shapes share.

extension ECS {
  /// A tag.
  public struct Tag: Codable, Sendable, Equatable {
    /// The key.
    public var key: String?
    /// The value.
    public var value: String?

    /// Makes a value of its members.
    public init(key: String? = nil, value: String? = nil) {
      self.key = key
      self.value = value
    }
  }

  /// A name with a value.
  public struct KeyValuePair: Codable, Sendable, Equatable {
    /// The name.
    public var name: String?
    /// The value.
    public var value: String?

    /// Makes a value of its members.
    public init(name: String? = nil, value: String? = nil) {
      self.name = name
      self.value = value
    }
  }

  /// Something attached to a task or a cluster, such as a network interface.
  public struct Attachment: Codable, Sendable, Equatable {
    /// The identifier.
    public var id: String?
    /// The type.
    public var type: String?
    /// Where it is in its life, such as `ACTIVE`.
    public var status: String?
    /// Names with values.
    public var details: [KeyValuePair]?

    /// Makes a value of its members.
    public init(id: String? = nil, type: String? = nil, status: String? = nil, details: [KeyValuePair]? = nil) {
      self.id = id
      self.type = type
      self.status = status
      self.details = details
    }
  }

  /// What could not be read or started, and why.
  public struct Failure: Codable, Sendable, Equatable {
    /// What was asked for.
    public var arn: String?
    /// The reason, such as `MISSING`.
    public var reason: String?
    /// The reason in words.
    public var detail: String?

    /// Makes a value of its members.
    public init(arn: String? = nil, reason: String? = nil, detail: String? = nil) {
      self.arn = arn
      self.reason = reason
      self.detail = detail
    }
  }

  /// Adds or replaces tags of a resource.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TagResource.html
  public struct TagResourceRequest: ECSRequest, Equatable {
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
  /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UntagResource.html
  public struct UntagResourceRequest: ECSRequest, Equatable {
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
  /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTagsForResource.html
  public struct ListTagsForResourceRequest: ECSRequest, Equatable {
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
