/// Why the daemon cannot run.
public enum DaemonError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Another daemon serves this state folder.
  case alreadyRunning(String)
  /// The front door's port cannot be had.
  case portTaken(Int)
  /// The system refuses the port.
  case portUnusable(Int, String)

  /// What is to run the tasks cannot be used.
  case runtimeUnusable(String)

  public var description: String {
    switch self {
    case .runtimeUnusable(let reason): reason
    case .alreadyRunning(let path):
      "a local cloud already runs on \(path); see `palco cloud status`, or give another folder with --state"
    case .portUnusable(let port, let reason):
      "127.0.0.1:\(port) cannot be listened on: \(reason); give another port with --port"
    case .portTaken(let port):
      "127.0.0.1:\(port) is taken; stop what listens there, or give another port with --port"
    }
  }
}
