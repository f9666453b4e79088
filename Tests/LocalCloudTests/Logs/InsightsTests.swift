import AWSWire
import Foundation
import Testing

@testable import LocalCloud

@Suite struct InsightsTests {
  /// The rows of a query over five events, without `@ptr`.
  private func rows(_ query: String, limit: Int? = nil) async throws -> [[String: String]] {
    var answer: [[String: String]] = []
    try await LogsFixture.run { logs in
      try await logs.group(streams: ["a", "b"])
      try await logs.put(
        [
          (0, #"{"level": "INFO", "ms": 10, "path": "/a"}"#), (1000, #"{"level": "ERROR", "ms": 90, "path": "/a"}"#),
          (2000, #"{"level": "ERROR", "ms": 30, "path": "/b", "user": {"id": 7}}"#),
        ], stream: "a")
      try await logs.put([(61_000, "plain ERROR text"), (62_000, #"{"level": "WARN", "ms": 200}"#)], stream: "b")
      let now = logs.now / 1000
      let id = try await logs.send(
        Logs.StartQueryRequest(
          startTime: now - 10, endTime: now + 100, queryString: query, logGroupName: "g", limit: limit)
      ).queryId
      let results = try await logs.send(Logs.GetQueryResultsRequest(queryId: id ?? ""))
      #expect(results.status == "Complete" && results.statistics?.recordsScanned == 5)
      answer = (results.results ?? []).map { row in
        Dictionary(row.map { ($0.field ?? "", $0.value ?? "") }) { first, _ in first }.filter { $0.key != "@ptr" }
      }
    }
    return answer
  }

  @Test func theNewestComesFirst() async throws {
    let rows = try await rows("fields @timestamp, @message | limit 2")
    #expect(rows.map { $0["@message"] } == [#"{"level": "WARN", "ms": 200}"#, "plain ERROR text"])
    #expect(rows.last?["@timestamp"] == "2023-11-14 22:14:21.000")
  }

  @Test func fieldsOfJSONAreFound() async throws {
    #expect(
      try await rows(#"fields path, user.id as id, @logStream | filter level = "ERROR" | sort ms"#)
        == [["path": "/b", "id": "7", "@logStream": "s"], ["path": "/a", "@logStream": "s"]].map { row in
          row.merging(["@logStream": "a"]) { $1 }
        })
  }

  @Test(arguments: [
    (#"filter level = "ERROR" and ms > 50"#, 1), (#"filter level = 'ERROR' or ms >= 200"#, 3),
    ("filter not level = \"ERROR\" and ispresent(level)", 2), ("filter @message like /ERROR|WARN/", 4),
    ("filter @message like 'plain'", 1), ("filter @message not like 'plain'", 4),
    ("filter level in ['WARN', 'INFO']", 2),
    ("filter level not in ['WARN', 'INFO', 'ERROR']", 1), ("filter (ms < 20 or ms > 100) and ispresent(path)", 1),
    ("filter @message =~ /ms\": \\d{3}/", 1), ("# nothing\nfilter ms != 10 and ispresent(ms)", 3),
  ])
  func filters(query: String, count: Int) async throws {
    #expect(try await rows(query).count == count)
  }

  @Test func statisticsAreGrouped() async throws {
    #expect(
      try await rows("stats count(*) as n, avg(ms), max(ms) as top, pct(ms, 50) as half by level | sort n desc, level")
        == [
          ["level": "ERROR", "n": "2", "avg(ms)": "60", "top": "90", "half": "30"],
          ["level": "", "n": "1"],
          ["level": "INFO", "n": "1", "avg(ms)": "10", "top": "10", "half": "10"],
          ["level": "WARN", "n": "1", "avg(ms)": "200", "top": "200", "half": "200"],
        ])
    #expect(
      try await rows("stats count() as n, sum(ms), count_distinct(level) as levels by bin(1m)")
        == [
          ["bin(1m)": "2023-11-14 22:13:00.000", "n": "3", "sum(ms)": "130", "levels": "2"],
          ["bin(1m)": "2023-11-14 22:14:00.000", "n": "2", "sum(ms)": "200", "levels": "1"],
        ])
    #expect(try await rows(#"filter level = "NONE" | stats count(*) as n"#) == [["n": "0"]])
  }

  @Test func theLimitOfTheRequestHoldsToo() async throws {
    #expect(try await rows("fields @message", limit: 3).count == 3)
  }

  @Test(arguments: [
    "", "explain @message", "fields", "fields strlen(@message)", "filter", "filter level", "filter level =",
    "filter level like x", "filter level = \"x", "filter (a = 1", "filter @message like /(/", "stats",
    "stats median(ms)",
    "stats count(*) by bin(5 m)", "stats sum()", "limit 0", "limit x", "sort", "fields a | | limit 1", "filter a = 1 2",
    "parse @message \"*\" as x",
  ])
  func whatIsNoQueryIsRefused(query: String) {
    let error = #expect(throws: AWSError.self) { try InsightsQuery(query) }
    #expect(error?.code == "MalformedQueryException")
  }

  @Test func queriesAreListedAndUnknownOnesRefused() async throws {
    try await LogsFixture.run { logs in
      #expect(
        try await logs.refusal(
          of: Logs.StartQueryRequest(startTime: 0, endTime: 1, queryString: "limit 1", logGroupName: "none"))?.code
          == "ResourceNotFoundException")
      try await logs.group()
      let id = try await logs.send(
        Logs.StartQueryRequest(startTime: 0, endTime: 1, queryString: "limit 1", logGroupName: "g")
      ).queryId
      let queries = try await logs.send(Logs.DescribeQueriesRequest(logGroupName: "g", status: "Complete")).queries
      #expect(queries?.map(\.queryId) == [id] && queries?.first?.queryString == "limit 1")
      #expect(try await logs.send(Logs.DescribeQueriesRequest(status: "Running")).queries == [])
      #expect(
        try await logs.refusal(of: Logs.GetQueryResultsRequest(queryId: "x"))?.code == "ResourceNotFoundException")
    }
  }
}
