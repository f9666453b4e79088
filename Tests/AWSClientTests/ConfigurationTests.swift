import AWSClient
import AWSWire
import Foundation
import PalcoTestSupport
import Testing

@Suite struct ConfigurationTests {
  /// Resolves in a home folder with the files that are given.
  private func resolve(
    _ variables: [String: String] = [:], config: String? = nil, credentials: String? = nil, profile: String? = nil,
    region: String? = nil, endpoint: URL? = nil
  ) async throws -> AWSConfiguration {
    try await withAWSHome(config: config, credentials: credentials) {
      try $0.resolve(variables, profile: profile, region: region, endpoint: endpoint)
    }
  }

  private func keys(_ configuration: AWSConfiguration) async throws -> AWSCredentials {
    try await withHTTPClient { try await configuration.credentials.credentials(http: $0, time: .live) }
  }

  private let variables = ["AWS_ACCESS_KEY_ID": "ENV", "AWS_SECRET_ACCESS_KEY": "es", "AWS_REGION": "eu-west-1"]
  private let config = """
    # comment
    [default]
    region = eu-central-1
    [profile work]
    region=us-east-2
    endpoint_url = http://127.0.0.1:9
    s3 =
      addressing_style = path
    [sso-session x]
    sso_region = us-east-1
    """
  private let credentials = """
    [default]
    aws_access_key_id = DEF
    aws_secret_access_key = ds=with=signs
    [work]
    AWS_ACCESS_KEY_ID = WORK
    aws_secret_access_key = ws
    aws_session_token = wt
    """

  @Test func variablesComeBeforeTheDefaultProfile() async throws {
    let result = try await resolve(
      variables.merging(["AWS_SESSION_TOKEN": "et"]) { $1 }, config: config, credentials: credentials)
    #expect(try await keys(result) == AWSCredentials(accessKey: "ENV", secretKey: "es", sessionToken: "et"))
    #expect(result.region == "eu-west-1" && result.endpoint == nil)
  }

  @Test func aProfileThatIsAskedForComesBeforeVariables() async throws {
    let result = try await resolve(variables, config: config, credentials: credentials, profile: "work")
    #expect(try await keys(result) == AWSCredentials(accessKey: "WORK", secretKey: "ws", sessionToken: "wt"))
    #expect(result.region == "eu-west-1")
    #expect(result.endpoint?.absoluteString == "http://127.0.0.1:9")
  }

  @Test func filesAreReadByTheProfileOfTheEnvironment() async throws {
    let byDefault = try await resolve(config: config, credentials: credentials)
    #expect(try await keys(byDefault) == AWSCredentials(accessKey: "DEF", secretKey: "ds=with=signs"))
    #expect(byDefault.region == "eu-central-1")
    let named = try await resolve(["AWS_PROFILE": "work"], config: config, credentials: credentials)
    #expect(named.region == "us-east-2")
    #expect(try await keys(named).accessKey == "WORK")
  }

  @Test func theRegionFallsBackInOrder() async throws {
    let both = variables.merging(["AWS_DEFAULT_REGION": "ap-south-1"]) { $1 }
    #expect(try await resolve(both, region: "sa-east-1").region == "sa-east-1")
    #expect(try await resolve(both).region == "eu-west-1")
    #expect(try await resolve(both.filter { $0.key != "AWS_REGION" }).region == "ap-south-1")
    // An empty variable is none.
    #expect(try await resolve(both.merging(["AWS_REGION": ""]) { $1 }).region == "ap-south-1")
  }

