import AsyncHTTPClient
import Foundation
import PalcoBlueprint
import PalcoReliability
import PalcoTestSupport
import Synchronization
import Testing

@testable import PalcoRelease

/// Evidence from the real server, which scrapes what a test counts.
@Suite(.enabled(if: RealPrometheus.isWanted, "`scripts/setup test` unpacks prometheus"))
struct RealPrometheusTests {
  @Test(.timeLimit(.minutes(2))) func everythingThatWasCountedIsGivenOnce() async throws {
    let counters = Mutex((requests: 0, errors: 0))
    try await StubHTTPServer.run { _ in
      let (requests, errors) = counters.withLock { $0 }
      return .text(
        200,
        """
        # TYPE http_requests_total counter
        http_requests_total{version="v1",code="200"} 1000
        http_requests_total{version="v2.0",code="200"} \(requests - errors)
        http_requests_total{version="v2.0",code="500"} \(errors)
        http_requests_total{version="v2x0",code="500"} \(requests)
        # TYPE seconds histogram
        seconds_bucket{version="v2.0",le="0.1"} \(requests - errors)
        seconds_bucket{version="v2.0",le="1"} \(requests)
        seconds_bucket{version="v2.0",le="+Inf"} \(requests)
        seconds_sum{version="v2.0"} 1
        seconds_count{version="v2.0"} \(requests)

        """, headers: [("Content-Type", "text/plain; version=0.0.4")])
    } while: { service in
      try await RealPrometheus.run(scraping: service.port) { url in
        let objectives = ServiceObjectives(
          latency: try ServiceObjectives.Latency(
            under: "100ms", target: "95%", buckets: try LatencyBuckets(upperBounds: [100, 1000])), isDeclared: true)
        let source = PrometheusEvidence(
          PrometheusQueries(
            url: url, intervalSeconds: 2, requests: #"http_requests_total{version=~"$version"}"#,
            errors: #"http_requests_total{code=~"5..",version=~"$version"}"#,
            latency: #"seconds_bucket{version=~"$version"}"#), objectives: objectives,
          blue: RevisionNames(version: "v1", digest: "", revision: ""),
          green: RevisionNames(version: "v2.0", digest: "", revision: ""), http: .shared)
        // It has seen both at rest before anything is counted.
        let start = Date.now
        #expect(
          await eventually(within: .seconds(30)) {
            ((try? await source.intervals(after: start)) ?? []).contains { $0.blue.errors.total == 0 }
          })
        for _ in 0..<20 {
          counters.withLock { $0 = ($0.requests + 7, $0.errors + 2) }
          try await Task.sleep(for: .milliseconds(100))
        }
        var intervals: [ObservedInterval] = []
        #expect(
          await eventually(within: .seconds(30)) {
            intervals = (try? await source.intervals(after: start)) ?? []
            return intervals.reduce(0) { $0 + $1.green.errors.total } >= 140
          })
        #expect(intervals.reduce(.none) { $0 + $1.green.errors } == EventCounts(bad: 40, total: 140))
        #expect(intervals.reduce(0) { $0 + ($1.green.latency.first ?? 0) } == 100)
        #expect(intervals.reduce(0) { $0 + ($1.green.latency.last ?? 0) } == 0)
        #expect(intervals.allSatisfy { $0.blue.errors == .none })
      }
    }
  }
}

/// A Prometheus server of a test's own.
enum RealPrometheus {
  /// Whether to run: always when the counterparts are required, so that it fails.
  static var isWanted: Bool { path != nil || ProcessInfo.processInfo.environment["PALCO_REQUIRE_COUNTERPARTS"] == "1" }

  static var path: String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
    return (folders + [".counterparts/usr/bin"]).map { $0 + "/prometheus" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// Runs one that scrapes a port every second, while `body` runs.
  static func run(scraping port: Int, _ body: @escaping @Sendable (_ url: String) async throws -> Void) async throws {
    let program = try #require(path, "`scripts/setup test` unpacks prometheus")
    // A port that was free a moment ago.
    let own = try await StubHTTPServer.run { _ in
      .hangUp
    } while: {
      $0.port
    }
    let url = "http://127.0.0.1:\(own)"
    try await withTemporaryDirectory { directory in
      let settings = directory.appendingPathComponent("prometheus.yml")
      try """
      global: {scrape_interval: 1s}
      scrape_configs: [{job_name: service, static_configs: [{targets: ["127.0.0.1:\(port)"]}]}]
      """.write(to: settings, atomically: true, encoding: .utf8)
      let process = Process()
      process.executableURL = URL(filePath: program)
      process.arguments = [
        "--config.file=\(settings.path)", "--storage.tsdb.path=\(directory.appendingPathComponent("data").path)",
        "--web.listen-address=127.0.0.1:\(own)", "--log.level=error",
      ]
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      defer {
        process.terminate()
        process.waitUntilExit()
      }
      let isReady = await eventually(within: .seconds(30)) {
        let answer = try? await HTTPClient.shared.execute(
          HTTPClientRequest(url: "\(url)/-/ready"), timeout: .seconds(2))
        return answer?.status == .ok
      }
      try #require(isReady, "prometheus did not become ready")
      try await body(url)
    }
  }
}
