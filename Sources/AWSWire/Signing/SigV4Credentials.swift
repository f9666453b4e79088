/// The keys that a request is signed with. They print as the access key alone, so that they stay out of logs.
public struct SigV4Credentials: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  /// Names the key; no secret.
  public var accessKey: String
  /// The secret.
  public var secretKey: String
  /// The token of temporary credentials, a secret too.
  public var sessionToken: String?

  /// Makes credentials.
  public init(accessKey: String, secretKey: String, sessionToken: String? = nil) {
    self.accessKey = accessKey
    self.secretKey = secretKey
    self.sessionToken = sessionToken
  }

  public var description: String { "credentials of \(accessKey)" }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: ["accessKey": accessKey]) }
}
