import Synchronization

/// Accounts for generated traffic request by request: whatever was sent was answered well or failed, nothing else.
final class TrafficLedger: Sendable {
  /// A count of requests.
  struct Totals: Sendable, Equatable, Encodable {
    var requests = 0
    var failed = 0

    static func - (late: Totals, early: Totals) -> Totals {
      Totals(requests: late.requests - early.requests, failed: late.failed - early.failed)
    }
  }

  /// What one version did.
  struct Version: Sendable, Equatable, Encodable {
    /// Good answers.
    var answered = 0
    /// Requests that it failed.
    var failed = 0
    /// Good answers that came late.
    var slow = 0

    /// The share of its answers that failed or came late.
    var badShare: Double {
      let all = answered + failed
      return all > 0 ? Double(failed + slow) / Double(all) : 0
    }

    static func - (late: Version, early: Version) -> Version {
      Version(
        answered: late.answered - early.answered, failed: late.failed - early.failed, slow: late.slow - early.slow)
    }
  }

  /// A kind of failure.
  struct Failure: Sendable, Hashable {
    /// `HTTP 502`, or what the connection said.
    var how: String
    /// The version that answered so; nil when none did.
    var version: String?
  }

  private struct State {
    var totals = Totals()
    var failures: [Failure: Int] = [:]
    var versions: [String: Version] = [:]
  }

  private let state = Mutex(State())

  /// Notes an answer that a user would call good, or would if it had not come late, by the version that gave it.
  func answered(version: String?, isSlow: Bool = false) {
    state.withLock {
      $0.totals.requests += 1
      guard let version else { return }
      $0.versions[version, default: Version()].answered += 1
      if isSlow { $0.versions[version]?.slow += 1 }
    }
  }

  /// Notes a request that failed, how, and the version that failed it, when one answered.
  func failed(_ how: String, version: String? = nil) {
    state.withLock {
      $0.totals.requests += 1
      $0.totals.failed += 1
      $0.failures[Failure(how: how, version: version), default: 0] += 1
      if let version { $0.versions[version, default: Version()].failed += 1 }
    }
  }

  /// The counts so far.
  var totals: Totals { state.withLock { $0.totals } }

  /// The kinds of failures so far, the commonest first.
  var failures: [(failure: Failure, count: Int)] {
    state.withLock { $0.failures }.map { (failure: $0.key, count: $0.value) }
      .sorted { ($1.count, $0.failure.how) < ($0.count, $1.failure.how) }
  }

  /// What each version did.
  var versions: [String: Version] { state.withLock { $0.versions } }
}
