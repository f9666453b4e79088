import PalcoReliability

/// The manifest's keys that speak of objectives.
extension ManifestDescription {
  static let objectives = Section(fields: [
    Field(
      key: "window_days", shape: .number(1...90), defaultText: "30",
      documentation: "Over how many days the promises hold."),
    Field(
      key: "availability", shape: .share, defaultText: "99.9%",
      documentation:
        "The least share of requests that are answered without a failure of the service: a status of 5xx, a refused or "
        + "broken connection.", example: "99.9%"),
    Field(
      key: "latency", shape: .section(latency),
      documentation: "The least share of requests that are answered in time. Without `under` nothing is promised."),
    Field(
      key: "nps", shape: .section(nps),
      documentation:
        "The least Net Promoter Score, from the service's own counters of survey answers; needs `prometheus`."),
    Field(
      key: "ratio", shape: .section(ratio),
      documentation: "The least share of good events of whatever two queries count; needs `prometheus`."),
    Field(
      key: "prometheus", shape: .section(prometheus),
      documentation:
        "A Prometheus server that counts by revision every few seconds. Without it the load balancer's metrics in "
        + "CloudWatch are read, a minute at a time."),
  ])

  static let nps = Section(fields: [
    Field(
      key: "at_least", shape: .number(-99...99), documentation: "The score; required with the queries.", example: "30"),
    Field(
      key: "promoters", shape: .text(query), documentation: "Counts answers of 9 and 10.",
      example: "'answers_total{category=\"promoter\",version=~\"$version\"}'"),
    Field(
      key: "passives", shape: .text(query), documentation: "Counts answers of 7 and 8.",
      example: "'answers_total{category=\"passive\",version=~\"$version\"}'"),
    Field(
      key: "detractors", shape: .text(query), documentation: "Counts answers of 0 to 6.",
      example: "'answers_total{category=\"detractor\",version=~\"$version\"}'"),
  ])

  static let ratio = Section(fields: [
    Field(key: "name", shape: .text(ratioName), documentation: "What it is called.", example: "checkout"),
    Field(
      key: "bad", shape: .text(query), documentation: "Counts the bad events.",
      example: "'checkouts_failed_total{version=~\"$version\"}'"),
    Field(
      key: "total", shape: .text(query), documentation: "Counts all events.",
      example: "'checkouts_total{version=~\"$version\"}'"),
    Field(key: "target", shape: .share, documentation: "The least share of good events.", example: "99%"),
  ])

  static let prometheus = Section(fields: [
    Field(
      key: "url", shape: .text(serverURL), documentation: "Where it is; required with the queries.",
      example: "http://127.0.0.1:9090", differsByNature: true),
    Field(
      key: "interval", shape: .duration(1...60, step: 1), defaultText: "10s",
      documentation: "The time between two counts; not shorter than what the service is scraped by."),
    Field(
      key: "requests", shape: .text(query), documentation: "Counts requests; required with `url`.",
      example: "'http_requests_total{version=~\"$version\"}'"),
    Field(
      key: "errors", shape: .text(query), documentation: "Counts failed requests; required with `url`.",
      example: "'http_requests_total{code=~\"5..\",version=~\"$version\"}'"),
    Field(
      key: "latency", shape: .text(query),
      documentation:
        "Counts requests by `le` in seconds, one of which is `latency.under`; required when that is there.",
      example: "'http_request_duration_seconds_bucket{version=~\"$version\"}'"),
  ])

  static let query = TextShape(
    pattern: "(?=.*=~ ?\"\\$(version|digest|revision)\")[^\\u0000-\\u001f]+", length: 1...2000,
    meaning: "a query of counters that names the revision by `=~\"$version\"`, `=~\"$digest\"` or `=~\"$revision\"`",
    example: "'http_requests_total{version=~\"$version\"}'")
  static let ratioName = TextShape(
    pattern: "(?!(availability|latency|nps)$)[a-z][a-z0-9_-]*", length: 1...40,
    meaning: "a name in lower case that no other objective has", example: "checkout")
  static let serverURL = TextShape(
    pattern: "https?://[A-Za-z0-9._-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*[A-Za-z0-9._~-])?", length: 8...500,
    meaning: "the URL of a server, without a slash at its end", example: "http://127.0.0.1:9090",
    repair: { String($0.reversed().drop { $0 == "/" }.reversed()) })

  static let latency = Section(fields: [
    Field(
      key: "under", shape: .responseTime, documentation: "What is in time; one of `buckets`.",
      example: "300ms"),
    Field(
      key: "target", shape: .share, documentation: "The least share of requests in time; required with `under`.",
      example: "95%"),
    Field(
      key: "buckets", shape: .list(responseTime),
      documentation:
        "The bounds that response times are counted at, in ascending order. Without it "
        + LatencyBuckets.usual.upperBounds.map { written(milliseconds: $0) }.joined(separator: ", ")
        + "; and `under` too, unless `prometheus` counts, where the service has bounds of its own.",
      example: "[50ms, 100ms, 300ms, 1s]"),
  ])

  static let responseTime = TextShape(
    pattern: ObjectiveText.responseTimePattern, length: 2...12, meaning: "a response time with its unit",
    example: "300ms")

  static func written(milliseconds: Double) -> String {
    let (number, unit) = milliseconds < 1000 ? (milliseconds, "ms") : (milliseconds / 1000, "s")
    return (number == number.rounded() ? "\(Int(number))" : "\(number)") + unit
  }
}
