// Tags and attributes.

extension ELBv2 {
  /// A tag.
  public struct Tag: Codable, Sendable, Equatable {
    /// Its key.
    public var key: String
    /// Its value.
    public var value: String?

    /// Makes a value of its members.
    public init(key: String, value: String? = nil) {
      self.key = key
      self.value = value
    }
  }

  /// A setting by name, of a load balancer, a target group or a listener.
  public struct Attribute: Codable, Sendable, Equatable {
    /// Its name, such as `idle_timeout.timeout_seconds`.
    public var key: String?
    /// Its value.
    public var value: String?

    /// Makes a value of its members.
    public init(key: String? = nil, value: String? = nil) {
      self.key = key
      self.value = value
    }
  }

  /// Puts tags on things, replacing those with the same key.
  ///
  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AddTags.html
  public struct AddTagsRequest: ELBv2Request, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "AddTags"

    /// The things.
    public var resourceArns: [String]
    /// The tags.
    public var tags: [Tag]

    /// Makes a request.
    public init(resourceArns: [String], tags: [Tag]) {
      self.resourceArns = resourceArns
      self.tags = tags
    }
  }

  /// Takes tags from things.
  ///
  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RemoveTags.html
  public struct RemoveTagsRequest: ELBv2Request, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "RemoveTags"

    /// The things.
    public var resourceArns: [String]
    /// The keys of the tags.
    public var tagKeys: [String]

    /// Makes a request.
    public init(resourceArns: [String], tagKeys: [String]) {
      self.resourceArns = resourceArns
      self.tagKeys = tagKeys
    }
  }

  /// Reads the tags of things.
  ///
  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTags.html
  public struct DescribeTagsRequest: ELBv2Request, Equatable {
    public typealias Response = DescribeTagsResponse
    public static let operation = "DescribeTags"

    /// At most 20 things.
    public var resourceArns: [String]

    /// Makes a request.
    public init(resourceArns: [String]) {
      self.resourceArns = resourceArns
    }
  }

  /// The tags of things.
  public struct DescribeTagsResponse: Codable, Sendable, Equatable {
    /// One description a thing.
    public var tagDescriptions: [TagDescription]

    /// Makes an answer.
    public init(tagDescriptions: [TagDescription]) {
      self.tagDescriptions = tagDescriptions
    }
  }

  /// The tags of a thing.
  public struct TagDescription: Codable, Sendable, Equatable {
    /// The thing.
    public var resourceArn: String?
    /// Its tags.
    public var tags: [Tag]?

    /// Makes a value of its members.
    public init(resourceArn: String? = nil, tags: [Tag]? = nil) {
      self.resourceArn = resourceArn
      self.tags = tags
    }
  }
}
