// What is done with tasks.

extension ECS {
  /// Starts up to 10 tasks outside of any service.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html
  public struct RunTaskRequest: ECSRequest, Equatable {
    public typealias Response = RunTaskResponse
    public static let operation = "RunTask"

    /// Capacity providers, instead of a launch type.
    public var capacityProviderStrategy: [CapacityProviderStrategyItem]?
    /// The cluster by name or ARN; `default` by default.
    public var cluster: String?
    /// How many tasks, 1–10; 1 by default.
    public var count: Int?
    /// Whether ECS tags tasks with the cluster and the service.
    public var enableECSManagedTags: Bool?
    /// Whether `ExecuteCommand` is possible.
    public var enableExecuteCommand: Bool?
    /// The group, such as `service:web` or `family:web`.
    public var group: String?
    /// `FARGATE`, `EC2` or `EXTERNAL`.
    public var launchType: String?
    /// The network, for the `awsvpc` mode.
    public var networkConfiguration: NetworkConfiguration?
    /// What differs from the task definition.
    public var overrides: TaskOverride?
    /// Where tasks may be placed.
    public var placementConstraints: [PlacementConstraint]?
    /// Where tasks are placed first.
    public var placementStrategy: [PlacementStrategy]?
    /// The platform version of Fargate; `LATEST` by default.
    public var platformVersion: String?
    /// Where tags of tasks come from: `TASK_DEFINITION`, `SERVICE` or `NONE`.
    public var propagateTags: String?
    /// A reference of the caller.
    public var referenceId: String?
    /// Who started it, such as `ecs-svc/…`.
    public var startedBy: String?
    /// The tags.
    public var tags: [Tag]?
    /// The task definition as `family`, `family:revision` or ARN.
    public var taskDefinition: String
    /// Makes repeated requests one, up to 64 characters.
    public var clientToken: String?

    /// Makes a request.
    public init(
      taskDefinition: String, capacityProviderStrategy: [CapacityProviderStrategyItem]? = nil, cluster: String? = nil,
      count: Int? = nil, enableECSManagedTags: Bool? = nil, enableExecuteCommand: Bool? = nil, group: String? = nil,
      launchType: String? = nil, networkConfiguration: NetworkConfiguration? = nil, overrides: TaskOverride? = nil,
      placementConstraints: [PlacementConstraint]? = nil, placementStrategy: [PlacementStrategy]? = nil,
      platformVersion: String? = nil, propagateTags: String? = nil, referenceId: String? = nil,
      startedBy: String? = nil, tags: [Tag]? = nil, clientToken: String? = nil
    ) {
      self.capacityProviderStrategy = capacityProviderStrategy
      self.cluster = cluster
      self.count = count
      self.enableECSManagedTags = enableECSManagedTags
      self.enableExecuteCommand = enableExecuteCommand
      self.group = group
      self.launchType = launchType
      self.networkConfiguration = networkConfiguration
      self.overrides = overrides
      self.placementConstraints = placementConstraints
      self.placementStrategy = placementStrategy
      self.platformVersion = platformVersion
      self.propagateTags = propagateTags
      self.referenceId = referenceId
      self.startedBy = startedBy
      self.tags = tags
      self.taskDefinition = taskDefinition
      self.clientToken = clientToken
    }
  }

  /// The tasks that were started, and why others were not.
  public struct RunTaskResponse: Codable, Sendable, Equatable {
    /// The tasks.
    public var tasks: [Task]?
    /// What could not be read or started, and why.
    public var failures: [Failure]?

    /// Makes an answer.
    public init(tasks: [Task]? = nil, failures: [Failure]? = nil) {
      self.tasks = tasks
      self.failures = failures
    }
  }

  /// What differs from the task definition in one task.
  public struct TaskOverride: Codable, Sendable, Equatable {
    /// What differs, by container.
    public var containerOverrides: [ContainerOverride]?
    /// CPU units, 1024 a processor.
    public var cpu: String?
    /// Accelerators that differ.
    public var inferenceAcceleratorOverrides: [InferenceAcceleratorOverride]?
    /// The role that pulls images, reads secrets and writes logs.
    public var executionRoleArn: String?
    /// MiB of memory.
    public var memory: String?
    /// The role of the program in the containers.
    public var taskRoleArn: String?
    /// The storage.
    public var ephemeralStorage: EphemeralStorage?

    /// Makes a value of its members.
    public init(
      containerOverrides: [ContainerOverride]? = nil, cpu: String? = nil,
      inferenceAcceleratorOverrides: [InferenceAcceleratorOverride]? = nil, executionRoleArn: String? = nil,
      memory: String? = nil, taskRoleArn: String? = nil, ephemeralStorage: EphemeralStorage? = nil
    ) {
      self.containerOverrides = containerOverrides
      self.cpu = cpu
      self.inferenceAcceleratorOverrides = inferenceAcceleratorOverrides
      self.executionRoleArn = executionRoleArn
      self.memory = memory
      self.taskRoleArn = taskRoleArn
      self.ephemeralStorage = ephemeralStorage
    }
  }

