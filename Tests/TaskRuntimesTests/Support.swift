import Foundation
import Logging
import Synchronization
import Testing

@testable import TaskRuntimes

/// Keeps the lines it gets.
actor RecordingSink: OutputSink {
  private(set) var lines: [OutputLine] = []
  func write(_ lines: [OutputLine]) { self.lines += lines }

  func texts(_ stream: OutputLine.Stream) -> [String] { lines.filter { $0.stream == stream }.map(\.text) }
}

/// Counts what it gets, and can be made to wait.
actor CountingSink: OutputSink {
  private(set) var bytes = 0
  private(set) var count = 0
  private(set) var inOrder = true
  private(set) var isBusy = false
  private var isOpen: Bool
  private var waiters: [CheckedContinuation<Void, Never>] = []

  init(isOpen: Bool = true) { self.isOpen = isOpen }

  func write(_ lines: [OutputLine]) async {
    isBusy = true
    while !isOpen { await withCheckedContinuation { waiters.append($0) } }
    isBusy = false
    for line in lines {
      bytes += line.text.utf8.count + 1
      if let number = Int(line.text.prefix(8)), number != count { inOrder = false }
      count += 1
    }
  }

  func open() {
    isOpen = true
    for waiter in waiters { waiter.resume() }
    waiters = []
  }
}

/// A runtime in a folder that goes away with it, and images to run.
final class RuntimeFixture: Sendable {
  let folder: URL
  let runtime: ProcessRuntime

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("palco-runtime-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("root"), withIntermediateDirectories: true)
    runtime = try ProcessRuntime(directory: folder.appendingPathComponent("state"), logger: .quiet)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  var root: URL { folder.appendingPathComponent("root") }
  var state: URL { folder.appendingPathComponent("state") }

  /// Another runtime on the same folder, as after the death of a daemon.
  func successor() throws -> ProcessRuntime { try ProcessRuntime(directory: state, logger: .quiet) }

  func addFile(_ path: String, _ text: String, mode: Int = 0o644) throws {
    let file = root.appendingPathComponent(path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
  }

  func specification(
    _ command: [String], id: String = "task/web", environment: [String: String] = [:], workingDirectory: String? = nil,
    stopSignal: String = "SIGTERM"
  ) -> ContainerSpecification {
    ContainerSpecification(
      id: id, program: .image(root: root), command: command, environment: environment,
      workingDirectory: workingDirectory, stopSignal: stopSignal)
  }

  func shell(_ script: String, id: String = "task/web", environment: [String: String] = [:]) -> ContainerSpecification {
    specification(["sh", "-c", script], id: id, environment: environment)
  }

  /// Runs to the end, and gives how it ended with its output.
  func run(_ specification: ContainerSpecification) async throws -> (exit: ContainerExit, sink: RecordingSink) {
    let sink = RecordingSink()
    let container = try await runtime.start(specification, output: sink)
    return (await container.exit(), sink)
  }
}

extension Logger {
  static var quiet: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
}

/// Waits for something that a process of its own does.
func eventually(
  within limit: Duration = .seconds(20), _ condition: () async throws -> Bool,
  sourceLocation: SourceLocation = #_sourceLocation
) async throws {
  let deadline = ContinuousClock.now + limit
  while try await !condition() {
    guard ContinuousClock.now < deadline else {
      Issue.record("it did not come to pass within \(limit)", sourceLocation: sourceLocation)
      throw CancellationError()
    }
    try await Task.sleep(for: .milliseconds(10))
  }
}

/// Whether a process of this number runs; one that has ended and was not reaped does not.
func isRunning(_ process: Int32) -> Bool { ProcessTable.facts(of: process).map { !$0.isZombie } ?? false }

/// The number that a program wrote as its first line.
func firstNumber(_ sink: RecordingSink) async throws -> Int32 {
  try await eventually { await !sink.lines.isEmpty }
  return try #require(Int32(await sink.lines[0].text))
}
