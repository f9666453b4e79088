import AWSWire
import Foundation

/// What an alarm sees: the machine of its configuration, and the periods that it looks at.
struct AlarmEvaluation: Sendable {
  let machine: AlarmMachine
  /// The period in seconds.
  let period: Int
  private let queries: MetricQueries
  private let alarm: CloudWatch.PutMetricAlarmRequest

  /// - Throws: ``AWSError`` for an alarm that was never checked.
  init(_ alarm: CloudWatch.PutMetricAlarmRequest) throws(AWSError) {
    self.alarm = alarm
    guard let comparison = AlarmMachine.Comparison(rawValue: alarm.comparisonOperator ?? ""),
      let threshold = alarm.threshold, let periods = alarm.evaluationPeriods
    else { throw CloudWatchError.validation("The alarm \(alarm.alarmName) is not complete.") }
    machine = AlarmMachine(
      comparison: comparison, threshold: threshold, evaluationPeriods: periods,
      datapointsToAlarm: alarm.datapointsToAlarm ?? periods,
      missingData: alarm.treatMissingData.flatMap(AlarmMachine.MissingData.init) ?? .missing)
    if alarm.metrics != nil {
      queries = try AlarmValidation.queries(alarm)
    } else {
      let stat = CloudWatch.MetricStat(
        metric: .init(namespace: alarm.namespace, metricName: alarm.metricName, dimensions: alarm.dimensions),
        period: alarm.period ?? 60, stat: alarm.statistic ?? alarm.extendedStatistic ?? "", unit: alarm.unit)
      queries = try MetricQueries([.init(id: "m", metricStat: stat)])
    }
    period = queries.queries.map(\.period).max() ?? 60
  }

  /// The periods that have ended by now, in the order of time.
  func range(at now: Int64, in table: MetricTable) throws(AWSError) -> [AlarmMachine.Point] {
    let step = table.timing.milliseconds(period)
    let end = MetricTiming.floor(now, step)
    let start = end - step * Int64(machine.evaluationRange)
    let series = try queries.results(from: start, to: end, in: table).first?.series.first
    return stride(from: start, to: end, by: Int(step)).map { instant in
      AlarmMachine.Point(start: instant, value: series?.points[instant])
    }
  }

  /// The reason as JSON.
  func reasonData(_ verdict: AlarmMachine.Verdict, at now: Date) -> String {
    struct Evaluated: Encodable { var timestamp: String; var value: Double? }
    struct Reason: Encodable {
      var version = "1.0"
      var queryDate: String
      var startDate: String?
      var statistic: String?
      var period: Int
      var recentDatapoints: [Double]
      var threshold: Double
      var evaluatedDatapoints: [Evaluated]
    }
    let reason = Reason(
      queryDate: now.alarmText, startDate: verdict.points.last?.start.date.alarmText,
      statistic: alarm.statistic ?? alarm.extendedStatistic, period: period,
      recentDatapoints: verdict.points.reversed().compactMap(\.value), threshold: machine.threshold,
      evaluatedDatapoints: verdict.points.map { .init(timestamp: $0.start.date.alarmText, value: $0.value) })
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(reason)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}

extension Date {
  /// `2026-11-24T22:00:00.000+0000`, as AWS writes instants in the data of alarms.
  var alarmText: String {
    let text = formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    return text.hasSuffix("Z") ? "\(text.dropLast())+0000" : text
  }
}
