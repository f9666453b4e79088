import AWSClient
import AWSWire
import Foundation
import PalcoTestSupport
import Testing

/// Roles that STS gives credentials of.
@Suite struct RoleTests {
  /// STS as far as it is needed: the keys of a role are named after it; `denied` is nobody's.
  private let sts: @Sendable (StubHTTPServer.Request) async -> StubHTTPServer.Answer = { request in
    let form = RoleTests.fields(of: request)
    guard let action = form["Action"], let arn = form["RoleArn"] else { return .text(500, "") }
    let role = arn.split(separator: "/").last.map(String.init) ?? ""
    if role == "denied" {
      return .text(
        403, "<ErrorResponse><Error><Code>AccessDenied</Code><Message>not you</Message></Error></ErrorResponse>")
    }
    if role == "ended" {
      return .text(
        403, "<ErrorResponse><Error><Code>ExpiredToken</Code><Message>old</Message></Error></ErrorResponse>")
    }
    return .text(
      200,
      """
      <R><\(action)Result><Credentials><AccessKeyId>ROLE-\(role)</AccessKeyId><SecretAccessKey>rs</SecretAccessKey>\
      <SessionToken>rt</SessionToken><Expiration>2023-11-14T23:13:20Z</Expiration></Credentials></\(action)Result></R>
      """)
  }

  private static func fields(of request: StubHTTPServer.Request) -> [String: String] {
    var parts = URLComponents()
    parts.percentEncodedQuery = String(decoding: request.body, as: UTF8.self)
    return Dictionary(
      (parts.queryItems ?? []).map { ($0.name, $0.value ?? "") }, uniquingKeysWith: { first, _ in first })
  }

  /// The credentials of a profile, and what STS was asked.
  private func keys(
    config: String, profile: String? = "p", _ variables: [String: String] = [:], files: [String: String] = [:]
  ) async throws -> (credentials: Result<AWSCredentials, any Error>, requests: [StubHTTPServer.Request], origin: String)
  {
    try await withStub(sts) { server, http in
      try await withAWSHome(config: config) { home in
        for (path, text) in files { try home.write(path, text) }
        let variables = variables.mapValues { $0.replacing("HOME", with: home.url.path) }
          .merging(["AWS_REGION": "eu-west-1", "AWS_ENDPOINT_URL_STS": server.url.absoluteString]) { $1 }
        let provider = try home.resolve(variables, profile: profile).credentials
        let result: Result<AWSCredentials, any Error>
        do {
          result = .success(
            try await provider.credentials(http: http, time: TestClock(skipping: true).timeSource))
        } catch {
          result = .failure(error)
        }
        return (result, server.requests, provider.origin.name)
      }
    }
  }

  private let base = """

    [profile base]
    aws_access_key_id = BASE
    aws_secret_access_key = bs
    """

  @Test func aRoleIsAssumedByTheSourceProfile() async throws {
    let (credentials, requests, origin) = try await keys(
      config: """
        [profile p]
        role_arn = arn:aws:iam::1:role/r
        source_profile = base
        external_id = third party
        role_session_name = me
        duration_seconds = 900
        """ + base)
    #expect(try credentials.get() == AWSCredentials(accessKey: "ROLE-r", secretKey: "rs", sessionToken: "rt"))
    let request = try #require(requests.first)
    let form = Self.fields(of: request)
    #expect(form["Action"] == "AssumeRole" && form["ExternalId"] == "third party")
    #expect(form["RoleSessionName"] == "me" && form["DurationSeconds"] == "900")
    #expect(request.header("Authorization")?.contains("Credential=BASE/20231114/eu-west-1/sts/") == true)
    #expect(origin.contains("the profile 'p'") && origin.contains("arn:aws:iam::1:role/r"))
    #expect(origin.contains("assumed by the profile 'base'") && !origin.contains("bs"))
  }

  @Test func rolesMayBeChained() async throws {
    let (credentials, requests, _) = try await keys(
      config: """
        [profile p]
        role_arn = arn:aws:iam::1:role/outer
        source_profile = q
        [profile q]
        role_arn = arn:aws:iam::1:role/inner
        source_profile = base
        """ + base)
    #expect(try credentials.get().accessKey == "ROLE-outer")
    #expect(requests.count == 2)
    #expect(requests.last?.header("Authorization")?.contains("Credential=ROLE-inner/") == true)
    #expect(requests.last?.header("X-Amz-Security-Token") == "rt")
    #expect(requests.first.map { Self.fields(of: $0) }?["RoleSessionName"] == "palco-1700000000")
  }

  @Test func aProfileMayAssumeARoleWithItsOwnKeys() async throws {
    let (credentials, requests, _) = try await keys(
      config: """
        [profile p]
        aws_access_key_id = OWN
        aws_secret_access_key = os
        role_arn = arn:aws:iam::1:role/r
        source_profile = p
        """)
    #expect(try credentials.get().accessKey == "ROLE-r")
    #expect(requests.first?.header("Authorization")?.contains("Credential=OWN/") == true)
  }

  @Test func theEnvironmentMayAssumeARole() async throws {
    let (credentials, requests, _) = try await keys(
      config: "[profile p]\nrole_arn = arn:aws:iam::1:role/r\ncredential_source = Environment",
      ["AWS_ACCESS_KEY_ID": "ENV", "AWS_SECRET_ACCESS_KEY": "es"])
    #expect(try credentials.get().accessKey == "ROLE-r")
    #expect(requests.first?.header("Authorization")?.contains("Credential=ENV/") == true)
  }

