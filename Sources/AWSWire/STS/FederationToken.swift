// Credentials for others, and whose an access key is.

extension STS {
  /// Makes credentials for a user of one's own.
  ///
  /// https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html
  public struct GetFederationTokenRequest: STSRequest, Equatable {
    public typealias Response = GetFederationTokenResponse
    public static let operation = "GetFederationToken"

    /// The name.
    public var name: String
    /// The policy.
    public var policy: String?
    /// The policy ARNs.
    public var policyArns: [PolicyDescriptorType]?
    /// How long the credentials last, in seconds.
    public var durationSeconds: Int?
    /// The tags.
    public var tags: [Tag]?

    /// Makes a request.
    public init(
      name: String, policy: String? = nil, policyArns: [PolicyDescriptorType]? = nil, durationSeconds: Int? = nil,
      tags: [Tag]? = nil
    ) {
      self.name = name
      self.policy = policy
      self.policyArns = policyArns
      self.durationSeconds = durationSeconds
      self.tags = tags
    }
  }

  /// What `GetFederationToken` answers.
  public struct GetFederationTokenResponse: Codable, Sendable, Equatable {
    /// The credentials.
    public var credentials: Credentials?
    /// Who the credentials are for.
    public var federatedUser: FederatedUser?
    /// How much of the space for policies and tags is used, in percent.
    public var packedPolicySize: Int?

    /// Makes an answer.
    public init(credentials: Credentials? = nil, federatedUser: FederatedUser? = nil, packedPolicySize: Int? = nil) {
      self.credentials = credentials
      self.federatedUser = federatedUser
      self.packedPolicySize = packedPolicySize
    }
  }

  /// Tells whose an access key is.
  ///
  /// https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html
  public struct GetAccessKeyInfoRequest: STSRequest, Equatable {
    public typealias Response = GetAccessKeyInfoResponse
    public static let operation = "GetAccessKeyInfo"

    /// The key; no secret.
    public var accessKeyId: String

    /// Makes a request.
    public init(accessKeyId: String) {
      self.accessKeyId = accessKeyId
    }
  }

  /// What `GetAccessKeyInfo` answers.
  public struct GetAccessKeyInfoResponse: Codable, Sendable, Equatable {
    /// The account.
    public var account: String?

    /// Makes an answer.
    public init(account: String? = nil) {
      self.account = account
    }
  }

  /// A policy descriptor type.
  public struct PolicyDescriptorType: Codable, Sendable, Equatable {
    /// The ARN.
    public var arn: String?

    /// Makes a value of its members.
    public init(arn: String? = nil) {
      self.arn = arn
    }
  }

  /// A tag.
  public struct Tag: Codable, Sendable, Equatable {
    /// The key.
    public var key: String?
    /// Its value.
    public var value: String?

    /// Makes a value of its members.
    public init(key: String? = nil, value: String? = nil) {
      self.key = key
      self.value = value
    }
  }

  /// A federated user.
  public struct FederatedUser: Codable, Sendable, Equatable {
    /// The federated user identifier.
    public var federatedUserId: String?
    /// The ARN.
    public var arn: String?

    /// Makes a value of its members.
    public init(federatedUserId: String? = nil, arn: String? = nil) {
      self.federatedUserId = federatedUserId
      self.arn = arn
    }
  }
}
