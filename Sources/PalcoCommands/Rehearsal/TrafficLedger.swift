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

  private struct State {
    var totals = Totals()
    var failures: [String: Int] = [:]
    var versions: [String: Int] = [:]
  }

  private let state = Mutex(State())

  /// Notes an answer that a user would call good, by the version that gave it.
  func answered(version: String?) {
    state.withLock {
      $0.totals.requests += 1
      if let version { $0.versions[version, default: 0] += 1 }
    }
  }

  /// Notes a request that failed, and how.
  func failed(_ how: String) {
    state.withLock {
      $0.totals.requests += 1
      $0.totals.failed += 1
      $0.failures[how, default: 0] += 1
    }
  }

  /// The counts so far.
  var totals: Totals { state.withLock { $0.totals } }

  /// The kinds of failures so far, the commonest first.
  var failures: [(how: String, count: Int)] {
    state.withLock { $0.failures }.map { (how: $0.key, count: $0.value) }
      .sorted { ($1.count, $0.how) < ($0.count, $1.how) }
  }

  /// Good answers by version.
  var versions: [String: Int] { state.withLock { $0.versions } }
}
