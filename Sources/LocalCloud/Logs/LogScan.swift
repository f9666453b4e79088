import GRDB

/// One page of a search through the events of a group.
struct LogScan: Sendable {
  /// The most that one call reads; a search that finds little goes on with a token, as on AWS.
  static let maximumRows = 50_000
  private static let maximumBytes = 1 << 20

  var group: Int64
  /// The streams to search; `nil` for all.
  var streams: [Int64]?
  var pattern: FilterPattern
  var limit: Int

  /// What was found, and where to go on; `next` is `nil` at the end.
  struct Page: Sendable {
    var events: [(event: LogEventRow, stream: String)] = []
    var next: LogPosition?
  }

  /// Searches from a place on.
  func run(after start: LogPosition, from earliest: Int64, to latest: Int64, in database: Database) throws -> Page {
    var page = Page()
    if streams?.isEmpty == true { return page }
    let place =
      streams.map { "log_stream IN (\($0.map(String.init).joined(separator: ",")))" } ?? "log_group = \(group)"
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT * FROM log_events WHERE \(place) AND (timestamp, id) > (?, ?) AND timestamp BETWEEN ? AND ?
        ORDER BY timestamp, id
        """, arguments: [start.timestamp, start.id, earliest, latest])
    var (read, bytes) = (0, 0)
    var last = start
    var names: [Int64: String] = [:]
    while let row = try rows.next() {
      // One event too many shows that there is more.
      guard read < Self.maximumRows, page.events.count < limit, bytes < Self.maximumBytes else {
        page.next = last
        break
      }
      let event = LogEventRow(row)
      read += 1
      last = event.position
      guard pattern.matches(event.message) else { continue }
      bytes += event.size
      let name = try names[event.stream] ?? Self.name(ofStream: event.stream, in: database)
      names[event.stream] = name
      page.events.append((event, name))
    }
    return page
  }

  private static func name(ofStream number: Int64, in database: Database) throws -> String {
    try String.fetchOne(database, sql: "SELECT name FROM log_streams WHERE number = ?", arguments: [number]) ?? ""
  }
}
