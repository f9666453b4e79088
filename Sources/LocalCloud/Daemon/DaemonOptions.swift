import Foundation

/// What runs the tasks of a local cloud.
public enum RuntimeKind: String, Sendable, CaseIterable {
  /// Processes of this machine, which need no container engine.
  case process
  /// Containers of Podman or Docker.
  case podman, docker
}

/// How a local cloud is to run.
public struct DaemonOptions: Sendable {
  /// The port of the front door when nothing else is asked for.
  public static let defaultPort = 4650

  /// The port of the front door on 127.0.0.1; 0 for any free one.
  public var port: Int
  /// Whether the daemon fails when the port is taken, instead of choosing another.
  public var portIsFixed: Bool
  /// Where the cloud keeps its files.
  public var stateDirectory: URL
  /// How long one minute of AWS's own waiting lasts.
  public var minute: Duration
  /// What runs the tasks.
  public var runtime: RuntimeKind
  /// Whether an image written `process:/path/to/program` runs that host program.
  public var allowsHostCommands: Bool
  /// Whether calls must be signed with the key in the file `credentials` of the state folder.
  public var verifiesSignatures: Bool
  /// Whether `POST /moto-api/reset` makes the cloud forget everything.
  public var allowsReset: Bool
  /// The region that the cloud plays.
  public var region: String
  /// The twelve-digit account that the cloud plays.
  public var accountID: String

  /// Makes options.
  public init(
    stateDirectory: URL, port: Int = DaemonOptions.defaultPort, portIsFixed: Bool = false,
    minute: Duration = .seconds(60), runtime: RuntimeKind = .process, allowsHostCommands: Bool = false,
    verifiesSignatures: Bool = false,
    allowsReset: Bool = false, region: String = "us-east-1", accountID: String = "000000000000"
  ) {
    self.stateDirectory = stateDirectory
    self.port = port
    self.portIsFixed = portIsFixed
    self.minute = minute
    self.runtime = runtime
    self.allowsHostCommands = allowsHostCommands
    self.verifiesSignatures = verifiesSignatures
    self.allowsReset = allowsReset
    self.region = region
    self.accountID = accountID
  }
}
