import AWSWire
import AsyncHTTPClient
import Foundation
import Logging
import PalcoCore

/// The role that a source assumes.
struct AssumedRole: Sendable {
  var arn: String
  /// `nil` for a name of the present instant.
  var sessionName: String?
  var externalID: String?
  /// In seconds.
  var duration: Int?

  func sessionName(at now: Date) -> String { sessionName ?? "palco-\(Int(now.timeIntervalSince1970))" }
}

/// Credentials of a role that other credentials may assume.
///
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html
struct AssumeRoleSource: CredentialSource {
  let role: AssumedRole
  /// Whose credentials assume it, and where STS is.
  let configuration: AWSConfiguration
  let origin: CredentialsOrigin

  init(role: AssumedRole, configuration: AWSConfiguration, profile: String) {
    self.role = role
    self.configuration = configuration
    // The role is renewed by itself: when it has expired, what assumes it has.
    let base = configuration.credentials.origin
    origin = CredentialsOrigin(
      name: "the profile '\(profile)' (the role \(role.arn), assumed by \(base.name))", remedy: base.remedy)
  }

  func fetch(http: HTTPClient, time: TimeSource) async throws -> TemporaryCredentials {
    let request = STS.AssumeRoleRequest(
      roleArn: role.arn, roleSessionName: role.sessionName(at: time.now()), durationSeconds: role.duration,
      externalId: role.externalID)
    return try await STSAnswer.read(of: role, by: configuration.credentials.origin.name) {
      try await configuration.stsClient(http: http, time: time).send(request).credentials
    }
  }
}

/// Credentials of a role for the token in a file, as EKS and CI systems write it.
///
/// https://docs.aws.amazon.com/sdkref/latest/guide/access-assume-role-web.html
struct WebIdentitySource: CredentialSource {
  let role: AssumedRole
  let tokenFile: String
  private(set) var configuration: AWSConfiguration
  let origin: CredentialsOrigin

  init(role: AssumedRole, tokenFile: String, configuration: AWSConfiguration, named name: String) {
    self.role = role
    self.tokenFile = tokenFile
    let origin = CredentialsOrigin(
      name: "\(name) (the role \(role.arn) with the web identity token \(tokenFile))",
      remedy: "let the identity provider write a new token to \(tokenFile)")
    self.origin = origin
    self.configuration = configuration
    // The request is not signed; when STS calls the token expired, this is whose it is.
    self.configuration.credentials = StaticCredentials(AWSCredentials(accessKey: "", secretKey: ""), origin: origin)
  }

  func fetch(http: HTTPClient, time: TimeSource) async throws -> TemporaryCredentials {
    // Read each time: whoever writes the file renews it.
    let request = STS.AssumeRoleWithWebIdentityRequest(
      roleArn: role.arn, roleSessionName: role.sessionName(at: time.now()),
      webIdentityToken: try SecretFile.text(tokenFile, named: "the web identity token"), durationSeconds: role.duration)
    return try await STSAnswer.read(of: role, by: "the web identity token \(tokenFile)") {
      try await configuration.stsClient(http: http, time: time).send(request).credentials
    }
  }
}

private enum STSAnswer {
  static func read(of role: AssumedRole, by whom: String, _ ask: () async throws -> STS.Credentials?) async throws
    -> TemporaryCredentials
  {
    do {
      guard let found = try await ask() else {
        throw AWSClientError.noCredentials("STS answered no credentials of the role \(role.arn)")
      }
      let keys = AWSCredentials(
        accessKey: found.accessKeyId, secretKey: found.secretAccessKey, sessionToken: found.sessionToken)
      return TemporaryCredentials(credentials: keys, expiration: found.expiration)
    } catch let error as AWSError {
      throw AWSClientError.noCredentials("the role \(role.arn) cannot be assumed by \(whom): \(error)")
    }
  }
}

extension AWSConfiguration {
  fileprivate func stsClient(http: HTTPClient, time: TimeSource) -> AWSClient {
    AWSClient(
      configuration: self, http: http, time: time,
      logger: Logger(label: "palco.credentials") { _ in SwiftLogNoOpLogHandler() })
  }
}
