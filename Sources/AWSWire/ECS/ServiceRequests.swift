// What is done with services.

extension ECS {
  /// Makes a service and starts its first deployment.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html
  public struct CreateServiceRequest: ECSRequest, Equatable {
    public typealias Response = CreateServiceResponse
    public static let operation = "CreateService"

    /// The cluster by name or ARN; `default` by default.
    public var cluster: String?
    /// The name of the service.
    public var serviceName: String
    /// The task definition as `family`, `family:revision` or ARN.
    public var taskDefinition: String?
    /// `ENABLED` or `DISABLED`.
    public var availabilityZoneRebalancing: String?
    /// The target groups that tasks join.
    public var loadBalancers: [LoadBalancer]?
    /// Services of Cloud Map that tasks register in.
    public var serviceRegistries: [ServiceRegistry]?
    /// How many tasks there shall be.
    public var desiredCount: Int?
    /// Makes repeated requests one, up to 64 characters.
    public var clientToken: String?
    /// `FARGATE`, `EC2` or `EXTERNAL`.
    public var launchType: String?
    /// Capacity providers, instead of a launch type.
    public var capacityProviderStrategy: [CapacityProviderStrategyItem]?
    /// The platform version of Fargate; `LATEST` by default.
    public var platformVersion: String?
    /// The role that registers tasks at classic load balancers.
    public var role: String?
    /// How it is deployed.
    public var deploymentConfiguration: DeploymentConfiguration?
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
    /// Whether ECS tags tasks with the cluster and the service.
    public var enableECSManagedTags: Bool?
    /// Where tags of tasks come from: `TASK_DEFINITION`, `SERVICE` or `NONE`.
    public var propagateTags: String?
    /// Whether `ExecuteCommand` is possible.
    public var enableExecuteCommand: Bool?

    /// Makes a request.
    public init(
      serviceName: String, cluster: String? = nil, taskDefinition: String? = nil,
      availabilityZoneRebalancing: String? = nil, loadBalancers: [LoadBalancer]? = nil,
      serviceRegistries: [ServiceRegistry]? = nil, desiredCount: Int? = nil, clientToken: String? = nil,
      launchType: String? = nil, capacityProviderStrategy: [CapacityProviderStrategyItem]? = nil,
      platformVersion: String? = nil, role: String? = nil, deploymentConfiguration: DeploymentConfiguration? = nil,
      placementConstraints: [PlacementConstraint]? = nil, placementStrategy: [PlacementStrategy]? = nil,
      networkConfiguration: NetworkConfiguration? = nil, healthCheckGracePeriodSeconds: Int? = nil,
      schedulingStrategy: String? = nil, deploymentController: DeploymentController? = nil, tags: [Tag]? = nil,
      enableECSManagedTags: Bool? = nil, propagateTags: String? = nil, enableExecuteCommand: Bool? = nil
    ) {
      self.cluster = cluster
      self.serviceName = serviceName
      self.taskDefinition = taskDefinition
      self.availabilityZoneRebalancing = availabilityZoneRebalancing
      self.loadBalancers = loadBalancers
      self.serviceRegistries = serviceRegistries
      self.desiredCount = desiredCount
      self.clientToken = clientToken
      self.launchType = launchType
      self.capacityProviderStrategy = capacityProviderStrategy
      self.platformVersion = platformVersion
      self.role = role
      self.deploymentConfiguration = deploymentConfiguration
      self.placementConstraints = placementConstraints
      self.placementStrategy = placementStrategy
      self.networkConfiguration = networkConfiguration
      self.healthCheckGracePeriodSeconds = healthCheckGracePeriodSeconds
      self.schedulingStrategy = schedulingStrategy
      self.deploymentController = deploymentController
      self.tags = tags
      self.enableECSManagedTags = enableECSManagedTags
      self.propagateTags = propagateTags
      self.enableExecuteCommand = enableExecuteCommand
    }
  }

  /// The service.
  public struct CreateServiceResponse: Codable, Sendable, Equatable {
    /// The service.
    public var service: Service?

    /// Makes an answer.
    public init(service: Service? = nil) {
      self.service = service
    }
  }

  /// Changes a service; a change of what its tasks are starts a deployment.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
  public struct UpdateServiceRequest: ECSRequest, Equatable {
    public typealias Response = UpdateServiceResponse
    public static let operation = "UpdateService"

    /// The cluster by name or ARN; `default` by default.
    public var cluster: String?
    /// The service by name or ARN.
    public var service: String
    /// How many tasks there shall be.
    public var desiredCount: Int?
    /// The task definition as `family`, `family:revision` or ARN.
    public var taskDefinition: String?
    /// Capacity providers, instead of a launch type.
    public var capacityProviderStrategy: [CapacityProviderStrategyItem]?
    /// How it is deployed.
    public var deploymentConfiguration: DeploymentConfiguration?
    /// `ENABLED` or `DISABLED`.
    public var availabilityZoneRebalancing: String?
    /// The network, for the `awsvpc` mode.
    public var networkConfiguration: NetworkConfiguration?
    /// Where tasks may be placed.
    public var placementConstraints: [PlacementConstraint]?
    /// Where tasks are placed first.
    public var placementStrategy: [PlacementStrategy]?
    /// The platform version of Fargate; `LATEST` by default.
    public var platformVersion: String?
    /// Whether to deploy though nothing changed.
    public var forceNewDeployment: Bool?
    /// How long failed health checks of a new task are ignored; 0 by default.
    public var healthCheckGracePeriodSeconds: Int?
    /// Who deploys; ECS by default.
    public var deploymentController: DeploymentController?
    /// Whether `ExecuteCommand` is possible.
    public var enableExecuteCommand: Bool?
    /// Whether ECS tags tasks with the cluster and the service.
    public var enableECSManagedTags: Bool?
    /// The target groups that tasks join.
    public var loadBalancers: [LoadBalancer]?
    /// Where tags of tasks come from: `TASK_DEFINITION`, `SERVICE` or `NONE`.
    public var propagateTags: String?
    /// Services of Cloud Map that tasks register in.
    public var serviceRegistries: [ServiceRegistry]?

