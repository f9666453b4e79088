import Foundation

extension STS {
  /// Temporary credentials. They print as the access key alone, so that they stay out of logs.
  ///
  /// https://docs.aws.amazon.com/STS/latest/APIReference/API_Credentials.html
  public struct Credentials: Codable, Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
  {
    /// Names the key; no secret.
    public var accessKeyId: String
    /// The secret.
    public var secretAccessKey: String
    /// The token that every request must carry, a secret too.
    public var sessionToken: String
    /// When they end.
    public var expiration: Date

    /// Makes credentials.
    public init(accessKeyId: String, secretAccessKey: String, sessionToken: String, expiration: Date) {
      self.accessKeyId = accessKeyId
      self.secretAccessKey = secretAccessKey
      self.sessionToken = sessionToken
      self.expiration = expiration
    }

    public var description: String { "credentials of \(accessKeyId)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["accessKeyId": accessKeyId]) }
  }
}
