import AWSClient
import AWSWire
import ArgumentParser
import AsyncHTTPClient
import Foundation
import LocalCloud
import Logging
import OCIImages
import PalcoArtifacts
import PalcoBlueprint
import PalcoRelease
import PalcoTerraform

/// Which manifest and which local cloud a command means.
struct ProjectOptions: ParsableArguments {
  @OptionGroup var manifest: ManifestOptions
  @OptionGroup var state: StateOptions

  /// The project that the options name.
  ///
  /// - Throws: ``CommandError`` when the manifest has errors, which are printed.
  func load() throws -> Project {
    try Project(manifest: manifest.load(), state: state)
  }
}

/// A manifest and the folder of the local cloud that belongs to it: the one place where the parts are put together.
struct Project: Sendable {
  let manifest: Manifest
  let stateDirectory: URL

  /// The local cloud's folder is beside the manifest, unless the options or the environment name another.
  init(manifest: Manifest, state: StateOptions) {
    self.manifest = manifest
    let isNamed = state.path != nil || ProcessInfo.processInfo.environment["PALCO_STATE"]?.isEmpty == false
    stateDirectory =
      isNamed
      ? state.directory : StateOptions.directory(given: nil, environment: [:], workingDirectory: manifest.directory)
  }

  /// Everything that one environment consists of.
  ///
  /// - Throws: `UnknownEnvironment`, which lists those there are.
  func blueprint(_ environment: String) throws -> Blueprint { try manifest.blueprint(for: environment) }

  /// Everything that one environment of the local cloud consists of.
  ///
  /// - Throws: `UnknownEnvironment`, and ``CommandError`` for an environment on AWS.
  func localBlueprint(_ environment: String) throws -> Blueprint {
    let blueprint = try blueprint(environment)
    guard blueprint.target == .local else {
      throw CommandError(
        .refused,
        "'\(environment)' has `target: aws`, and this command is for the local cloud; rehearse with `target: local`")
    }
    return blueprint
  }

  /// All environments, in the order of promotion.
  func blueprints() throws -> [Blueprint] { try manifest.environments.map { try manifest.blueprint(for: $0) } }

  /// The environments of the local cloud.
  func localBlueprints() throws -> [Blueprint] { try blueprints().filter { $0.target == .local } }

  /// The way to where an environment is: the local cloud that runs now, or the region of AWS that its blueprint names.
  ///
  /// - Throws: ``CommandError`` when no local cloud runs, `AWSClientError` when there are no credentials.
  func access(to blueprint: Blueprint) throws -> CloudAccess {
    switch blueprint.target {
    case .local: try access()
    case .aws: try Self.accessOnAWS(region: blueprint.region)
    }
  }

  /// The keeper of an environment's records.
  func records(of blueprint: Blueprint, access: CloudAccess) -> RecordKeeper {
    RecordKeeper(access: access, blueprint: blueprint, folder: stateDirectory.appendingPathComponent("records"))
  }

  /// The way into the local cloud that runs now.
  ///
  /// - Throws: ``CommandError`` when none runs.
  func access() throws -> CloudAccess { try Self.access(toCloudOf: stateDirectory) }

  /// The way into the local cloud that runs on a folder.
  ///
  /// - Throws: ``CommandError`` when none runs.
  static func access(toCloudOf stateDirectory: URL) throws -> CloudAccess {
    guard let daemon = DaemonInformation.ofRunning(stateDirectory: stateDirectory) else {
      throw CommandError(
        .refused,
        "no local cloud runs on \(stateDirectory.path); start it with `palco cloud start`, "
          + "or make an environment with `palco up ENVIRONMENT`, which starts it")
    }
    return try access(to: daemon, stateDirectory: stateDirectory)
  }

  /// The way into the local cloud, which is started when it does not run.
  func accessStartingCloud(arguments: [String] = [], note: (String) -> Void) async throws -> CloudAccess {
    let launcher = DaemonLauncher(
      stateDirectory: stateDirectory, arguments: ["cloud", "run", "--state", stateDirectory.path] + arguments)
    let start = try await launcher.start()
    if !start.wasRunning { note("started the local cloud at \(start.information.endpoint)") }
    return try Self.access(to: start.information, stateDirectory: stateDirectory)
  }

