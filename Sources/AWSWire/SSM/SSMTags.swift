// Tags of parameters.

extension SSM {
  /// Adds or replaces tags of a parameter.
  ///
  /// https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_AddTagsToResource.html
  public struct AddTagsToResourceRequest: SSMRequest, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "AddTagsToResource"

    /// `Parameter`.
    public var resourceType: String
    /// The name of the parameter.
    public var resourceId: String
    /// The tags.
    public var tags: [Tag]

    /// Makes a request.
    public init(resourceType: String, resourceId: String, tags: [Tag]) {
      self.resourceType = resourceType
      self.resourceId = resourceId
      self.tags = tags
    }

    enum CodingKeys: String, CodingKey {
      case resourceType = "ResourceType"
      case resourceId = "ResourceId"
      case tags = "Tags"
    }
  }

  /// Removes tags of a parameter.
  ///
  /// https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_RemoveTagsFromResource.html
  public struct RemoveTagsFromResourceRequest: SSMRequest, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "RemoveTagsFromResource"

    /// `Parameter`.
    public var resourceType: String
    /// The name of the parameter.
    public var resourceId: String
    /// The keys of the tags.
    public var tagKeys: [String]

    /// Makes a request.
    public init(resourceType: String, resourceId: String, tagKeys: [String]) {
      self.resourceType = resourceType
      self.resourceId = resourceId
      self.tagKeys = tagKeys
    }

    enum CodingKeys: String, CodingKey {
      case resourceType = "ResourceType"
      case resourceId = "ResourceId"
      case tagKeys = "TagKeys"
    }
  }

  /// Reads the tags of a parameter.
  ///
  /// https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ListTagsForResource.html
  public struct ListTagsForResourceRequest: SSMRequest, Equatable {
    public typealias Response = ListTagsForResourceResponse
    public static let operation = "ListTagsForResource"

    /// `Parameter`.
    public var resourceType: String
    /// The name of the parameter.
    public var resourceId: String

    /// Makes a request.
    public init(resourceType: String, resourceId: String) {
      self.resourceType = resourceType
      self.resourceId = resourceId
    }

    enum CodingKeys: String, CodingKey {
      case resourceType = "ResourceType"
      case resourceId = "ResourceId"
    }
  }

  /// The answer to ``ListTagsForResourceRequest``.
  public struct ListTagsForResourceResponse: Codable, Sendable, Equatable {
    /// The tags.
    public var tagList: [Tag]?

    /// Makes a value of its members.
    public init(tagList: [Tag]? = nil) {
      self.tagList = tagList
    }

    enum CodingKeys: String, CodingKey {
      case tagList = "TagList"
    }
  }
}
