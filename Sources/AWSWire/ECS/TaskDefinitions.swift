import Foundation

// Task definitions.

extension ECS {
  /// One revision of a task definition.
  public struct TaskDefinition: Codable, Sendable, Equatable {
    /// The ARN of the task definition's revision.
    public var taskDefinitionArn: String?
    /// The containers.
    public var containerDefinitions: [ContainerDefinition]?
    /// The family.
    public var family: String?
    /// The role of the program in the containers.
    public var taskRoleArn: String?
    /// The role that pulls images, reads secrets and writes logs.
    public var executionRoleArn: String?
    /// `awsvpc`, `bridge`, `host` or `none`.
    public var networkMode: String?
    /// The number of the revision, from 1.
    public var revision: Int?
    /// Volumes.
    public var volumes: [Volume]?
    /// Where it is in its life, such as `ACTIVE`.
    public var status: String?
    /// What a container instance must have.
    public var requiresAttributes: [Attribute]?
    /// Where tasks may be placed.
    public var placementConstraints: [TaskDefinitionPlacementConstraint]?
    /// Launch types that the revision fits.
    public var compatibilities: [String]?
    /// The processor and the system.
    public var runtimePlatform: RuntimePlatform?
    /// Launch types that it must fit.
    public var requiresCompatibilities: [String]?
    /// CPU units, 1024 a processor.
    public var cpu: String?
    /// MiB of memory.
    public var memory: String?
    /// Accelerators.
    public var inferenceAccelerators: [InferenceAccelerator]?
    /// `host` or `task`.
    public var pidMode: String?
    /// `host`, `task` or `none`.
    public var ipcMode: String?
    /// The proxy of App Mesh.
    public var proxyConfiguration: ProxyConfiguration?
    /// When it was registered.
    public var registeredAt: Date?
    /// When it was deregistered.
    public var deregisteredAt: Date?
    /// When its deletion was asked for.
    public var deleteRequestedAt: Date?
    /// The principal that registered it.
    public var registeredBy: String?
    /// The storage.
    public var ephemeralStorage: EphemeralStorage?
    /// Whether faults may be injected.
    public var enableFaultInjection: Bool?

    /// Makes a value of its members.
    public init(
      taskDefinitionArn: String? = nil, containerDefinitions: [ContainerDefinition]? = nil, family: String? = nil,
      taskRoleArn: String? = nil, executionRoleArn: String? = nil, networkMode: String? = nil, revision: Int? = nil,
      volumes: [Volume]? = nil, status: String? = nil, requiresAttributes: [Attribute]? = nil,
      placementConstraints: [TaskDefinitionPlacementConstraint]? = nil, compatibilities: [String]? = nil,
      runtimePlatform: RuntimePlatform? = nil, requiresCompatibilities: [String]? = nil, cpu: String? = nil,
      memory: String? = nil, inferenceAccelerators: [InferenceAccelerator]? = nil, pidMode: String? = nil,
      ipcMode: String? = nil, proxyConfiguration: ProxyConfiguration? = nil, registeredAt: Date? = nil,
      deregisteredAt: Date? = nil, deleteRequestedAt: Date? = nil, registeredBy: String? = nil,
      ephemeralStorage: EphemeralStorage? = nil, enableFaultInjection: Bool? = nil
    ) {
      self.taskDefinitionArn = taskDefinitionArn
      self.containerDefinitions = containerDefinitions
      self.family = family
      self.taskRoleArn = taskRoleArn
      self.executionRoleArn = executionRoleArn
      self.networkMode = networkMode
      self.revision = revision
      self.volumes = volumes
      self.status = status
      self.requiresAttributes = requiresAttributes
      self.placementConstraints = placementConstraints
      self.compatibilities = compatibilities
      self.runtimePlatform = runtimePlatform
      self.requiresCompatibilities = requiresCompatibilities
      self.cpu = cpu
      self.memory = memory
      self.inferenceAccelerators = inferenceAccelerators
      self.pidMode = pidMode
      self.ipcMode = ipcMode
      self.proxyConfiguration = proxyConfiguration
      self.registeredAt = registeredAt
      self.deregisteredAt = deregisteredAt
      self.deleteRequestedAt = deleteRequestedAt
      self.registeredBy = registeredBy
      self.ephemeralStorage = ephemeralStorage
      self.enableFaultInjection = enableFaultInjection
    }
  }

  /// Makes a revision of a family, the first one when the family is new.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
  public struct RegisterTaskDefinitionRequest: ECSRequest, Equatable {
    public typealias Response = RegisterTaskDefinitionResponse
    public static let operation = "RegisterTaskDefinition"

    /// The family.
    public var family: String
    /// The role of the program in the containers.
    public var taskRoleArn: String?
    /// The role that pulls images, reads secrets and writes logs.
    public var executionRoleArn: String?
    /// `awsvpc`, `bridge`, `host` or `none`.
    public var networkMode: String?
    /// The containers.
    public var containerDefinitions: [ContainerDefinition]
    /// Volumes.
    public var volumes: [Volume]?
    /// Where tasks may be placed.
    public var placementConstraints: [TaskDefinitionPlacementConstraint]?
    /// Launch types that it must fit.
    public var requiresCompatibilities: [String]?
    /// CPU units, 1024 a processor.
    public var cpu: String?
    /// MiB of memory.
    public var memory: String?
    /// The tags.
    public var tags: [Tag]?
    /// `host` or `task`.
    public var pidMode: String?
    /// `host`, `task` or `none`.
    public var ipcMode: String?
    /// The proxy of App Mesh.
    public var proxyConfiguration: ProxyConfiguration?
    /// Accelerators.
    public var inferenceAccelerators: [InferenceAccelerator]?
    /// The storage.
    public var ephemeralStorage: EphemeralStorage?
    /// The processor and the system.
    public var runtimePlatform: RuntimePlatform?
    /// Whether faults may be injected.
    public var enableFaultInjection: Bool?

