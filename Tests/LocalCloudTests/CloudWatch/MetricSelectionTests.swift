import AWSWire
import Foundation
import Testing

@testable import LocalCloud

@Suite struct MetricSelectionTests {
  /// The results of a query over two minutes of three hosts, by label.
  private func results(_ expression: String, period: Int? = 60) async throws -> [String] {
    var found: [String] = []
    try await CloudWatchFixture.run { watch in
      for (path, host, value) in [("/a", "one", 10.0), ("/a", "two", 30), ("/b", "one", 5)] {
        try await watch.send(
          CloudWatch.PutMetricDataRequest(
            namespace: "My App",
            metricData: [
              .init(
                metricName: "ms", dimensions: [.init(name: "Path", value: path), .init(name: "Host", value: host)],
                timestamp: watch.now - 60, value: value)
            ]))
      }
      let answer = try await watch.send(
        CloudWatch.GetMetricDataRequest(
          metricDataQueries: [.init(id: "q", expression: expression, period: period)], startTime: watch.now - 120,
          endTime: watch.now))
      found = (answer.metricDataResults ?? []).map { "\($0.label ?? "")=\($0.values ?? [])" }
    }
    return found
  }

  @Test(arguments: [
    (#"SELECT SUM(ms) FROM "My App""#, ["q=[45.0]"]),
    (#"select count(ms) from "My App" where Path = '/a'"#, ["q=[2.0]"]),
    (#"SELECT AVG(ms) FROM "My App" WHERE Path != '/a'"#, ["q=[5.0]"]),
    (#"SELECT MAX(ms) FROM "My App" WHERE Path = '/a' AND Host = 'one'"#, ["q=[10.0]"]),
    (#"SELECT SUM(ms) FROM "My App" GROUP BY Host"#, ["one=[15.0]", "two=[30.0]"]),
    (#"SELECT SUM(ms) FROM "My App" GROUP BY Host ORDER BY SUM() DESC LIMIT 1"#, ["two=[30.0]"]),
    (
      #"SELECT MIN(ms) FROM "My App" GROUP BY Path, Host ORDER BY MIN() ASC"#,
      ["/b one=[5.0]", "/a one=[10.0]", "/a two=[30.0]"]
    ),
    (#"SELECT SUM(ms) FROM SCHEMA("My App", Path, Host)"#, ["q=[45.0]"]),
    (#"SELECT SUM(ms) FROM SCHEMA("My App", Path)"#, []), (#"SELECT SUM(none) FROM "My App""#, []),
    (#"SELECT SUM(ms) FROM "My App" GROUP BY Zone"#, []),
  ])
  func metricsAreSelectedAndGrouped(expression: String, results expected: [String]) async throws {
    #expect(try await results(expression) == expected)
  }

  @Test(arguments: [
    "SELECT", "SELECT SUM FROM a", "SELECT P99(ms) FROM a", "SELECT SUM(ms)", "SELECT SUM(ms) FROM a WHERE x",
    "SELECT SUM(ms) FROM a WHERE x > 'y'", "SELECT SUM(ms) FROM a GROUP Host", "SELECT SUM(ms) FROM a LIMIT 0",
    "SELECT SUM(ms) FROM a LIMIT 5 6", "SELECT SUM(ms) FROM \"a", "SELECT SUM(ms) FROM SCHEMA()",
  ])
  func whatIsNoQueryIsRefused(expression: String) {
    #expect(throws: MathExpression.Failure.self) { try MetricSelection(expression) }
  }

  @Test func aQueryNeedsAPeriod() async {
    let error = await #expect(throws: AWSError.self) {
      try await results(#"SELECT SUM(ms) FROM "My App""#, period: nil)
    }
    #expect(error?.message.contains("needs a period") == true)
  }
}
