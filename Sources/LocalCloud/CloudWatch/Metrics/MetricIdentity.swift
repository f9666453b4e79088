import AWSWire

/// What makes a metric this metric and no other.
struct MetricIdentity: Sendable, Hashable, Comparable {
  var namespace: String
  var name: String
  /// By name, so that their order in a request makes no difference.
  private(set) var dimensions: [CloudWatch.Dimension]

  init(namespace: String, name: String, dimensions: [CloudWatch.Dimension]) {
    self.namespace = namespace
    self.name = name
    self.dimensions = dimensions.sorted { ($0.name, $0.value) < ($1.name, $1.value) }
  }

  init(namespace: String, name: String, _ dimensions: KeyValuePairs<String, String>) {
    self.init(
      namespace: namespace, name: name,
      dimensions: dimensions.map { CloudWatch.Dimension(name: $0.key, value: $0.value) })
  }

  var shape: CloudWatch.Metric { .init(namespace: namespace, metricName: name, dimensions: dimensions) }

  static func < (left: MetricIdentity, right: MetricIdentity) -> Bool { left.sortKey < right.sortKey }

  /// A text that orders metrics, and names one in the token of a page.
  var sortKey: String {
    ([namespace, name] + dimensions.map { "\($0.name)=\($0.value)" }).joined(separator: "\u{1}")
  }
}

/// Values of one metric at one instant.
struct MetricSample: Sendable, Equatable {
  var identity: MetricIdentity
  /// `None` when the client names none.
  var unit: String
  /// Milliseconds since 1970.
  var timestamp: Int64
  /// Whether it is kept by the second instead of by the minute.
  var isHighResolution = false
  var summary: MetricSummary
}