    /// Makes a request.
    public init(
      family: String, containerDefinitions: [ContainerDefinition], taskRoleArn: String? = nil,
      executionRoleArn: String? = nil, networkMode: String? = nil, volumes: [Volume]? = nil,
      placementConstraints: [TaskDefinitionPlacementConstraint]? = nil, requiresCompatibilities: [String]? = nil,
      cpu: String? = nil, memory: String? = nil, tags: [Tag]? = nil, pidMode: String? = nil, ipcMode: String? = nil,
      proxyConfiguration: ProxyConfiguration? = nil, inferenceAccelerators: [InferenceAccelerator]? = nil,
      ephemeralStorage: EphemeralStorage? = nil, runtimePlatform: RuntimePlatform? = nil,
      enableFaultInjection: Bool? = nil
    ) {
      self.family = family
      self.taskRoleArn = taskRoleArn
      self.executionRoleArn = executionRoleArn
      self.networkMode = networkMode
      self.containerDefinitions = containerDefinitions
      self.volumes = volumes
      self.placementConstraints = placementConstraints
      self.requiresCompatibilities = requiresCompatibilities
      self.cpu = cpu
      self.memory = memory
      self.tags = tags
      self.pidMode = pidMode
      self.ipcMode = ipcMode
      self.proxyConfiguration = proxyConfiguration
      self.inferenceAccelerators = inferenceAccelerators
      self.ephemeralStorage = ephemeralStorage
      self.runtimePlatform = runtimePlatform
      self.enableFaultInjection = enableFaultInjection
    }
  }

  /// The revision with what ECS added to it.
  public struct RegisterTaskDefinitionResponse: Codable, Sendable, Equatable {
    /// The revision of the task definition.
    public var taskDefinition: TaskDefinition?
    /// The tags.
    public var tags: [Tag]?

    /// Makes an answer.
    public init(taskDefinition: TaskDefinition? = nil, tags: [Tag]? = nil) {
      self.taskDefinition = taskDefinition
      self.tags = tags
    }
  }

  /// Reads a revision, or the newest active one of a family.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTaskDefinition.html
  public struct DescribeTaskDefinitionRequest: ECSRequest, Equatable {
    public typealias Response = DescribeTaskDefinitionResponse
    public static let operation = "DescribeTaskDefinition"

    /// The task definition as `family`, `family:revision` or ARN.
    public var taskDefinition: String
    /// What to answer besides, such as `TAGS`.
    public var include: [String]?

    /// Makes a request.
    public init(taskDefinition: String, include: [String]? = nil) {
      self.taskDefinition = taskDefinition
      self.include = include
    }
  }

  /// The revision.
  public struct DescribeTaskDefinitionResponse: Codable, Sendable, Equatable {
    /// The revision of the task definition.
    public var taskDefinition: TaskDefinition?
    /// The tags.
    public var tags: [Tag]?

    /// Makes an answer.
    public init(taskDefinition: TaskDefinition? = nil, tags: [Tag]? = nil) {
      self.taskDefinition = taskDefinition
      self.tags = tags
    }
  }

  /// Makes a revision `INACTIVE`: what runs goes on, nothing new starts.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeregisterTaskDefinition.html
  public struct DeregisterTaskDefinitionRequest: ECSRequest, Equatable {
    public typealias Response = DeregisterTaskDefinitionResponse
    public static let operation = "DeregisterTaskDefinition"

    /// The task definition as `family:revision` or ARN.
    public var taskDefinition: String

    /// Makes a request.
    public init(taskDefinition: String) {
      self.taskDefinition = taskDefinition
    }
  }

  /// The revision, now `INACTIVE`.
  public struct DeregisterTaskDefinitionResponse: Codable, Sendable, Equatable {
    /// The revision of the task definition.
    public var taskDefinition: TaskDefinition?

    /// Makes an answer.
    public init(taskDefinition: TaskDefinition? = nil) {
      self.taskDefinition = taskDefinition
    }
  }

  /// Deletes revisions that were deregistered before; at most 10.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteTaskDefinitions.html
  public struct DeleteTaskDefinitionsRequest: ECSRequest, Equatable {
    public typealias Response = DeleteTaskDefinitionsResponse
    public static let operation = "DeleteTaskDefinitions"

    /// `family:revision` or ARNs, at most 10.
    public var taskDefinitions: [String]

    /// Makes a request.
    public init(taskDefinitions: [String]) {
      self.taskDefinitions = taskDefinitions
    }
  }

  /// The revisions, now `DELETE_IN_PROGRESS`.
  public struct DeleteTaskDefinitionsResponse: Codable, Sendable, Equatable {
    /// Task definitions.
    public var taskDefinitions: [TaskDefinition]?
    /// What could not be read or started, and why.
    public var failures: [Failure]?

    /// Makes an answer.
    public init(taskDefinitions: [TaskDefinition]? = nil, failures: [Failure]? = nil) {
      self.taskDefinitions = taskDefinitions
      self.failures = failures
    }
  }
}
