import Foundation
import Testing

/// A PostgreSQL server of this test's own, in a folder of its own, on loopback.
final class PostgresServer {
  /// Where `initdb` is, or `nil` when PostgreSQL is not installed.
  static let programs: String? = {
    let debian = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
    let folders =
      debian.sorted { $0.localizedStandardCompare($1) == .orderedDescending }.map { "/usr/lib/postgresql/\($0)/bin" }
      + ["/opt/homebrew/bin", "/usr/local/bin", "/usr/bin"]
    return folders.first { FileManager.default.isExecutableFile(atPath: $0 + "/initdb") }
  }()

  /// With `PALCO_REQUIRE_COUNTERPARTS=1` a missing server is a failure.
  static var isExpected: Bool {
    programs != nil || ProcessInfo.processInfo.environment["PALCO_REQUIRE_COUNTERPARTS"] == "1"
  }

  let port: Int
  let password = "s3cret-\(UInt32.random(in: 0...UInt32.max))"
  private let folder: URL
  private var server: Process?
  private let programs: String

  init() throws {
    programs = try #require(Self.programs, "PostgreSQL is not installed; scripts/setup test does it")
    folder = URL(fileURLWithPath: "/tmp/pulse-postgres-\(UUID().uuidString)")
    port = try Self.freePort()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(password.utf8).write(to: folder.appendingPathComponent("password"))
    if getuid() == 0 { try Self.expectSuccess(Self.launch("/bin/chown", ["-R", "postgres", folder.path])) }
    let initialised = try launch(
      "initdb", "-D", folder.path + "/data", "-U", "pulse", "--pwfile=\(folder.path)/password", "-A", "scram-sha-256",
      "--no-sync")
    try Self.expectSuccess(initialised)
    try start()
  }

  deinit {
    stop()
    try? FileManager.default.removeItem(at: folder)
  }

  func url(password: String? = nil) -> String {
    "postgresql://pulse:\(password ?? self.password)@127.0.0.1:\(port)/postgres"
  }

  /// Starts it. It takes connections a moment later.
  func start() throws {
    server = try launch(
      "postgres", "-D", folder.path + "/data", "-p", "\(port)", "-c", "listen_addresses=127.0.0.1", "-c",
      "unix_socket_directories=", "-c", "fsync=off")
  }

  /// Ends it at once, with all its connections, as a crash would.
  func stop() {
    guard let server else { return }
    kill(server.processIdentifier, SIGQUIT)
    server.waitUntilExit()
    self.server = nil
  }

  /// Root may not run PostgreSQL. `setpriv` becomes the program, so that the process is PostgreSQL itself.
  private func launch(_ program: String, _ arguments: String...) throws -> Process {
    let path = "\(programs)/\(program)"
    return getuid() == 0
      ? try Self.launch(
        "/usr/bin/setpriv", ["--reuid=postgres", "--regid=postgres", "--init-groups", path] + arguments)
      : try Self.launch(path, arguments)
  }

  private struct Failed: Error, CustomStringConvertible { var description: String }

  private static func launch(_ path: String, _ arguments: [String]) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: "/")
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  private static func expectSuccess(_ process: Process) throws {
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failed(description: "\(process.arguments ?? []): exit \(process.terminationStatus)")
    }
  }

  private static func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
      }
    }
    guard bound else { throw Failed(description: "no free port") }
    return Int(UInt16(bigEndian: address.sin_port))
  }
}
