import ArgumentParser
import Foundation
import LocalCloud
import PalcoCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `palco cloud stop`: ends the daemon and everything that it runs.
struct CloudStop: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stop",
    abstract: "Stop the local cloud and all tasks that it runs.",
    discussion: """
      Tasks get SIGTERM, and SIGKILL after their stop timeout. Services stay on record: the next start runs them again.

        palco cloud stop
        palco cloud stop --timeout 2m
      """)

  @OptionGroup var state: StateOptions

  @Option(help: ArgumentHelp("How long to wait for the end.", valueName: "duration"))
  var timeout = DurationArgument(.seconds(30))

  @Flag(help: "Print the outcome as JSON.")
  var json = false

  func run() async throws {
    let directory = state.directory
    let wasRunning = try await DaemonStopper(stateDirectory: directory).stop(within: timeout.duration) {
      Console.note($0)
    }
    if json {
      try JSONOutput.print(CloudState(stoppedAt: directory))
    } else {
      Console.out("\(wasRunning ? "palco cloud stopped" : "no local cloud runs") (state \(directory.path))")
    }
  }
}

/// Ends a daemon and waits until it has gone.
struct DaemonStopper: Sendable {
  /// The state folder.
  var stateDirectory: URL
  /// The clock.
  var time = TimeSource.live

  /// Ends the daemon.
  ///
  /// - Parameters:
  ///   - timeout: How long to wait.
  ///   - progress: Gets a line every five seconds of waiting.
  /// - Returns: Whether one ran.
  /// - Throws: ``CommandError`` that says what is left when it does not end in time.
  func stop(within timeout: Duration, progress: (String) -> Void) async throws -> Bool {
    guard let process = DaemonLock.holder(stateDirectory: stateDirectory) else { return false }
    guard kill(process, SIGTERM) == 0 || errno == ESRCH else {
      throw CommandError(.failure, "process \(process) cannot be signalled: \(String(cString: strerror(errno)))")
    }
    let start = time.now()
    var nextNote = 5.0
    while DaemonLock.isHeld(stateDirectory: stateDirectory) {
      let waited = time.now().timeIntervalSince(start)
      guard waited < timeout / .seconds(1) else {
        throw CommandError(
          .failure,
          "the local cloud (process \(process)) still stops its tasks after \(Int(waited)) s; wait with "
            + "`palco cloud stop --timeout 2m`, see \(stateDirectory.path)/daemon.log, or end it with `kill -9 \(process)` "
            + "(the next start cleans up)")
      }
      if waited >= nextNote {
        progress("waiting for the tasks of process \(process) to stop (\(Int(waited)) s)")
        nextNote += 5
      }
      try await time.sleep(.milliseconds(50))
    }
    return true
  }
}
