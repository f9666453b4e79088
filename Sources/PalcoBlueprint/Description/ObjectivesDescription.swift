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
  ])

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
        + ", and `under`, because CloudWatch counts at any bound.",
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
