/// Response times in buckets whose bounds grow by an eighth of a power of two: a quantile is right to 12.5 %.
public struct ResponseTimeHistogram: Sendable, Equatable {
  private static let steps = 8
  private static let bucketCount = 30 * steps

  private var buckets: [Int] = []
  /// How many times were recorded.
  public private(set) var count = 0
  /// The sum of all times in seconds.
  public private(set) var sum = 0.0

  /// A histogram without times.
  public init() {}

  /// The time in seconds that a share of the requests did not exceed; `nil` when there were none.
  ///
  /// - Parameter share: 0–1; 0.5 is the median.
  public func quantile(_ share: Double) -> Double? {
    guard count > 0 else { return nil }
    let wanted = max(1, Int((share * Double(count)).rounded(.up)))
    var seen = 0
    for (index, number) in buckets.enumerated() {
      seen += number
      if seen >= wanted { return Double(Self.upperBound(of: index)) / 1_000_000 }
    }
    return nil
  }

  /// The times that were recorded since an earlier state of this histogram, each as the upper bound of its bucket, and
  /// how often it was seen.
  public func times(since earlier: ResponseTimeHistogram) -> [(seconds: Double, count: Int)] {
    buckets.enumerated().compactMap { index, number in
      let fresh = number - (index < earlier.buckets.count ? earlier.buckets[index] : 0)
      return fresh > 0 ? (Double(Self.upperBound(of: index)) / 1_000_000, fresh) : nil
    }
  }

  /// - Parameter nanoseconds: Not negative.
  mutating func record(nanoseconds: Int64) {
    if buckets.isEmpty { buckets = Array(repeating: 0, count: Self.bucketCount) }
    buckets[Self.bucket(of: UInt64(max(0, nanoseconds)) / 1000)] += 1
    count += 1
    sum += Double(nanoseconds) / 1e9
  }

  static func += (total: inout ResponseTimeHistogram, part: ResponseTimeHistogram) {
    guard !part.buckets.isEmpty else { return }
    if total.buckets.isEmpty {
      total = part
      return
    }
    for index in total.buckets.indices { total.buckets[index] += part.buckets[index] }
    total.count += part.count
    total.sum += part.sum
  }

  /// Up to 7 µs a bucket is one microsecond; then eight buckets make a power of two.
  private static func bucket(of microseconds: UInt64) -> Int {
    guard microseconds >= UInt64(steps) else { return Int(microseconds) }
    let exponent = 63 - microseconds.leadingZeroBitCount
    let step = Int(microseconds >> UInt64(exponent - 3)) & (steps - 1)
    return min(bucketCount - 1, (exponent - 2) * steps + step)
  }

  private static func upperBound(of bucket: Int) -> UInt64 {
    guard bucket >= steps else { return UInt64(bucket) + 1 }
    return UInt64(steps + bucket % steps + 1) << UInt64(bucket / steps - 1)
  }
}
