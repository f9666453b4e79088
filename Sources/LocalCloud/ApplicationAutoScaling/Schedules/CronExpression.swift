import Foundation

/// The six fields of AWS's cron: minutes, hours, day of month, month, day of week (1 is Sunday), year.
struct CronExpression: Sendable, Equatable {
  /// The values of a field; `nil` for all.
  private struct Field: Sendable, Equatable {
    var values: Set<Int>?

    func holds(_ value: Int) -> Bool { values?.contains(value) ?? true }
  }

  private static let months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
  private static let days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]
  /// Further back nobody looks: a cloud that was off for a day does not catch up.
  private static let longestLook: TimeInterval = 86_400

  private let minutes, hours, daysOfMonth, months, daysOfWeek, years: Field
  private let zone: TimeZone

  init(_ text: String, in zone: TimeZone) throws(ScalingSchedule.Failure) {
    let fields = text.split(separator: " ").map { $0.uppercased() }
    guard fields.count == 6 else {
      throw .init(reason: "cron takes six fields: minutes, hours, day of month, month, day of week, year")
    }
    guard fields[2] == "?" || fields[4] == "?" else {
      throw .init(reason: "either the day of month or the day of week must be ?")
    }
    minutes = try Self.field(fields[0], "minutes", 0...59)
    hours = try Self.field(fields[1], "hours", 0...23)
    daysOfMonth = try Self.field(fields[2], "day of month", 1...31)
    months = try Self.field(fields[3], "month", 1...12, names: Self.months)
    daysOfWeek = try Self.field(fields[4], "day of week", 1...7, names: Self.days)
    years = try Self.field(fields[5], "year", 1970...2199)
    self.zone = zone
  }

  /// Whether a minute that it names begins within an interval, which does not hold its beginning.
  func isDue(after last: Date, through instant: Date) -> Bool {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    let first = max(last, instant.addingTimeInterval(-Self.longestLook)).timeIntervalSince1970
    var minute = ((first / 60).rounded(.down) + 1) * 60
    while minute <= instant.timeIntervalSince1970 {
      if names(Date(timeIntervalSince1970: minute), calendar) { return true }
      minute += 60
    }
    return false
  }

  private func names(_ date: Date, _ calendar: Calendar) -> Bool {
    let parts = calendar.dateComponents([.minute, .hour, .day, .month, .weekday, .year], from: date)
    return minutes.holds(parts.minute ?? 0) && hours.holds(parts.hour ?? 0) && daysOfMonth.holds(parts.day ?? 0)
      && months.holds(parts.month ?? 0) && daysOfWeek.holds(parts.weekday ?? 0) && years.holds(parts.year ?? 0)
  }

  private static func field(
    _ text: String, _ name: String, _ range: ClosedRange<Int>, names: [String] = []
  ) throws(ScalingSchedule.Failure) -> Field {
    if text == "*" || text == "?" { return Field() }
    var values: Set<Int> = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let pieces = part.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let bounds = pieces[0].split(separator: "-", omittingEmptySubsequences: false).map(String.init)
      func number(_ text: String) -> Int? {
        if let index = names.firstIndex(of: text) { return range.lowerBound + index }
        return Int(text).flatMap { range.contains($0) ? $0 : nil }
      }
      let first = pieces[0] == "*" ? range.lowerBound : bounds.first.flatMap(number)
      let last: Int? =
        switch (pieces[0], bounds.count, pieces.count) {
        case ("*", _, _), (_, 1, 2): range.upperBound
        case (_, 1, _): first
        case (_, 2, _): number(bounds[1])
        default: nil
        }
      let step = pieces.count == 2 ? Int(pieces[1]) : 1
      guard let first, let last, first <= last, let step, step > 0 else {
        throw .init(reason: "'\(part)' cannot be read as \(name); L, W and # are not supported by this local cloud")
      }
      values.formUnion(stride(from: first, through: last, by: step))
    }
    return Field(values: values)
  }
}
