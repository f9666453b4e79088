import AWSWire
import Foundation

/// Where credentials are looked for, in AWS's order: the variables, a web identity, the profile, the container
/// endpoint, the metadata service of EC2. A profile that is asked for comes before the variables.
///
/// https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
struct CredentialChain {
  /// Without empty variables.
  let environment: [String: String]
  let files: SharedFiles
  /// Region and endpoints, for STS and IAM Identity Center; its credentials stand for nothing.
  let base: AWSConfiguration

  /// The provider of a profile or of the environment.
  ///
  /// - Parameter isExplicit: Whether the profile was asked for by the caller, not by a variable.
  /// - Throws: ``AWSClientError`` when there can be none.
  func provider(profile name: String, isExplicit: Bool) throws(AWSClientError) -> any CredentialsProvider {
    if !isExplicit {
      if let found = try variables() { return found }
      if let found = try webIdentity() { return found }
    }
    if let found = try profile(name, chain: []) { return found }
    if let container = try ContainerSource(environment: environment) { return CachedCredentials(container) }
    let before =
      "there are no AWS credentials: AWS_ACCESS_KEY_ID and AWS_WEB_IDENTITY_TOKEN_FILE are not set, the profile "
      + "'\(name)' in \(files.credentialsPath) and \(files.configPath) has none, no container endpoint is set"
    let metadata = try InstanceMetadataSource(
      environment: environment, profile: files.profile(name), before: before)
    guard let metadata else {
      throw .noCredentials("\(before), and AWS_EC2_METADATA_DISABLED forbids to ask the metadata service")
    }
    return CachedCredentials(metadata)
  }

  private func variables() throws(AWSClientError) -> StaticCredentials? {
    guard let key = environment["AWS_ACCESS_KEY_ID"] else { return nil }
    guard let secret = environment["AWS_SECRET_ACCESS_KEY"] else {
      throw .noCredentials("AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not")
    }
    return StaticCredentials(
      AWSCredentials(accessKey: key, secretKey: secret, sessionToken: environment["AWS_SESSION_TOKEN"]),
      origin: CredentialsOrigin(
        name: "the environment (AWS_ACCESS_KEY_ID)",
        remedy: "set new AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, and start again"))
  }

  private func webIdentity() throws(AWSClientError) -> CachedCredentials? {
    guard let file = environment["AWS_WEB_IDENTITY_TOKEN_FILE"] else { return nil }
    guard let arn = environment["AWS_ROLE_ARN"] else {
      throw .noCredentials("AWS_WEB_IDENTITY_TOKEN_FILE is set, but AWS_ROLE_ARN is not")
    }
    return CachedCredentials(
      WebIdentitySource(
        role: AssumedRole(arn: arn, sessionName: environment["AWS_ROLE_SESSION_NAME"]), tokenFile: file,
        configuration: base, named: "the environment"))
  }

  /// The provider of a profile; `nil` when it says nothing of credentials.
  ///
  /// - Parameter chain: The profiles whose roles need this one, the first first.
  private func profile(_ name: String, chain: [String]) throws(AWSClientError) -> (any CredentialsProvider)? {
    guard let settings = files.profile(name) else {
      guard let last = chain.last else { return nil }
      throw .configuration("the source_profile '\(name)' of the profile '\(last)' is not in \(files.configPath)")
    }
    // A profile may name itself as the source of its role: then its keys are meant.
    let isItself = chain.last == name
    if !isItself, chain.contains(name) {
      throw .configuration(
        "the profiles \((chain + [name]).map { "'\($0)'" }.joined(separator: " → ")) are each other's source_profile")
    }
    if !isItself, let arn = settings["role_arn"] {
      return CachedCredentials(try role(arn, of: name, settings, chain: chain))
    }
    if settings["sso_session"] != nil || settings["sso_start_url"] != nil || settings["sso_account_id"] != nil {
      return CachedCredentials(try login(of: name, settings))
    }
    if let key = settings["aws_access_key_id"] {
      let path = files.path(ofKeysOf: name)
      guard let secret = settings["aws_secret_access_key"] else {
        throw .noCredentials("the profile '\(name)' has aws_access_key_id, but no aws_secret_access_key")
      }
      return StaticCredentials(
        AWSCredentials(accessKey: key, secretKey: secret, sessionToken: settings["aws_session_token"]),
        origin: CredentialsOrigin(
          name: "the profile '\(name)' in \(path)", remedy: "write new ones to \(path) and start again"))
    }
    if let command = settings["credential_process"] {
      return CachedCredentials(ProcessSource(command: command, profile: name, environment: environment))
    }
    guard chain.isEmpty else {
      throw .noCredentials("the source_profile '\(name)' has no credentials in \(files.credentialsPath)")
    }
    return nil
  }

