import Synchronization

/// What Prometheus scrapes: `GET /metrics`.
///
/// Text exposition format 0.0.4: https://prometheus.io/docs/instrumenting/exposition_formats/
final class Metrics: Sendable {
  private struct Series: Hashable {
    var method: String
    var route: String
    var code: Int
  }
  private struct Histogram {
    var counts = [Int](repeating: 0, count: Metrics.buckets.count)
    var count = 0
    var sum = 0.0
  }
  private struct State {
    var inFlight = 0
    var requests: [Series: Int] = [:]
    var durations = Histogram()
    var answers = Dictionary(uniqueKeysWithValues: Category.allCases.map { ($0, 0) })
  }

  /// Upper bounds in seconds. 1 is the bound that Palco's rehearsal judges latency by.
  static let buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.3, 0.5, 1, 2.5, 5, 10]
  static let contentType = "text/plain; version=0.0.4; charset=utf-8"

  private let state = Mutex(State())

  /// Counts a request that has begun, until ``count(method:route:code:duration:)`` counts its answer.
  func begin() { state.withLock { $0.inFlight += 1 } }

  /// Counts an answered request.
  func count(method: String, route: String, code: Int, duration: Duration) {
    let seconds = Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    state.withLock { state in
      state.requests[Series(method: method, route: route, code: code), default: 0] += 1
      state.inFlight -= 1
      state.durations.count += 1
      state.durations.sum += seconds
      if let bucket = Self.buckets.firstIndex(where: { seconds <= $0 }) { state.durations.counts[bucket] += 1 }
    }
  }

  /// Counts an answer that was kept.
  func count(_ category: Category) { state.withLock { $0.answers[category, default: 0] += 1 } }

  /// Everything, in text.
  func text() -> String {
    let state = state.withLock { $0 }
    var lines = [
      "# HELP http_requests_in_flight Requests that are being answered, this one too.",
      "# TYPE http_requests_in_flight gauge",
      "http_requests_in_flight \(state.inFlight)",
      "# HELP http_requests_total Requests that were answered.",
      "# TYPE http_requests_total counter",
    ]
    let series = state.requests.sorted {
      ($0.key.route, $0.key.method, $0.key.code) < ($1.key.route, $1.key.method, $1.key.code)
    }
    for (key, count) in series {
      lines.append(
        "http_requests_total{method=\"\(Self.escape(key.method))\",route=\"\(Self.escape(key.route))\","
          + "code=\"\(key.code)\"} \(count)")
    }
    lines += [
      "# HELP http_request_duration_seconds How long it took to make an answer.",
      "# TYPE http_request_duration_seconds histogram",
    ]
    var below = 0
    for (bound, count) in zip(Self.buckets, state.durations.counts) {
      below += count
      lines.append("http_request_duration_seconds_bucket{le=\"\(bound)\"} \(below)")
    }
    lines += [
      "http_request_duration_seconds_bucket{le=\"+Inf\"} \(state.durations.count)",
      "http_request_duration_seconds_sum \(state.durations.sum)",
      "http_request_duration_seconds_count \(state.durations.count)",
      "# HELP pulse_answers_total Answers that this process took, by category.",
      "# TYPE pulse_answers_total counter",
    ]
    for category in Category.allCases {
      lines.append("pulse_answers_total{category=\"\(category.rawValue)\"} \(state.answers[category] ?? 0)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func escape(_ value: String) -> String {
    value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
  }
}
