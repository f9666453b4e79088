import Foundation

/// Timestamps as the Query protocol writes them: ISO 8601 in UTC with milliseconds, `2026-11-24T09:30:00.250Z`.
enum QueryTimestamp {
  /// The text of an instant, rounded to the millisecond.
  static func text(_ date: Date) -> String {
    let milliseconds = Int64((date.timeIntervalSince1970 * 1000).rounded())
    let (seconds, rest) = (milliseconds.flooredQuotient(1000), milliseconds.flooredRemainder(1000))
    let whole = Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(.iso8601).dropLast()
    return "\(whole).\("00\(rest)".suffix(3))Z"
  }

  /// The instant of a text, with or without a fraction and with any offset, to the millisecond; `nil` when it is no timestamp.
  static func date(_ text: String) -> Date? {
    let parsed =
      (try? Date.ISO8601FormatStyle(includingFractionalSeconds: true).parse(text))
      ?? (try? Date.ISO8601FormatStyle().parse(text))
    // The parser is off by a microsecond or so; services of AWS keep milliseconds.
    return parsed.map { Date(timeIntervalSince1970: ($0.timeIntervalSince1970 * 1000).rounded() / 1000) }
  }
}

extension Int64 {
  fileprivate func flooredQuotient(_ divisor: Int64) -> Int64 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }

  fileprivate func flooredRemainder(_ divisor: Int64) -> Int64 {
    let remainder = self % divisor
    return remainder < 0 ? remainder + divisor : remainder
  }
}
