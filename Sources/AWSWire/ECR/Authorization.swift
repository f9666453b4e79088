import Foundation

// The password of the registry.

extension ECR {
  /// Gives a password for the registry, which is valid for 12 hours.
  ///
  /// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetAuthorizationToken.html
  public struct GetAuthorizationTokenRequest: ECRRequest, Equatable {
    public typealias Response = GetAuthorizationTokenResponse
    public static let operation = "GetAuthorizationToken"

    /// Accounts of registries; the caller's by default.
    public var registryIds: [String]?

    /// Makes a request.
    public init(registryIds: [String]? = nil) {
      self.registryIds = registryIds
    }
  }

  /// One token a registry.
  public struct GetAuthorizationTokenResponse: Codable, Sendable, Equatable {
    /// The tokens.
    public var authorizationData: [AuthorizationData]?

    /// Makes an answer.
    public init(authorizationData: [AuthorizationData]? = nil) {
      self.authorizationData = authorizationData
    }
  }

  /// A password of a registry.
  public struct AuthorizationData: Codable, Sendable, Equatable {
    /// Base64 of `AWS:` and the password. It is a secret.
    public var authorizationToken: String?
    /// When it ends.
    public var expiresAt: Date?
    /// The URL of the registry.
    public var proxyEndpoint: String?

    /// Makes a value of its members.
    public init(authorizationToken: String? = nil, expiresAt: Date? = nil, proxyEndpoint: String? = nil) {
      self.authorizationToken = authorizationToken
      self.expiresAt = expiresAt
      self.proxyEndpoint = proxyEndpoint
    }
  }
}