    /// Makes a request.
    public init(
      service: String, cluster: String? = nil, desiredCount: Int? = nil, taskDefinition: String? = nil,
      capacityProviderStrategy: [CapacityProviderStrategyItem]? = nil,
      deploymentConfiguration: DeploymentConfiguration? = nil, availabilityZoneRebalancing: String? = nil,
      networkConfiguration: NetworkConfiguration? = nil, placementConstraints: [PlacementConstraint]? = nil,
      placementStrategy: [PlacementStrategy]? = nil, platformVersion: String? = nil, forceNewDeployment: Bool? = nil,
      healthCheckGracePeriodSeconds: Int? = nil, deploymentController: DeploymentController? = nil,
      enableExecuteCommand: Bool? = nil, enableECSManagedTags: Bool? = nil, loadBalancers: [LoadBalancer]? = nil,
      propagateTags: String? = nil, serviceRegistries: [ServiceRegistry]? = nil
    ) {
      self.cluster = cluster
      self.service = service
      self.desiredCount = desiredCount
      self.taskDefinition = taskDefinition
      self.capacityProviderStrategy = capacityProviderStrategy
      self.deploymentConfiguration = deploymentConfiguration
      self.availabilityZoneRebalancing = availabilityZoneRebalancing
      self.networkConfiguration = networkConfiguration
      self.placementConstraints = placementConstraints
      self.placementStrategy = placementStrategy
      self.platformVersion = platformVersion
      self.forceNewDeployment = forceNewDeployment
      self.healthCheckGracePeriodSeconds = healthCheckGracePeriodSeconds
      self.deploymentController = deploymentController
      self.enableExecuteCommand = enableExecuteCommand
      self.enableECSManagedTags = enableECSManagedTags
      self.loadBalancers = loadBalancers
      self.propagateTags = propagateTags
      self.serviceRegistries = serviceRegistries
    }
  }

  /// The service.
  public struct UpdateServiceResponse: Codable, Sendable, Equatable {
    /// The service.
    public var service: Service?

    /// Makes an answer.
    public init(service: Service? = nil) {
      self.service = service
    }
  }

  /// Deletes a service, which drains; one that has tasks only with `force`.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteService.html
  public struct DeleteServiceRequest: ECSRequest, Equatable {
    public typealias Response = DeleteServiceResponse
    public static let operation = "DeleteService"

    /// The cluster by name or ARN; `default` by default.
    public var cluster: String?
    /// The service by name or ARN.
    public var service: String
    /// Whether to do it though it is in use.
    public var force: Bool?

    /// Makes a request.
    public init(service: String, cluster: String? = nil, force: Bool? = nil) {
      self.cluster = cluster
      self.service = service
      self.force = force
    }
  }

  /// The service, now `DRAINING`.
  public struct DeleteServiceResponse: Codable, Sendable, Equatable {
    /// The service.
    public var service: Service?

    /// Makes an answer.
    public init(service: Service? = nil) {
      self.service = service
    }
  }

  /// Reads services, at most 10; what is unknown is in `failures`.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html
  public struct DescribeServicesRequest: ECSRequest, Equatable {
    public typealias Response = DescribeServicesResponse
    public static let operation = "DescribeServices"

    /// The cluster by name or ARN; `default` by default.
    public var cluster: String?
    /// Names or ARNs, at most 10.
    public var services: [String]
    /// What to answer besides, such as `TAGS`.
    public var include: [String]?

    /// Makes a request.
    public init(services: [String], cluster: String? = nil, include: [String]? = nil) {
      self.cluster = cluster
      self.services = services
      self.include = include
    }
  }

  /// The services that are known.
  public struct DescribeServicesResponse: Codable, Sendable, Equatable {
    /// The services.
    public var services: [Service]?
    /// What could not be read or started, and why.
    public var failures: [Failure]?

    /// Makes an answer.
    public init(services: [Service]? = nil, failures: [Failure]? = nil) {
      self.services = services
      self.failures = failures
    }
  }

  /// Lists the ARNs of services.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListServices.html
  public struct ListServicesRequest: ECSRequest, Equatable {
    public typealias Response = ListServicesResponse
    public static let operation = "ListServices"

    /// The cluster by name or ARN; `default` by default.
    public var cluster: String?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?
    /// How many to answer at most.
    public var maxResults: Int?
    /// `FARGATE`, `EC2` or `EXTERNAL`.
    public var launchType: String?
    /// `REPLICA`, which is the default, or `DAEMON`.
    public var schedulingStrategy: String?

    /// Makes a request.
    public init(
      cluster: String? = nil, nextToken: String? = nil, maxResults: Int? = nil, launchType: String? = nil,
      schedulingStrategy: String? = nil
    ) {
      self.cluster = cluster
      self.nextToken = nextToken
      self.maxResults = maxResults
      self.launchType = launchType
      self.schedulingStrategy = schedulingStrategy
    }
  }

  /// A page of ARNs.
  public struct ListServicesResponse: Codable, Sendable, Equatable {
    /// ARNs.
    public var serviceArns: [String]?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?

    /// Makes an answer.
    public init(serviceArns: [String]? = nil, nextToken: String? = nil) {
      self.serviceArns = serviceArns
      self.nextToken = nextToken
    }
  }
}
