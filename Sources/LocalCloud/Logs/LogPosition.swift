import AWSWire
import Foundation

/// A place among events: they are ordered by timestamp, and then by arrival.
struct LogPosition: Sendable, Equatable {
  /// Milliseconds since 1970.
  var timestamp: Int64
  /// The number of the event's row.
  var id: Int64

  /// Before every event.
  static let start = LogPosition(timestamp: -1, id: 0)
  /// After every event.
  static let end = LogPosition(timestamp: .max, id: .max)

  /// 56 digits, as the event identifiers of AWS.
  var text: String { Self.digits(max(timestamp, 0)) + Self.digits(max(id, 0)) }

  init(timestamp: Int64, id: Int64) {
    self.timestamp = timestamp
    self.id = id
  }

  /// Reads what ``text`` wrote.
  ///
  /// - Throws: ``AWSError`` for anything else.
  init(_ text: some StringProtocol) throws(AWSError) {
    guard text.utf8.count == 56, let timestamp = Int64(text.prefix(28)), let id = Int64(text.suffix(28)),
      timestamp >= 0, id >= 0
    else { throw LogsError.invalidToken }
    self.init(timestamp: timestamp, id: id)
  }

  private static func digits(_ number: Int64) -> String {
    let text = String(number)
    return String(repeating: "0", count: 28 - text.utf8.count) + text
  }
}

extension Date {
  /// Milliseconds since 1970, as Logs counts time.
  var milliseconds: Int64 { Int64((timeIntervalSince1970 * 1000).rounded(.down)) }
}
