import AWSWire
import AsyncHTTPClient
import Foundation
import PalcoCore

/// Credentials of a permission set of IAM Identity Center, for somebody who is logged in.
///
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html
struct SSOSource: CredentialSource {
  let login: SSOLogin
  /// The portal.
  let endpoint: URL
  let account: String
  let role: String

  var origin: CredentialsOrigin { login.origin }

  /// The origin of a profile's credentials.
  static func origin(profile: String, account: String, role: String) -> CredentialsOrigin {
    CredentialsOrigin(
      name: "the profile '\(profile)' (IAM Identity Center, \(role) in \(account))",
      remedy: "run: aws sso login --profile \(profile)")
  }

  func fetch(http: HTTPClient, time: TimeSource) async throws -> TemporaryCredentials {
    let token = try await login.token(http: http, time: time)
    // A plus in a role's name would be read as a space.
    let query = [("role_name", role), ("account_id", account)].map { name, value in
      "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? value)"
    }
    let url = endpoint.appending(path: "federation/credentials").absoluteString
    var request = HTTPClientRequest(url: "\(url)?\(query.joined(separator: "&"))")
    request.headers.add(name: "x-amz-sso_bearer_token", value: token)
    let service = CredentialEndpoint(
      name: "IAM Identity Center at \(endpoint)", http: http, time: time, limit: .seconds(30))
    let answer: AWSTransport.Answer
    do {
      answer = try await service.ask(request)
    } catch let error as ConnectionFailure {
      throw AWSClientError.unreachable(
        service: "IAM Identity Center", endpoint: endpoint.absoluteString, reason: error.reason)
    }
    switch answer.status {
    case 200:
      let found = try service.read(Answer.self, from: answer.body).roleCredentials
      let keys = AWSCredentials(
        accessKey: found.accessKeyId, secretKey: found.secretAccessKey, sessionToken: found.sessionToken)
      return TemporaryCredentials(
        credentials: keys, expiration: Date(timeIntervalSince1970: found.expiration / 1000))
    case 401: throw AWSClientError.credentialsExpired(origin: origin.name, remedy: origin.remedy)
    case 403, 404:
      throw AWSClientError.noCredentials("\(service.name) does not give you the role \(role) in the account \(account)")
    default: throw AWSClientError.noCredentials("\(service.name) answered HTTP \(answer.status)")
    }
  }

  private struct Answer: Decodable {
    struct RoleCredentials: Decodable {
      var accessKeyId: String
      var secretAccessKey: String
      var sessionToken: String
      /// Milliseconds since 1970.
      var expiration: Double
    }
    var roleCredentials: RoleCredentials
  }
}
