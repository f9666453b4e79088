import Foundation

/// A metric, or the result of an expression, over time.
struct TimeSeries: Sendable, Equatable {
  var label: String
  /// The period as AWS names it, in seconds.
  var period: Int
  /// The period in milliseconds of this cloud.
  var step: Int64
  /// Values by the start of their period.
  var points: [Int64: Double]

  func mapped(_ transform: (Double) -> Double) -> TimeSeries {
    var series = self
    series.points = points.mapValues(transform)
    return series
  }

  /// The points in the order of time.
  var sorted: [(instant: Int64, value: Double)] {
    points.sorted { $0.key < $1.key }.map { (instant: $0.key, value: $0.value) }
  }

  /// The points in the order of time, each computed of itself and the one before.
  func differences(_ transform: (_ change: Double, _ milliseconds: Int64) -> Double) -> TimeSeries {
    let sorted = self.sorted
    var series = self
    series.points = [:]
    for (before, point) in zip(sorted, sorted.dropFirst()) {
      series.points[point.instant] = transform(point.value - before.value, point.instant - before.instant)
    }
    return series
  }
}

/// What an expression can be.
enum MathValue: Sendable, Equatable {
  case scalar(Double)
  case series(TimeSeries)
  case list([TimeSeries])
  case text(String)

  var kind: String {
    switch self {
    case .scalar: "a number"
    case .series: "a time series"
    case .list: "an array of time series"
    case .text: "a text"
    }
  }
}
