// The operations on task sets.

extension ECS {
  /// Makes a task set of a service.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateTaskSet.html
  public struct CreateTaskSetRequest: ECSRequest, Equatable {
    public typealias Response = CreateTaskSetResponse
    public static let operation = "CreateTaskSet"

    /// The service by name or ARN.
    public var service: String
    /// The cluster by name or ARN.
    public var cluster: String
    /// What an external system calls it.
    public var externalId: String?
    /// The task definition as `family`, `family:revision` or ARN.
    public var taskDefinition: String
    /// The network, for the `awsvpc` mode.
    public var networkConfiguration: NetworkConfiguration?
    /// The target groups that tasks join.
    public var loadBalancers: [LoadBalancer]?
    /// Services of Cloud Map that tasks register in.
    public var serviceRegistries: [ServiceRegistry]?
    /// `FARGATE`, `EC2` or `EXTERNAL`.
    public var launchType: String?
    /// Capacity providers, instead of a launch type.
    public var capacityProviderStrategy: [CapacityProviderStrategyItem]?
    /// The platform version of Fargate; `LATEST` by default.
    public var platformVersion: String?
    /// How many tasks it has; none by default.
    public var scale: Scale?
    /// Makes a repetition harmless.
    public var clientToken: String?
    /// The tags.
    public var tags: [Tag]?

    /// Makes a request.
    public init(
      service: String, cluster: String, taskDefinition: String, externalId: String? = nil,
      networkConfiguration: NetworkConfiguration? = nil, loadBalancers: [LoadBalancer]? = nil,
      serviceRegistries: [ServiceRegistry]? = nil, launchType: String? = nil,
      capacityProviderStrategy: [CapacityProviderStrategyItem]? = nil, platformVersion: String? = nil,
      scale: Scale? = nil, clientToken: String? = nil, tags: [Tag]? = nil
    ) {
      self.service = service
      self.cluster = cluster
      self.taskDefinition = taskDefinition
      self.externalId = externalId
      self.networkConfiguration = networkConfiguration
      self.loadBalancers = loadBalancers
      self.serviceRegistries = serviceRegistries
      self.launchType = launchType
      self.capacityProviderStrategy = capacityProviderStrategy
      self.platformVersion = platformVersion
      self.scale = scale
      self.clientToken = clientToken
      self.tags = tags
    }
  }

  /// The task set.
  public struct CreateTaskSetResponse: Codable, Sendable, Equatable {
    /// The task set.
    public var taskSet: TaskSet?

    /// Makes an answer.
    public init(taskSet: TaskSet? = nil) {
      self.taskSet = taskSet
    }
  }

  /// Reads task sets of a service; what is unknown is in `failures`.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTaskSets.html
  public struct DescribeTaskSetsRequest: ECSRequest, Equatable {
    public typealias Response = DescribeTaskSetsResponse
    public static let operation = "DescribeTaskSets"

    /// The cluster by name or ARN.
    public var cluster: String
    /// The service by name or ARN.
    public var service: String
    /// Identifiers or ARNs; all of the service's by default.
    public var taskSets: [String]?
    /// What to answer besides, such as `TAGS`.
    public var include: [String]?

    /// Makes a request.
    public init(service: String, cluster: String, taskSets: [String]? = nil, include: [String]? = nil) {
      self.service = service
      self.cluster = cluster
      self.taskSets = taskSets
      self.include = include
    }
  }

  /// The task sets that are known.
  public struct DescribeTaskSetsResponse: Codable, Sendable, Equatable {
    /// The task sets.
    public var taskSets: [TaskSet]?
    /// What could not be read or started, and why.
    public var failures: [Failure]?

    /// Makes an answer.
    public init(taskSets: [TaskSet]? = nil, failures: [Failure]? = nil) {
      self.taskSets = taskSets
      self.failures = failures
    }
  }

  /// Scales a task set.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateTaskSet.html
  public struct UpdateTaskSetRequest: ECSRequest, Equatable {
    public typealias Response = UpdateTaskSetResponse
    public static let operation = "UpdateTaskSet"

    /// The cluster by name or ARN.
    public var cluster: String
    /// The service by name or ARN.
    public var service: String
    /// The task set by identifier or ARN.
    public var taskSet: String
    /// How many tasks it shall have.
    public var scale: Scale

    /// Makes a request.
    public init(taskSet: String, service: String, cluster: String, scale: Scale) {
      self.taskSet = taskSet
      self.service = service
      self.cluster = cluster
      self.scale = scale
    }
  }

  /// The task set.
  public struct UpdateTaskSetResponse: Codable, Sendable, Equatable {
    /// The task set.
    public var taskSet: TaskSet?

    /// Makes an answer.
    public init(taskSet: TaskSet? = nil) {
      self.taskSet = taskSet
    }
  }

  /// Says which task set serves; what it is, the service is then.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateServicePrimaryTaskSet.html
  public struct UpdateServicePrimaryTaskSetRequest: ECSRequest, Equatable {
    public typealias Response = UpdateServicePrimaryTaskSetResponse
    public static let operation = "UpdateServicePrimaryTaskSet"

    /// The cluster by name or ARN.
    public var cluster: String
    /// The service by name or ARN.
    public var service: String
    /// The task set by identifier or ARN.
    public var primaryTaskSet: String

    /// Makes a request.
    public init(primaryTaskSet: String, service: String, cluster: String) {
      self.primaryTaskSet = primaryTaskSet
      self.service = service
      self.cluster = cluster
    }
  }

  /// The task set.
  public struct UpdateServicePrimaryTaskSetResponse: Codable, Sendable, Equatable {
    /// The task set.
    public var taskSet: TaskSet?

    /// Makes an answer.
    public init(taskSet: TaskSet? = nil) {
      self.taskSet = taskSet
    }
  }

  /// Deletes a task set, which drains; one that has tasks or serves only with `force`.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteTaskSet.html
  public struct DeleteTaskSetRequest: ECSRequest, Equatable {
    public typealias Response = DeleteTaskSetResponse
    public static let operation = "DeleteTaskSet"

    /// The cluster by name or ARN.
    public var cluster: String
    /// The service by name or ARN.
    public var service: String
    /// The task set by identifier or ARN.
    public var taskSet: String
    /// Whether to do it though it is in use.
    public var force: Bool?

    /// Makes a request.
    public init(taskSet: String, service: String, cluster: String, force: Bool? = nil) {
      self.taskSet = taskSet
      self.service = service
      self.cluster = cluster
      self.force = force
    }
  }

  /// The task set, now `DRAINING`.
  public struct DeleteTaskSetResponse: Codable, Sendable, Equatable {
    /// The task set.
    public var taskSet: TaskSet?

    /// Makes an answer.
    public init(taskSet: TaskSet? = nil) {
      self.taskSet = taskSet
    }
  }
}
