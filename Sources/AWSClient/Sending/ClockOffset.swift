import AWSWire
import Foundation
import Synchronization

/// How far the service's clock is ahead of this machine's: signatures hold for five minutes only.
///
/// It is learnt of the `Date` of an answer that refuses a signature, and kept.
///
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-clock-skew.html
final class ClockOffset: Sendable {
  /// Below four minutes it is not the clock.
  static let tolerance: TimeInterval = 240
  private let offset = Mutex<TimeInterval>(0)

  /// In seconds.
  var seconds: TimeInterval { offset.withLock { $0 } }

  /// Learns of a refusal.
  ///
  /// - Parameter signedAt: The instant in the refused signature.
  /// - Returns: Whether the clock was wrong, so that the request may succeed now.
  func learn(from error: AWSError, headers: [(name: String, value: String)], signedAt: Date) -> Bool {
    guard Self.codes.contains(error.code),
      let text = headers.first(where: { $0.name.lowercased() == "date" })?.value,
      let date = try? Date(text, strategy: Self.strategy), abs(date.timeIntervalSince(signedAt)) >= Self.tolerance
    else { return false }
    offset.withLock { $0 += date.timeIntervalSince(signedAt) }
    return true
  }

  /// Codes of a wrong clock, and those that a wrong clock is one cause of.
  private static let codes: Set = [
    "AuthFailure", "InvalidSignatureException", "RequestExpired", "RequestInTheFuture", "RequestTimeTooSkewed",
    "SignatureDoesNotMatch",
  ]

  /// `Tue, 24 Nov 2026 21:38:36 GMT`, RFC 9110.
  private static let strategy = Date.ParseStrategy(
    format: """
      \(weekday: .abbreviated), \(day: .twoDigits) \(month: .abbreviated) \(year: .defaultDigits) \
      \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\(second: .twoDigits) GMT
      """,
    locale: Locale(identifier: "en_US_POSIX"), timeZone: .gmt)
}
