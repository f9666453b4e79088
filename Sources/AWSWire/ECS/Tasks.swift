import Foundation

// Tasks.

extension ECS {
  /// A task.
  public struct Task: Codable, Sendable, Equatable {
    /// What is attached.
    public var attachments: [Attachment]?
    /// Attributes.
    public var attributes: [Attribute]?
    /// The zone.
    public var availabilityZone: String?
    /// The capacity provider.
    public var capacityProviderName: String?
    /// The cluster.
    public var clusterArn: String?
    /// `CONNECTED` or `DISCONNECTED`.
    public var connectivity: String?
    /// When the task was connected.
    public var connectivityAt: Date?
    /// The container instance; `nil` on Fargate.
    public var containerInstanceArn: String?
    /// The containers.
    public var containers: [Container]?
    /// CPU units, 1024 a processor.
    public var cpu: String?
    /// When it was made.
    public var createdAt: Date?
    /// `RUNNING` or `STOPPED`.
    public var desiredStatus: String?
    /// Whether `ExecuteCommand` is possible.
    public var enableExecuteCommand: Bool?
    /// When the containers stopped.
    public var executionStoppedAt: Date?
    /// The group, such as `service:web` or `family:web`.
    public var group: String?
    /// `HEALTHY`, `UNHEALTHY` or `UNKNOWN`.
    public var healthStatus: String?
    /// Accelerators.
    public var inferenceAccelerators: [InferenceAccelerator]?
    /// Where it is in its life, such as `RUNNING`.
    public var lastStatus: String?
    /// `FARGATE`, `EC2` or `EXTERNAL`.
    public var launchType: String?
    /// MiB of memory.
    public var memory: String?
    /// What differs from the task definition.
    public var overrides: TaskOverride?
    /// The platform version of Fargate; `LATEST` by default.
    public var platformVersion: String?
    /// The platform of Fargate, such as `Linux`.
    public var platformFamily: String?
    /// When pulling images began.
    public var pullStartedAt: Date?
    /// When pulling images ended.
    public var pullStoppedAt: Date?
    /// When it started.
    public var startedAt: Date?
    /// Who started it, such as `ecs-svc/…`.
    public var startedBy: String?
    /// Why it stopped, such as `EssentialContainerExited`.
    public var stopCode: String?
    /// When it had stopped.
    public var stoppedAt: Date?
    /// Why it stopped, in words.
    public var stoppedReason: String?
    /// When it began to stop.
    public var stoppingAt: Date?
    /// The tags.
    public var tags: [Tag]?
    /// The ARN of the task.
    public var taskArn: String?
    /// The ARN of the task definition's revision.
    public var taskDefinitionArn: String?
    /// Counts changes.
    public var version: Int?
    /// The storage.
    public var ephemeralStorage: EphemeralStorage?
    /// The storage that Fargate gives.
    public var fargateEphemeralStorage: TaskEphemeralStorage?

    /// Makes a value of its members.
    public init(
      attachments: [Attachment]? = nil, attributes: [Attribute]? = nil, availabilityZone: String? = nil,
      capacityProviderName: String? = nil, clusterArn: String? = nil, connectivity: String? = nil,
      connectivityAt: Date? = nil, containerInstanceArn: String? = nil, containers: [Container]? = nil,
      cpu: String? = nil, createdAt: Date? = nil, desiredStatus: String? = nil, enableExecuteCommand: Bool? = nil,
      executionStoppedAt: Date? = nil, group: String? = nil, healthStatus: String? = nil,
      inferenceAccelerators: [InferenceAccelerator]? = nil, lastStatus: String? = nil, launchType: String? = nil,
      memory: String? = nil, overrides: TaskOverride? = nil, platformVersion: String? = nil,
      platformFamily: String? = nil, pullStartedAt: Date? = nil, pullStoppedAt: Date? = nil, startedAt: Date? = nil,
      startedBy: String? = nil, stopCode: String? = nil, stoppedAt: Date? = nil, stoppedReason: String? = nil,
      stoppingAt: Date? = nil, tags: [Tag]? = nil, taskArn: String? = nil, taskDefinitionArn: String? = nil,
      version: Int? = nil, ephemeralStorage: EphemeralStorage? = nil,
      fargateEphemeralStorage: TaskEphemeralStorage? = nil
    ) {
      self.attachments = attachments
      self.attributes = attributes
      self.availabilityZone = availabilityZone
      self.capacityProviderName = capacityProviderName
      self.clusterArn = clusterArn
      self.connectivity = connectivity
      self.connectivityAt = connectivityAt
      self.containerInstanceArn = containerInstanceArn
      self.containers = containers
      self.cpu = cpu
      self.createdAt = createdAt
      self.desiredStatus = desiredStatus
      self.enableExecuteCommand = enableExecuteCommand
      self.executionStoppedAt = executionStoppedAt
      self.group = group
      self.healthStatus = healthStatus
      self.inferenceAccelerators = inferenceAccelerators
      self.lastStatus = lastStatus
      self.launchType = launchType
      self.memory = memory
      self.overrides = overrides
      self.platformVersion = platformVersion
      self.platformFamily = platformFamily
      self.pullStartedAt = pullStartedAt
      self.pullStoppedAt = pullStoppedAt
      self.startedAt = startedAt
      self.startedBy = startedBy
      self.stopCode = stopCode
      self.stoppedAt = stoppedAt
      self.stoppedReason = stoppedReason
      self.stoppingAt = stoppingAt
      self.tags = tags
      self.taskArn = taskArn
      self.taskDefinitionArn = taskDefinitionArn
      self.version = version
      self.ephemeralStorage = ephemeralStorage
      self.fargateEphemeralStorage = fargateEphemeralStorage
    }
  }

