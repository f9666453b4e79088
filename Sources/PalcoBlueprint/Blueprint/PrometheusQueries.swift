/// Where a Prometheus server is, and the queries that count what revisions of a service do.
///
/// Each query answers counters, and names the revision by `=~"$version"`, `=~"$digest"` or `=~"$revision"`.
public struct PrometheusQueries: Codable, Sendable, Equatable {
  /// Where it is, as in `http://127.0.0.1:9090`.
  public var url: String
  /// The seconds between two counts, 1–60: at least what it scrapes by.
  public var intervalSeconds: Int
  /// Counts requests.
  public var requests: String
  /// Counts failed requests.
  public var errors: String
  /// Counts requests by `le`, in seconds; there when latency is promised.
  public var latency: String?
  /// Count survey answers, the best first: promoters, passives, detractors; empty when nothing is promised of them.
  public var answers: [String]

  /// Describes a server.
  public init(
    url: String, intervalSeconds: Int = 10, requests: String, errors: String, latency: String? = nil,
    answers: [String] = []
  ) {
    self.url = url
    self.intervalSeconds = intervalSeconds
    self.requests = requests
    self.errors = errors
    self.latency = latency
    self.answers = answers
  }
}
