import Foundation

extension AWSConfiguration {
  /// Finds region, endpoint and credentials as the AWS CLI does.
  ///
  /// - Region: the argument, `AWS_REGION`, `AWS_DEFAULT_REGION`, the profile.
  /// - Endpoint: the argument, `AWS_ENDPOINT_URL_<SERVICE>`, `AWS_ENDPOINT_URL`, the profile's `endpoint_url`; the
  ///   variables and the profile not when `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` is `true`.
  /// - Credentials: a profile that is named by the argument; the variables `AWS_ACCESS_KEY_ID` and
  ///   `AWS_SECRET_ACCESS_KEY`; the profile in the shared files; the container endpoint. Roles to assume, SSO,
  ///   credential processes and the metadata service of EC2 are not here.
  ///
  /// https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
  ///
  /// - Throws: ``AWSClientError``.
  public static func resolve(
    environment: [String: String], profile: String? = nil, region: String? = nil, endpoint: URL? = nil
  ) throws -> AWSConfiguration {
    let environment = environment.filter { !$0.value.isEmpty }
    let files = try SharedFiles(environment: environment)
    let name = profile ?? environment["AWS_PROFILE"] ?? "default"
    let settings = files.profile(name)
    if settings == nil, profile != nil || environment["AWS_PROFILE"] != nil {
      throw AWSClientError.configuration(
        "there is no profile '\(name)' in \(files.configPath) or \(files.credentialsPath)")
    }
    guard
      let region = region ?? environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"] ?? settings?["region"]
    else {
      throw AWSClientError.configuration(
        "no AWS region is set; set AWS_REGION, or 'region' of the profile '\(name)' in \(files.configPath)")
    }
    var result = AWSConfiguration(
      region: region, endpoint: endpoint,
      credentials: try provider(
        environment: environment, explicitProfile: profile, name: name, settings: settings, files: files))
    if endpoint == nil, environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"]?.lowercased() != "true" {
      for (signingName, suffix) in endpointVariables {
        let variable = "AWS_ENDPOINT_URL_\(suffix)"
        result.serviceEndpoints[signingName] = try environment[variable].map { try url($0, from: variable) }
      }
      result.endpoint =
        try environment["AWS_ENDPOINT_URL"].map { try url($0, from: "AWS_ENDPOINT_URL") }
        ?? settings?["endpoint_url"].map { try url($0, from: "endpoint_url of the profile '\(name)'") }
    }
    return result
  }

  /// How the variables name the services that Palco speaks to, by signing name.
  private static let endpointVariables = [
    "ecs": "ECS", "ecr": "ECR", "logs": "CLOUDWATCH_LOGS", "sts": "STS",
    "elasticloadbalancing": "ELASTIC_LOAD_BALANCING_V2",
  ]

  private static func url(_ text: String, from origin: String) throws(AWSClientError) -> URL {
    guard let url = URL(string: text), ["http", "https"].contains(url.scheme), url.host()?.isEmpty == false,
      url.user() == nil
    else {
      throw .configuration("\(origin) is no URL of the form http://host:port or https://host")
    }
    return url
  }

  private static func provider(
    environment: [String: String], explicitProfile: String?, name: String, settings: SharedFiles.Profile?,
    files: SharedFiles
  ) throws(AWSClientError) -> any CredentialsProvider {
    // A profile that is asked for comes before the variables, as in the AWS CLI.
    if explicitProfile == nil, let key = environment["AWS_ACCESS_KEY_ID"] {
      guard let secret = environment["AWS_SECRET_ACCESS_KEY"] else {
        throw .noCredentials("AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not")
      }
      return StaticCredentials(
        AWSCredentials(accessKey: key, secretKey: secret, sessionToken: environment["AWS_SESSION_TOKEN"]))
    }
    if let settings, let key = settings["aws_access_key_id"] {
      guard let secret = settings["aws_secret_access_key"] else {
        throw .noCredentials("the profile '\(name)' has aws_access_key_id, but no aws_secret_access_key")
      }
      return StaticCredentials(
        AWSCredentials(accessKey: key, secretKey: secret, sessionToken: settings["aws_session_token"]))
    }
    let unsupported = ["role_arn", "sso_session", "sso_start_url", "credential_process", "web_identity_token_file"]
    if let found = unsupported.first(where: { settings?[$0] != nil }) {
      throw .noCredentials(
        "the profile '\(name)' uses \(found), which is not supported; export temporary credentials instead: "
          + "eval \"$(aws configure export-credentials --profile \(name) --format env)\"")
    }
    if let container = try ContainerCredentials(environment: environment) { return container }
    throw .noCredentials(
      "there are no AWS credentials: AWS_ACCESS_KEY_ID is not set, the profile '\(name)' in "
        + "\(files.credentialsPath) and \(files.configPath) has none, and no container endpoint is set")
  }
}
