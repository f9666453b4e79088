import Foundation
import HTTPTypes
import HummingbirdTesting
import Synchronization
import Testing

@testable import Pulse

/// The built program as a process.
private final class Program: Sendable {
  private let process: Mutex<Process>
  let output: Pipe

  init(_ environment: [String: String], in folder: URL) throws {
    var beside = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL.deletingLastPathComponent()
    if beside == nil { beside = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent() }
    let executable = try #require(beside?.appendingPathComponent("pulse"))
    try #require(FileManager.default.isExecutableFile(atPath: executable.path), "\(executable.path)")
    let process = Process()
    output = Pipe()
    process.executableURL = executable
    process.environment = ["PORT": "0", "PULSE_DB": folder.path + "/pulse.sqlite"].merging(environment) { $1 }
    process.currentDirectoryURL = folder
    process.standardOutput = output
    process.standardError = output
    try process.run()
    self.process = Mutex(process)
  }

  deinit { process.withLock { if $0.isRunning { kill($0.processIdentifier, SIGKILL) } } }

  /// The port, once it listens.
  func port() throws -> Int {
    var text = ""
    while true {
      let data = output.fileHandleForReading.availableData
      try #require(!data.isEmpty, "it ended: \(text)")
      text += String(decoding: data, as: UTF8.self)
      if let match = text.firstMatch(of: #/listening on 127\.0\.0\.1:([0-9]+)\n/#) { return try #require(Int(match.1)) }
    }
  }

  func terminate() { process.withLock { $0.terminate() } }

  func isRunning() -> Bool { process.withLock { $0.isRunning } }

  func exitCode() async throws -> Int32 {
    try await eventually { !isRunning() }
    return process.withLock { $0.terminationStatus }
  }

  func rest() -> String { String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self) }
}

@Suite struct ProgramTests {
  @Test func answersTheRequestInFlightBeforeItStops() async throws {
    try await withFolder { folder in
      try Data("v7 of the file\n".utf8).write(to: folder.appendingPathComponent("VERSION"))
      let program = try Program(["PULSE_LATENCY": "2s"], in: folder)
      let port = try program.port()
      try await TestClient.withClient(host: "127.0.0.1", port: port) { client async throws in
        #expect(try await client.get("/healthz").status == .ok)
        async let slow = client.get("/thanks")
        try await TestClient.withClient(host: "127.0.0.1", port: port) { other async throws in
          try await eventually {
            guard let body = try await other.get("/metrics").body else { return false }
            return String(buffer: body).contains("http_requests_in_flight 2")
          }
        }
        program.terminate()
        let response = try await slow
        #expect(response.status == .ok)
        #expect(response.headers[try #require(HTTPField.Name("X-Pulse-Version"))] == "v7 of the file")
      }
      #expect(try await program.exitCode() == 0)
      #expect(program.rest().contains("stopped"))
    }
  }

  @Test func crashesWhenAskedAndStopsDuringItsStart() async throws {
    try await withFolder { folder in
      let crashing = try Program(["PULSE_CRASH_AFTER": "50ms"], in: folder)
      #expect(try await crashing.exitCode() == 1)
      #expect(crashing.rest().contains("PULSE_CRASH_AFTER"))
      let waiting = try Program(["PULSE_START_DELAY": "1m", "PULSE_CRASH_AFTER": "1m"], in: folder)
      // It needs a moment to take the signal; before, the signal ends it too.
      try await Task.sleep(for: .milliseconds(500))
      waiting.terminate()
      #expect(try await waiting.exitCode() == 0)
    }
  }

  @Test func doesNotStartWithABadEnvironment() async throws {
    try await withFolder { folder in
      let program = try Program(["PULSE_LATENCY": "soon", "PORT": "x"], in: folder)
      #expect(try await program.exitCode() == 64)
      let words = program.rest()
      #expect(words.contains("PULSE_LATENCY=soon") && words.contains("PORT=x"))
    }
  }
}
