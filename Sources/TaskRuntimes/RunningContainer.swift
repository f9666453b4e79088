import Foundation

/// A container that was started.
public protocol RunningContainer: Sendable {
  /// The process identifier of the program.
  var processIdentifier: Int32 { get }
  /// How the program ended; suspends until it has, and until all of its output is in the sink.
  func exit() async -> ContainerExit
  /// Sends the stop signal to the process group, and SIGKILL after `timeout`. Returns once nothing of it runs.
  func stop(timeout: Duration) async
  /// Runs a command where the program runs, with its files and environment, and says whether it returned 0 in time. One
  /// that takes longer is killed. Nothing of its output is kept.
  func passes(_ command: [String], within limit: Duration) async -> Bool
}

/// How a program ended.
public enum ContainerExit: Sendable, Equatable {
  /// It returned a code.
  case code(Int32)
  /// A signal ended it.
  case signal(Int32)
  /// The kernel killed it or a child of it, because they wanted more memory than the limit; the code it ended with, which
  /// is 137 for the program itself.
  case outOfMemory(code: Int32)

  /// The code that ECS shows: a signal counts as 128 + its number.
  public var exitCode: Int32 {
    switch self {
    case .code(let code), .outOfMemory(let code): code
    case .signal(let signal): 128 + signal
    }
  }
}
