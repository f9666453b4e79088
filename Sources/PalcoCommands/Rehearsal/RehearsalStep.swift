import PalcoBlueprint
import PalcoRelease

/// One release of a rehearsal, with the traffic that was accounted for while it ran.
struct RehearsalStep: Encodable, Sendable, Listable {
  var version: String
  var environment: String
  var strategy: String
  var result: String
  var expected: String
  var seconds: Double
  /// Requests that were answered or failed while it ran; 0 where nothing served before.
  var traffic: TrafficLedger.Totals
  /// Good answers by version while it ran.
  var versions: [String: Int]
  /// Why it was taken back.
  var cause: String?

  var isAsExpected: Bool { result == expected && traffic.failed == 0 }

  static let header = ["RELEASE", "ENVIRONMENT", "STRATEGY", "RESULT", "DURATION", "REQUESTS", "FAILED"]

  var row: [String] {
    [
      version, environment, ReleaseStrategy.name(ofWire: strategy), result, Duration.seconds(seconds).text,
      String(traffic.requests), String(traffic.failed),
    ]
  }
}

/// A whole rehearsal.
struct RehearsalReport: Encodable, Sendable {
  var releases: [RehearsalStep] = []
  /// All traffic, the time between releases included.
  var traffic = TrafficLedger.Totals()
  /// How requests failed, the commonest first.
  var failures: [String] = []
  /// The version that answers in production at the end.
  var serving: String?
  var seconds = 0.0
  /// Where the environments are reached.
  var urls: [String: String] = [:]

  /// What did not go as it should; empty when the rehearsal proves what it is meant to.
  func problems(serving expected: String) -> [String] {
    var found = releases.filter { $0.result != $0.expected }.map {
      "\($0.version) to \($0.environment) ended as '\($0.result)', not as '\($0.expected)'"
        + ($0.cause.map { ": \($0)" } ?? "")
    }
    if traffic.failed > 0 {
      found.append(
        "\(traffic.failed) of \(traffic.requests) requests failed: " + failures.prefix(3).joined(separator: ", "))
    }
    if traffic.requests == 0 { found.append("no request was sent, so nothing is proven of the traffic") }
    if serving != expected { found.append("production serves \(serving ?? "nothing"), not \(expected)") }
    return found
  }
}
