import Foundation

extension AWSConfiguration {
  /// Finds region, endpoints and credentials as the AWS CLI does.
  ///
  /// - Region: the argument, `AWS_REGION`, `AWS_DEFAULT_REGION`, the profile.
  /// - Endpoint: the argument, `AWS_ENDPOINT_URL_<SERVICE>`, `AWS_ENDPOINT_URL`, the profile's `services` section,
  ///   its `endpoint_url`; only the argument when `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` is `true`. Else AWS's own, after
  ///   `AWS_USE_FIPS_ENDPOINT` and `AWS_USE_DUALSTACK_ENDPOINT`.
  /// - Credentials: a profile that is named by the argument; the variables `AWS_ACCESS_KEY_ID` and
  ///   `AWS_SECRET_ACCESS_KEY`; `AWS_WEB_IDENTITY_TOKEN_FILE`; the profile in the shared files (a role, IAM Identity
  ///   Center, keys, a credential process); the container endpoint; the metadata service of EC2.
  ///
  /// Nothing is asked over the network yet: what a provider cannot get is an error of the first request.
  ///
  /// https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html
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
    func flag(_ variable: String, _ setting: String) -> Bool {
      (environment[variable] ?? settings?[setting])?.lowercased() == "true"
    }
    var result = AWSConfiguration(
      region: region, endpoint: endpoint, usesFIPS: flag("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint"),
      usesDualStack: flag("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint"),
      credentials: StaticCredentials(AWSCredentials(accessKey: "", secretKey: "")))
    if endpoint == nil, !flag("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls") {
      try result.setEndpoints(environment: environment, name: name, settings: settings ?? [:], files: files)
    }
    result.credentials = try CredentialChain(environment: environment, files: files, base: result)
      .provider(profile: name, isExplicit: profile != nil)
    return result
  }

  /// How settings name the services that Palco speaks to, by signing name; variables do so in upper case.
  private static let settingNames = [
    "ecs": "ecs", "ecr": "ecr", "logs": "cloudwatch_logs", "sts": "sts", "monitoring": "cloudwatch",
    "elasticloadbalancing": "elastic_load_balancing_v2", "awsssoportal": "sso", "sso-oauth": "sso_oidc",
    "application-autoscaling": "application_auto_scaling",
    "secretsmanager": "secrets_manager", "ssm": "ssm", "s3": "s3",
  ]

  private mutating func setEndpoints(
    environment: [String: String], name: String, settings: SharedFiles.Section, files: SharedFiles
  ) throws(AWSClientError) {
    var services: SharedFiles.Section = [:]
    if let section = settings["services"] {
      guard let found = files.services(section) else {
        throw .configuration(
          "the profile '\(name)' names the services '\(section)', which are not in \(files.configPath)")
      }
      services = found
    }
    let everywhere = environment["AWS_ENDPOINT_URL"]
    for (signingName, setting) in Self.settingNames {
      let variable = "AWS_ENDPOINT_URL_\(setting.uppercased())"
      if let text = environment[variable] {
        serviceEndpoints[signingName] = try Self.url(text, from: variable)
      } else if everywhere == nil, let text = services["\(setting).endpoint_url"] {
        serviceEndpoints[signingName] = try Self.url(text, from: "endpoint_url of '\(setting)' in \(files.configPath)")
      }
    }
    if let everywhere {
      endpoint = try Self.url(everywhere, from: "AWS_ENDPOINT_URL")
    } else if let text = settings["endpoint_url"] {
      endpoint = try Self.url(text, from: "endpoint_url of the profile '\(name)'")
    }
  }

  private static func url(_ text: String, from origin: String) throws(AWSClientError) -> URL {
    guard let url = URL(string: text), ["http", "https"].contains(url.scheme), url.host()?.isEmpty == false,
      url.user() == nil
    else {
      throw .configuration("\(origin) is no URL of the form http://host:port or https://host")
    }
    return url
  }
}
