import Foundation

/// Decides the state of a metric alarm: M of N data points, and what missing ones mean.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html#alarms-and-missing-data
struct AlarmMachine: Sendable, Equatable {
  /// How a value is compared with the threshold.
  enum Comparison: String, Sendable, CaseIterable {
    case greaterOrEqual = "GreaterThanOrEqualToThreshold"
    case greater = "GreaterThanThreshold"
    case less = "LessThanThreshold"
    case lessOrEqual = "LessThanOrEqualToThreshold"

    func isBreaching(_ value: Double, _ threshold: Double) -> Bool {
      switch self {
      case .greaterOrEqual: value >= threshold
      case .greater: value > threshold
      case .less: value < threshold
      case .lessOrEqual: value <= threshold
      }
    }

    var words: String {
      switch self {
      case .greaterOrEqual: "greater than or equal to"
      case .greater: "greater than"
      case .less: "less than"
      case .lessOrEqual: "less than or equal to"
      }
    }
  }

  /// What a missing data point counts as.
  enum MissingData: String, Sendable, CaseIterable {
    case missing, ignore, breaching, notBreaching
  }

  /// One period.
  struct Point: Sendable, Equatable {
    /// The start of the period, in milliseconds since 1970.
    var start: Int64
    /// `nil` when there is no data.
    var value: Double?
  }

  /// What an evaluation came to.
  struct Verdict: Sendable, Equatable {
    /// `nil` when the state is to stay as it is.
    var state: AlarmState?
    var reason: String
    /// The data points that decided, newest first.
    var points: [Point]
  }

  /// How many older periods are looked at when newer ones have no data.
  static let additionalPeriods = 2

  var comparison: Comparison
  var threshold: Double
  /// N.
  var evaluationPeriods: Int
  /// M.
  var datapointsToAlarm: Int
  var missingData: MissingData

  /// How many periods an evaluation looks at.
  var evaluationRange: Int { evaluationPeriods + Self.additionalPeriods }

  /// Evaluates the periods of the range, in the order of time.
  func evaluate(_ range: [Point]) -> Verdict {
    let real = Array(range.filter { $0.value != nil }.suffix(evaluationPeriods))
    let breaching = real.count { comparison.isBreaching($0.value ?? 0, threshold) }
    let missing = evaluationPeriods - real.count
    if missing == 0 { return verdict(breaching >= datapointsToAlarm, real, breaching) }
    switch missingData {
    case .breaching: return filled(breaching + missing >= datapointsToAlarm, real, breaching, missing)
    case .notBreaching: return filled(breaching >= datapointsToAlarm, real, breaching, missing)
    case .ignore:
      if breaching >= datapointsToAlarm { return verdict(true, real, breaching) }
      if breaching < real.count { return verdict(false, real, breaching) }
      return Verdict(state: nil, reason: "", points: real.reversed())
    case .missing:
      guard !real.isEmpty else {
        let count = Self.count(evaluationPeriods, "datapoint")
        return Verdict(
          state: .insufficientData,
          reason: "Insufficient Data: \(count) \(evaluationPeriods == 1 ? "was" : "were") unknown.", points: [])
      }
      // What is there decides alone.
      return verdict(breaching >= min(datapointsToAlarm, real.count), real, breaching)
    }
  }

  // MARK: AWS's words

  private func verdict(_ isAlarm: Bool, _ real: [Point], _ breaching: Int) -> Verdict {
    let matching = isAlarm ? breaching : real.count - breaching
    let shown = real.reversed().filter { comparison.isBreaching($0.value ?? 0, threshold) == isAlarm }
    let values = shown.map { "\($0.value ?? 0) (\(Self.instant($0.start)))" }.joined(separator: ", ")
    let relation = "\(isAlarm ? "" : "not ")\(comparison.words) the threshold (\(threshold))"
    let transition =
      isAlarm
      ? "(minimum \(Self.count(datapointsToAlarm, "datapoint")) for OK -> ALARM transition)"
      : "(minimum \(Self.count(evaluationPeriods - datapointsToAlarm + 1, "datapoint")) for ALARM -> OK transition)"
    return Verdict(
      state: isAlarm ? .alarm : .ok,
      reason: "Threshold Crossed: \(matching) out of the last \(Self.count(real.count, "datapoint")) [\(values)] "
        + "\(matching == 1 ? "was" : "were") \(relation) \(transition).", points: real.reversed())
  }

  private func filled(_ isAlarm: Bool, _ real: [Point], _ breaching: Int, _ missing: Int) -> Verdict {
    let treated = missingData == .breaching ? "Breaching" : "NonBreaching"
    let missingWords =
      "\(Self.count(missing, "missing datapoint")) \(missing == 1 ? "was" : "were") treated as [\(treated)]"
    guard !real.isEmpty else {
      return Verdict(
        state: isAlarm ? .alarm : .ok,
        reason: "Threshold Crossed: no datapoints were received for \(Self.count(evaluationPeriods, "period")) and "
          + "\(missingWords).", points: [])
    }
    var verdict = verdict(isAlarm, real, breaching)
    verdict.reason = "\(verdict.reason.dropLast()) and \(missingWords)."
    return verdict
  }

  private static func count(_ number: Int, _ word: String) -> String { "\(number) \(word)\(number == 1 ? "" : "s")" }

  /// `24/11/26 22:00:00`, as AWS writes instants in reasons.
  private static func instant(_ milliseconds: Int64) -> String {
    let parts = Calendar.utc.dateComponents(
      [.year, .month, .day, .hour, .minute, .second], from: milliseconds.date)
    func two(_ part: Int?) -> String { String("0\(part ?? 0)".suffix(2)) }
    return "\(two(parts.day))/\(two(parts.month))/\(two((parts.year ?? 0) % 100)) "
      + "\(two(parts.hour)):\(two(parts.minute)):\(two(parts.second))"
  }
}

extension Calendar {
  /// The calendar of instants in messages.
  static let utc: Calendar = {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    return calendar
  }()
}
