import Foundation

// Lists of secrets, and their end.

extension SecretsManager {
  /// Lists secrets.
  ///
  /// https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecrets.html
  public struct ListSecretsRequest: SecretsManagerRequest, Equatable {
    public typealias Response = ListSecretsResponse
    public static let operation = "ListSecrets"

    /// Whether secrets that are scheduled for deletion are listed.
    public var includePlannedDeletion: Bool?
    /// How many results to give at most.
    public var maxResults: Int?
    /// Where the next page begins.
    public var nextToken: String?
    /// What secrets must match.
    public var filters: [Filter]?
    /// `asc` or `desc`, by the name unless `SortBy` says otherwise.
    public var sortOrder: String?

    /// Makes a request.
    public init(
      includePlannedDeletion: Bool? = nil, maxResults: Int? = nil, nextToken: String? = nil, filters: [Filter]? = nil,
      sortOrder: String? = nil
    ) {
      self.includePlannedDeletion = includePlannedDeletion
      self.maxResults = maxResults
      self.nextToken = nextToken
      self.filters = filters
      self.sortOrder = sortOrder
    }

    enum CodingKeys: String, CodingKey {
      case includePlannedDeletion = "IncludePlannedDeletion"
      case maxResults = "MaxResults"
      case nextToken = "NextToken"
      case filters = "Filters"
      case sortOrder = "SortOrder"
    }
  }

  /// The answer to ``ListSecretsRequest``.
  public struct ListSecretsResponse: Codable, Sendable, Equatable {
    /// The secrets.
    public var secretList: [SecretListEntry]?
    /// Where the next page begins.
    public var nextToken: String?

    /// Makes a value of its members.
    public init(secretList: [SecretListEntry]? = nil, nextToken: String? = nil) {
      self.secretList = secretList
      self.nextToken = nextToken
    }

    enum CodingKeys: String, CodingKey {
      case secretList = "SecretList"
      case nextToken = "NextToken"
    }
  }

  /// What a secret must match.
  public struct Filter: Codable, Sendable, Equatable {
    /// `name`, `description`, `tag-key`, `tag-value`, `primary-region`, `owning-service` or `all`.
    public var key: String?
    /// The values, of which one must match; `!` before one negates it.
    public var values: [String]?

    /// Makes a value of its members.
    public init(key: String? = nil, values: [String]? = nil) {
      self.key = key
      self.values = values
    }

    enum CodingKeys: String, CodingKey {
      case key = "Key"
      case values = "Values"
    }
  }

  /// A secret in a list.
  public struct SecretListEntry: Codable, Sendable, Equatable {
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
    public var secretVersionsToStages: [String: [String]]?
    /// When it was made.
    public var createdDate: Date?

    /// Makes a value of its members.
    public init(
      arn: String? = nil, name: String? = nil, description: String? = nil, kmsKeyId: String? = nil,
      rotationEnabled: Bool? = nil, lastChangedDate: Date? = nil, lastAccessedDate: Date? = nil,
      deletedDate: Date? = nil, tags: [Tag]? = nil, secretVersionsToStages: [String: [String]]? = nil,
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
      self.secretVersionsToStages = secretVersionsToStages
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
      case secretVersionsToStages = "SecretVersionsToStages"
      case createdDate = "CreatedDate"
    }
  }

  /// Schedules a secret for deletion, or deletes it.
  ///
  /// https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html
  public struct DeleteSecretRequest: SecretsManagerRequest, Equatable {
    public typealias Response = DeleteSecretResponse
    public static let operation = "DeleteSecret"

    /// The name, the ARN, or the ARN without its last six characters.
    public var secretId: String
    /// How long the secret can be restored: 7 to 30 days, 30 when it is left out.
    public var recoveryWindowInDays: Int?
    /// Whether it is deleted at once.
    public var forceDeleteWithoutRecovery: Bool?

    /// Makes a request.
    public init(secretId: String, recoveryWindowInDays: Int? = nil, forceDeleteWithoutRecovery: Bool? = nil) {
      self.secretId = secretId
      self.recoveryWindowInDays = recoveryWindowInDays
      self.forceDeleteWithoutRecovery = forceDeleteWithoutRecovery
    }

    enum CodingKeys: String, CodingKey {
      case secretId = "SecretId"
      case recoveryWindowInDays = "RecoveryWindowInDays"
      case forceDeleteWithoutRecovery = "ForceDeleteWithoutRecovery"
    }
  }

  /// The answer to ``DeleteSecretRequest``.
  public struct DeleteSecretResponse: Codable, Sendable, Equatable {
    /// The ARN, which ends with six random characters.
    public var arn: String?
    /// The name, such as `shop/stage/database`.
    public var name: String?
    /// When it is deleted for good.
    public var deletionDate: Date?

    /// Makes a value of its members.
    public init(arn: String? = nil, name: String? = nil, deletionDate: Date? = nil) {
      self.arn = arn
      self.name = name
      self.deletionDate = deletionDate
    }

    enum CodingKeys: String, CodingKey {
      case arn = "ARN"
      case name = "Name"
      case deletionDate = "DeletionDate"
    }
  }

  /// Takes a secret back from its scheduled deletion.
  ///
  /// https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RestoreSecret.html
  public struct RestoreSecretRequest: SecretsManagerRequest, Equatable {
    public typealias Response = RestoreSecretResponse
    public static let operation = "RestoreSecret"

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

  /// The answer to ``RestoreSecretRequest``.
  public struct RestoreSecretResponse: Codable, Sendable, Equatable {
    /// The ARN, which ends with six random characters.
    public var arn: String?
    /// The name, such as `shop/stage/database`.
    public var name: String?

    /// Makes a value of its members.
    public init(arn: String? = nil, name: String? = nil) {
      self.arn = arn
      self.name = name
    }

    enum CodingKeys: String, CodingKey {
      case arn = "ARN"
      case name = "Name"
    }
  }
}
