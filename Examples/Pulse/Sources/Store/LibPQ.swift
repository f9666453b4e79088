import Foundation

/// The functions of PostgreSQL's client library that Pulse uses, from the library that is installed where it runs.
/// So nobody needs libpq to build Pulse, or to run it with SQLite.
struct LibPQ {
  typealias Text = UnsafePointer<CChar>
  typealias Texts = UnsafePointer<UnsafePointer<CChar>?>

  let connect: @convention(c) (Texts?, Texts?, Int32) -> OpaquePointer?
  let status: @convention(c) (OpaquePointer?) -> Int32
  let errorMessage: @convention(c) (OpaquePointer?) -> Text?
  let finish: @convention(c) (OpaquePointer?) -> Void
  let execute:
    @convention(c) (
      OpaquePointer?, Text?, Int32, UnsafePointer<UInt32>?, Texts?, UnsafePointer<Int32>?, UnsafePointer<Int32>?, Int32
    ) -> OpaquePointer?
  let resultStatus: @convention(c) (OpaquePointer?) -> Int32
  let resultErrorMessage: @convention(c) (OpaquePointer?) -> Text?
  let rowCount: @convention(c) (OpaquePointer?) -> Int32
  let columnCount: @convention(c) (OpaquePointer?) -> Int32
  let value: @convention(c) (OpaquePointer?, Int32, Int32) -> Text?
  let clear: @convention(c) (OpaquePointer?) -> Void
  let parse: @convention(c) (Text?, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> OpaquePointer?
  let freeParsed: @convention(c) (OpaquePointer?) -> Void
  let freeText: @convention(c) (UnsafeMutableRawPointer?) -> Void

  /// From libpq-fe.h, whose numbers are part of its binary interface.
  static let connectionOK: Int32 = 0
  static let commandOK: Int32 = 1
  static let tuplesOK: Int32 = 2

  /// Names to look for, the most usual first.
  static let names = [
    "libpq.so.5", "libpq.5.dylib", "/opt/homebrew/opt/libpq/lib/libpq.5.dylib",
    "/usr/local/opt/libpq/lib/libpq.5.dylib",
    "libpq.so", "libpq.dylib",
  ]

  /// Loads the library. It stays loaded.
  init(names: [String] = LibPQ.names) throws {
    guard let library = names.lazy.compactMap({ dlopen($0, RTLD_NOW | RTLD_LOCAL) }).first else {
      throw StartError.unavailable(
        "DATABASE_URL asks for PostgreSQL, but its client library libpq is not installed: "
          + "apt-get install libpq5 (Debian, Ubuntu), dnf install libpq (Fedora) or brew install libpq (macOS)")
    }
    /// Each signature above is that of libpq-fe.h, which is why the cast is right.
    func function<Signature>(_ name: String, as signature: Signature.Type = Signature.self) throws -> Signature {
      guard let symbol = dlsym(library, name) else {
        throw StartError.unavailable("the installed libpq has no \(name): it must be of PostgreSQL 9.0 or later")
      }
      return unsafeBitCast(symbol, to: signature)
    }
    connect = try function("PQconnectdbParams")
    status = try function("PQstatus")
    errorMessage = try function("PQerrorMessage")
    finish = try function("PQfinish")
    execute = try function("PQexecParams")
    resultStatus = try function("PQresultStatus")
    resultErrorMessage = try function("PQresultErrorMessage")
    rowCount = try function("PQntuples")
    columnCount = try function("PQnfields")
    value = try function("PQgetvalue")
    clear = try function("PQclear")
    parse = try function("PQconninfoParse")
    freeParsed = try function("PQconninfoFree")
    freeText = try function("PQfreemem")
  }

  /// Whether libpq understands a connection string. Its own complaint is dropped, because it repeats the string.
  func understands(_ connectionString: String) -> Bool {
    var complaint: UnsafeMutablePointer<CChar>?
    let parsed = parse(connectionString, &complaint)
    freeText(complaint)
    guard parsed != nil else { return false }
    freeParsed(parsed)
    return true
  }
}
