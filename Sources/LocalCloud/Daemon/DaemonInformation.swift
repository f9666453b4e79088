import Foundation

/// What a running daemon tells others about itself, in `daemon.json` of its state folder.
public struct DaemonInformation: Codable, Sendable, Equatable {
  /// The process.
  public var processIdentifier: Int32
  /// The front door's port on 127.0.0.1.
  public var port: Int
  /// The account that the cloud plays.
  public var accountID: String
  /// The region that the cloud plays.
  public var region: String
  /// When it became ready.
  public var startedAt: Date
  /// How many seconds one minute of AWS's own waiting lasts in this cloud.
  public var minuteSeconds: Double

  /// What runs the tasks, and its version: `process`, or `podman 5.2.0 (crun, cgroups v2)`.
  public var runtime: String

  /// What to put into `AWS_ENDPOINT_URL`.
  public var endpoint: String { "http://127.0.0.1:\(port)" }

  /// Makes the information.
  public init(
    processIdentifier: Int32, port: Int, accountID: String, region: String, startedAt: Date, minuteSeconds: Double,
    runtime: String
  ) {
    self.processIdentifier = processIdentifier
    self.port = port
    self.accountID = accountID
    self.region = region
    self.startedAt = startedAt
    self.minuteSeconds = minuteSeconds
    self.runtime = runtime
  }

  /// The daemon that serves a state folder now; `nil` when none does, whatever an earlier one left in the file.
  public static func ofRunning(stateDirectory: URL) -> DaemonInformation? {
    guard DaemonLock.isHeld(stateDirectory: stateDirectory),
      let data = try? Data(contentsOf: file(stateDirectory))
    else { return nil }
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    return try? decoder.decode(DaemonInformation.self, from: data)
  }

  func write(stateDirectory: URL) throws {
    let encoder = JSONEncoder()
    encoder.dateEncodingStrategy = .iso8601
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try encoder.encode(self).write(to: Self.file(stateDirectory), options: .atomic)
  }

  static func remove(stateDirectory: URL) {
    try? FileManager.default.removeItem(at: file(stateDirectory))
  }

  private static func file(_ stateDirectory: URL) -> URL {
    stateDirectory.appendingPathComponent("daemon.json")
  }
}
