import Foundation

/// A program that was run to its end.
struct CommandRun: Sendable {
  var status: Int32
  var output: String
  var errors: String

  /// Everything it printed, for the message of a failed expectation.
  var transcript: String { "exit code \(status)\n\(output)\n\(errors)" }
}

/// A program that runs. Its output goes to files, so that it can never block on a pipe that nobody reads.
final class RunningCommand: Sendable {
  let processIdentifier: Int32
  private let ended: Task<Int32, Never>
  private let folder: URL

  init(_ program: String, _ arguments: [String], in directory: URL? = nil, environment: [String: String] = [:]) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("palco-command-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = directory
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try Self.file(folder, "output")
    process.standardError = try Self.file(folder, "errors")
    let (exits, exit) = AsyncStream.makeStream(of: Int32.self)
    process.terminationHandler = {
      exit.yield($0.terminationReason == .exit ? $0.terminationStatus : 128 + $0.terminationStatus)
      exit.finish()
    }
    try process.run()
    processIdentifier = process.processIdentifier
    ended = Task {
      for await status in exits { return status }
      return -1
    }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  var output: String { read("output") }
  var errors: String { read("errors") }

  func send(_ signal: Int32) { kill(processIdentifier, signal) }

  /// Waits for its end.
  func result() async -> CommandRun {
    let status = await ended.value
    return CommandRun(status: status, output: output, errors: errors)
  }

  private static func file(_ folder: URL, _ name: String) throws -> FileHandle {
    let url = folder.appendingPathComponent(name)
    try Data().write(to: url)
    return try FileHandle(forWritingTo: url)
  }

  private func read(_ name: String) -> String {
    (try? Data(contentsOf: folder.appendingPathComponent(name))).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
}
