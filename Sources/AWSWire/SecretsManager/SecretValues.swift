import Foundation

// Values of secrets, in versions.

extension SecretsManager {
  /// Adds a version to a secret.
  ///
  /// https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html
  public struct PutSecretValueRequest: SecretsManagerRequest, Equatable {
    public typealias Response = PutSecretValueResponse
    public static let operation = "PutSecretValue"

    /// The name, the ARN, or the ARN without its last six characters.
    public var secretId: String
    /// Makes a repetition of the request harmless; it becomes the version's identifier.
    public var clientRequestToken: String?
    /// The value as bytes.
    public var secretBinary: Sensitive<Data>?
    /// The value as text.
    public var secretString: Sensitive<String>?
    /// The staging labels of the version, such as `AWSCURRENT`.
    public var versionStages: [String]?

    /// Makes a request.
    public init(
      secretId: String, clientRequestToken: String? = nil, secretBinary: Sensitive<Data>? = nil,
      secretString: Sensitive<String>? = nil, versionStages: [String]? = nil
    ) {
      self.secretId = secretId
      self.clientRequestToken = clientRequestToken
      self.secretBinary = secretBinary
      self.secretString = secretString
      self.versionStages = versionStages
    }

    enum CodingKeys: String, CodingKey {
      case secretId = "SecretId"
      case clientRequestToken = "ClientRequestToken"
      case secretBinary = "SecretBinary"
      case secretString = "SecretString"
      case versionStages = "VersionStages"
    }
  }

  /// The answer to ``PutSecretValueRequest``.
  public struct PutSecretValueResponse: Codable, Sendable, Equatable {
    /// The ARN, which ends with six random characters.
    public var arn: String?
    /// The name, such as `shop/stage/database`.
    public var name: String?
    /// The version's identifier.
    public var versionId: String?
    /// The staging labels of the version, such as `AWSCURRENT`.
    public var versionStages: [String]?

    /// Makes a value of its members.
    public init(arn: String? = nil, name: String? = nil, versionId: String? = nil, versionStages: [String]? = nil) {
      self.arn = arn
      self.name = name
      self.versionId = versionId
      self.versionStages = versionStages
    }

    enum CodingKeys: String, CodingKey {
      case arn = "ARN"
      case name = "Name"
      case versionId = "VersionId"
      case versionStages = "VersionStages"
    }
  }

  /// Reads the value of a version of a secret.
  ///
  /// https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
  public struct GetSecretValueRequest: SecretsManagerRequest, Equatable {
    public typealias Response = GetSecretValueResponse
    public static let operation = "GetSecretValue"

    /// The name, the ARN, or the ARN without its last six characters.
    public var secretId: String
    /// The version's identifier.
    public var versionId: String?
    /// The staging label, `AWSCURRENT` when it is left out.
    public var versionStage: String?

    /// Makes a request.
    public init(secretId: String, versionId: String? = nil, versionStage: String? = nil) {
      self.secretId = secretId
      self.versionId = versionId
      self.versionStage = versionStage
    }

    enum CodingKeys: String, CodingKey {
      case secretId = "SecretId"
      case versionId = "VersionId"
      case versionStage = "VersionStage"
    }
  }

  /// The answer to ``GetSecretValueRequest``.
  public struct GetSecretValueResponse: Codable, Sendable, Equatable {
    /// The ARN, which ends with six random characters.
    public var arn: String?
    /// The name, such as `shop/stage/database`.
    public var name: String?
    /// The version's identifier.
    public var versionId: String?
    /// The value as bytes.
    public var secretBinary: Sensitive<Data>?
    /// The value as text.
    public var secretString: Sensitive<String>?
    /// The staging labels of the version, such as `AWSCURRENT`.
    public var versionStages: [String]?
    /// When it was made.
    public var createdDate: Date?

    /// Makes a value of its members.
    public init(
      arn: String? = nil, name: String? = nil, versionId: String? = nil, secretBinary: Sensitive<Data>? = nil,
      secretString: Sensitive<String>? = nil, versionStages: [String]? = nil, createdDate: Date? = nil
    ) {
      self.arn = arn
      self.name = name
      self.versionId = versionId
      self.secretBinary = secretBinary
      self.secretString = secretString
      self.versionStages = versionStages
      self.createdDate = createdDate
    }

    enum CodingKeys: String, CodingKey {
      case arn = "ARN"
      case name = "Name"
      case versionId = "VersionId"
      case secretBinary = "SecretBinary"
      case secretString = "SecretString"
      case versionStages = "VersionStages"
      case createdDate = "CreatedDate"
    }
  }

  /// Moves a staging label from one version to another.
  ///
  /// https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecretVersionStage.html
  public struct UpdateSecretVersionStageRequest: SecretsManagerRequest, Equatable {
    public typealias Response = UpdateSecretVersionStageResponse
    public static let operation = "UpdateSecretVersionStage"

    /// The name, the ARN, or the ARN without its last six characters.
    public var secretId: String
    /// The staging label, `AWSCURRENT` when it is left out.
    public var versionStage: String
    /// The version that loses the label.
    public var removeFromVersionId: String?
    /// The version that gets the label.
    public var moveToVersionId: String?

    /// Makes a request.
    public init(
      secretId: String, versionStage: String, removeFromVersionId: String? = nil, moveToVersionId: String? = nil
    ) {
      self.secretId = secretId
      self.versionStage = versionStage
      self.removeFromVersionId = removeFromVersionId
      self.moveToVersionId = moveToVersionId
    }

    enum CodingKeys: String, CodingKey {
      case secretId = "SecretId"
      case versionStage = "VersionStage"
      case removeFromVersionId = "RemoveFromVersionId"
      case moveToVersionId = "MoveToVersionId"
    }
  }