  /// One client for the life of the process, as ``HTTPClient/shared`` is, but with the settings that AWS's clients want.
  private static let http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: .aws)

  private static let logger: Logger = {
    var logger = Logger(label: "palco", factory: { StreamLogHandler.standardError(label: $0) })
    logger.logLevel = .error
    return logger
  }()

  /// The way to AWS as the AWS CLI goes it: credentials, endpoints, the region unless it is given.
  static func accessOnAWS(
    region: String?, environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws -> CloudAccess {
    CloudAccess(
      aws: AWSClient(
        configuration: try AWSConfiguration.resolve(environment: environment, region: region), http: http,
        logger: logger),
      registry: { RegistryClient(endpoint: $0, authorization: $1, http: http, logger: logger) },
      ownership: .terraform,
      // Each look asks ECS and the load balancer, whose limits are the whole account's.
      pollInterval: .seconds(3), actor: actor(), logger: logger)
  }

  static func access(to daemon: DaemonInformation, stateDirectory: URL) throws -> CloudAccess {
    let configuration = AWSConfiguration(
      region: daemon.region, endpoint: URL(string: daemon.endpoint), credentials: try credentials(stateDirectory))
    return CloudAccess(
      aws: AWSClient(configuration: configuration, http: http, logger: logger),
      registry: { RegistryClient(endpoint: $0, authorization: $1, http: http, logger: logger) },
      // The local cloud has no VPC and no roles; these stand where AWS's own would.
      ownership: .palco(
        CloudAccess.Placement(
          vpcID: "vpc-00000000000000001", subnets: ["subnet-00000000000000001", "subnet-00000000000000002"],
          securityGroups: ["sg-00000000000000001"],
          infrastructureRoleARN: "arn:aws:iam::\(daemon.accountID):role/palco-ecs-infrastructure")),
      pollInterval: .milliseconds(150), minute: .seconds(daemon.minuteSeconds),
      actor: actor(), logger: logger)
  }

  /// The key of the local cloud: its own file when it verifies signatures, any key else.
  private static func credentials(_ stateDirectory: URL) throws -> any CredentialsProvider {
    let file = stateDirectory.appendingPathComponent("credentials")
    guard FileManager.default.fileExists(atPath: file.path) else {
      return StaticCredentials(AWSCredentials(accessKey: "palco", secretKey: "palco"))
    }
    let environment = ["AWS_SHARED_CREDENTIALS_FILE": file.path, "AWS_CONFIG_FILE": "/dev/null"]
    return try AWSConfiguration.resolve(environment: environment, profile: nil, region: "us-east-1", endpoint: nil)
      .credentials
  }

  private static func actor() -> String {
    let host = ProcessInfo.processInfo.hostName.split(separator: ".").first.map(String.init) ?? "unknown"
    let text = "\(NSUserName())@\(host)"
    // What a tag of AWS may hold.
    return String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber || "._-@".contains($0)) ? $0 : "-" }.prefix(128))
  }
}

extension CommandError {
  /// The errors of other rooms as commands report them; `nil` for those that ArgumentParser knows.
  init?(_ error: any Error) {
    switch error {
    case let error as CommandError: self = error
    case let error as ReleaseError: self.init(Self.status(of: error.code), error.message)
    case let error as OCIImageError: self.init(.failure, error.message)
    case let error as AWSError: self.init(.failure, "the cloud refused: \(error.code): \(error.message)")
    case let error as AWSClientError: self.init(.failure, error.description)
    case let error as RegistryError: self.init(.failure, error.description)
    case let error as UnknownEnvironment: self.init(.usage, error.description)
    case let error as TerraformError: self.init(Self.status(of: error.code), error.message)
    case let error as ArtifactError: self.init(.refused, error.description)
    case let error as DaemonError: self.init(.failure, error.description)
    case let error as StoreError: self.init(.failure, error.description)
    case is CancellationError: self.init(.stopped, "interrupted")
    default: return nil
    }
  }

  private static func status(of code: TerraformError.Code) -> ExitStatus {
    switch code {
    case .toolMissing, .locked: .refused
    case .interrupted: .stopped
    case .failed, .stateInDoubt, .unreadable: .failure
    }
  }

  private static func status(of code: ReleaseError.Code) -> ExitStatus {
    switch code {
    case .environmentMissing, .imageMissing, .builderMissing, .noRelease, .noRecord, .busy: .refused
    case .buildFailed, .portUnavailable, .timedOut, .unexpectedAnswer: .failure
    }
  }
}
