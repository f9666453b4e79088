// Who calls.

extension STS {
  /// Tells whose credentials these are; it needs no permission.
  ///
  /// https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
  public struct GetCallerIdentityRequest: STSRequest, Equatable {
    public typealias Response = GetCallerIdentityResponse
    public static let operation = "GetCallerIdentity"

    /// Makes a request.
    public init() {}
  }

  /// The caller.
  public struct GetCallerIdentityResponse: Codable, Sendable, Equatable {
    /// The unique identifier of the caller.
    public var userId: String?
    /// The account, 12 digits.
    public var account: String?
    /// The ARN of the caller.
    public var arn: String?

    /// Makes an answer.
    public init(userId: String? = nil, account: String? = nil, arn: String? = nil) {
      self.userId = userId
      self.account = account
      self.arn = arn
    }
  }
}
