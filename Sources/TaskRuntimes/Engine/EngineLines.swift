import Foundation

/// Takes the lines of `logs --timestamps`, puts each one's own instant in the place of the instant it was read at, and
/// leaves out what was handed over before.
actor EngineLines: OutputSink {
  private let sink: any OutputSink
  /// Lines up to this instant are known already.
  private var known: Date?
  /// The stamp of the last line, and how many lines had it: a reader that begins anew begins with it.
  private var last: (stamp: String, count: Int)?
  private var repeated = 0

  init(_ sink: any OutputSink, after known: Date?) {
    self.sink = sink
    self.known = known
  }

  /// Where a new reader has to begin, as `--since` takes it.
  func beginReading() -> String? {
    repeated = last?.count ?? 0
    return last?.stamp
  }

  func write(_ lines: [OutputLine]) async {
    let new = lines.compactMap(unstamped)
    if !new.isEmpty { await sink.write(new) }
  }

  private func unstamped(_ line: OutputLine) -> OutputLine? {
    guard let space = line.text.firstIndex(of: " "), let instant = Self.instant(line.text[..<space]) else {
      return line
    }
    let stamp = String(line.text[..<space])
    if let known, instant <= known { return nil }
    if repeated > 0, stamp == last?.stamp {
      repeated -= 1
      return nil
    }
    last = (stamp, stamp == last?.stamp ? (last?.count ?? 0) + 1 : 1)
    return OutputLine(
      timestamp: instant, stream: line.stream, text: String(line.text[line.text.index(after: space)...]))
  }

  /// Reads `2026-11-24T23:54:50.269477514Z`, or with an offset as `+01:00`, to the millisecond as CloudWatch Logs keeps it.
  static func instant(_ text: Substring) -> Date? {
    let numbers = text.split(maxSplits: 8) { !$0.isASCII || !$0.isNumber }
    guard numbers.count >= 6, text.dropFirst(4).first == "-", text.dropFirst(10).first == "T",
      let year = Int(numbers[0]), let month = Int(numbers[1]), let day = Int(numbers[2]), let hour = Int(numbers[3]),
      let minute = Int(numbers[4]), let second = Int(numbers[5]), (1...12).contains(month)
    else { return nil }
    let rest = text.dropFirst(19)
    let fraction = rest.first == "." ? rest.dropFirst().prefix { $0.isNumber } : ""
    let milliseconds = Int((fraction + "000").prefix(3)) ?? 0
    let zone = rest.drop { $0 == "." || $0.isNumber }
    var offset = 0
    if zone != "Z" {
      let parts = zone.dropFirst().split(separator: ":").compactMap { Int($0) }
      guard parts.count == 2, let sign = zone.first, sign == "+" || sign == "-" else { return nil }
      offset = (parts[0] * 60 + parts[1]) * (sign == "+" ? 60 : -60)
    }
    // Days since 1970 in the Gregorian calendar, with years that begin in March.
    let shifted = month > 2 ? (year, month - 3) : (year - 1, month + 9)
    let era = shifted.0 / 400
    let yearOfEra = shifted.0 % 400
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + (153 * shifted.1 + 2) / 5 + day - 1
    let days = era * 146_097 + dayOfEra - 719_468
    let seconds = ((days * 24 + hour) * 60 + minute) * 60 + second - offset
    // A tenth of a millisecond more: a binary fraction just below would be rounded down to the one before.
    return Date(timeIntervalSince1970: Double(seconds) + (Double(milliseconds) + 0.1) / 1000)
  }
}
