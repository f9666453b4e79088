import Foundation
import LocalCloud

/// What commands tell of a local cloud, for people and machines.
struct CloudState: Encodable, Sendable, Equatable {
  var running: Bool
  var state: String
  var endpoint: String?
  var port: Int?
  var processIdentifier: Int32?
  var account: String?
  var region: String?
  var startedAt: Date?
  var minuteSeconds: Double?
  var runtime: String?

  /// A cloud that runs.
  init(_ information: DaemonInformation, stateDirectory: URL) {
    running = true
    state = stateDirectory.path
    endpoint = information.endpoint
    port = information.port
    processIdentifier = information.processIdentifier
    account = information.accountID
    region = information.region
    startedAt = information.startedAt
    minuteSeconds = information.minuteSeconds
    runtime = information.runtime
  }

  /// A cloud that does not run.
  init(stoppedAt stateDirectory: URL) {
    running = false
    state = stateDirectory.path
  }

  /// The shell commands that point AWS clients at a cloud.
  static func exports(_ information: DaemonInformation, stateDirectory: URL, verified: Bool) -> String {
    let credentials =
      verified
      ? ["AWS_SHARED_CREDENTIALS_FILE='\(stateDirectory.appendingPathComponent("credentials").path)'"]
      : ["AWS_ACCESS_KEY_ID=palco", "AWS_SECRET_ACCESS_KEY=palco"]
    return (["AWS_ENDPOINT_URL=\(information.endpoint)", "AWS_REGION=\(information.region)"] + credentials)
      .map { "export \($0)" }.joined(separator: "\n")
  }

  /// The lines for people.
  func text(now: Date) -> String {
    guard let endpoint, let processIdentifier, let startedAt, let minuteSeconds, let runtime else {
      return "no local cloud runs on \(state); start one with `palco cloud start`"
    }
    let since = startedAt.formatted(.iso8601)
    return [
      "endpoint  \(endpoint)", "process   \(processIdentifier)",
      "since     \(since) (\(Self.age(startedAt, now: now)))",
      "minute    \(DurationArgument(.seconds(minuteSeconds)))", "runtime   \(runtime)",
      "state     \(state)",
    ].joined(separator: "\n")
  }

  private static func age(_ start: Date, now: Date) -> String {
    let seconds = Int(max(0, now.timeIntervalSince(start)))
    switch seconds {
    case ..<60: return "\(seconds) s"
    case ..<3600: return "\(seconds / 60) min"
    case ..<86_400: return "\(seconds / 3600) h \(seconds % 3600 / 60) min"
    default: return "\(seconds / 86_400) d \(seconds % 86_400 / 3600) h"
    }
  }
}
