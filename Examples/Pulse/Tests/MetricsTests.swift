import HTTPTypes
import HummingbirdTesting
import Testing

@testable import Pulse

@Suite struct MetricsTests {
  /// Reads the text format: each line is a comment, or a name with labels and a number.
  private func samples(_ text: String) throws -> [String: Double] {
    #expect(text.hasSuffix("\n"))
    var samples: [String: Double] = [:]
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let match = try #require(
        line.wholeMatch(of: #/([a-z_]+(?:\{(?:[a-z]+="(?:[^"\\]|\\.)*",?)+\})?) (\S+)/#), "\(line)")
      #expect(samples.updateValue(try #require(Double(match.2)), forKey: String(match.1)) == nil)
    }
    return samples
  }

  @Test func countsRequestsAndAnswers() async throws {
    try await withPulse { client async throws in
      _ = try await client.get("/")
      _ = try await client.get("/")
      _ = try await client.send("score=10")
      _ = try await client.send("score=2")
      _ = try await client.send("score=x")
      _ = try await client.get("/no/such/\"path")
      _ = try await client.execute(uri: "/", method: try #require(HTTPRequest.Method("BREW"))) { $0 }
      let response = try await client.get("/metrics")
      #expect(response.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
      let samples = try samples(response.text)
      #expect(samples[#"http_requests_total{method="GET",route="/",code="200"}"#] == 2)
      #expect(samples[#"http_requests_total{method="POST",route="/answers",code="303"}"#] == 2)
      #expect(samples[#"http_requests_total{method="POST",route="/answers",code="400"}"#] == 1)
      #expect(samples[#"http_requests_total{method="GET",route="NotFound",code="404"}"#] == 1)
      #expect(samples.keys.contains { $0.contains(#"method="OTHER""#) })
      #expect(samples[#"pulse_answers_total{category="promoter"}"#] == 1)
      #expect(samples[#"pulse_answers_total{category="passive"}"#] == 0)
      #expect(samples[#"pulse_answers_total{category="detractor"}"#] == 1)
      #expect(samples["http_request_duration_seconds_count"] == 7)
      #expect(samples["http_requests_in_flight"] == 1)
    }
  }

  @Test func sortsDurationsIntoBucketsThatAddUp() throws {
    let metrics = Metrics()
    for milliseconds in [1, 5, 299, 300, 301, 20_000] {
      metrics.begin()
      metrics.count(method: "GET", route: "/", code: 200, duration: .milliseconds(milliseconds))
    }
    let samples = try samples(metrics.text())
    let buckets = ["0.005": 2, "0.1": 2, "0.3": 4, "0.5": 5, "10.0": 5, "+Inf": 6]
    for (bound, count) in buckets {
      #expect(samples["http_request_duration_seconds_bucket{le=\"\(bound)\"}"] == Double(count), "\(bound)")
    }
    #expect(abs((samples["http_request_duration_seconds_sum"] ?? 0) - 20.906) < 0.001)
  }
}
