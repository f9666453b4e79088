import AWSWire
import AsyncHTTPClient
import Crypto
import Foundation
import NIOCore
import PalcoCore

/// The login that `aws sso login` keeps in a file, and renews while the session holds.
///
/// https://docs.aws.amazon.com/sdkref/latest/guide/understanding-sso.html
struct SSOLogin: Sendable {
  /// Where the token is kept.
  let file: String
  /// Where tokens are renewed; `nil` for a login without a session, which cannot be.
  let renewal: URL?
  let origin: CredentialsOrigin

  /// A token that ends within so many seconds is renewed.
  private static let margin: TimeInterval = 300

  /// - Parameters:
  ///   - name: The name of the `sso-session` section, or the start URL of a profile without one.
  ///   - directory: Where the AWS CLI keeps its logins.
  init(name: String, directory: String, renewal: URL?, origin: CredentialsOrigin) {
    let digest = Insecure.SHA1.hash(data: Data(name.utf8)).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    file = "\(directory)/\(digest.joined()).json"
    self.renewal = renewal
    self.origin = origin
  }

  /// The token, renewed when it is about to end.
  ///
  /// - Throws: ``AWSClientError`` for a login that is not there or has ended.
  func token(http: HTTPClient, time: TimeSource) async throws -> String {
    guard let bytes = FileManager.default.contents(atPath: file) else {
      throw AWSClientError.noCredentials("\(origin.name) is not logged in (there is no \(file)); \(origin.remedy)")
    }
    guard let login = try? JSONDecoder().decode(Login.self, from: bytes),
      let end = CredentialDocument.date(login.expiresAt), Self.isToken(login.accessToken)
    else { throw AWSClientError.noCredentials("\(file) holds no login; \(origin.remedy)") }
    let now = time.now()
    if end > now + Self.margin { return login.accessToken }
    if let renewed = try await renewed(login, kept: bytes, http: http, time: time) { return renewed }
    guard end > now else { throw AWSClientError.credentialsExpired(origin: origin.name, remedy: origin.remedy) }
    return login.accessToken
  }

  /// A new token, which is kept for the AWS CLI too; `nil` when none is given.
  ///
  /// https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_CreateToken.html
  private func renewed(_ login: Login, kept bytes: Data, http: HTTPClient, time: TimeSource) async throws -> String? {
    guard let renewal, let refreshToken = login.refreshToken, let client = login.clientId,
      let secret = login.clientSecret,
      let end = login.registrationExpiresAt.flatMap(CredentialDocument.date), end > time.now()
    else { return nil }
    var request = HTTPClientRequest(url: renewal.appending(path: "token").absoluteString)
    request.method = .POST
    request.headers.add(name: "Content-Type", value: "application/json")
    let body = [
      "clientId": client, "clientSecret": secret, "grantType": "refresh_token", "refreshToken": refreshToken,
    ]
    request.body = .bytes(ByteBuffer(bytes: try JSONEncoder().encode(body)))
    // A refresh token is good for once: the request is not repeated.
    guard let answer = try? await http.answer(to: request, within: .seconds(30)), answer.status == 200,
      let token = try? JSONDecoder().decode(Renewed.self, from: answer.body), Self.isToken(token.accessToken)
    else {
      try Task.checkCancellation()
      return nil
    }
    try keep(token, over: bytes, at: time.now())
    return token.accessToken
  }

  /// Writes the new token to the file, with everything else that the AWS CLI keeps there.
  private func keep(_ token: Renewed, over bytes: Data, at now: Date) throws {
    var members = (try? JSONSerialization.jsonObject(with: bytes) as? [String: Any]) ?? [:]
    members["accessToken"] = token.accessToken
    members["expiresAt"] = (now + TimeInterval(token.expiresIn)).formatted(.iso8601)
    if let refreshToken = token.refreshToken { members["refreshToken"] = refreshToken }
    do {
      let written = "\(file).\(ProcessInfo.processInfo.processIdentifier)"
      let data = try JSONSerialization.data(withJSONObject: members, options: [.sortedKeys])
      // Nobody but the owner may read it at any moment.
      guard FileManager.default.createFile(atPath: written, contents: data, attributes: [.posixPermissions: 0o600]),
        rename(written, file) == 0
      else { throw CocoaError(.fileWriteUnknown) }
    } catch {
      throw AWSClientError.configuration("\(file) cannot be written; the login of \(origin.name) is lost with it")
    }
  }

  /// Whether a text can be sent in a header field.
  private static func isToken(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f }
  }

  private struct Login: Decodable {
    var accessToken: String
    var expiresAt: String
    var refreshToken: String?
    var clientId: String?
    var clientSecret: String?
    var registrationExpiresAt: String?
  }

  private struct Renewed: Decodable {
    var accessToken: String
    /// Seconds.
    var expiresIn: Int
    var refreshToken: String?
  }
}
