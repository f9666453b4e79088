import AWSWire
import Foundation
import PalcoTestSupport
import Testing

@testable import LocalCloud

@Suite struct AlarmTests {
  @Test func theHistoryOfAllAlarmsTogetherIsBounded() async throws {
    try await CloudWatchFixture.run { fixture in
      let old = AlarmEvent(
        alarm: "gone", alarmType: "MetricAlarm", instant: fixture.now, kind: .state, summary: "s", data: "{}")
      let kept = try await fixture.store.database.write { database in
        try AlarmHistory.insert([old], in: database)
        // Many alarms came and went in between.
        try database.execute(
          sql: "UPDATE sqlite_sequence SET seq = ? WHERE name = 'alarm_history'", arguments: [AlarmHistory.itemsOfAll])
        var new = old
        new.alarm = "new"
        try AlarmHistory.insert([new], in: database)
        return try String.fetchAll(database, sql: "SELECT alarm FROM alarm_history")
      }
      #expect(kept == ["new"])
    }
  }

  @Test func anAlarmIsBornWithoutDataAndFollowsItsMetric() async throws {
    try await CloudWatchFixture.run { watch in
      try await watch.send(CloudWatchFixture.alarm(threshold: 3))
      let born = try await watch.send(CloudWatch.DescribeAlarmsRequest()).metricAlarms?.first
      #expect(born?.stateValue == "INSUFFICIENT_DATA")
      #expect(born?.stateReason == "Unchecked: Initial alarm creation")
      #expect(born?.alarmArn == "arn:aws:cloudwatch:us-east-1:000000000000:alarm:a")
      #expect(born?.actionsEnabled == true)
      try await watch.put([1, 2])
      await watch.nextMinute()
      #expect(await watch.state() == "ALARM")
      try await watch.put([1])
      await watch.nextMinute()
      #expect(await watch.state() == "OK")
      // The last data point counts for two periods more; then there is none.
      for expected in ["OK", "OK", "INSUFFICIENT_DATA"] {
        await watch.nextMinute()
        #expect(await watch.state() == expected)
      }
      let history = try await watch.send(CloudWatch.DescribeAlarmHistoryRequest(alarmName: "a"))
      #expect(
        history.alarmHistoryItems?.map(\.historySummary) == [
          "Alarm updated from OK to INSUFFICIENT_DATA", "Alarm updated from ALARM to OK",
          "Alarm updated from INSUFFICIENT_DATA to ALARM", "Alarm \"a\" created",
        ])
      let page = try await watch.send(
        CloudWatch.DescribeAlarmHistoryRequest(historyItemType: "StateUpdate", maxRecords: 2))
      let rest = try await watch.send(
        CloudWatch.DescribeAlarmHistoryRequest(historyItemType: "StateUpdate", nextToken: page.nextToken))
      #expect(page.alarmHistoryItems?.count == 2)
      #expect(rest.alarmHistoryItems?.count == 1)
    }
  }

  @Test func aPeriodIsAsLongAsTheCloudsMinute() async throws {
    try await CloudWatchFixture.run(minute: .seconds(1)) { watch in
      try await watch.send(CloudWatchFixture.alarm())
      try await watch.put([5])
      watch.clock.advance(by: .seconds(1))
      await watch.service.tick()
      #expect(await watch.state() == "ALARM")
    }
  }

  @Test func twoOfThreeMustBreach() async throws {
    try await CloudWatchFixture.run { watch in
      try await watch.send(CloudWatchFixture.alarm(periods: 3, datapoints: 2, missing: "notBreaching"))
      for (value, expected) in [(1.0, "OK"), (0, "OK"), (1, "ALARM"), (0, "OK")] {
        try await watch.put([value])
        await watch.nextMinute()
        #expect(await watch.state() == expected)
      }
    }
  }

  @Test func anExpressionCanAlarm() async throws {
    try await CloudWatchFixture.run { watch in
      var alarm = CloudWatchFixture.alarm("rate", threshold: 50)
      (alarm.metricName, alarm.namespace, alarm.statistic, alarm.period) = (nil, nil, nil, nil)
      alarm.metrics = [
        CloudWatchFixture.query("errors", returns: false), CloudWatchFixture.query("requests", returns: false),
        CloudWatchFixture.query("e", expression: "100 * FILL(errors, 0) / requests"),
      ]
      try await watch.send(alarm)
      try await watch.put([10], of: "requests")
      await watch.nextMinute()
      #expect(await watch.state(of: "rate") == "OK")
      try await watch.put([10], of: "requests")
      try await watch.put([5], of: "errors")
      await watch.nextMinute()
      #expect(await watch.state(of: "rate") == "ALARM")
    }
  }

  @Test func compositeAlarmsFollowAtOnce() async throws {
    try await CloudWatchFixture.run { watch in
      for name in ["a", "b"] { try await watch.send(CloudWatchFixture.alarm(name)) }
      try await watch.send(
        CloudWatch.PutCompositeAlarmRequest(alarmName: "both", alarmRule: "ALARM(a) AND ALARM(b)"))
      try await watch.send(CloudWatch.PutCompositeAlarmRequest(alarmName: "top", alarmRule: "NOT ALARM(both)"))
      #expect(await watch.service.states(of: ["both", "top", "gone"]) == ["both": "OK", "top": "ALARM"])
      for name in ["a", "b"] {
        try await watch.send(
          CloudWatch.SetAlarmStateRequest(alarmName: name, stateValue: "ALARM", stateReason: "test"))
      }
      #expect(await watch.service.states(of: ["both", "top"]) == ["both": "ALARM", "top": "OK"])
      let refused: [(String, String)] = [
        ("a", "TRUE"), ("x", "ALARM(nobody)"), ("x", "ALARM("), ("both", "ALARM(top)"), ("both", "ALARM(both)"),
      ]
      for (name, rule) in refused {
        #expect(
          try await watch.refusal(of: CloudWatch.PutCompositeAlarmRequest(alarmName: name, alarmRule: rule))?.code
            == "ValidationException")
      }
      let all = try await watch.send(CloudWatch.DescribeAlarmsRequest(alarmTypes: ["CompositeAlarm"]))
      #expect(all.compositeAlarms?.map(\.alarmName) == ["both", "top"])
      let children = try await watch.send(CloudWatch.DescribeAlarmsRequest(childrenOfAlarmName: "both"))
      #expect(children.metricAlarms?.map(\.alarmName) == ["a", "b"])
      #expect(
        try await watch.refusal(of: CloudWatch.DeleteAlarmsRequest(alarmNames: ["a"]))?.code == "ValidationException")
      try await watch.send(CloudWatch.DeleteAlarmsRequest(alarmNames: ["top"]))
      try await watch.send(CloudWatch.DeleteAlarmsRequest(alarmNames: ["a", "b", "both"]))
      #expect(try await watch.send(CloudWatch.DescribeAlarmsRequest()).metricAlarms == [])
    }
  }

  @Test func alarmsAreFoundByWhatIsAsked() async throws {
    try await CloudWatchFixture.run { watch in
      for name in ["a1", "a2", "b1"] { try await watch.send(CloudWatchFixture.alarm(name)) }
      var acting = CloudWatchFixture.alarm("acting")
      acting.alarmActions = ["arn:aws:sns:us-east-1:000000000000:topic"]
      acting.tags = [.init(key: "k", value: "v")]
      try await watch.send(acting)
      func names(_ request: CloudWatch.DescribeAlarmsRequest) async throws -> [String?] {
        try await watch.send(request).metricAlarms?.map(\.alarmName) ?? []
      }
      #expect(try await names(.init(alarmNamePrefix: "a")) == ["a1", "a2", "acting"])
      #expect(try await names(.init(alarmNames: ["b1", "gone"])) == ["b1"])
      #expect(try await names(.init(actionPrefix: "arn:aws:sns")) == ["acting"])
      #expect(try await names(.init(stateValue: "OK")) == [])
      let page = try await watch.send(CloudWatch.DescribeAlarmsRequest(maxRecords: 3))
      #expect(try await names(.init(maxRecords: 3, nextToken: page.nextToken)) == ["b1"])
      #expect(
        try await watch.send(CloudWatch.DescribeAlarmsForMetricRequest(metricName: "m", namespace: "N")).metricAlarms?
          .count == 4)
      try await watch.send(CloudWatch.DisableAlarmActionsRequest(alarmNames: ["a1"]))
      #expect(
        try await watch.send(CloudWatch.DescribeAlarmsRequest(alarmNames: ["a1"])).metricAlarms?.first?.actionsEnabled
          == false)
      let arn = "arn:aws:cloudwatch:us-east-1:000000000000:alarm:acting"
      try await watch.send(CloudWatch.TagResourceRequest(resourceARN: arn, tags: [.init(key: "x", value: "y")]))
      try await watch.send(CloudWatch.UntagResourceRequest(resourceARN: arn, tagKeys: ["k"]))
      #expect(
        try await watch.send(CloudWatch.ListTagsForResourceRequest(resourceARN: arn)).tags
          == [.init(key: "x", value: "y")])
    }
  }

  @Test func badAlarmsAreRefused() async throws {
    try await CloudWatchFixture.run { watch in
      func refusal(_ change: (inout CloudWatch.PutMetricAlarmRequest) -> Void) async throws -> String? {
        var alarm = CloudWatchFixture.alarm()
        change(&alarm)
        return try await watch.refusal(of: alarm)?.code
      }
      let withoutOperator = try await refusal { $0.comparisonOperator = nil }
      #expect(withoutOperator == "MissingRequiredParameterException")
      #expect(try await refusal { $0.metricName = nil } == "MissingRequiredParameterException")
      #expect(try await refusal { $0.period = 45 } == "ValidationException")
      #expect(try await refusal { $0.statistic = nil } == "ValidationException")
      #expect(try await refusal { $0.extendedStatistic = "p99" } == "ValidationException")
      #expect(try await refusal { $0.datapointsToAlarm = 2 } == "ValidationException")
      #expect(try await refusal { $0.evaluationPeriods = 1441 } == "ValidationException")
      #expect(try await refusal { $0.alarmActions = ["arn:alarm"] } == "ValidationException")
      #expect(try await refusal { $0.treatMissingData = "sometimes" } == "ValidationException")
      #expect(
        try await refusal { $0.metrics = [CloudWatchFixture.query("m1")] } == "InvalidParameterCombinationException")
      #expect(
        try await watch.refusal(
          of: CloudWatch.SetAlarmStateRequest(alarmName: "gone", stateValue: "OK", stateReason: "r"))
          == AWSError("ResourceNotFound", "The alarm gone does not exist.", httpStatus: 404))
    }
  }

  @Test func aRestartKeepsAlarmsAndRecentMetrics() async throws {
    try await withTemporaryDirectory { directory in
      var watch = try await CloudWatchFixture(directory: directory)
      try await watch.send(CloudWatchFixture.alarm(missing: "ignore"))
      try await watch.send(CloudWatch.PutDashboardRequest(dashboardName: "d", dashboardBody: "{}"))
      try await watch.put([1, 2, 3])
      await watch.nextMinute()
      #expect(await watch.state() == "ALARM")
      try watch.close()
      watch = try await CloudWatchFixture(directory: directory, clock: watch.clock)
      #expect(await watch.state() == "ALARM")
      #expect(try await watch.values([CloudWatchFixture.query("m", "p50")]) == [[2]])
      // What comes later goes to the same series.
      try await watch.put([5], at: -60)
      #expect(try await watch.values([CloudWatchFixture.query("m")]) == [[11]])
      #expect(try await watch.send(CloudWatch.ListDashboardsRequest()).dashboardEntries?.first?.size == 2)
      try watch.close()
    }
  }
}
