import Foundation

// Secrets: everything but their values.

extension SecretsManager {
  /// Makes a secret, with a first version when a value is given.
  ///
  /// https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
  public struct CreateSecretRequest: SecretsManagerRequest, Equatable {
    public typealias Response = CreateSecretResponse
    public static let operation = "CreateSecret"

    /// The name, such as `shop/stage/database`.
    public var name: String
    /// Makes a repetition of the request harmless; it becomes the version's identifier.
    public var clientRequestToken: String?
    /// What it is for.
    public var description: String?
    /// The key that AWS would encrypt the value with.
    public var kmsKeyId: String?
    /// The value as bytes.
    public var secretBinary: Sensitive<Data>?
    /// The value as text.
    public var secretString: Sensitive<String>?
    /// The tags.
    public var tags: [Tag]?

    /// Makes a request.
    public init(
      name: String, clientRequestToken: String? = nil, description: String? = nil, kmsKeyId: String? = nil,
      secretBinary: Sensitive<Data>? = nil, secretString: Sensitive<String>? = nil, tags: [Tag]? = nil
    ) {
      self.name = name
      self.clientRequestToken = clientRequestToken
      self.description = description
      self.kmsKeyId = kmsKeyId
      self.secretBinary = secretBinary
      self.secretString = secretString
      self.tags = tags
    }

    enum CodingKeys: String, CodingKey {
      case name = "Name"
      case clientRequestToken = "ClientRequestToken"
      case description = "Description"
      case kmsKeyId = "KmsKeyId"
      case secretBinary = "SecretBinary"
      case secretString = "SecretString"
      case tags = "Tags"
    }
  }

  /// The answer to ``CreateSecretRequest``.
  public struct CreateSecretResponse: Codable, Sendable, Equatable {
    /// The ARN, which ends with six random characters.
    public var arn: String?
    /// The name, such as `shop/stage/database`.
    public var name: String?
    /// The version's identifier.
    public var versionId: String?

    /// Makes a value of its members.
    public init(arn: String? = nil, name: String? = nil, versionId: String? = nil) {
      self.arn = arn
      self.name = name
      self.versionId = versionId
    }

    enum CodingKeys: String, CodingKey {
      case arn = "ARN"
      case name = "Name"
      case versionId = "VersionId"
    }
  }

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

