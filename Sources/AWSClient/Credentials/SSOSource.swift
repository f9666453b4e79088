import AWSWire
import AsyncHTTPClient
import Crypto
import Foundation
import PalcoCore

/// Credentials of a permission set of IAM Identity Center, for the login that `aws sso login` keeps in a file.
///
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html
struct SSOSource: CredentialSource {
  let origin: CredentialsOrigin
  private let login: String
  private let cacheFile: String
  private let endpoint: URL
  private let account: String
  private let role: String

  /// - Parameters:
  ///   - session: The name of the `sso-session` section, or the start URL of a profile without one.
  ///   - endpoint: The portal's.
  init(
    profile: String, session: String, account: String, role: String, endpoint: URL, cacheDirectory: String
  ) {
    let digest = Insecure.SHA1.hash(data: Data(session.utf8)).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    cacheFile = "\(cacheDirectory)/\(digest.joined()).json"
    self.endpoint = endpoint
    self.account = account
    self.role = role
    login = "run: aws sso login --profile \(profile)"
    origin = CredentialsOrigin(
      name: "the profile '\(profile)' (IAM Identity Center, \(role) in \(account))", remedy: login)
  }

  func fetch(http: HTTPClient, time: TimeSource) async throws -> TemporaryCredentials {
    let token = try token(at: time.now())
    var url = endpoint.appending(path: "federation/credentials")
    url.append(queryItems: [.init(name: "role_name", value: role), .init(name: "account_id", value: account)])
    var request = HTTPClientRequest(url: url.absoluteString)
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
    case 401: throw AWSClientError.credentialsExpired(origin: origin.name, remedy: login)
    case 403, 404:
      throw AWSClientError.noCredentials("\(service.name) does not give you the role \(role) in the account \(account)")
    default: throw AWSClientError.noCredentials("\(service.name) answered HTTP \(answer.status)")
    }
  }

  private func token(at now: Date) throws(AWSClientError) -> String {
    guard let bytes = FileManager.default.contents(atPath: cacheFile) else {
      throw .noCredentials("\(origin.name) is not logged in (there is no \(cacheFile)); \(login)")
    }
    guard let token = try? JSONDecoder().decode(Token.self, from: bytes),
      let end = CredentialDocument.date(token.expiresAt), !token.accessToken.contains(where: \.isNewline)
    else { throw .noCredentials("\(cacheFile) holds no login; \(login)") }
    guard end > now else { throw .credentialsExpired(origin: origin.name, remedy: login) }
    return token.accessToken
  }

  private struct Token: Decodable {
    var accessToken: String
    var expiresAt: String
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
