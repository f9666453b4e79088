// Tags of secrets.

extension SecretsManager {
  /// Adds or replaces tags of a secret.
  ///
  /// https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_TagResource.html
  public struct TagResourceRequest: SecretsManagerRequest, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "TagResource"

    /// The name, the ARN, or the ARN without its last six characters.
    public var secretId: String
    /// The tags.
    public var tags: [Tag]

    /// Makes a request.
    public init(secretId: String, tags: [Tag]) {
      self.secretId = secretId
      self.tags = tags
    }

    enum CodingKeys: String, CodingKey {
      case secretId = "SecretId"
      case tags = "Tags"
    }
  }

  /// Removes tags of a secret.
  ///
  /// https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UntagResource.html
  public struct UntagResourceRequest: SecretsManagerRequest, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "UntagResource"

    /// The name, the ARN, or the ARN without its last six characters.
    public var secretId: String
    /// The keys of the tags.
    public var tagKeys: [String]

    /// Makes a request.
    public init(secretId: String, tagKeys: [String]) {
      self.secretId = secretId
      self.tagKeys = tagKeys
    }

    enum CodingKeys: String, CodingKey {
      case secretId = "SecretId"
      case tagKeys = "TagKeys"
    }
  }
}
