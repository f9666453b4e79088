// What a task definition consists of, besides its containers.

extension ECS {
  /// Where tasks of a task definition may be placed.
  public struct TaskDefinitionPlacementConstraint: Codable, Sendable, Equatable {
    /// The type.
    public var type: String?
    /// An expression of the cluster query language.
    public var expression: String?

    /// Makes a value of its members.
    public init(type: String? = nil, expression: String? = nil) {
      self.type = type
      self.expression = expression
    }
  }

  /// The proxy of App Mesh.
  public struct ProxyConfiguration: Codable, Sendable, Equatable {
    /// The type.
    public var type: String?
    /// The container.
    public var containerName: String
    /// Properties of the proxy.
    public var properties: [KeyValuePair]?

    /// Makes a value of its members.
    public init(containerName: String, type: String? = nil, properties: [KeyValuePair]? = nil) {
      self.type = type
      self.containerName = containerName
      self.properties = properties
    }
  }

  /// An Elastic Inference accelerator; AWS has none any more.
  public struct InferenceAccelerator: Codable, Sendable, Equatable {
    /// The name of the accelerator.
    public var deviceName: String
    /// The type of the accelerator.
    public var deviceType: String

    /// Makes a value of its members.
    public init(deviceName: String, deviceType: String) {
      self.deviceName = deviceName
      self.deviceType = deviceType
    }
  }

  /// The storage of a task on Fargate.
  public struct EphemeralStorage: Codable, Sendable, Equatable {
    /// GiB, 21–200.
    public var sizeInGiB: Int

    /// Makes a value of its members.
    public init(sizeInGiB: Int) {
      self.sizeInGiB = sizeInGiB
    }
  }

  /// The processor and the system that tasks need.
  public struct RuntimePlatform: Codable, Sendable, Equatable {
    /// `X86_64`, which is the default, or `ARM64`.
    public var cpuArchitecture: String?
    /// `LINUX`, which is the default, or a Windows.
    public var operatingSystemFamily: String?

    /// Makes a value of its members.
    public init(cpuArchitecture: String? = nil, operatingSystemFamily: String? = nil) {
      self.cpuArchitecture = cpuArchitecture
      self.operatingSystemFamily = operatingSystemFamily
    }
  }

  /// An attribute of a container instance, or one that a task needs.
  public struct Attribute: Codable, Sendable, Equatable {
    /// The name.
    public var name: String
    /// The value.
    public var value: String?
    /// The type of target.
    public var targetType: String?
    /// What has the attribute.
    public var targetId: String?

    /// Makes a value of its members.
    public init(name: String, value: String? = nil, targetType: String? = nil, targetId: String? = nil) {
      self.name = name
      self.value = value
      self.targetType = targetType
      self.targetId = targetId
    }
  }
}
