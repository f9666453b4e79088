import Foundation

// Task sets: what a service with the deployment controller EXTERNAL is made of.
//
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-external.html
extension ECS {
  /// How many tasks a task set has, as a share of its service's desired count.
  public struct Scale: Codable, Sendable, Equatable {
    /// The share in percent, from 0 to 100.
    public var value: Double?
    /// `PERCENT`.
    public var unit: String?

    /// Makes a value of its members.
    public init(value: Double? = nil, unit: String? = nil) {
      self.value = value
      self.unit = unit
    }
  }

  /// A set of tasks of a service, all of one task definition.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskSet.html
  public struct TaskSet: Codable, Sendable, Equatable {
    /// `ecs-svc/` and digits.
    public var id: String?
    /// The ARN.
    public var taskSetArn: String?
    /// The ARN of the service.
    public var serviceArn: String?
    /// The ARN of the cluster.
    public var clusterArn: String?
    /// `CODE_DEPLOY` for a task set that CodeDeploy made.
    public var startedBy: String?
    /// What an external system calls it.
    public var externalId: String?
    /// `PRIMARY`, `ACTIVE` or `DRAINING`.
    public var status: String?
    /// The revision of the task definition.
    public var taskDefinition: String?
    /// The service's desired count times the scale, rounded up.
    public var computedDesiredCount: Int?
    /// Tasks that have not started yet.
    public var pendingCount: Int?
    /// Tasks that run.
    public var runningCount: Int?
    /// When it was made.
    public var createdAt: Date?
    /// When it changed last.
    public var updatedAt: Date?
    /// `FARGATE`, `EC2` or `EXTERNAL`.
    public var launchType: String?
    /// Capacity providers, instead of a launch type.
    public var capacityProviderStrategy: [CapacityProviderStrategyItem]?
    /// The platform version of Fargate; `LATEST` by default.
    public var platformVersion: String?
    /// The platform of Fargate, such as `Linux`.
    public var platformFamily: String?
    /// The network, for the `awsvpc` mode.
    public var networkConfiguration: NetworkConfiguration?
    /// The target groups that tasks join.
    public var loadBalancers: [LoadBalancer]?
    /// Services of Cloud Map that tasks register in.
    public var serviceRegistries: [ServiceRegistry]?
    /// How many tasks it has.
    public var scale: Scale?
    /// `STEADY_STATE` once all of its tasks run and are healthy, else `STABILIZING`.
    public var stabilityStatus: String?
    /// When the stability was found.
    public var stabilityStatusAt: Date?
    /// The tags.
    public var tags: [Tag]?

    /// Makes a value of its members.
    public init(
      id: String? = nil, taskSetArn: String? = nil, serviceArn: String? = nil, clusterArn: String? = nil,
      startedBy: String? = nil, externalId: String? = nil, status: String? = nil, taskDefinition: String? = nil,
      computedDesiredCount: Int? = nil, pendingCount: Int? = nil, runningCount: Int? = nil, createdAt: Date? = nil,
      updatedAt: Date? = nil, launchType: String? = nil,
      capacityProviderStrategy: [CapacityProviderStrategyItem]? = nil, platformVersion: String? = nil,
      platformFamily: String? = nil, networkConfiguration: NetworkConfiguration? = nil,
      loadBalancers: [LoadBalancer]? = nil, serviceRegistries: [ServiceRegistry]? = nil, scale: Scale? = nil,
      stabilityStatus: String? = nil, stabilityStatusAt: Date? = nil, tags: [Tag]? = nil
    ) {
      self.id = id
      self.taskSetArn = taskSetArn
      self.serviceArn = serviceArn
      self.clusterArn = clusterArn
      self.startedBy = startedBy
      self.externalId = externalId
      self.status = status
      self.taskDefinition = taskDefinition
      self.computedDesiredCount = computedDesiredCount
      self.pendingCount = pendingCount
      self.runningCount = runningCount
      self.createdAt = createdAt
      self.updatedAt = updatedAt
      self.launchType = launchType
      self.capacityProviderStrategy = capacityProviderStrategy
      self.platformVersion = platformVersion
      self.platformFamily = platformFamily
      self.networkConfiguration = networkConfiguration
      self.loadBalancers = loadBalancers
      self.serviceRegistries = serviceRegistries
      self.scale = scale
      self.stabilityStatus = stabilityStatus
      self.stabilityStatusAt = stabilityStatusAt
      self.tags = tags
    }
  }
}
