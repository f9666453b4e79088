import AWSWire
import Foundation

/// What AWS refuses in metric data, and what it makes of the rest.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html
enum MetricDataRules {
  static let maximumData = 1000
  static let maximumValues = 150
  static let maximumDimensions = 30
  /// AWS refuses values that are larger, in either direction.
  private static let maximumMagnitude = Double(sign: .plus, exponent: 360, significand: 1)
  private static let oldest: TimeInterval = 14 * 86_400
  private static let newest: TimeInterval = 2 * 3600

  /// The samples of a request: all of them, or an error.
  ///
  /// - Throws: ``AWSError``.
  static func samples(_ request: CloudWatch.PutMetricDataRequest, at now: Date) throws(AWSError) -> [MetricSample] {
    try checkNamespace(request.namespace)
    guard let data = request.metricData, !data.isEmpty else { throw CloudWatchError.missing("MetricData") }
    guard data.count <= maximumData else {
      throw CloudWatchError.invalid("The collection MetricData must not have a size greater than \(maximumData).")
    }
    var samples: [MetricSample] = []
    for (index, datum) in data.enumerated() {
      samples.append(
        try sample(datum, namespace: request.namespace, place: "MetricData.member.\(index + 1)", at: now))
    }
    return samples
  }

  private static func checkNamespace(_ namespace: String) throws(AWSError) {
    let isKnown = namespace.utf8.allSatisfy {
      $0.isASCIILetter || $0.isASCIIDigit || ".-_/#: ".utf8.contains($0)
    }
    guard (1...255).contains(namespace.utf8.count), isKnown, !namespace.hasPrefix(":"), !namespace.hasPrefix("AWS/")
    else {
      throw CloudWatchError.invalid("The value \(namespace.prefix(255)) for parameter Namespace is invalid.")
    }
  }

  private static func sample(
    _ datum: CloudWatch.MetricDatum, namespace: String, place: String, at now: Date
  ) throws(AWSError) -> MetricSample {
    guard !datum.metricName.isEmpty else { throw CloudWatchError.missing("\(place).MetricName") }
    guard datum.metricName.count <= 255 else {
      throw CloudWatchError.invalid(
        "The parameter \(place).MetricName must be shorter than or equal to 255 characters.")
    }
    let dimensions = datum.dimensions ?? []
    try check(dimensions, "\(place).Dimensions")
    try CloudWatchError.check(datum.unit, "\(place).Unit", among: CloudWatchError.units)
    guard datum.storageResolution.map({ $0 == 1 || $0 == 60 }) ?? true else {
      throw CloudWatchError.invalid("The parameter \(place).StorageResolution must be 1 or 60.")
    }
    let timestamp = datum.timestamp ?? now
    guard timestamp >= now.addingTimeInterval(-oldest) else {
      throw CloudWatchError.invalid(
        "The parameter \(place).Timestamp must specify a time no more than two weeks in the past.")
    }
    guard timestamp <= now.addingTimeInterval(newest) else {
      throw CloudWatchError.invalid("The parameter \(place).Timestamp must specify a time within the next two hours.")
    }
    return MetricSample(
      identity: MetricIdentity(namespace: namespace, name: datum.metricName, dimensions: dimensions),
      unit: datum.unit ?? "None", timestamp: timestamp.milliseconds, isHighResolution: datum.storageResolution == 1,
      summary: try summary(datum, place: place))
  }

  static func check(_ dimensions: [CloudWatch.Dimension], _ place: String) throws(AWSError) {
    guard dimensions.count <= maximumDimensions else {
      throw CloudWatchError.invalid("The collection \(place) must not have a size greater than \(maximumDimensions).")
    }
    for (index, dimension) in dimensions.enumerated() {
      let member = "\(place).member.\(index + 1)"
      guard !dimension.name.isEmpty else { throw CloudWatchError.missing("\(member).Name") }
      guard !dimension.value.isEmpty else { throw CloudWatchError.missing("\(member).Value") }
      guard dimension.name.count <= 255, !dimension.name.hasPrefix(":") else {
        throw CloudWatchError.invalid(
          "The value \(dimension.name.prefix(255)) for parameter \(member).Name is invalid.")
      }
      guard dimension.value.count <= 1024 else {
        throw CloudWatchError.invalid("The parameter \(member).Value must be shorter than or equal to 1024 characters.")
      }
    }
  }

  private static func summary(_ datum: CloudWatch.MetricDatum, place: String) throws(AWSError) -> MetricSummary {
    func exclusive(_ first: String, _ second: String) -> AWSError {
      CloudWatchError.combination(
        "The parameters \(place).\(first) and \(place).\(second) are mutually exclusive and you have specified both.")
    }
    let values = datum.values?.isEmpty == false ? datum.values : nil
    switch (datum.value, datum.statisticValues, values) {
    case (nil, nil, nil): throw CloudWatchError.missing("\(place).Value")
    case (_?, _?, _): throw exclusive("Value", "StatisticValues")
    // AWS has another code for this pair.
    case (_?, _, _?): throw CloudWatchError.invalid(exclusive("Value", "Values").message)
    case (_, _?, _?): throw exclusive("StatisticValues", "Values")
    case (let value?, nil, nil):
      try check(value, "\(place).Value")
      return MetricSummary([(value, 1)])
    case (nil, let set?, nil): return try summary(set, place: "\(place).StatisticValues")
    case (nil, nil, let values?): return try summary(values, datum.counts, place: place)
    }
  }

  private static func summary(
    _ set: CloudWatch.StatisticSet, place: String
  ) throws(AWSError) -> MetricSummary {
    try check(set.sampleCount, "\(place).SampleCount")
    try check(set.sum, "\(place).Sum")
    try check(set.minimum, "\(place).Minimum")
    try check(set.maximum, "\(place).Maximum")
    guard set.sampleCount > 0 else {
      throw CloudWatchError.invalid("The value \(set.sampleCount) for parameter \(place).SampleCount is invalid.")
    }
    guard set.minimum <= set.maximum else {
      throw CloudWatchError.invalid(
        "The parameter \(place).Minimum must be less than or equal to the parameter \(place).Maximum.")
    }
    return MetricSummary(sampleCount: set.sampleCount, sum: set.sum, minimum: set.minimum, maximum: set.maximum)
  }

  private static func summary(
    _ values: [Double], _ counts: [Double]?, place: String
  ) throws(AWSError) -> MetricSummary {
    guard values.count <= maximumValues else {
      throw CloudWatchError.invalid(
        "The collection \(place).Values must not have a size greater than \(maximumValues).")
    }
    let counts = counts?.isEmpty == false ? counts : nil
    guard counts.map({ $0.count == values.count }) ?? true else {
      throw CloudWatchError.invalid("The parameters \(place).Values and \(place).Counts must be of the same size.")
    }
    for value in values { try check(value, "\(place).Values") }
    for count in counts ?? [] {
      try check(count, "\(place).Counts")
      guard count >= 0 else {
        throw CloudWatchError.invalid("The value \(count) for parameter \(place).Counts is invalid.")
      }
    }
    return MetricSummary(values.enumerated().map { ($1, counts?[$0] ?? 1) })
  }

  private static func check(_ value: Double, _ name: String) throws(AWSError) {
    guard value.isFinite, abs(value) <= maximumMagnitude else {
      let text = value.isNaN ? "NaN" : value == .infinity ? "Infinity" : value == -.infinity ? "-Infinity" : "\(value)"
      throw CloudWatchError.invalid("The value \(text) for parameter \(name) is invalid.")
    }
  }
}
