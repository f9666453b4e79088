import Foundation
import Logging
import PalcoCore

/// What every service of the local cloud needs to know of the cloud it lives in.
public struct CloudContext: Sendable {
  /// The twelve-digit account that owns everything in this cloud.
  public var accountID: String
  /// The region that this cloud answers for.
  public var region: String
  /// The port of the front door on 127.0.0.1.
  public var port: Int
  /// Where the cloud keeps its files (the SQLite file, blobs, unpacked images, task output).
  public var stateDirectory: URL
  /// How long one minute of AWS's own waiting (bake time, health check interval, deregistration delay,
  /// throttling back-off) lasts here. Waiting on real programs (stop timeout, check timeout) is never scaled.
  public var minute: Duration
  /// Whether an image written `process:/path/to/program` runs that host program.
  public var allowsHostCommands: Bool
  /// The clock.
  public var time: TimeSource
  /// The source of identifiers.
  public var ids: IDSource
  /// The logger; services add their own metadata.
  public var logger: Logger

  /// Makes a context.
  public init(
    accountID: String = "000000000000", region: String = "us-east-1", port: Int, stateDirectory: URL,
    minute: Duration = .seconds(60), allowsHostCommands: Bool = false, time: TimeSource = .live,
    ids: IDSource = .live, logger: Logger
  ) {
    self.accountID = accountID
    self.region = region
    self.port = port
    self.stateDirectory = stateDirectory
    self.minute = minute
    self.allowsHostCommands = allowsHostCommands
    self.time = time
    self.ids = ids
    self.logger = logger
  }

  /// How long `seconds` of AWS's own waiting last in this cloud.
  public func scaled(seconds: Double) -> Duration { minute * (seconds / 60) }

  /// An ARN in this cloud's account and region.
  public func arn(_ service: String, _ resource: String) -> String {
    "arn:aws:\(service):\(region):\(accountID):\(resource)"
  }
}
