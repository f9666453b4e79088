import Foundation

// Services as they are described.

extension ECS {
  /// A service.
  public struct Service: Codable, Sendable, Equatable {
    /// The ARN of the service.
    public var serviceArn: String?
    /// The name of the service.
    public var serviceName: String?
    /// The cluster.
    public var clusterArn: String?
    /// The target groups that tasks join.
    public var loadBalancers: [LoadBalancer]?
    /// Services of Cloud Map that tasks register in.
    public var serviceRegistries: [ServiceRegistry]?
    /// Where it is in its life, such as `ACTIVE`.
    public var status: String?
    /// How many tasks there shall be.
    public var desiredCount: Int?
    /// Tasks that run.
    public var runningCount: Int?
    /// Tasks that have not started yet.
    public var pendingCount: Int?
    /// `FARGATE`, `EC2` or `EXTERNAL`.
    public var launchType: String?
    /// Capacity providers, instead of a launch type.
    public var capacityProviderStrategy: [CapacityProviderStrategyItem]?
    /// The platform version of Fargate; `LATEST` by default.
    public var platformVersion: String?
    /// The platform of Fargate, such as `Linux`.
    public var platformFamily: String?
    /// The revision of the task definition.
    public var taskDefinition: String?
    /// How it is deployed.
    public var deploymentConfiguration: DeploymentConfiguration?
    /// The task sets, for a service with the deployment controller EXTERNAL.
    public var taskSets: [TaskSet]?
    /// The deployments, the newest first.
    public var deployments: [Deployment]?
    /// The role that it acts in.
    public var roleArn: String?
    /// The newest 100 events, the newest first.
    public var events: [ServiceEvent]?
    /// When it was made.
    public var createdAt: Date?
    /// The ARN of the newest deployment.
    public var currentServiceDeployment: String?
    /// The revisions of which tasks run or shall run.
    public var currentServiceRevisions: [ServiceCurrentRevisionSummary]?
    /// Where tasks may be placed.
    public var placementConstraints: [PlacementConstraint]?
    /// Where tasks are placed first.
    public var placementStrategy: [PlacementStrategy]?
    /// The network, for the `awsvpc` mode.
    public var networkConfiguration: NetworkConfiguration?
    /// How long failed health checks of a new task are ignored; 0 by default.
    public var healthCheckGracePeriodSeconds: Int?
    /// `REPLICA`, which is the default, or `DAEMON`.
    public var schedulingStrategy: String?
    /// Who deploys; ECS by default.
    public var deploymentController: DeploymentController?
    /// The tags.
    public var tags: [Tag]?
    /// The principal that made it.
    public var createdBy: String?
    /// Whether ECS tags tasks with the cluster and the service.
    public var enableECSManagedTags: Bool?
    /// Where tags of tasks come from: `TASK_DEFINITION`, `SERVICE` or `NONE`.
    public var propagateTags: String?
    /// Whether `ExecuteCommand` is possible.
    public var enableExecuteCommand: Bool?
    /// `ENABLED` or `DISABLED`.
    public var availabilityZoneRebalancing: String?

    /// Makes a value of its members.
    public init(
      serviceArn: String? = nil, serviceName: String? = nil, clusterArn: String? = nil,
      loadBalancers: [LoadBalancer]? = nil, serviceRegistries: [ServiceRegistry]? = nil, status: String? = nil,
      desiredCount: Int? = nil, runningCount: Int? = nil, pendingCount: Int? = nil, launchType: String? = nil,
      capacityProviderStrategy: [CapacityProviderStrategyItem]? = nil, platformVersion: String? = nil,
      platformFamily: String? = nil, taskDefinition: String? = nil,
      deploymentConfiguration: DeploymentConfiguration? = nil, taskSets: [TaskSet]? = nil,
      deployments: [Deployment]? = nil, roleArn: String? = nil, events: [ServiceEvent]? = nil, createdAt: Date? = nil,
      currentServiceDeployment: String? = nil, currentServiceRevisions: [ServiceCurrentRevisionSummary]? = nil,
      placementConstraints: [PlacementConstraint]? = nil, placementStrategy: [PlacementStrategy]? = nil,
      networkConfiguration: NetworkConfiguration? = nil, healthCheckGracePeriodSeconds: Int? = nil,
      schedulingStrategy: String? = nil, deploymentController: DeploymentController? = nil, tags: [Tag]? = nil,
      createdBy: String? = nil, enableECSManagedTags: Bool? = nil, propagateTags: String? = nil,
      enableExecuteCommand: Bool? = nil, availabilityZoneRebalancing: String? = nil
    ) {
      self.serviceArn = serviceArn
      self.serviceName = serviceName
      self.clusterArn = clusterArn
      self.loadBalancers = loadBalancers
      self.serviceRegistries = serviceRegistries
      self.status = status
      self.desiredCount = desiredCount
      self.runningCount = runningCount
      self.pendingCount = pendingCount
      self.launchType = launchType
      self.capacityProviderStrategy = capacityProviderStrategy
      self.platformVersion = platformVersion
      self.platformFamily = platformFamily
      self.taskDefinition = taskDefinition
      self.deploymentConfiguration = deploymentConfiguration
      self.taskSets = taskSets
      self.deployments = deployments
      self.roleArn = roleArn
      self.events = events
      self.createdAt = createdAt
      self.currentServiceDeployment = currentServiceDeployment
      self.currentServiceRevisions = currentServiceRevisions
      self.placementConstraints = placementConstraints
      self.placementStrategy = placementStrategy
      self.networkConfiguration = networkConfiguration
      self.healthCheckGracePeriodSeconds = healthCheckGracePeriodSeconds
      self.schedulingStrategy = schedulingStrategy
      self.deploymentController = deploymentController
      self.tags = tags
      self.createdBy = createdBy
      self.enableECSManagedTags = enableECSManagedTags
      self.propagateTags = propagateTags
      self.enableExecuteCommand = enableExecuteCommand
      self.availabilityZoneRebalancing = availabilityZoneRebalancing
    }
  }

