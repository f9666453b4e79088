import AWSWire
import Foundation

/// A cluster as the cloud remembers it: the shape without what is counted.
struct ClusterRecord: Codable, Sendable, Equatable {
  var sequence: Int
  var arn: String
  var name: String
  var isActive = true
  var settings: [ECS.ClusterSetting]
  var configuration: ECS.ClusterConfiguration?
  var capacityProviders: [String]
  var defaultCapacityProviderStrategy: [ECS.CapacityProviderStrategyItem]
  var serviceConnectDefaults: ECS.ClusterServiceConnectDefaults?
  var tags: [ECS.Tag]
}

/// A revision of a task definition, with the defaults that AWS fills in.
struct TaskDefinitionRecord: Codable, Sendable, Equatable {
  enum Status: String, Codable, Sendable {
    case active = "ACTIVE"
    case inactive = "INACTIVE"
    case deleteInProgress = "DELETE_IN_PROGRESS"
  }

  var arn: String
  var family: String
  var revision: Int
  var status: Status
  var definition: ECS.TaskDefinition
  var tags: [ECS.Tag]

  var shape: ECS.TaskDefinition {
    var shape = definition
    shape.status = status.rawValue
    return shape
  }
}

/// A family of task definitions; its revision numbers are never used again.
struct FamilyRecord: Codable, Sendable, Equatable {
  var lastRevision: Int
}

/// What makes a service revision: a change of it makes a new one, and so a deployment.
struct RevisionSettings: Codable, Sendable, Equatable {
  /// The ARN; `nil` for a service of task sets of which none is the primary one.
  var taskDefinition: String?
  var launchType: String?
  var capacityProviderStrategy: [ECS.CapacityProviderStrategyItem]
  var platformVersion: String?
  var loadBalancers: [ECS.LoadBalancer]
  var serviceRegistries: [ECS.ServiceRegistry]
  var networkConfiguration: ECS.NetworkConfiguration?
  var enableECSManagedTags: Bool
  var propagateTags: String

  var platformFamily: String? { launchType == "FARGATE" ? "Linux" : nil }
}

extension RevisionSettings {
  /// What a service of task sets is while none of them is the primary one.
  init(enableECSManagedTags: Bool, propagateTags: String) {
    self.init(
      taskDefinition: nil, launchType: nil, capacityProviderStrategy: [], platformVersion: nil, loadBalancers: [],
      serviceRegistries: [], networkConfiguration: nil, enableECSManagedTags: enableECSManagedTags,
      propagateTags: propagateTags)
  }
}

/// A service.
struct ServiceRecord: Codable, Sendable, Equatable {
  enum Status: String, Codable, Sendable {
    case active = "ACTIVE"
    case draining = "DRAINING"
    case inactive = "INACTIVE"
  }

  var sequence: Int
  var arn: String
  var name: String
  var clusterARN: String
  var status = Status.active
  var desiredCount: Int
  var settings: RevisionSettings
  var deploymentConfiguration: ECS.DeploymentConfiguration
  /// Who deploys; `nil` stands for ECS itself.
  var deploymentController: String?
  /// The ARN of the task set that serves, for a service of task sets.
  var primaryTaskSet: String?
  var healthCheckGracePeriodSeconds: Int?
  var placementConstraints: [ECS.PlacementConstraint]
  var placementStrategy: [ECS.PlacementStrategy]
  var enableExecuteCommand: Bool
  var availabilityZoneRebalancing: String
  var createdAt: Date
  var clientToken: String?
  var tags: [ECS.Tag]
  /// The newest first, at most 100.
  var events: [ServiceEventRecord] = []
  /// The revision that last completed: the one that is kept at the desired count while nothing is deployed.
  var currentRevision: String?
  /// Whether everything is as desired, so that the event is told once.
  var isSteady = false
  /// Whether the rolling arithmetic allows no step, so that the event is told once.
  var isStalled = false

  /// Whether its tasks are those of task sets, which somebody else makes and scales.
  var hasTaskSets: Bool { deploymentController == DeploymentSettings.external }

  mutating func add(_ message: String, id: String, at now: Date) {
    add(ServiceEventRecord(id: id, createdAt: now, message: "(service \(name)) \(message)"))
  }

  mutating func add(_ event: ServiceEventRecord) {
    events.insert(event, at: 0)
    if events.count > 100 { events.removeLast(events.count - 100) }
  }
}

/// A service event.
struct ServiceEventRecord: Codable, Sendable, Equatable {
  var id: String
  var createdAt: Date
  var message: String
}

/// A service revision.
struct ServiceRevisionRecord: Codable, Sendable, Equatable {
  enum Rollout: String, Codable, Sendable {
    case inProgress = "IN_PROGRESS"
    case completed = "COMPLETED"
    case failed = "FAILED"
  }