  private func role(_ arn: String, of name: String, _ settings: SharedFiles.Section, chain: [String])
    throws(AWSClientError) -> any CredentialSource
  {
    if settings["mfa_serial"] != nil {
      throw .noCredentials(
        "the profile '\(name)' demands a code of an MFA device (mfa_serial), which is not asked for here; export "
          + "temporary credentials instead: eval \"$(aws configure export-credentials --profile \(name) --format env)\""
      )
    }
    let duration = settings["duration_seconds"].map { Int($0) }
    if let duration, !(900...43_200).contains(duration ?? 0) {
      throw .configuration("duration_seconds of the profile '\(name)' must be a number between 900 and 43200")
    }
    let role = AssumedRole(
      arn: arn, sessionName: settings["role_session_name"], externalID: settings["external_id"],
      duration: duration ?? nil)
    if let file = settings["web_identity_token_file"] {
      return WebIdentitySource(role: role, tokenFile: file, configuration: base, named: "the profile '\(name)'")
    }
    var configuration = base
    switch (settings["source_profile"], settings["credential_source"]) {
    case (let source?, nil):
      // It has credentials or an error: only the first profile may have none.
      guard let provider = try profile(source, chain: chain + [name]) else {
        throw .noCredentials("the source_profile '\(source)' has no credentials")
      }
      configuration.credentials = provider
    case (nil, let source?): configuration.credentials = try self.source(source, of: name)
    case (nil, nil):
      throw .configuration("the profile '\(name)' has role_arn, but neither source_profile nor credential_source")
    case (.some, .some):
      throw .configuration("the profile '\(name)' has source_profile and credential_source; only one can be")
    }
    return AssumeRoleSource(role: role, configuration: configuration, profile: name)
  }

  private func source(_ source: String, of name: String) throws(AWSClientError) -> any CredentialsProvider {
    switch source {
    case "Environment":
      if let found = try variables() { return found }
    case "EcsContainer":
      if let found = try ContainerSource(environment: environment) { return CachedCredentials(found) }
    case "Ec2InstanceMetadata":
      let found = try InstanceMetadataSource(environment: environment, profile: files.profile(name), before: nil)
      if let found { return CachedCredentials(found) }
    default:
      throw .configuration(
        "the profile '\(name)' has credential_source \(source); it is Environment, EcsContainer or Ec2InstanceMetadata")
    }
    throw .noCredentials("the profile '\(name)' has credential_source \(source), which has no credentials here")
  }

  private func login(of name: String, _ settings: SharedFiles.Section) throws(AWSClientError) -> SSOSource {
    var portal = settings
    if let session = settings["sso_session"] {
      guard let section = files.session(session) else {
        throw .configuration(
          "the profile '\(name)' names the sso-session '\(session)', which is not in \(files.configPath)")
      }
      portal.merge(section) { _, later in later }
    }
    func value(_ key: String) throws(AWSClientError) -> String {
      guard let value = portal[key] else { throw .configuration("the profile '\(name)' lacks \(key)") }
      return value
    }
    let region = try value("sso_region")
    let start = try value("sso_start_url")
    var regional = base
    regional.region = region
    let (account, role) = (try value("sso_account_id"), try value("sso_role_name"))
    let session = settings["sso_session"]
    let login = SSOLogin(
      name: session ?? start, directory: files.loginDirectory,
      renewal: session == nil ? nil : try regional.endpoint(of: Self.oidc),
      origin: SSOSource.origin(profile: name, account: account, role: role))
    return SSOSource(login: login, endpoint: try regional.endpoint(of: Self.portal), account: account, role: role)
  }

  /// The portal of IAM Identity Center, of which one operation is needed, which neither of Palco's protocols speaks.
  static let portal = AWSService(
    name: "SSO", signingName: "awsssoportal", endpointPrefix: "portal.sso",
    wireProtocol: .json(version: "1.1", targetPrefix: "SWBPortalService"))

  /// Where its logins are renewed, in one operation too.
  static let oidc = AWSService(
    name: "SSO OIDC", signingName: "sso-oauth", endpointPrefix: "oidc",
    wireProtocol: .json(version: "1.1", targetPrefix: "AWSSSOOIDCService"))
}
