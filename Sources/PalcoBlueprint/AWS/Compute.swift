extension AWSInfrastructure {
  /// An ECR repository.
  public struct Registry: Codable, Sendable, Equatable {
    /// Whether a tag stays with its image.
    public var immutableTags: Bool
    /// Whether images are scanned when they are pushed.
    public var scanOnPush: Bool
    /// How many images are kept.
    public var keptImages: Int
    /// Days after which an image without a tag is removed.
    public var untaggedDays: Int
    /// Whether it has a KMS key of its own.
    public var encryptedWithOwnKey: Bool
  }

  /// An ECS cluster.
  public struct Cluster: Codable, Sendable, Equatable {
    /// Whether Container Insights measures tasks.
    public var containerInsights: Bool
    /// Whether people may open sessions in tasks (ECS Exec); they are logged.
    public var sessions: Bool
  }

  /// What the processor of a task understands.
  public enum Architecture: String, Codable, Sendable, CaseIterable {
    case x86 = "x86_64"
    case arm = "arm64"
  }

  /// What the task definition says beyond the blueprint's service.
  public struct TaskSettings: Codable, Sendable, Equatable {
    /// CPU units, as in the blueprint's service.
    public var cpu: Int
    /// Memory in MiB, as in the blueprint's service.
    public var memory: Int
    /// What the image must be built for.
    public var architecture: Architecture
    /// Whether the root file system is read-only.
    public var readOnlyRoot: Bool
    /// Folders that are writable all the same, each a volume that goes with the task.
    public var writablePaths: [String]
    /// Variables, in order: the service's own, then `PORT`, then the database's.
    public var environment: [TaskVariable]
    /// Variables whose values are fetched when a task starts.
    public var secrets: [TaskSecret]
  }

  /// A variable of the container.
  public struct TaskVariable: Codable, Sendable, Equatable {
    /// Its name.
    public var name: String
    /// Its value.
    public var value: Value

    /// What a variable is set to.
    public enum Value: Codable, Sendable, Equatable {
      /// A text.
      case literal(String)
      /// The database's host name.
      case databaseHost
    }
  }

  /// A variable of the container that is a secret.
  public struct TaskSecret: Codable, Sendable, Equatable {
    /// Its name.
    public var name: String
    /// Where the value is.
    public var source: Source

    /// Where a secret is.
    public enum Source: Codable, Sendable, Equatable {
      /// An ARN (Secrets Manager or SSM), or an SSM parameter's name in the environment's region, as in `SecretReference`.
      case reference(String)
      /// A field of the database's own secret: `username` or `password`.
      case database(field: String)
    }
  }

  /// Where tasks run.
  public enum Capacity: Codable, Sendable, Equatable {
    /// On Fargate. `spotPercent` of the tasks may be taken away by AWS with two minutes' notice, 0–100.
    case fargate(architecture: Architecture, spotPercent: Int)
    /// On instances of an Auto Scaling group.
    case ec2(ContainerInstances)

    /// What the processors understand.
    public var architecture: Architecture {
      switch self {
      case .fargate(let architecture, _): architecture
      case .ec2(let instances): instances.architecture
      }
    }
  }

  /// The instances that tasks run on.
  public struct ContainerInstances: Codable, Sendable, Equatable {
    /// The type, one that is known, `t4g.medium`.
    public var type: String
    /// What its processors understand.
    public var architecture: Architecture
    /// The least number of instances.
    public var minimum: Int
    /// The greatest number of instances.
    public var maximum: Int
    /// Percent of the instances' room that managed scaling keeps in use, 1–100.
    public var targetCapacityPercent: Int
    /// The size of an instance's encrypted disk in GiB.
    public var diskGiB: Int
  }

  /// How many tasks run, by load (target tracking).
  public struct ServiceScaling: Codable, Sendable, Equatable {
    /// The least number of tasks.
    public var minimum: Int
    /// The greatest number of tasks.
    public var maximum: Int
    /// The CPU use in percent that scaling aims at, or nil.
    public var cpuPercent: Int?
    /// The memory use in percent that scaling aims at, or nil.
    public var memoryPercent: Int?
    /// The requests per task and minute that scaling aims at, or nil.
    public var requestsPerTarget: Int?

    /// Whether anything scales at all.
    public var isActive: Bool { maximum > minimum }
  }

  /// What watches a deployment.
  public struct ReleaseGuards: Codable, Sendable, Equatable {
    /// The alarms of `AWSInfrastructure.alarms` that roll a deployment back when they go off.
    public var alarms: [AlarmRole]
  }
}
