import AWSWire
import Foundation

/// The events of alarms whose state changed since they were written last.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
struct AlarmStateEvents {
  let alarms: RecordTable<AlarmRecord>
  let cloud: CloudContext

  /// All events, by the names of the alarms.
  var all: [LocalCloudAPI.Event] {
    alarms.differences.sorted { $0.new.name < $1.new.name }.compactMap { old, new in
      guard let old, old.state != new.state else { return nil }
      return cloud.event(
        "CloudWatch Alarm State Change", source: "aws.cloudwatch", at: new.stateUpdated, resources: [new.arn],
        detail: [
          "alarmName": .string(new.name), "state": Self.state(new), "previousState": Self.state(old),
          "configuration": .object(Self.configuration(new)),
        ])
    }
  }

  private static func state(_ alarm: AlarmRecord) -> JSONValue {
    var members: [String: JSONValue] = [
      "value": .string(alarm.state.rawValue), "reason": .string(alarm.stateReason),
      "timestamp": .string(alarm.stateUpdated.alarmText),
    ]
    members["reasonData"] = alarm.stateReasonData.map(JSONValue.string)
    return .object(members)
  }

  private static func configuration(_ alarm: AlarmRecord) -> [String: JSONValue] {
    switch alarm.kind {
    case .composite(let alarm):
      var members: [String: JSONValue] = ["alarmRule": .string(alarm.alarmRule)]
      members["description"] = alarm.alarmDescription.map(JSONValue.string)
      return members
    case .metric(let alarm):
      let queries =
        alarm.metrics ?? [
          .init(
            id: "m1",
            metricStat: .init(
              metric: .init(namespace: alarm.namespace, metricName: alarm.metricName, dimensions: alarm.dimensions),
              period: alarm.period ?? 60, stat: alarm.statistic ?? alarm.extendedStatistic ?? "", unit: alarm.unit))
        ]
      var members: [String: JSONValue] = ["metrics": .array(queries.map(metric))]
      members["description"] = alarm.alarmDescription.map(JSONValue.string)
      return members
    }
  }

  private static func metric(_ query: CloudWatch.MetricDataQuery) -> JSONValue {
    var members: [String: JSONValue] = ["id": .string(query.id), "returnData": .bool(query.returnData ?? true)]
    members["expression"] = query.expression.map(JSONValue.string)
    members["label"] = query.label.map(JSONValue.string)
    if let stat = query.metricStat {
      let dimensions = (stat.metric.dimensions ?? []).map { ($0.name, JSONValue.string($0.value)) }
      var metric: [String: JSONValue] = [
        "dimensions": .object(Dictionary(dimensions) { first, _ in first })
      ]
      metric["namespace"] = stat.metric.namespace.map(JSONValue.string)
      metric["name"] = stat.metric.metricName.map(JSONValue.string)
      members["metricStat"] = .object([
        "metric": .object(metric), "period": .number(Double(stat.period)), "stat": .string(stat.stat),
      ])
    }
    return .object(members)
  }
}
