import Foundation

/// Starts, watches and stops the containers of tasks. Knows no AWS shape.
public protocol TaskRuntime: Sendable {
  /// Starts a container. Returns once its program runs.
  ///
  /// - Throws: ``TaskRuntimeError`` when the program cannot be started.
  func start(_ container: ContainerSpecification, output: any OutputSink) async throws -> any RunningContainer
  /// Stops whatever a dead daemon of the same state folder left running, and returns the container ids.
  func stopLeftovers() async throws -> [String]
}

/// What to run.
public struct ContainerSpecification: Sendable, Equatable {
  /// The program's files.
  public enum Program: Sendable, Equatable {
    /// An unpacked image: paths of the command are looked up below `root` first (`/app/pulse` is `root/app/pulse`).
    case image(root: URL)
    /// A program of the host, by absolute path; `command` holds only its arguments.
    case host(path: String)
  }

  /// Unique among running containers, such as `<task id>/<container name>`.
  public var id: String
  /// The program's files.
  public var program: Program
  /// The command line: program and arguments for an image, arguments alone for a host program.
  public var command: [String]
  /// The whole environment; nothing is inherited but what the runtime documents (`PATH` when absent).
  public var environment: [String: String]
  /// The working directory inside the image; `/` when `nil`.
  public var workingDirectory: String?
  /// The signal that asks the program to stop, such as `SIGTERM`.
  public var stopSignal: String

  /// Makes a specification.
  public init(
    id: String, program: Program, command: [String], environment: [String: String],
    workingDirectory: String? = nil, stopSignal: String = "SIGTERM"
  ) {
    self.id = id
    self.program = program
    self.command = command
    self.environment = environment
    self.workingDirectory = workingDirectory
    self.stopSignal = stopSignal
  }
}

/// A container that was started.
public protocol RunningContainer: Sendable {
  /// The process identifier of the program.
  var processIdentifier: Int32 { get }
  /// How the program ended; suspends until it has, and until all of its output is in the sink.
  func exit() async -> ContainerExit
  /// Sends the stop signal to the process group, and SIGKILL after `timeout`. Returns once nothing of it runs.
  func stop(timeout: Duration) async
}

/// How a program ended.
public enum ContainerExit: Sendable, Equatable {
  /// It returned a code.
  case code(Int32)
  /// A signal ended it.
  case signal(Int32)

  /// The code that ECS shows: a signal counts as 128 + its number.
  public var exitCode: Int32 {
    switch self {
    case .code(let code): code
    case .signal(let signal): 128 + signal
    }
  }
}

/// Where the lines of a program's output go.
public protocol OutputSink: Sendable {
  /// Takes lines in order. The runtime reads no further while this is suspended: that is the back-pressure.
  func write(_ lines: [OutputLine]) async
}

/// One line that a program wrote.
public struct OutputLine: Sendable, Equatable {
  /// Which of the program's streams.
  public enum Stream: Sendable, Equatable { case standardOutput, standardError }
  /// When the line was read.
  public var timestamp: Date
  /// Which stream it came from.
  public var stream: Stream
  /// The text without its line end; a line longer than 256 KiB (the limit of a CloudWatch Logs event) is split.
  public var text: String

  /// Makes a line.
  public init(timestamp: Date, stream: Stream, text: String) {
    self.timestamp = timestamp
    self.stream = stream
    self.text = text
  }
}

/// Why a container could not be started.
public struct TaskRuntimeError: Error, Sendable, CustomStringConvertible {
  /// Stable codes.
  public enum Code: String, Sendable { case programNotFound, notExecutable, noCommand, imageInvalid, launchFailed }
  /// What kind of failure.
  public var code: Code
  /// What is wrong, as ECS words it after `CannotStartContainerError:`.
  public var message: String

  /// Makes an error.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  public var description: String { message }
}
