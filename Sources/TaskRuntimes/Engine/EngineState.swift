/// What an engine says of a container, under the names that Podman and Docker share.
struct EngineState: Decodable, Sendable, Equatable {
  /// Such as `running` and `exited`.
  var status: String
  var exitCode: Int32
  /// The process identifier of its program on this machine; 0 when none runs, or in a machine of its own (macOS).
  var processIdentifier: Int32
  /// Whether the engine saw the kernel kill it for its memory.
  var isOutOfMemory: Bool
  /// What went wrong, if the engine says so.
  var error: String

  enum CodingKeys: String, CodingKey {
    case status = "Status", exitCode = "ExitCode", processIdentifier = "Pid", isOutOfMemory = "OOMKilled"
    case error = "Error"
  }

  /// Whether its program may still do something.
  var isRunning: Bool { ["running", "paused", "restarting", "stopping"].contains(status) }
  /// Whether its program has ended, and the exit code is known.
  var hasEnded: Bool { ["exited", "dead", "removing"].contains(status) }
}