  @Test func endpointsAreOfTheServiceThenOfAll() async throws {
    let result = try await resolve(
      variables.merging([
        "AWS_ENDPOINT_URL": "http://127.0.0.1:4650", "AWS_ENDPOINT_URL_ECS": "http://127.0.0.1:1",
        "AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2": "http://127.0.0.1:2",
      ]) { $1 })
    #expect(try result.endpoint(of: ECS.service).port == 1)
    #expect(try result.endpoint(of: ELBv2.service).port == 2)
    #expect(try result.endpoint(of: ECR.service).port == 4650)
    let explicit = try await resolve(
      variables.merging(["AWS_ENDPOINT_URL_ECS": "http://127.0.0.1:1"]) { $1 },
      endpoint: URL(string: "http://127.0.0.1:3"))
    #expect(try explicit.endpoint(of: ECS.service).port == 3)
    let ignoring = try await resolve(
      variables.merging(["AWS_ENDPOINT_URL": "http://127.0.0.1:1", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"]) {
        $1
      })
    #expect(try ignoring.endpoint(of: ECR.service).absoluteString == "https://api.ecr.eu-west-1.amazonaws.com")
  }

  @Test func whatCannotBeUsedIsSaid() async throws {
    func message(
      _ variables: [String: String], config: String? = nil, credentials: String? = nil, profile: String? = nil
    ) async -> String {
      do {
        _ = try await resolve(variables, config: config, credentials: credentials, profile: profile)
        return ""
      } catch {
        return "\(error)"
      }
    }
    #expect(await message([:]).contains("AWS_REGION"))
    #expect(await message(["AWS_REGION": "r"]).contains("there are no AWS credentials"))
    #expect(await message(variables, profile: "nobody").contains("no profile 'nobody'"))
    #expect(
      await message(["AWS_REGION": "r", "AWS_ACCESS_KEY_ID": "a"]).contains("AWS_SECRET_ACCESS_KEY is not"))
    #expect(await message(variables.merging(["AWS_ENDPOINT_URL": "ftp://a"]) { $1 }).contains("AWS_ENDPOINT_URL is no"))
    let broken = await message(variables, credentials: "[default]\naws_secret_access_key s3cret")
    #expect(broken.contains("credentials:2:") && !broken.contains("s3cret"))
    #expect(await message(variables, config: "[default").contains("config:1: the section has no ']'"))
  }

  @Test func aServicesSectionNamesEndpointsByService() async throws {
    let config = """
      [default]
      services = local
      endpoint_url = http://127.0.0.1:9
      [services local]
      ecs =
        endpoint_url = http://127.0.0.1:1
      cloudwatch_logs =
        endpoint_url = http://127.0.0.1:2
      """
    let result = try await resolve(variables, config: config)
    #expect(try result.endpoint(of: ECS.service).port == 1)
    #expect(try result.endpoint(of: Logs.service).port == 2)
    #expect(try result.endpoint(of: ECR.service).port == 9)
    // A variable, also that of all services, comes before the file.
    let single = try await resolve(
      variables.merging(["AWS_ENDPOINT_URL_ECS": "http://127.0.0.1:3"]) { $1 }, config: config)
    #expect(try single.endpoint(of: ECS.service).port == 3)
    let all = try await resolve(variables.merging(["AWS_ENDPOINT_URL": "http://127.0.0.1:4"]) { $1 }, config: config)
    #expect(try all.endpoint(of: ECS.service).port == 4)
    let ignoring = try await resolve(
      variables, config: config.replacing("[services", with: "ignore_configured_endpoint_urls = true\n[services"))
    #expect(try ignoring.endpoint(of: ECS.service).host() == "ecs.eu-west-1.amazonaws.com")
    await #expect(throws: AWSClientError.self) {
      try await resolve(variables, config: "[default]\nservices = nowhere")
    }
  }

  @Test func kindsOfEndpointsAreSet() async throws {
    let variable = try await resolve(variables.merging(["AWS_USE_FIPS_ENDPOINT": "true"]) { $1 })
    #expect(try variable.endpoint(of: ECS.service).host() == "ecs-fips.eu-west-1.amazonaws.com")
    let setting = try await resolve(variables, config: "[default]\nuse_dualstack_endpoint = true")
    #expect(try setting.endpoint(of: ECR.service).host() == "ecr.eu-west-1.api.aws")
    let both = try await resolve(
      variables.merging(["AWS_USE_DUALSTACK_ENDPOINT": "false"]) { $1 },
      config: "[default]\nuse_dualstack_endpoint = true")
    #expect(!both.usesDualStack)
  }

  @Test(arguments: [
    "http://evil.example/c", "http://127.evil.example/c", "http://10.0.0.1/c", "ftp://127.0.0.1/c", "x",
  ])
  func credentialsAreAskedFromNoStranger(_ url: String) async throws {
    await #expect(throws: AWSClientError.self) {
      try await resolve(["AWS_CONTAINER_CREDENTIALS_FULL_URI": url, "AWS_REGION": "r"])
    }
  }
}
