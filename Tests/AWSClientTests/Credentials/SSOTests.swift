import AWSClient
import Foundation
import PalcoTestSupport
import Testing

@Suite struct SSOTests {
  /// The file names are what `printf %s NAME | sha1sum` prints.
  private let sessionFile = ".aws/sso/cache/e274eeff768c6396088ec6eb091f4bf4d47ab1e0.json"
  private let startFile = ".aws/sso/cache/19aabcacc95f752e6b4e0978c9b2a1691b58f5e0.json"
  private let config = """
    [profile p]
    region = eu-west-1
    sso_session = work
    sso_account_id = 111122223333
    sso_role_name = Admin-Ops+
    [sso-session work]
    sso_region = eu-central-1
    sso_start_url = https://work.awsapps.com/start
    [profile old]
    region = eu-west-1
    sso_start_url = https://work.awsapps.com/start
    sso_region = eu-central-1
    sso_account_id = 111122223333
    sso_role_name = Admin-Ops+
    """

  private func token(_ end: String) -> String { #"{"accessToken":"l0gin","expiresAt":"\#(end)","region":"x"}"# }

  private let portal: @Sendable (StubHTTPServer.Request) async -> StubHTTPServer.Answer = { request in
    guard request.header("x-amz-sso_bearer_token") == "l0gin" else {
      return .text(401, #"{"message":"Session token not found or invalid"}"#)
    }
    guard request.target == "/federation/credentials?role_name=Admin%2DOps%2B&account_id=111122223333" else {
      return .text(403, "")
    }
    return .text(
      200,
      #"{"roleCredentials":{"accessKeyId":"S","secretAccessKey":"ss","sessionToken":"st","expiration":1700003600000}}"#)
  }

  /// What a profile gives with a file in the cache.
  private func result(_ profile: String, file: String?, _ text: String) async throws -> String {
    try await withStub(portal) { server, http in
      try await withAWSHome(config: config) { home in
        if let file { try home.write(file, text) }
        let provider = try home.resolve(["AWS_ENDPOINT_URL_SSO": server.url.absoluteString], profile: profile)
          .credentials
        do {
          let keys = try await provider.credentials(http: http, time: TestClock(skipping: true).timeSource)
          return "\(keys.accessKey) \(keys.secretKey) \(keys.sessionToken ?? "")"
        } catch {
          return "\(error)"
        }
      }
    }
  }

  @Test func theLoginOfASessionGivesTheRole() async throws {
    #expect(try await result("p", file: sessionFile, token("2023-11-14T23:00:00Z")) == "S ss st")
  }

  @Test func theLoginOfAStartURLToo() async throws {
    #expect(try await result("old", file: startFile, token("2023-11-14T23:00:00UTC")) == "S ss st")
  }

  @Test func whoIsNotLoggedInIsToldHow() async throws {
    let none = try await result("p", file: nil, "")
    #expect(none.contains("is not logged in") && none.hasSuffix("run: aws sso login --profile p"))
    let old = try await result("p", file: sessionFile, token("2023-11-14T22:00:00Z"))
    #expect(old.contains("the profile 'p'") && old.hasSuffix("have expired; run: aws sso login --profile p"))
    let broken = try await result("p", file: sessionFile, #"{"accessToken":"l0gin"}"#)
    #expect(broken.contains("holds no login") && !broken.contains("l0gin"))
    let revoked = try await result("p", file: sessionFile, token("2023-11-14T23:00:00Z").replacing("l0gin", with: "x"))
    #expect(revoked.hasSuffix("have expired; run: aws sso login --profile p"))
  }

  /// A login that ends in a minute and may be renewed; what the portal and the file have afterwards.
  private func renewal(
    profile: String = "p", registration: String = "2024-01-01T00:00:00Z", ended: Bool = false,
    _ answer: StubHTTPServer.Answer
  ) async throws -> (result: String, requests: [StubHTTPServer.Request], file: [String: String]) {
    let portal = portal
    return try await withStub({ $0.target == "/token" ? answer : await portal($0) }) { server, http in
      try await withAWSHome(config: config) { home in
        let end = ended ? "2023-11-14T22:13:00Z" : "2023-11-14T22:14:20Z"
        let file = try home.write(
          profile == "p" ? sessionFile : startFile,
          #"{"accessToken":"\#(ended ? "old" : "l0gin")","expiresAt":"\#(end)","refreshToken":"r1","clientId":"c","#
            + #""clientSecret":"cs","registrationExpiresAt":"\#(registration)","startUrl":"https://x"}"#)
        let endpoint = server.url.absoluteString
        let provider = try home.resolve(
          ["AWS_ENDPOINT_URL_SSO": endpoint, "AWS_ENDPOINT_URL_SSO_OIDC": endpoint], profile: profile
        ).credentials
        let result: String
        do {
          result = try await provider.credentials(http: http, time: TestClock(skipping: true).timeSource).accessKey
        } catch {
          result = "\(error)"
        }
        let kept = try JSONDecoder().decode([String: String].self, from: Data(contentsOf: URL(filePath: file)))
        #expect(try FileManager.default.contentsOfDirectory(atPath: home.url.path + "/.aws/sso/cache").count == 1)
        return (result, server.requests, kept)
      }
    }
  }

  private let renewed = StubHTTPServer.Answer.text(
    200, #"{"accessToken":"l0gin","expiresIn":3600,"refreshToken":"r2","tokenType":"Bearer"}"#)

  @Test func aLoginThatIsAboutToEndIsRenewedAndKept() async throws {
    for ended in [false, true] {
      let (result, requests, file) = try await renewal(ended: ended, renewed)
      #expect(result == "S")
      let request = try #require(requests.first)
      #expect(requests.count == 2 && request.method == "POST")
      #expect(
        try JSONDecoder().decode([String: String].self, from: request.body)
          == ["clientId": "c", "clientSecret": "cs", "grantType": "refresh_token", "refreshToken": "r1"])
      #expect(file["accessToken"] == "l0gin" && file["refreshToken"] == "r2")
      #expect(file["expiresAt"] == "2023-11-14T23:13:20Z" && file["startUrl"] == "https://x")
    }
  }

  @Test func aLoginThatCannotBeRenewedIsUsedToItsEnd() async throws {
    let refused = StubHTTPServer.Answer.text(400, #"{"error":"invalid_grant"}"#)
    let (result, requests, file) = try await renewal(refused)
    #expect(result == "S" && requests.count == 2 && file["refreshToken"] == "r1")
    let (late, _, _) = try await renewal(ended: true, refused)
    #expect(late.hasSuffix("have expired; run: aws sso login --profile p"))
    // The registration of the AWS CLI has ended, or the login is of the kind that has none.
    let (unregistered, unsent, _) = try await renewal(registration: "2023-01-01T00:00:00Z", renewed)
    #expect(unregistered == "S" && unsent.count == 1)
    let (legacy, one, _) = try await renewal(profile: "old", renewed)
    #expect(legacy == "S" && one.count == 1)
  }

  @Test func aRoleThatIsNotGivenIsNamed() async throws {
    try await withStub(script([.text(403, "")])) { server, http in
      try await withAWSHome(config: config) { home in
        try home.write(sessionFile, token("2023-11-14T23:00:00Z"))
        let provider = try home.resolve(["AWS_ENDPOINT_URL_SSO": server.url.absoluteString], profile: "p").credentials
        let message = await failure(of: provider, http)
        #expect(message.contains("does not give you the role Admin-Ops+ in the account 111122223333"))
      }
    }
  }

  @Test(arguments: [
    ("sso_session = gone\nsso_account_id = 1\nsso_role_name = r", "the sso-session 'gone', which is not in"),
    ("sso_start_url = https://x\nsso_account_id = 1\nsso_role_name = r", "lacks sso_region"),
    ("sso_start_url = https://x\nsso_region = eu-west-1\nsso_role_name = r", "lacks sso_account_id"),
    ("sso_start_url = https://x\nsso_region = evil.example/\nsso_account_id = 1\nsso_role_name = r", "no AWS region"),
  ])
  func whatIsMissingIsNamed(_ settings: String, _ expected: String) async throws {
    try await withAWSHome(config: "[profile p]\nregion = r\n\(settings)") { home in
      #expect(home.message(profile: "p").contains(expected))
    }
  }
}