  /// A container of a task.
  public struct Container: Codable, Sendable, Equatable {
    /// The ARN.
    public var containerArn: String?
    /// The ARN of the task.
    public var taskArn: String?
    /// The name.
    public var name: String?
    /// The image.
    public var image: String?
    /// The digest, `sha256:…`.
    public var imageDigest: String?
    /// The identifier in the container runtime.
    public var runtimeId: String?
    /// Where it is in its life, such as `RUNNING`.
    public var lastStatus: String?
    /// The exit code, once the container has stopped.
    public var exitCode: Int?
    /// Why.
    public var reason: String?
    /// Ports of the host that lead to it.
    public var networkBindings: [NetworkBinding]?
    /// Addresses, for the `awsvpc` mode.
    public var networkInterfaces: [NetworkInterface]?
    /// `HEALTHY`, `UNHEALTHY` or `UNKNOWN`.
    public var healthStatus: String?
    /// Agents that ECS runs in it.
    public var managedAgents: [ManagedAgent]?
    /// CPU units, 1024 a processor.
    public var cpu: String?
    /// MiB of memory.
    public var memory: String?
    /// MiB of memory that are reserved.
    public var memoryReservation: String?
    /// The GPUs.
    public var gpuIds: [String]?

    /// Makes a value of its members.
    public init(
      containerArn: String? = nil, taskArn: String? = nil, name: String? = nil, image: String? = nil,
      imageDigest: String? = nil, runtimeId: String? = nil, lastStatus: String? = nil, exitCode: Int? = nil,
      reason: String? = nil, networkBindings: [NetworkBinding]? = nil, networkInterfaces: [NetworkInterface]? = nil,
      healthStatus: String? = nil, managedAgents: [ManagedAgent]? = nil, cpu: String? = nil, memory: String? = nil,
      memoryReservation: String? = nil, gpuIds: [String]? = nil
    ) {
      self.containerArn = containerArn
      self.taskArn = taskArn
      self.name = name
      self.image = image
      self.imageDigest = imageDigest
      self.runtimeId = runtimeId
      self.lastStatus = lastStatus
      self.exitCode = exitCode
      self.reason = reason
      self.networkBindings = networkBindings
      self.networkInterfaces = networkInterfaces
      self.healthStatus = healthStatus
      self.managedAgents = managedAgents
      self.cpu = cpu
      self.memory = memory
      self.memoryReservation = memoryReservation
      self.gpuIds = gpuIds
    }
  }

  /// A port of the host that leads to one of the container.
  public struct NetworkBinding: Codable, Sendable, Equatable {
    /// The address of the host.
    public var bindIP: String?
    /// The port of the container.
    public var containerPort: Int?
    /// The port of the host; with `awsvpc` the one of the container.
    public var hostPort: Int?
    /// `tcp`, which is the default, or `udp`.
    public var `protocol`: String?
    /// Ports of the container, `8000-8010`.
    public var containerPortRange: String?
    /// Ports of the host, `8000-8010`.
    public var hostPortRange: String?

    /// Makes a value of its members.
    public init(
      bindIP: String? = nil, containerPort: Int? = nil, hostPort: Int? = nil, protocol: String? = nil,
      containerPortRange: String? = nil, hostPortRange: String? = nil
    ) {
      self.bindIP = bindIP
      self.containerPort = containerPort
      self.hostPort = hostPort
      self.protocol = `protocol`
      self.containerPortRange = containerPortRange
      self.hostPortRange = hostPortRange
    }
  }

  /// The address of a container with the `awsvpc` mode.
  public struct NetworkInterface: Codable, Sendable, Equatable {
    /// The attachment.
    public var attachmentId: String?
    /// The IPv4 address.
    public var privateIpv4Address: String?
    /// The IPv6 address.
    public var ipv6Address: String?

    /// Makes a value of its members.
    public init(attachmentId: String? = nil, privateIpv4Address: String? = nil, ipv6Address: String? = nil) {
      self.attachmentId = attachmentId
      self.privateIpv4Address = privateIpv4Address
      self.ipv6Address = ipv6Address
    }
  }

  /// An agent that ECS runs in a container.
  public struct ManagedAgent: Codable, Sendable, Equatable {
    /// When the agent started last.
    public var lastStartedAt: Date?
    /// The name.
    public var name: String?
    /// Why.
    public var reason: String?
    /// Where it is in its life, such as `RUNNING`.
    public var lastStatus: String?

    /// Makes a value of its members.
    public init(lastStartedAt: Date? = nil, name: String? = nil, reason: String? = nil, lastStatus: String? = nil) {
      self.lastStartedAt = lastStartedAt
      self.name = name
      self.reason = reason
      self.lastStatus = lastStatus
    }
  }

  /// The storage that Fargate gave a task.
  public struct TaskEphemeralStorage: Codable, Sendable, Equatable {
    /// GiB, 21–200.
    public var sizeInGiB: Int?
    /// The key.
    public var kmsKeyId: String?

    /// Makes a value of its members.
    public init(sizeInGiB: Int? = nil, kmsKeyId: String? = nil) {
      self.sizeInGiB = sizeInGiB
      self.kmsKeyId = kmsKeyId
    }
  }
}
