import Foundation

/// What to run.
public struct ContainerSpecification: Sendable, Equatable {
  /// The program's files.
  public enum Program: Sendable, Equatable {
    /// An unpacked image: paths of the command are looked up below `root` first (`/app/pulse` is `root/app/pulse`).
    case image(root: URL)
    /// A program of the host, by absolute path; `command` holds only its arguments.
    case host(path: String)
    /// An image of a registry of this machine, by digest: `127.0.0.1:4650/web@sha256:…`.
    case registry(reference: String)
  }

  /// What a container may use. Processes of this machine have no limits.
  public struct Limits: Sendable, Equatable {
    /// Soft and hard limit of one kind, as in `setrlimit(2)`.
    public struct Resource: Sendable, Equatable {
      /// The kind, such as `nofile`.
      public var name: String
      public var soft: Int
      public var hard: Int

      /// Makes a limit.
      public init(name: String, soft: Int, hard: Int) {
        self.name = name
        self.soft = soft
        self.hard = hard
      }
    }

    /// Processors, at most; `nil` for all of them.
    public var processors: Double?
    /// The share of a busy processor in comparison with other containers, 2 to 262144.
    public var processorShares: Int?
    /// Bytes of memory, at which the container is killed; `nil` for no limit.
    public var memory: Int?
    /// Limits of its processes.
    public var resources: [Resource]

    /// Makes limits.
    public init(
      processors: Double? = nil, processorShares: Int? = nil, memory: Int? = nil, resources: [Resource] = []
    ) {
      self.processors = processors
      self.processorShares = processorShares
      self.memory = memory
      self.resources = resources
    }
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
  /// The task whose network it joins; only where tasks are isolated.
  public var task: String?
  /// The user that the program runs as; the image's when `nil`. Only where tasks are isolated.
  public var user: String?
  /// Whether its files cannot be written. Only where tasks are isolated.
  public var hasReadOnlyFiles: Bool
  /// What it may use.
  public var limits: Limits

  /// Makes a specification.
  public init(
    id: String, program: Program, command: [String], environment: [String: String],
    workingDirectory: String? = nil, stopSignal: String = "SIGTERM", task: String? = nil, user: String? = nil,
    hasReadOnlyFiles: Bool = false, limits: Limits = Limits()
  ) {
    self.id = id
    self.program = program
    self.command = command
    self.environment = environment
    self.workingDirectory = workingDirectory
    self.stopSignal = stopSignal
    self.task = task
    self.user = user
    self.hasReadOnlyFiles = hasReadOnlyFiles
    self.limits = limits
  }
}
