import Foundation

/// When a scheduled action is due: `at(…)`, `rate(…)` or `cron(…)`.
///
/// https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html
enum ScalingSchedule: Sendable, Equatable {
  case once(Date)
  case every(TimeInterval)
  case cron(CronExpression)

  /// Why a text is no schedule.
  struct Failure: Error, Equatable { var reason: String }

  /// Reads a schedule.
  ///
  /// - Parameter zone: The time zone of `at` and `cron`.
  /// - Throws: ``Failure``.
  init(_ text: String, in zone: TimeZone) throws(Failure) {
    guard let open = text.firstIndex(of: "("), text.hasSuffix(")") else {
      throw Failure(reason: "it has the form at(…), rate(…) or cron(…)")
    }
    let inner = String(text[text.index(after: open)...].dropLast()).trimmingCharacters(in: .whitespaces)
    switch text[..<open] {
    case "at":
      let style = Date.ISO8601FormatStyle(timeZone: zone).year().month().day().time(includingFractionalSeconds: false)
      guard let instant = try? Date(inner, strategy: style) else {
        throw Failure(reason: "at takes yyyy-mm-ddThh:mm:ss")
      }
      self = .once(instant)
    case "rate":
      let parts = inner.split(separator: " ")
      let units = ["minute": 60.0, "hour": 3600, "day": 86_400]
      guard parts.count == 2, let count = Int(parts[0]), count > 0,
        let unit = units[String(parts[1]).hasSuffix("s") ? String(parts[1].dropLast()) : String(parts[1])]
      else { throw Failure(reason: "rate takes a number of minutes, hours or days, such as 5 minutes") }
      self = .every(Double(count) * unit)
    case "cron":
      self = .cron(try CronExpression(inner, in: zone))
    default: throw Failure(reason: "it has the form at(…), rate(…) or cron(…)")
    }
  }

  /// Whether it is due within an interval.
  ///
  /// - Parameters:
  ///   - instant: The end of the interval, which belongs to it; `last`, its beginning, does not.
  ///   - start: What a rate counts from.
  func isDue(after last: Date, through instant: Date, since start: Date) -> Bool {
    switch self {
    case .once(let date): return last < date && date <= instant
    case .every(let interval):
      guard instant >= start else { return false }
      let count = (instant.timeIntervalSince(start) / interval).rounded(.down)
      return start.addingTimeInterval(count * interval) > last
    case .cron(let expression): return expression.isDue(after: last, through: instant)
    }
  }
}