    enum CodingKeys: String, CodingKey {
      case key = "Key"
      case value = "Value"
    }
  }

  /// Changes a secret, and adds a version when a value is given.
  ///
  /// https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecret.html
  public struct UpdateSecretRequest: SecretsManagerRequest, Equatable {
    public typealias Response = UpdateSecretResponse
    public static let operation = "UpdateSecret"

    /// The name, the ARN, or the ARN without its last six characters.
    public var secretId: String
    /// Makes a repetition of the request harmless; it becomes the version's identifier.
    public var clientRequestToken: String?
    /// What it is for.
    public var description: String?
    /// The key that AWS would encrypt the value with.
    public var kmsKeyId: String?
    /// The value as bytes.
    public var secretBinary: Sensitive<Data>?
    /// The value as text.
    public var secretString: Sensitive<String>?

    /// Makes a request.
    public init(
      secretId: String, clientRequestToken: String? = nil, description: String? = nil, kmsKeyId: String? = nil,
      secretBinary: Sensitive<Data>? = nil, secretString: Sensitive<String>? = nil
    ) {
      self.secretId = secretId
      self.clientRequestToken = clientRequestToken
      self.description = description
      self.kmsKeyId = kmsKeyId
      self.secretBinary = secretBinary
      self.secretString = secretString
    }

    enum CodingKeys: String, CodingKey {
      case secretId = "SecretId"
      case clientRequestToken = "ClientRequestToken"
      case description = "Description"
      case kmsKeyId = "KmsKeyId"
      case secretBinary = "SecretBinary"
      case secretString = "SecretString"
    }
  }

  /// The answer to ``UpdateSecretRequest``.
  public struct UpdateSecretResponse: Codable, Sendable, Equatable {
    /// The ARN, which ends with six random characters.
    public var arn: String?
    /// The name, such as `shop/stage/database`.
    public var name: String?
    /// The version's identifier.
    public var versionId: String?

    /// Makes a value of its members.
    public init(arn: String? = nil, name: String? = nil, versionId: String? = nil) {
      self.arn = arn
      self.name = name
      self.versionId = versionId
    }

    enum CodingKeys: String, CodingKey {
      case arn = "ARN"
      case name = "Name"
      case versionId = "VersionId"
    }
  }

  /// Tells everything of a secret but its value.
  ///
  /// https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html
  public struct DescribeSecretRequest: SecretsManagerRequest, Equatable {
    public typealias Response = DescribeSecretResponse
    public static let operation = "DescribeSecret"

    /// The name, the ARN, or the ARN without its last six characters.
    public var secretId: String

    /// Makes a request.
    public init(secretId: String) {
      self.secretId = secretId
    }

    enum CodingKeys: String, CodingKey {
      case secretId = "SecretId"
    }
  }

  /// The answer to ``DescribeSecretRequest``.
  public struct DescribeSecretResponse: Codable, Sendable, Equatable {
    /// The ARN, which ends with six random characters.
    public var arn: String?
    /// The name, such as `shop/stage/database`.
    public var name: String?
    /// What it is for.
    public var description: String?
    /// The key that AWS would encrypt the value with.
    public var kmsKeyId: String?
    /// Whether the value is rotated.
    public var rotationEnabled: Bool?
    /// When it was last changed.
    public var lastChangedDate: Date?
    /// The day on which the value was last read.
    public var lastAccessedDate: Date?
    /// When it was scheduled for deletion.
    public var deletedDate: Date?
    /// The tags.
    public var tags: [Tag]?
    /// The staging labels of each version that has some.
    public var versionIdsToStages: [String: [String]]?
    /// When it was made.
    public var createdDate: Date?

    /// Makes a value of its members.
    public init(
      arn: String? = nil, name: String? = nil, description: String? = nil, kmsKeyId: String? = nil,
      rotationEnabled: Bool? = nil, lastChangedDate: Date? = nil, lastAccessedDate: Date? = nil,
      deletedDate: Date? = nil, tags: [Tag]? = nil, versionIdsToStages: [String: [String]]? = nil,
      createdDate: Date? = nil
    ) {
      self.arn = arn
      self.name = name
      self.description = description
      self.kmsKeyId = kmsKeyId
      self.rotationEnabled = rotationEnabled
      self.lastChangedDate = lastChangedDate
      self.lastAccessedDate = lastAccessedDate
      self.deletedDate = deletedDate
      self.tags = tags
      self.versionIdsToStages = versionIdsToStages
      self.createdDate = createdDate
    }

    enum CodingKeys: String, CodingKey {
      case arn = "ARN"
      case name = "Name"
      case description = "Description"
      case kmsKeyId = "KmsKeyId"
      case rotationEnabled = "RotationEnabled"
      case lastChangedDate = "LastChangedDate"
      case lastAccessedDate = "LastAccessedDate"
      case deletedDate = "DeletedDate"
      case tags = "Tags"
      case versionIdsToStages = "VersionIdsToStages"
      case createdDate = "CreatedDate"
    }
  }

  /// Reads the policy of a secret.
  ///
  /// https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetResourcePolicy.html
  public struct GetResourcePolicyRequest: SecretsManagerRequest, Equatable {
    public typealias Response = GetResourcePolicyResponse
    public static let operation = "GetResourcePolicy"

    /// The name, the ARN, or the ARN without its last six characters.
    public var secretId: String

    /// Makes a request.
    public init(secretId: String) {
      self.secretId = secretId
    }

    enum CodingKeys: String, CodingKey {
      case secretId = "SecretId"
    }
  }

  /// The answer to ``GetResourcePolicyRequest``.
  public struct GetResourcePolicyResponse: Codable, Sendable, Equatable {
    /// The ARN, which ends with six random characters.
    public var arn: String?
    /// The name, such as `shop/stage/database`.
    public var name: String?
    /// The policy as JSON; absent when there is none.
    public var resourcePolicy: String?

    /// Makes a value of its members.
    public init(arn: String? = nil, name: String? = nil, resourcePolicy: String? = nil) {
      self.arn = arn
      self.name = name
      self.resourcePolicy = resourcePolicy
    }

    enum CodingKeys: String, CodingKey {
      case arn = "ARN"
      case name = "Name"
      case resourcePolicy = "ResourcePolicy"
    }
  }
}
