import Foundation

/// What is kept of the values of one period.
struct MetricSummary: Sendable, Equatable {
  private(set) var sampleCount = 0.0
  private(set) var sum = 0.0
  private(set) var minimum = Double.infinity
  private(set) var maximum = -Double.infinity
  /// `nil` when a client's summary of different values is in it: nobody knows their percentiles.
  private(set) var distribution: ValueDistribution? = ValueDistribution()

  /// Nothing.
  init() {}

  /// Values, each with how often it was seen; counts that are not positive say nothing.
  init(_ values: [(value: Double, count: Double)]) {
    for (value, count) in values where count > 0 { add(value, count: count) }
  }

  /// Values whose exact sum is known better than the values are.
  init(_ values: [(value: Double, count: Double)], sum: Double) {
    self.init(values)
    self.sum = sum
  }

  /// A client's summary.
  init(sampleCount: Double, sum: Double, minimum: Double, maximum: Double) {
    self.sampleCount = sampleCount
    self.sum = sum
    self.minimum = minimum
    self.maximum = maximum
    // AWS, too, gives percentiles of a summary only when all its values are the same.
    distribution = nil
    if minimum == maximum {
      distribution = ValueDistribution()
      distribution?.add(minimum, count: sampleCount)
    }
  }

  mutating func add(_ value: Double, count: Double = 1) {
    sampleCount += count
    sum += value * count
    minimum = min(minimum, value)
    maximum = max(maximum, value)
    distribution?.add(value, count: count)
  }

  mutating func merge(_ other: MetricSummary) {
    guard other.sampleCount > 0 else { return }
    sampleCount += other.sampleCount
    sum += other.sum
    minimum = min(minimum, other.minimum)
    maximum = max(maximum, other.maximum)
    if let part = other.distribution { distribution?.merge(part) } else { distribution = nil }
  }

  /// A statistic; `nil` when nothing is known.
  func value(of statistic: MetricStatistic) -> Double? {
    guard sampleCount > 0 else { return nil }
    return switch statistic {
    case .sampleCount: sampleCount
    case .average: sum / sampleCount
    case .sum: sum
    case .minimum: minimum
    case .maximum: maximum
    case .percentile(let percent): distribution?.percentile(percent)
    case .rank(let lower, let upper): distribution?.rank(above: lower, upTo: upper)
    }
  }
}

// As a blob in the store: numbers of eight bytes, little-endian.
extension MetricSummary {
  var encoded: Data {
    var numbers = [sampleCount, sum, minimum, maximum, distribution.map { Double($0.coarseness) } ?? -1]
    numbers += distribution?.values ?? []
    numbers += distribution?.counts ?? []
    return numbers.map(\.bitPattern.littleEndian).withUnsafeBytes { Data($0) }
  }

  /// Reads what ``encoded`` wrote; `nil` for anything else.
  init?(encoded data: Data) {
    guard data.count >= 40, data.count % 8 == 0 else { return nil }
    let numbers = data.withUnsafeBytes { bytes in
      stride(from: 0, to: bytes.count, by: 8).map {
        Double(bitPattern: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: UInt64.self)))
      }
    }
    (sampleCount, sum, minimum, maximum) = (numbers[0], numbers[1], numbers[2], numbers[3])
    let pairs = (numbers.count - 5) / 2
    distribution =
      numbers[4] < 0
      ? nil
      : ValueDistribution(
        values: Array(numbers[5..<(5 + pairs)]), counts: Array(numbers[(5 + pairs)..<(5 + 2 * pairs)]),
        coarseness: Int(numbers[4]))
  }
}
