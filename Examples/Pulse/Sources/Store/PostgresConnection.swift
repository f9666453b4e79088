import Foundation

/// What PostgreSQL, or the way to it, complained about. libpq's words hold no password.
struct PostgresError: Error, CustomStringConvertible {
  var description: String
}

/// One connection that is made when it is needed, and made again when it is lost. Its calls block.
struct PostgresConnection: ~Copyable {
  private let library: LibPQ
  private let url: String
  private var connection: OpaquePointer?

  /// Checks the URL; connects to nothing yet.
  init(url: String) throws {
    let library = try LibPQ()
    guard library.understands(url) else {
      throw StartError.usage([
        "DATABASE_URL is no connection string that libpq understands; expected postgresql://user:password@host:5432/name"
      ])
    }
    self.library = library
    self.url = url
  }

  deinit { library.finish(connection) }

  /// Runs one statement and gives its rows. Parameters travel beside the statement, never in it.
  ///
  /// After a lost connection the statement is sent once more, so it has to be one that may run twice.
  mutating func query(_ statement: String, _ parameters: [String] = []) throws -> [[String]] {
    let isFresh = connection == nil
    try open()
    do {
      return try send(statement, parameters)
    } catch  where library.status(connection) != LibPQ.connectionOK {
      close()
      if isFresh { throw error }
      try open()
      return try send(statement, parameters)
    }
  }

  mutating func close() {
    library.finish(connection)
    connection = nil
  }

  private mutating func open() throws {
    guard connection == nil else { return }
    // What comes later wins: the URL's own options do.
    let options = [("connect_timeout", "5"), ("application_name", "pulse"), ("dbname", url)]
    connection = Self.withTexts(options.map(\.0)) { names in
      Self.withTexts(options.map(\.1)) { values in library.connect(names, values, 1) }
    }
    guard library.status(connection) == LibPQ.connectionOK else {
      let words = Self.text(library.errorMessage(connection))
      close()
      throw PostgresError(description: "cannot connect to PostgreSQL: \(words)")
    }
    do {
      try prepare()
    } catch {
      close()
      throw error
    }
  }

  /// Makes the table. Two tasks may start at once, and PostgreSQL's IF NOT EXISTS alone can fail then.
  private func prepare() throws {
    _ = try send("BEGIN", [])
    _ = try send("SELECT pg_advisory_xact_lock(7305816)", [])
    _ = try send("SET LOCAL client_min_messages = warning", [])
    _ = try send(
      """
      CREATE TABLE IF NOT EXISTS answers (
        id TEXT PRIMARY KEY,
        score SMALLINT NOT NULL CHECK (score BETWEEN 0 AND 10),
        comment TEXT NOT NULL,
        answered_at TIMESTAMPTZ NOT NULL
      )
      """, [])
    _ = try send("COMMIT", [])
  }

  private func send(_ statement: String, _ parameters: [String]) throws -> [[String]] {
    let result = Self.withTexts(parameters) {
      library.execute(connection, statement, Int32(parameters.count), nil, $0, nil, nil, 0)
    }
    defer { library.clear(result) }
    let status = library.resultStatus(result)
    guard status == LibPQ.tuplesOK || status == LibPQ.commandOK else {
      let words = Self.text(result == nil ? library.errorMessage(connection) : library.resultErrorMessage(result))
      throw PostgresError(description: words)
    }
    return (0..<library.rowCount(result)).map { row in
      (0..<library.columnCount(result)).map { Self.text(library.value(result, row, $0)) }
    }
  }

  private static func text(_ pointer: UnsafePointer<CChar>?) -> String {
    pointer.map { String(cString: $0).trimmingCharacters(in: .whitespacesAndNewlines) } ?? ""
  }

  /// Hands over C strings, ended by a null pointer, that live as long as the call.
  private static func withTexts<Result>(_ texts: [String], _ body: (LibPQ.Texts?) -> Result) -> Result {
    let copies = texts.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return (copies.map { $0.map { UnsafePointer($0) } } + [nil]).withUnsafeBufferPointer { body($0.baseAddress) }
  }
}