  var sequence: Int
  var arn: String
  /// The digits of the ARN and of `ecs-svc/…`.
  var number: String
  var serviceARN: String
  var clusterARN: String
  var settings: RevisionSettings
  var createdAt: Date
  var updatedAt: Date
  var rollout = Rollout.inProgress
  var rolloutReason: String
  /// The target group that its tasks join, for each of the settings' load balancers; known once its deployment starts.
  var targetGroups: [String] = []
  /// The digest that the first task found for each container.
  var imageDigests: [String: String] = [:]
  var throttle = StartThrottle()

  var deploymentID: String { "ecs-svc/\(number)" }

  mutating func set(_ rollout: Rollout, _ reason: String, at now: Date) {
    self.rollout = rollout
    rolloutReason = reason
    updatedAt = now
  }
}

/// A task set. What its tasks are is in a revision of its own, which is shown to nobody.
struct TaskSetRecord: Codable, Sendable, Equatable {
  var sequence: Int
  var arn: String
  var serviceARN: String
  var clusterARN: String
  /// The ARN of its revision.
  var revision: String
  /// `ecs-svc/` and the digits of its revision.
  var id: String
  var externalID: String?
  var clientToken: String?
  /// How many of the service's tasks it has, in percent.
  var scale: Double
  /// Whether it was deleted, and goes once its tasks have.
  var isDraining = false
  /// How many tasks it is to have, as the scheduler computed it last.
  var computedDesiredCount = 0
  var isSteady = false
  /// When ``isSteady`` was found.
  var stabilityAt: Date
  var createdAt: Date
  var updatedAt: Date
  var tags: [ECS.Tag]

  /// How many tasks it is to have of a service's: the share, rounded up.
  func desiredCount(of service: Int) -> Int {
    // What binary fractions add to a whole number is no task.
    isDraining ? 0 : Int((Double(service) * scale / 100 - 1e-9).rounded(.up))
  }
}

/// A service deployment.
struct ServiceDeploymentRecord: Codable, Sendable, Equatable {
  /// The tasks of a revision when the deployment ended.
  struct Counts: Codable, Sendable, Equatable {
    var requested = 0
    var running = 0
    var pending = 0
  }

  var sequence: Int
  var arn: String
  var serviceARN: String
  var clusterARN: String
  /// The revision that is to serve.
  var target: String
  /// The revisions that had tasks when it was accepted.
  var sources: [String]
  /// The revision that served when it started, to which it goes back.
  var source: String?
  var configuration: ECS.DeploymentConfiguration
  var machine: ServiceDeploymentMachine
  var breaker: CircuitBreaker
  var alarms: AlarmMonitor
  /// In a rolling deployment, the most tasks of the target that were healthy at once.
  var replaced: Int?
  /// The counts by revision, frozen when it ended.
  var finalCounts: [String: Counts]?
}

/// A task.
struct TaskRecord: Codable, Sendable, Equatable {
  enum Health: String, Codable, Sendable { case unknown, healthy, unhealthy }

  var sequence: Int
  var arn: String
  var id: String
  var clusterARN: String
  var taskDefinition: String
  var group: String
  var startedBy: String?
  var serviceARN: String?
  var revisionARN: String?
  var launchType: String?
  var platformVersion: String?
  var overrides: ECS.TaskOverride?
  var enableExecuteCommand = false
  var tags: [ECS.Tag]
  var attachmentID: String
  var containers: [ContainerRecord]
  var targets: [TaskTarget] = []
  var machine: TaskMachine
  var pullStartedAt: Date?
  var pullStoppedAt: Date?
  /// What load balancers, container health checks, or time, say of it.
  var health = Health.unknown
  /// Whether it was ever healthy.
  var wasHealthy = false
  /// Whether the deployment has heard that it runs.
  var countedAsRunning = false
  /// Whether the deployment has heard that it failed.
  var countedAsFailed = false
  /// Grows with each change that can be seen, as AWS's `version`.
  var version = 1
}

/// A container of a task.
struct ContainerRecord: Codable, Sendable, Equatable {
  var arn: String
  var name: String
  var image: String
  var imageDigest: String?
  var status = "PENDING"
  var exitCode: Int?
  var reason: String?
  /// What its health check says; `nil` before the first outcome, and without a check.
  var health: ContainerHealth?
  /// The leased ports by container port.
  var ports: [ContainerPort] = []
}

/// A container port and the port of this machine that stands for it.
struct ContainerPort: Codable, Sendable, Equatable {
  var containerPort: Int
  var hostPort: Int
}

/// A target group that a task joins.
struct TaskTarget: Codable, Sendable, Equatable {
  var targetGroupARN: String
  var containerName: String
  var containerPort: Int
  /// The registered port of this machine, once there is one.
  var hostPort: Int?
}

/// What a client token was used for.
struct ClientTokenRecord: Codable, Sendable, Equatable {
  var createdAt: Date
  var taskARNs: [String]
}