  /// What differs from the container definition in one task.
  public struct ContainerOverride: Codable, Sendable, Equatable {
    /// The name.
    public var name: String?
    /// The command; `CMD` of the image by default.
    public var command: [String]?
    /// Environment variables. Not for secrets: everyone who may describe can read them.
    public var environment: [KeyValuePair]?
    /// Files with environment variables.
    public var environmentFiles: [EnvironmentFile]?
    /// CPU units, 1024 a processor.
    public var cpu: Int?
    /// MiB of memory.
    public var memory: Int?
    /// MiB of memory that are reserved.
    public var memoryReservation: Int?
    /// GPUs and accelerators that it needs.
    public var resourceRequirements: [ResourceRequirement]?

    /// Makes a value of its members.
    public init(
      name: String? = nil, command: [String]? = nil, environment: [KeyValuePair]? = nil,
      environmentFiles: [EnvironmentFile]? = nil, cpu: Int? = nil, memory: Int? = nil, memoryReservation: Int? = nil,
      resourceRequirements: [ResourceRequirement]? = nil
    ) {
      self.name = name
      self.command = command
      self.environment = environment
      self.environmentFiles = environmentFiles
      self.cpu = cpu
      self.memory = memory
      self.memoryReservation = memoryReservation
      self.resourceRequirements = resourceRequirements
    }
  }

  /// An accelerator that differs in one task.
  public struct InferenceAcceleratorOverride: Codable, Sendable, Equatable {
    /// The name of the accelerator.
    public var deviceName: String?
    /// The type of the accelerator.
    public var deviceType: String?

    /// Makes a value of its members.
    public init(deviceName: String? = nil, deviceType: String? = nil) {
      self.deviceName = deviceName
      self.deviceType = deviceType
    }
  }

  /// Stops a task.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StopTask.html
  public struct StopTaskRequest: ECSRequest, Equatable {
    public typealias Response = StopTaskResponse
    public static let operation = "StopTask"

    /// The cluster by name or ARN; `default` by default.
    public var cluster: String?
    /// The task by identifier or ARN.
    public var task: String
    /// Why.
    public var reason: String?

    /// Makes a request.
    public init(task: String, cluster: String? = nil, reason: String? = nil) {
      self.cluster = cluster
      self.task = task
      self.reason = reason
    }
  }

  /// The task, with `desiredStatus` `STOPPED`.
  public struct StopTaskResponse: Codable, Sendable, Equatable {
    /// The task.
    public var task: Task?

    /// Makes an answer.
    public init(task: Task? = nil) {
      self.task = task
    }
  }

  /// Reads tasks, at most 100; what is unknown is in `failures`.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html
  public struct DescribeTasksRequest: ECSRequest, Equatable {
    public typealias Response = DescribeTasksResponse
    public static let operation = "DescribeTasks"

    /// The cluster by name or ARN; `default` by default.
    public var cluster: String?
    /// Identifiers or ARNs, at most 100.
    public var tasks: [String]
    /// What to answer besides, such as `TAGS`.
    public var include: [String]?

    /// Makes a request.
    public init(tasks: [String], cluster: String? = nil, include: [String]? = nil) {
      self.cluster = cluster
      self.tasks = tasks
      self.include = include
    }
  }

  /// The tasks that are known.
  public struct DescribeTasksResponse: Codable, Sendable, Equatable {
    /// The tasks.
    public var tasks: [Task]?
    /// What could not be read or started, and why.
    public var failures: [Failure]?

    /// Makes an answer.
    public init(tasks: [Task]? = nil, failures: [Failure]? = nil) {
      self.tasks = tasks
      self.failures = failures
    }
  }

  /// Lists the ARNs of tasks.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTasks.html
  public struct ListTasksRequest: ECSRequest, Equatable {
    public typealias Response = ListTasksResponse
    public static let operation = "ListTasks"

    /// The cluster by name or ARN; `default` by default.
    public var cluster: String?
    /// The container instance.
    public var containerInstance: String?
    /// The family.
    public var family: String?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?
    /// How many to answer at most.
    public var maxResults: Int?
    /// Who started it, such as `ecs-svc/…`.
    public var startedBy: String?
    /// The name of the service.
    public var serviceName: String?
    /// `RUNNING`, which is the default, or `STOPPED`.
    public var desiredStatus: String?
    /// `FARGATE`, `EC2` or `EXTERNAL`.
    public var launchType: String?

    /// Makes a request.
    public init(
      cluster: String? = nil, containerInstance: String? = nil, family: String? = nil, nextToken: String? = nil,
      maxResults: Int? = nil, startedBy: String? = nil, serviceName: String? = nil, desiredStatus: String? = nil,
      launchType: String? = nil
    ) {
      self.cluster = cluster
      self.containerInstance = containerInstance
      self.family = family
      self.nextToken = nextToken
      self.maxResults = maxResults
      self.startedBy = startedBy
      self.serviceName = serviceName
      self.desiredStatus = desiredStatus
      self.launchType = launchType
    }
  }

  /// A page of ARNs.
  public struct ListTasksResponse: Codable, Sendable, Equatable {
    /// ARNs.
    public var taskArns: [String]?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?

    /// Makes an answer.
    public init(taskArns: [String]? = nil, nextToken: String? = nil) {
      self.taskArns = taskArns
      self.nextToken = nextToken
    }
  }
}