  /// A deployment in the view of `DescribeServices`.
  public struct Deployment: Codable, Sendable, Equatable {
    /// `ecs-svc/` and the digits of the service revision.
    public var id: String?
    /// `PRIMARY`, `ACTIVE` or `INACTIVE`.
    public var status: String?
    /// The revision of the task definition.
    public var taskDefinition: String?
    /// How many tasks there shall be.
    public var desiredCount: Int?
    /// Tasks that have not started yet.
    public var pendingCount: Int?
    /// Tasks that run.
    public var runningCount: Int?
    /// Tasks that failed since the deployment began.
    public var failedTasks: Int?
    /// When it was made.
    public var createdAt: Date?
    /// When it changed last.
    public var updatedAt: Date?
    /// Capacity providers, instead of a launch type.
    public var capacityProviderStrategy: [CapacityProviderStrategyItem]?
    /// `FARGATE`, `EC2` or `EXTERNAL`.
    public var launchType: String?
    /// The platform version of Fargate; `LATEST` by default.
    public var platformVersion: String?
    /// The platform of Fargate, such as `Linux`.
    public var platformFamily: String?
    /// The network, for the `awsvpc` mode.
    public var networkConfiguration: NetworkConfiguration?
    /// `IN_PROGRESS`, `COMPLETED` or `FAILED`.
    public var rolloutState: String?
    /// The state in words.
    public var rolloutStateReason: String?
    /// The storage that Fargate gives.
    public var fargateEphemeralStorage: DeploymentEphemeralStorage?

    /// Makes a value of its members.
    public init(
      id: String? = nil, status: String? = nil, taskDefinition: String? = nil, desiredCount: Int? = nil,
      pendingCount: Int? = nil, runningCount: Int? = nil, failedTasks: Int? = nil, createdAt: Date? = nil,
      updatedAt: Date? = nil, capacityProviderStrategy: [CapacityProviderStrategyItem]? = nil,
      launchType: String? = nil, platformVersion: String? = nil, platformFamily: String? = nil,
      networkConfiguration: NetworkConfiguration? = nil, rolloutState: String? = nil,
      rolloutStateReason: String? = nil, fargateEphemeralStorage: DeploymentEphemeralStorage? = nil
    ) {
      self.id = id
      self.status = status
      self.taskDefinition = taskDefinition
      self.desiredCount = desiredCount
      self.pendingCount = pendingCount
      self.runningCount = runningCount
      self.failedTasks = failedTasks
      self.createdAt = createdAt
      self.updatedAt = updatedAt
      self.capacityProviderStrategy = capacityProviderStrategy
      self.launchType = launchType
      self.platformVersion = platformVersion
      self.platformFamily = platformFamily
      self.networkConfiguration = networkConfiguration
      self.rolloutState = rolloutState
      self.rolloutStateReason = rolloutStateReason
      self.fargateEphemeralStorage = fargateEphemeralStorage
    }
  }

  /// The key of the storage that Fargate gives.
  public struct DeploymentEphemeralStorage: Codable, Sendable, Equatable {
    /// The key.
    public var kmsKeyId: String?

    /// Makes a value of its members.
    public init(kmsKeyId: String? = nil) {
      self.kmsKeyId = kmsKeyId
    }
  }

  /// A message about a service.
  public struct ServiceEvent: Codable, Sendable, Equatable {
    /// The identifier.
    public var id: String?
    /// When it was made.
    public var createdAt: Date?
    /// The text.
    public var message: String?

    /// Makes a value of its members.
    public init(id: String? = nil, createdAt: Date? = nil, message: String? = nil) {
      self.id = id
      self.createdAt = createdAt
      self.message = message
    }
  }

  /// A revision of which tasks run or shall run.
  public struct ServiceCurrentRevisionSummary: Codable, Sendable, Equatable {
    /// The ARN.
    public var arn: String?
    /// How many tasks there shall be.
    public var requestedTaskCount: Int?
    /// Tasks that run.
    public var runningTaskCount: Int?
    /// Tasks that have not started yet.
    public var pendingTaskCount: Int?

    /// Makes a value of its members.
    public init(
      arn: String? = nil, requestedTaskCount: Int? = nil, runningTaskCount: Int? = nil, pendingTaskCount: Int? = nil
    ) {
      self.arn = arn
      self.requestedTaskCount = requestedTaskCount
      self.runningTaskCount = runningTaskCount
      self.pendingTaskCount = pendingTaskCount
    }
  }
}
