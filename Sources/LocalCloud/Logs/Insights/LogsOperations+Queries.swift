import AWSWire
import Foundation

/// A query that was made, with its answer.
struct QueryRecord: Sendable {
  var id: String
  var text: String
  var groups: [String]
  var createdAt: Int64
  var results: [[Logs.ResultField]]
  var statistics: Logs.QueryStatistics

  fileprivate var shape: Logs.QueryInfo {
    .init(
      queryLanguage: "CWLI", queryId: id, queryString: text, status: "Complete", createTime: Int(createdAt),
      logGroupName: groups.first)
  }
}

// Queries of Logs Insights. A query is answered while it is started; its answer is kept until the cloud ends, or a
// hundred newer ones have come.
extension LogsService {
  nonisolated func addQueries(to table: inout OperationTable) {
    table.on(Logs.StartQueryRequest.self) { request, _ in .init(queryId: try await self.start(request)) }
    table.on(Logs.GetQueryResultsRequest.self) { request, _ in
      let query = try await self.query(request.queryId)
      return .init(
        queryLanguage: "CWLI", results: query.results, statistics: query.statistics, status: "Complete")
    }
    table.on(Logs.StopQueryRequest.self) { request, _ in
      _ = try await self.query(request.queryId)
      throw LogsError.invalid("The query has ended already.")
    }
    table.on(Logs.DescribeQueriesRequest.self) { request, _ in
      let queries = await self.queries.filter { query in
        (request.logGroupName.map(query.groups.contains) ?? true) && ["Complete", nil].contains(request.status)
      }
      let page = try LogsPage(
        queries, token: request.nextToken, limit: request.maxResults, maximum: 1000, name: \.id)
      return .init(queries: page.items.map(\.shape), nextToken: page.nextToken)
    }
  }

  private func query(_ id: String) throws -> QueryRecord {
    guard let query = queries.first(where: { $0.id == id }) else {
      throw AWSError("ResourceNotFoundException", "The specified query does not exist.")
    }
    return query
  }

  private func start(_ request: Logs.StartQueryRequest) async throws -> String {
    guard ["CWLI", nil].contains(request.queryLanguage) else {
      throw LogsError.invalid("The local cloud knows the query language CWLI only.")
    }
    let query = try InsightsQuery(request.queryString)
    if let limit = request.limit, !(1...10_000).contains(limit) {
      throw LogsError.constraint("\(limit)", "limit", "have value between 1 and 10000")
    }
    guard request.startTime <= request.endTime else {
      throw LogsError.invalid("The start time of a query must not be after its end time.")
    }
    let names = try queriedGroups(request)
    let limit = request.limit ?? 10_000
    // The times are seconds, and the end is inclusive.
    let (earliest, latest) = (Int64(request.startTime) * 1000, Int64(request.endTime) * 1000 + 999)
    let (results, statistics) = try await read { database in
      var run = InsightsRun(query, limit: limit)
      var (scanned, bytes) = (0, 0)
      for name in names {
        let group = try Self.number(ofGroup: name, in: database)
        var place = LogPosition.start
        while true {
          let page = try LogScan(
            group: group, streams: nil, pattern: try FilterPattern(""), limit: LogScan.maximumRows
          ).run(after: place, from: earliest, to: latest, in: database)
          for (event, stream) in page.events {
            run.add(event, stream: stream, group: name)
            bytes += event.size
          }
          scanned += page.events.count
          guard let next = page.next, !run.isFull else { break }
          place = next
        }
      }
      return (
        run.results(),
        Logs.QueryStatistics(
          recordsMatched: Double(run.rows.count), recordsScanned: Double(scanned), bytesScanned: Double(bytes),
          logGroupsScanned: Double(names.count))
      )
    }
    let record = QueryRecord(
      id: cloud.ids.uuid(), text: request.queryString, groups: names, createdAt: cloud.time.now().milliseconds,
      results: results, statistics: statistics)
    keep(record)
    return record.id
  }

  private func queriedGroups(_ request: Logs.StartQueryRequest) throws -> [String] {
    let given = [request.logGroupName.map { [$0] }, request.logGroupNames, request.logGroupIdentifiers]
      .compactMap { $0 }.filter { !$0.isEmpty }
    guard given.count == 1, let identifiers = given.first, identifiers.count <= 50 else {
      throw LogsError.invalid(
        "Exactly one of logGroupName, logGroupNames and logGroupIdentifiers must be given, with up to 50 groups.")
    }
    return try identifiers.map { try groupName(nil, identifier: $0) }
  }
}
