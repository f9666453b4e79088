import Foundation
import LocalCloud
import PalcoCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Starts the daemon in the background: this very program, in a session of its own, with its output in `daemon.log`.
struct DaemonLauncher: Sendable {
  /// How a start went.
  struct Start: Sendable {
    /// The daemon that runs now.
    var information: DaemonInformation
    /// Whether it ran before.
    var wasRunning: Bool
  }

  /// How long a daemon may take until it is ready.
  static let patience: Duration = .seconds(60)

  /// The state folder.
  var stateDirectory: URL
  /// The arguments of the program, such as ``DaemonArguments/commandLine``.
  var arguments: [String]
  /// The program.
  var executable = Bundle.main.executablePath ?? CommandLine.arguments[0]
  /// The clock.
  var time = TimeSource.live

  /// The daemon's output.
  var logFile: URL { stateDirectory.appendingPathComponent("daemon.log") }

  /// Starts the daemon unless one runs, and waits until it is ready.
  ///
  /// - Throws: ``CommandError`` with the last lines of the log when it does not become ready.
  func start() async throws -> Start {
    if let information = DaemonInformation.ofRunning(stateDirectory: stateDirectory) {
      return Start(information: information, wasRunning: true)
    }
    let process = try launch()
    let deadline = time.now().addingTimeInterval(Self.patience / .seconds(1))
    while true {
      if let information = DaemonInformation.ofRunning(stateDirectory: stateDirectory) {
        return Start(information: information, wasRunning: information.processIdentifier != process)
      }
      var status: Int32 = 0
      let hasEnded = waitpid(process, &status, WNOHANG) == process
      // One that was started a moment earlier may be on its way.
      if hasEnded, DaemonLock.holder(stateDirectory: stateDirectory) == nil {
        throw CommandError(.failure, "the local cloud did not start\(lastWords())")
      }
      guard time.now() < deadline else {
        throw CommandError(
          .failure, "the local cloud is not ready after \(Self.patience); process \(process)\(lastWords())")
      }
      try await time.sleep(.milliseconds(20))
    }
  }

  private func launch() throws -> pid_t {
    do {
      try FileManager.default.createDirectory(
        at: stateDirectory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw CommandError(.failure, StoreError.unwritable(stateDirectory.path).description)
    }
    guard access(stateDirectory.path, W_OK) == 0 else {
      throw CommandError(.failure, StoreError.unwritable(stateDirectory.path).description)
    }
    var actions = FileActions()
    var attributes = SpawnAttributes()
    posix_spawn_file_actions_init(&actions.value)
    posix_spawnattr_init(&attributes.value)
    defer {
      posix_spawn_file_actions_destroy(&actions.value)
      posix_spawnattr_destroy(&attributes.value)
    }
    posix_spawn_file_actions_addopen(&actions.value, 0, "/dev/null", O_RDONLY, 0)
    // Each start has a log of its own, so that the file does not grow for ever.
    posix_spawn_file_actions_addopen(&actions.value, 1, logFile.path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0o600)
    posix_spawn_file_actions_adddup2(&actions.value, 1, 2)
    // A pipe of the caller would never end as long as the daemon runs.
    #if canImport(Glibc)
      Self.keepDescriptorsFromChildren()
      // POSIX_SPAWN_SETSID of glibc's ABI, which the Swift importer leaves out as a GNU extension.
      let flags = 0x80
    #else
      let flags = POSIX_SPAWN_SETSID | POSIX_SPAWN_CLOEXEC_DEFAULT
    #endif
    posix_spawnattr_setflags(&attributes.value, Int16(flags))

    var words: [UnsafeMutablePointer<CChar>?] = ([executable] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var process = pid_t()
    let code = posix_spawn(&process, executable, &actions.value, &attributes.value, &words, environ)
    guard code == 0 else {
      throw CommandError(.failure, "\(executable) cannot be started: \(String(cString: strerror(code)))")
    }
    return process
  }

  #if canImport(Glibc)
    /// Marks whatever this process inherited or opened, but for standard input and output, as not to be inherited.
    private static func keepDescriptorsFromChildren() {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
      for descriptor in names.compactMap({ Int32($0) }) where descriptor > 2 {
        let flags = fcntl(descriptor, F_GETFD)
        if flags >= 0 { _ = fcntl(descriptor, F_SETFD, flags | FD_CLOEXEC) }
      }
    }
  #endif

  /// The end of the log, indented below the sentence that it explains.
  private func lastWords() -> String {
    let lines = ((try? String(contentsOf: logFile, encoding: .utf8)) ?? "").split(separator: "\n").suffix(10)
    guard !lines.isEmpty else { return "; it wrote nothing to \(logFile.path)" }
    return "; the end of \(logFile.path):\n" + lines.map { "  \($0)" }.joined(separator: "\n")
  }
}

// The same two C types, which are structures on Linux and pointers on macOS.
#if canImport(Glibc)
  private struct FileActions { var value = posix_spawn_file_actions_t() }
  private struct SpawnAttributes { var value = posix_spawnattr_t() }
#else
  private struct FileActions { var value: posix_spawn_file_actions_t? }
  private struct SpawnAttributes { var value: posix_spawnattr_t? }
#endif
