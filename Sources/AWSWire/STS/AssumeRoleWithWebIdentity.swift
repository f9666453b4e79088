// Credentials of a role, for somebody who has the token of an identity provider: a pod, a job of a CI system.

extension STS {
  /// Asks for temporary credentials of a role. The request is not signed: its token proves who asks.
  ///
  /// It prints as the role alone, so that the token stays out of logs.
  ///
  /// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
  public struct AssumeRoleWithWebIdentityRequest: STSRequest, Equatable, CustomStringConvertible,
    CustomDebugStringConvertible, CustomReflectable
  {
    public typealias Response = AssumeRoleWithWebIdentityResponse
    public static let operation = "AssumeRoleWithWebIdentity"

    /// The role's ARN.
    public var roleArn: String
    /// Names the session in audit trails, 2 to 64 of `A-Za-z0-9_=,.@-`.
    public var roleSessionName: String
    /// The token of the identity provider, a secret.
    public var webIdentityToken: String
    /// How long the credentials hold, in seconds, 900 to 43200; AWS's default is 3600.
    public var durationSeconds: Int?

    /// Makes a request.
    public init(roleArn: String, roleSessionName: String, webIdentityToken: String, durationSeconds: Int? = nil) {
      self.roleArn = roleArn
      self.roleSessionName = roleSessionName
      self.webIdentityToken = webIdentityToken
      self.durationSeconds = durationSeconds
    }

    public var description: String { "AssumeRoleWithWebIdentity of \(roleArn)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["roleArn": roleArn]) }
  }

  /// The credentials of the role.
  public struct AssumeRoleWithWebIdentityResponse: Codable, Sendable, Equatable {
    /// The credentials.
    public var credentials: Credentials?
    /// Who the caller has become.
    public var assumedRoleUser: AssumedRoleUser?
    /// Whom the token names.
    public var subjectFromWebIdentityToken: String?
    /// The intended audience of the token.
    public var audience: String?
    /// The identity provider.
    public var provider: String?

    /// Makes an answer.
    public init(
      credentials: Credentials? = nil, assumedRoleUser: AssumedRoleUser? = nil,
      subjectFromWebIdentityToken: String? = nil, audience: String? = nil, provider: String? = nil
    ) {
      self.credentials = credentials
      self.assumedRoleUser = assumedRoleUser
      self.subjectFromWebIdentityToken = subjectFromWebIdentityToken
      self.audience = audience
      self.provider = provider
    }
  }
}