  /// The answer to ``UpdateSecretVersionStageRequest``.
  public struct UpdateSecretVersionStageResponse: Codable, Sendable, Equatable {
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

  /// Lists the versions of a secret.
  ///
  /// https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecretVersionIds.html
  public struct ListSecretVersionIdsRequest: SecretsManagerRequest, Equatable {
    public typealias Response = ListSecretVersionIdsResponse
    public static let operation = "ListSecretVersionIds"

    /// The name, the ARN, or the ARN without its last six characters.
    public var secretId: String
    /// How many results to give at most.
    public var maxResults: Int?
    /// Where the next page begins.
    public var nextToken: String?
    /// Whether versions without a staging label are listed.
    public var includeDeprecated: Bool?

    /// Makes a request.
    public init(secretId: String, maxResults: Int? = nil, nextToken: String? = nil, includeDeprecated: Bool? = nil) {
      self.secretId = secretId
      self.maxResults = maxResults
      self.nextToken = nextToken
      self.includeDeprecated = includeDeprecated
    }

    enum CodingKeys: String, CodingKey {
      case secretId = "SecretId"
      case maxResults = "MaxResults"
      case nextToken = "NextToken"
      case includeDeprecated = "IncludeDeprecated"
    }
  }

  /// The answer to ``ListSecretVersionIdsRequest``.
  public struct ListSecretVersionIdsResponse: Codable, Sendable, Equatable {
    /// The versions.
    public var versions: [SecretVersionsListEntry]?
    /// Where the next page begins.
    public var nextToken: String?
    /// The ARN, which ends with six random characters.
    public var arn: String?
    /// The name, such as `shop/stage/database`.
    public var name: String?

    /// Makes a value of its members.
    public init(
      versions: [SecretVersionsListEntry]? = nil, nextToken: String? = nil, arn: String? = nil, name: String? = nil
    ) {
      self.versions = versions
      self.nextToken = nextToken
      self.arn = arn
      self.name = name
    }

    enum CodingKeys: String, CodingKey {
      case versions = "Versions"
      case nextToken = "NextToken"
      case arn = "ARN"
      case name = "Name"
    }
  }

  /// A version of a secret.
  public struct SecretVersionsListEntry: Codable, Sendable, Equatable {
    /// The version's identifier.
    public var versionId: String?
    /// The staging labels of the version, such as `AWSCURRENT`.
    public var versionStages: [String]?
    /// The day on which the value was last read.
    public var lastAccessedDate: Date?
    /// When it was made.
    public var createdDate: Date?

    /// Makes a value of its members.
    public init(
      versionId: String? = nil, versionStages: [String]? = nil, lastAccessedDate: Date? = nil, createdDate: Date? = nil
    ) {
      self.versionId = versionId
      self.versionStages = versionStages
      self.lastAccessedDate = lastAccessedDate
      self.createdDate = createdDate
    }

    enum CodingKeys: String, CodingKey {
      case versionId = "VersionId"
      case versionStages = "VersionStages"
      case lastAccessedDate = "LastAccessedDate"
      case createdDate = "CreatedDate"
    }
  }

  /// Makes a password. It is not kept.
  ///
  /// https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html
  public struct GetRandomPasswordRequest: SecretsManagerRequest, Equatable {
    public typealias Response = GetRandomPasswordResponse
    public static let operation = "GetRandomPassword"

    /// The number of characters, 32 when it is left out.
    public var passwordLength: Int?
    /// Characters that it must not hold.
    public var excludeCharacters: String?
    /// Whether it holds no digits.
    public var excludeNumbers: Bool?
    /// Whether it holds no punctuation.
    public var excludePunctuation: Bool?
    /// Whether it holds no upper-case letters.
    public var excludeUppercase: Bool?
    /// Whether it holds no lower-case letters.
    public var excludeLowercase: Bool?
    /// Whether it may hold a space.
    public var includeSpace: Bool?
    /// Whether it holds one character of each kind at least.
    public var requireEachIncludedType: Bool?

    /// Makes a request.
    public init(
      passwordLength: Int? = nil, excludeCharacters: String? = nil, excludeNumbers: Bool? = nil,
      excludePunctuation: Bool? = nil, excludeUppercase: Bool? = nil, excludeLowercase: Bool? = nil,
      includeSpace: Bool? = nil, requireEachIncludedType: Bool? = nil
    ) {
      self.passwordLength = passwordLength
      self.excludeCharacters = excludeCharacters
      self.excludeNumbers = excludeNumbers
      self.excludePunctuation = excludePunctuation
      self.excludeUppercase = excludeUppercase
      self.excludeLowercase = excludeLowercase
      self.includeSpace = includeSpace
      self.requireEachIncludedType = requireEachIncludedType
    }

    enum CodingKeys: String, CodingKey {
      case passwordLength = "PasswordLength"
      case excludeCharacters = "ExcludeCharacters"
      case excludeNumbers = "ExcludeNumbers"
      case excludePunctuation = "ExcludePunctuation"
      case excludeUppercase = "ExcludeUppercase"
      case excludeLowercase = "ExcludeLowercase"
      case includeSpace = "IncludeSpace"
      case requireEachIncludedType = "RequireEachIncludedType"
    }
  }

  /// The answer to ``GetRandomPasswordRequest``.
  public struct GetRandomPasswordResponse: Codable, Sendable, Equatable {
    /// The password.
    public var randomPassword: Sensitive<String>?

    /// Makes a value of its members.
    public init(randomPassword: Sensitive<String>? = nil) {
      self.randomPassword = randomPassword
    }

    enum CodingKeys: String, CodingKey {
      case randomPassword = "RandomPassword"
    }
  }
}
