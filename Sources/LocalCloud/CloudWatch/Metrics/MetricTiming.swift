import Foundation

/// AWS's periods in this cloud: scaled by the length of its minute.
struct MetricTiming: Sendable {
  /// The length of a minute in milliseconds.
  let minute: Double

  init(minute: Duration) {
    self.minute = max(1, minute / .milliseconds(1))
  }

  /// A period of AWS in milliseconds of this cloud; at least one.
  func milliseconds(_ seconds: Int) -> Int64 { max(1, Int64((Double(seconds) * minute / 60).rounded())) }

  /// The start of the period that an instant is in.
  static func floor(_ instant: Int64, _ period: Int64) -> Int64 {
    let rest = instant % period
    return instant - (rest < 0 ? rest + period : rest)
  }

  /// How long data is kept: AWS's two weeks and a day in real time, of which so much is by the minute (or second), and
  /// the rest by five minutes.
  static let retention: Int64 = 15 * 86_400_000
  var fineRetention: Int64 { milliseconds(3 * 3600) }
  var coarsePeriod: Int64 { milliseconds(300) }
}

extension Int64 {
  /// The instant of so many milliseconds since 1970.
  var date: Date { Date(timeIntervalSince1970: Double(self) / 1000) }
}