  @Test func aWebIdentityIsSentUnsigned() async throws {
    let (credentials, requests, origin) = try await keys(
      config: "", profile: nil,
      [
        "AWS_WEB_IDENTITY_TOKEN_FILE": "HOME/token", "AWS_ROLE_ARN": "arn:aws:iam::1:role/web",
        "AWS_ROLE_SESSION_NAME": "job",
      ], files: ["token": "jwt.a.b\n"])
    #expect(try credentials.get().accessKey == "ROLE-web")
    let request = try #require(requests.first)
    let form = Self.fields(of: request)
    #expect(form["Action"] == "AssumeRoleWithWebIdentity" && form["WebIdentityToken"] == "jwt.a.b")
    #expect(form["RoleSessionName"] == "job")
    #expect(request.header("Authorization") == nil)
    #expect(!origin.contains("jwt"))
  }

  @Test func aProfileMayHaveAWebIdentity() async throws {
    try await withStub(sts) { server, http in
      try await withAWSHome { home in
        let token = try home.write("token", "one")
        try home.write(
          ".aws/config", "[profile p]\nrole_arn = arn:aws:iam::1:role/web\nweb_identity_token_file = \(token)")
        let provider = try home.resolve(
          ["AWS_REGION": "r", "AWS_ENDPOINT_URL_STS": server.url.absoluteString], profile: "p"
        ).credentials
        let clock = TestClock()
        #expect(try await provider.credentials(http: http, time: clock.timeSource).accessKey == "ROLE-web")
        // The file's token is renewed by whoever writes it; the credentials too, in time.
        try home.write("token", "two")
        clock.advance(by: .seconds(3301))
        _ = try await provider.credentials(http: http, time: clock.timeSource)
        #expect(server.requests.map { Self.fields(of: $0)["WebIdentityToken"] } == ["one", "two"])
        try FileManager.default.removeItem(atPath: token)
        clock.advance(by: .seconds(3301))
        #expect(await failure(of: provider, http, clock).contains("token cannot be read"))
      }
    }
  }

  @Test func aRoleThatIsDeniedIsNamedWithWhoAsked() async throws {
    let config = "[profile p]\nrole_arn = arn:aws:iam::1:role/denied\nsource_profile = base" + base
    let (credentials, _, _) = try await keys(config: config)
    let error = #expect(throws: AWSClientError.self) { try credentials.get() }
    #expect(error?.description.contains("arn:aws:iam::1:role/denied cannot be assumed by the profile 'base'") == true)
    #expect(error?.description.contains("AccessDenied: not you") == true)
  }

  @Test func aSourceThatHasExpiredIsNamedWithWhatToDo() async throws {
    let config = "[profile p]\nrole_arn = arn:aws:iam::1:role/ended\nsource_profile = base" + base
    let (credentials, _, _) = try await keys(config: config)
    let error = #expect(throws: AWSClientError.self) { try credentials.get() }
    #expect(error?.description.contains("the AWS credentials of the profile 'base' in ") == true)
    #expect(error?.description.contains("write new ones to ") == true)
  }

  @Test func aWebIdentityThatHasExpiredIsNamedWithWhatToDo() async throws {
    let (credentials, _, _) = try await keys(
      config: "", profile: nil,
      ["AWS_WEB_IDENTITY_TOKEN_FILE": "HOME/token", "AWS_ROLE_ARN": "arn:aws:iam::1:role/ended"],
      files: ["token": "jwt.a.b"])
    let error = #expect(throws: AWSClientError.self) { try credentials.get() }
    #expect(
      error?.description.contains("AWS credentials of the environment (the role arn:aws:iam::1:role/ended") == true)
    #expect(error?.description.contains("have expired; let the identity provider write a new token to /") == true)
    #expect(error?.description.contains("jwt") == false)
  }

  @Test(arguments: [
    ("role_arn = r\nsource_profile = base\nmfa_serial = arn:aws:iam::1:mfa/me", "a code of an MFA device"),
    ("role_arn = r", "neither source_profile nor credential_source"),
    ("role_arn = r\nsource_profile = base\ncredential_source = Environment", "only one can be"),
    ("role_arn = r\nsource_profile = gone", "the source_profile 'gone' of the profile 'p' is not in "),
    ("role_arn = r\nsource_profile = empty", "the source_profile 'empty' has no credentials"),
    ("role_arn = r\nsource_profile = q", "'p' → 'q' → 'p' are each other's source_profile"),
    ("role_arn = r\nsource_profile = base\nduration_seconds = an hour", "a number between 900 and 43200"),
    ("role_arn = r\nsource_profile = base\nduration_seconds = 60", "a number between 900 and 43200"),
    ("role_arn = r\ncredential_source = Moon", "it is Environment, EcsContainer or Ec2InstanceMetadata"),
    ("role_arn = r\ncredential_source = Environment", "credential_source Environment, which has no credentials here"),
  ])
  func whatCannotBeAssumedIsSaid(_ settings: String, _ expected: String) async throws {
    let others = "\n[profile empty]\nregion = r\n[profile q]\nrole_arn = r\nsource_profile = p" + base
    try await withAWSHome(config: "[profile p]\n" + settings + others) { home in
      let message = home.message(profile: "p")
      #expect(message.contains(expected), "\(message)")
    }
  }

  @Test func aWebIdentityNeedsARole() async throws {
    try await withAWSHome { home in
      #expect(
        home.message(["AWS_REGION": "r", "AWS_WEB_IDENTITY_TOKEN_FILE": "/t"]).contains("AWS_ROLE_ARN is not"))
    }
  }
}
