import Foundation

/// A statistic of the values of a period.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
enum MetricStatistic: Sendable, Hashable {
  case sampleCount, average, sum, minimum, maximum
  /// 0–100.
  case percentile(Double)
  /// The share in percent of the values above the first and up to the second bound.
  case rank(Double?, Double?)

  /// Reads `Sum`, `p99.9` or `PR(:0.5)`; `nil` for what is no statistic, and for trimmed statistics
  /// (`TM`, `TC`, `TS`, `WM`, `IQM`), which the local cloud does not have.
  init?(_ text: String) {
    switch text {
    case "SampleCount": self = .sampleCount
    case "Average": self = .average
    case "Sum": self = .sum
    case "Minimum": self = .minimum
    case "Maximum": self = .maximum
    default:
      if let percentile = Self.percentile(text) ?? Self.rank(text) { self = percentile } else { return nil }
    }
  }

  private static func percentile(_ text: String) -> MetricStatistic? {
    guard text.hasPrefix("p"), let percent = number(text.dropFirst()), (0...100).contains(percent) else { return nil }
    return .percentile(percent)
  }

  private static func rank(_ text: String) -> MetricStatistic? {
    guard text.hasPrefix("PR("), text.hasSuffix(")") else { return nil }
    let bounds = text.dropFirst(3).dropLast().split(separator: ":", omittingEmptySubsequences: false)
    guard bounds.count == 2, !(bounds[0].isEmpty && bounds[1].isEmpty) else { return nil }
    let (lower, upper) = (number(bounds[0]), number(bounds[1]))
    guard bounds[0].isEmpty || lower != nil, bounds[1].isEmpty || upper != nil else { return nil }
    return .rank(lower, upper)
  }

  /// Digits with a point: `Double` alone would also read `nan` and `0x1p3`.
  private static func number(_ text: Substring) -> Double? {
    guard !text.isEmpty, text.utf8.allSatisfy({ $0.isASCIIDigit || $0 == UInt8(ascii: ".") }) else { return nil }
    return Double(text)
  }
}
