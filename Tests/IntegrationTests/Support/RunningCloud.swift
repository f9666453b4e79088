import Foundation
import PalcoTestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// A local cloud of the built binary, on a state folder and a port of its own.
struct RunningCloud {
  let command: RunningCommand
  let state: URL
  let endpoint: String

  /// Starts a daemon and waits for the one line that it prints when it is ready.
  static func start(
    state: URL, arguments: [String] = ["--minute", "500ms", "--allow-host-commands"]
  ) async throws -> RunningCloud {
    let port = try freePort()
    let command = try RunningCommand(
      Counterparts.palco.path, ["cloud", "run", "--port", "\(port)", "--state", state.path] + arguments)
    for _ in 0..<600 where !command.output.contains("\n") { try await Task.sleep(for: .milliseconds(50)) }
    try #require(command.output.contains("ready"), "\(command.output) \(command.errors)")
    return RunningCloud(command: command, state: state, endpoint: "http://127.0.0.1:\(port)")
  }

  /// Runs a test with a cloud, and stops it whatever happens.
  static func with(
    arguments: [String] = ["--minute", "500ms", "--allow-host-commands"],
    _ body: (RunningCloud) async throws -> Void
  ) async throws {
    let state = FileManager.default.temporaryDirectory.appendingPathComponent("palco-cloud-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: state) }
    let cloud = try await start(state: state, arguments: arguments)
    do {
      try await body(cloud)
    } catch {
      await cloud.stop()
      throw error
    }
    await cloud.stop()
  }

  /// Asks it to stop and waits; a daemon that would not is a failure.
  func stop() async {
    command.send(SIGTERM)
    let watchdog = Task {
      try await Task.sleep(for: .seconds(60))
      command.send(SIGKILL)
    }
    let result = await command.result()
    watchdog.cancel()
    #expect(result.status == 0, "\(result.transcript)")
  }

  /// Runs one of the Python drivers against it; its exit code must be 0.
  func drive(_ script: String, _ arguments: String...) async throws {
    let python = try #require(Counterparts.python, "scripts/setup test installs boto3")
    let fixtures = Counterparts.fixtures
    let run = try await RunningCommand(
      python,
      [fixtures.appendingPathComponent(script).path, endpoint, fixtures.appendingPathComponent("service.py").path]
        + arguments
    ).result()
    #expect(run.status == 0, "\(run.transcript)")
  }

  /// A port that was free a moment ago.
  static func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
      }
    }
    try #require(bound)
    return Int(UInt16(bigEndian: address.sin_port))
  }
}
