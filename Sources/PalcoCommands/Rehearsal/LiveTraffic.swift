import AsyncHTTPClient
import NIOCore

/// Traffic to the environments of a rehearsal, from the first release of each on.
final class LiveTraffic: Sendable {
  /// Where one environment stands.
  struct Mark: Sendable {
    var totals: TrafficLedger.Totals
    var versions: [String: TrafficLedger.Version]
  }

  /// From when on an answer is late: what Pulse promises. Half a second can be the doing of a busy machine.
  static let patience = Duration.seconds(1)

  private let ledgers: [String: TrafficLedger]
  private let client: HTTPClient

  init(environments: [String], client: HTTPClient) {
    ledgers = Dictionary(uniqueKeysWithValues: environments.map { ($0, TrafficLedger()) })
    self.client = client
  }

  /// Settings of a client that measures: a connection that fails is a failed request, not one to try again.
  static var clientConfiguration: HTTPClient.Configuration {
    var configuration = HTTPClient.Configuration(
      timeout: .init(connect: .seconds(5), read: .seconds(10)),
      connectionPool: .init(idleTimeout: .seconds(30), concurrentHTTP1ConnectionsPerHostSoftLimit: 64))
    configuration.httpVersion = .http1Only
    configuration.redirectConfiguration = .disallow
    configuration.connectionPool.retryConnectionEstablishment = false
    return configuration
  }

  /// Sends until the surrounding task is cancelled.
  func run(to url: String, environment: String, rate: Double) async {
    guard let ledger = ledgers[environment] else { return }
    await TrafficGenerator(url: url, rate: rate, workers: 48, client: client, ledger: ledger, patience: Self.patience)
      .run()
  }

  /// The counts of an environment so far.
  func mark(_ environment: String) -> Mark {
    Mark(
      totals: ledgers[environment]?.totals ?? .init(), versions: ledgers[environment]?.versions ?? [:])
  }

  /// What was counted after a mark.
  func since(_ mark: Mark, _ environment: String) -> Mark {
    let now = self.mark(environment)
    let versions = now.versions.reduce(into: [String: TrafficLedger.Version]()) { counts, entry in
      let new = entry.value - (mark.versions[entry.key] ?? .init())
      if new != .init() { counts[entry.key] = new }
    }
    return Mark(totals: now.totals - mark.totals, versions: versions)
  }

  /// All environments together.
  var totals: TrafficLedger.Totals {
    ledgers.values.reduce(into: .init()) { sum, ledger in
      let totals = ledger.totals
      sum.requests += totals.requests
      sum.failed += totals.failed
    }
  }

  /// How requests failed that no version was made to fail: `12 × HTTP 502 (production)`.
  func failures(besides versions: Set<String>) -> [RehearsalReport.Failure] {
    ledgers.flatMap { environment, ledger in
      ledger.failures.filter { $0.failure.version.map(versions.contains) != true }.map {
        RehearsalReport.Failure(count: $0.count, how: "\($0.failure.how) (\(environment))")
      }
    }
    .sorted { $0.count > $1.count }
  }
}

extension LiveTraffic.Mark {
  /// The lines below a running release.
  var lines: [String] {
    guard totals.requests > 0 else { return [] }
    let shares = versions.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.answered)" }.joined(separator: ", ")
    return ["requests \(totals.requests), failed \(totals.failed)" + (shares.isEmpty ? "" : "; answered by \(shares)")]
  }
}
