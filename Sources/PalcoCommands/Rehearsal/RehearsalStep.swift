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
  /// Answers by version while it ran.
  var versions: [String: TrafficLedger.Version]
  /// Why it was taken back.
  var cause: String?
  /// What fixed rules would have let through.
  var comparison: Comparison?

  /// A release that was judged, beside rules that do not compare.
  struct Comparison: Encodable, Sendable {
    /// An alarm at 1 % for two minutes.
    var alarm: FixedRules.Cost
    /// A check of 1 % that may fail four times.
    var check: FixedRules.Cost
  }

  /// Requests that its own version failed or answered late.
  var harmed: Int { versions[version].map { $0.failed + $0.slow } ?? 0 }

  static let header = ["RELEASE", "ENVIRONMENT", "STRATEGY", "RESULT", "DURATION", "REQUESTS", "FAILED", "SLOW"]

  var row: [String] {
    [
      version, environment, strategy, result, Duration.seconds(seconds).text,
      String(traffic.requests), String(traffic.failed), String(versions.values.reduce(0) { $0 + $1.slow }),
    ]
  }

  /// What it cost beside what others would have let it cost; nil for a release that was not made to be bad.
  var price: String? {
    guard let comparison else { return nil }
    func text(_ cost: FixedRules.Cost) -> String {
      "\(Int(cost.harmed.rounded())) (\(cost.minutes.map { "after \(Int($0.rounded())) min" } ?? "never noticed"))"
    }
    return "\(version) harmed \(harmed) requests in \(Duration.seconds(seconds).text). LINEAR at the same rates: "
      + "\(text(comparison.alarm)) with an alarm at 1 % for 2 minutes, "
      + "\(text(comparison.check)) with a check at 1 % that may fail 4 times"
  }
}

/// A whole rehearsal.
struct RehearsalReport: Encodable, Sendable {
  var releases: [RehearsalStep] = []
  /// All traffic, the time between releases included.
  var traffic = TrafficLedger.Totals()
  /// How requests failed that no version was made to fail, the commonest first.
  var failures: [Failure] = []
  /// The version that answers in production at the end.
  var serving: String?
  var seconds = 0.0
  /// How long a minute of AWS's lasted, in seconds.
  var minute: Double?
  /// Where the environments are reached.
  var urls: [String: String] = [:]

  /// A kind of failure.
  struct Failure: Encodable, Sendable, Equatable {
    var count: Int
    var how: String
  }

  /// How long the last release took, beside LINEAR with AWS's defaults.
  var speed: String? {
    guard let last = releases.last, last.result == ReleaseOutcome.released.name, let minute else { return nil }
    return
      "\(last.version) went through in \(Int((last.seconds / minute).rounded())) minutes of this cloud; LINEAR takes "
      + "\(FixedRules.minutes) and what it takes to start tasks"
  }

  /// What did not go as it should; empty when the rehearsal proves what it is meant to.
  func problems(serving expected: String) -> [String] {
    var found = releases.filter { $0.result != $0.expected }.map {
      "\($0.version) to \($0.environment) ended as '\($0.result)', not as '\($0.expected)'"
        + ($0.cause.map { ": \($0)" } ?? "")
    }
    let failed = failures.reduce(0) { $0 + $1.count }
    if failed > 0 {
      found.append(
        "\(failed) of \(traffic.requests) requests failed that no version was made to fail: "
          + failures.prefix(3).map { "\($0.count) × \($0.how)" }.joined(separator: ", "))
    }
    if traffic.requests == 0 { found.append("no request was sent, so nothing is proven of the traffic") }
    if serving != expected { found.append("production serves \(serving ?? "nothing"), not \(expected)") }
    return found
  }
}
