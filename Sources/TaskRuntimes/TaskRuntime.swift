import Foundation

/// Starts, watches and stops the containers of tasks. Knows no AWS shape.
public protocol TaskRuntime: Sendable {
  /// What it is, for people: `process`, or `podman 5.2.0 (crun, cgroups v2)`.
  var summary: String { get }
  /// Whether each task has a network of its own, in which it listens on its container ports, and whether its programs
  /// are images pulled from the registry (``ContainerSpecification/Program/registry(reference:)``). Otherwise tasks share
  /// this machine's ports, and their programs are folders and files.
  var isolatesTasks: Bool { get }
  /// Makes what the containers of a task share, and gets their images. Called once before its first container starts.
  ///
  /// - Throws: ``TaskRuntimeError``; then nothing is left of it.
  func prepare(_ task: TaskPlace) async throws
  /// Starts a container. Returns once its program runs.
  ///
  /// - Throws: ``TaskRuntimeError`` when the program cannot be started.
  func start(_ container: ContainerSpecification, output: any OutputSink) async throws -> any RunningContainer
  /// Takes over a container that an earlier daemon of the same state folder started, whether it still runs or has ended
  /// meanwhile; `nil` when nothing is left of it.
  ///
  /// - Parameter known: The instant of the last line that the sink has; only later ones are written to it.
  func adopt(_ container: ContainerSpecification, output: any OutputSink, after known: Date?) async
    -> (any RunningContainer)?
  /// Gives back what ``prepare(_:)`` made. To be called once the task's containers have ended.
  func release(task: String) async
  /// Stops whatever a dead daemon of the same state folder left running and nobody adopted, and returns the container
  /// ids.
  func stopLeftovers() async throws -> [String]
  /// Gives back what the runtime keeps for further tasks. Called once, when all tasks have ended.
  func close() async
}

/// What the containers of a task share.
public struct TaskPlace: Sendable, Equatable {
  /// A container port, and the port of 127.0.0.1 that leads to it.
  public struct Port: Sendable, Equatable {
    /// What the program listens on, in the task's own network.
    public var container: Int
    /// What this machine's programs connect to.
    public var host: Int
    /// `tcp` or `udp`.
    public var transport: String

    /// Makes a pair.
    public init(container: Int, host: Int, transport: String = "tcp") {
      self.container = container
      self.host = host
      self.transport = transport
    }
  }

  /// The task.
  public var id: String
  /// The ports of all its containers.
  public var ports: [Port]
  /// The images of its containers.
  public var images: [String]

  /// Makes a place.
  public init(id: String, ports: [Port] = [], images: [String] = []) {
    self.id = id
    self.ports = ports
    self.images = images
  }
}

/// Why a container could not be started.
public struct TaskRuntimeError: Error, Sendable, CustomStringConvertible {
  /// Stable codes.
  public enum Code: String, Sendable {
    case programNotFound, notExecutable, noCommand, imageInvalid, launchFailed
    /// An image cannot be had: `CannotPullContainerError`.
    case pullFailed
    /// What the task's containers share cannot be made: `ResourceInitializationError`.
    case placeFailed
    /// There is no container engine, or it does not answer.
    case engineUnusable
  }
  /// What kind of failure.
  public var code: Code
  /// What is wrong, as ECS words it after `CannotStartContainerError:` and the like.
  public var message: String
  /// The image at fault, for ``Code/pullFailed``.
  public var image: String?

  /// Makes an error.
  public init(_ code: Code, _ message: String, image: String? = nil) {
    self.code = code
    self.message = message
    self.image = image
  }

  public var description: String { message }
}
