// Credentials of a role, for somebody who has credentials already.

extension STS {
  /// Asks for temporary credentials of a role.
  ///
  /// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
  public struct AssumeRoleRequest: STSRequest, Equatable {
    public typealias Response = AssumeRoleResponse
    public static let operation = "AssumeRole"

    /// The role's ARN.
    public var roleArn: String
    /// Names the session in audit trails, 2 to 64 of `A-Za-z0-9_=,.@-`.
    public var roleSessionName: String
    /// How long the credentials hold, in seconds, 900 to 43200; AWS's default is 3600.
    public var durationSeconds: Int?
    /// What the owner of the role demands of a third party.
    public var externalId: String?

    /// Makes a request.
    public init(roleArn: String, roleSessionName: String, durationSeconds: Int? = nil, externalId: String? = nil) {
      self.roleArn = roleArn
      self.roleSessionName = roleSessionName
      self.durationSeconds = durationSeconds
      self.externalId = externalId
    }
  }

  /// The credentials of the role.
  public struct AssumeRoleResponse: Codable, Sendable, Equatable {
    /// The credentials.
    public var credentials: Credentials?
    /// Who the caller has become.
    public var assumedRoleUser: AssumedRoleUser?

    /// Makes an answer.
    public init(credentials: Credentials? = nil, assumedRoleUser: AssumedRoleUser? = nil) {
      self.credentials = credentials
      self.assumedRoleUser = assumedRoleUser
    }
  }

  /// Who a caller is with the credentials of a role.
  public struct AssumedRoleUser: Codable, Sendable, Equatable {
    /// The role's unique identifier and the session's name.
    public var assumedRoleId: String
    /// The ARN of the session.
    public var arn: String

    /// Makes the identity.
    public init(assumedRoleId: String, arn: String) {
      self.assumedRoleId = assumedRoleId
      self.arn = arn
    }
  }
}
