import Foundation

// Service deployments as they are described.

extension ECS {
  /// A service deployment.
  public struct ServiceDeployment: Codable, Sendable, Equatable {
    /// The ARN of the deployment.
    public var serviceDeploymentArn: String?
    /// The ARN of the service.
    public var serviceArn: String?
    /// The cluster.
    public var clusterArn: String?
    /// When it was made.
    public var createdAt: Date?
    /// When it started.
    public var startedAt: Date?
    /// When it ended.
    public var finishedAt: Date?
    /// When it had stopped.
    public var stoppedAt: Date?
    /// When it changed last.
    public var updatedAt: Date?
    /// The revisions that it replaces; empty for the first one.
    public var sourceServiceRevisions: [ServiceRevisionSummary]?
    /// The revision that it brings.
    public var targetServiceRevision: ServiceRevisionSummary?
    /// Where it is in its life, such as `IN_PROGRESS` or `ROLLBACK_SUCCESSFUL`.
    public var status: String?
    /// The status in words.
    public var statusReason: String?
    /// The stage, such as `BAKE_TIME`; `nil` for `ROLLING`.
    public var lifecycleStage: String?
    /// The hooks that run or wait now.
    public var lifecycleHookDetails: [DeploymentLifecycleHookDetail]?
    /// How it is deployed.
    public var deploymentConfiguration: DeploymentConfiguration?
    /// How it went back; `nil` when it did not.
    public var rollback: Rollback?
    /// The circuit breaker.
    public var deploymentCircuitBreaker: ServiceDeploymentCircuitBreaker?
    /// Alarms.
    public var alarms: ServiceDeploymentAlarms?

    /// Makes a value of its members.
    public init(
      serviceDeploymentArn: String? = nil, serviceArn: String? = nil, clusterArn: String? = nil,
      createdAt: Date? = nil, startedAt: Date? = nil, finishedAt: Date? = nil, stoppedAt: Date? = nil,
      updatedAt: Date? = nil, sourceServiceRevisions: [ServiceRevisionSummary]? = nil,
      targetServiceRevision: ServiceRevisionSummary? = nil, status: String? = nil, statusReason: String? = nil,
      lifecycleStage: String? = nil, lifecycleHookDetails: [DeploymentLifecycleHookDetail]? = nil,
      deploymentConfiguration: DeploymentConfiguration? = nil, rollback: Rollback? = nil,
      deploymentCircuitBreaker: ServiceDeploymentCircuitBreaker? = nil, alarms: ServiceDeploymentAlarms? = nil
    ) {
      self.serviceDeploymentArn = serviceDeploymentArn
      self.serviceArn = serviceArn
      self.clusterArn = clusterArn
      self.createdAt = createdAt
      self.startedAt = startedAt
      self.finishedAt = finishedAt
      self.stoppedAt = stoppedAt
      self.updatedAt = updatedAt
      self.sourceServiceRevisions = sourceServiceRevisions
      self.targetServiceRevision = targetServiceRevision
      self.status = status
      self.statusReason = statusReason
      self.lifecycleStage = lifecycleStage
      self.lifecycleHookDetails = lifecycleHookDetails
      self.deploymentConfiguration = deploymentConfiguration
      self.rollback = rollback
      self.deploymentCircuitBreaker = deploymentCircuitBreaker
      self.alarms = alarms
    }
  }

  /// A service deployment in a list.
  public struct ServiceDeploymentBrief: Codable, Sendable, Equatable {
    /// The ARN of the deployment.
    public var serviceDeploymentArn: String?
    /// The ARN of the service.
    public var serviceArn: String?
    /// The cluster.
    public var clusterArn: String?
    /// When it started.
    public var startedAt: Date?
    /// When it was made.
    public var createdAt: Date?
    /// When it ended.
    public var finishedAt: Date?
    /// The revision that it brings.
    public var targetServiceRevisionArn: String?
    /// Where it is in its life, such as `IN_PROGRESS` or `ROLLBACK_SUCCESSFUL`.
    public var status: String?
    /// The status in words.
    public var statusReason: String?

    /// Makes a value of its members.
    public init(
      serviceDeploymentArn: String? = nil, serviceArn: String? = nil, clusterArn: String? = nil,
      startedAt: Date? = nil, createdAt: Date? = nil, finishedAt: Date? = nil,
      targetServiceRevisionArn: String? = nil, status: String? = nil, statusReason: String? = nil
    ) {
      self.serviceDeploymentArn = serviceDeploymentArn
      self.serviceArn = serviceArn
      self.clusterArn = clusterArn
      self.startedAt = startedAt
      self.createdAt = createdAt
      self.finishedAt = finishedAt
      self.targetServiceRevisionArn = targetServiceRevisionArn
      self.status = status
      self.statusReason = statusReason
    }
  }

  /// A revision's part in a deployment.
  public struct ServiceRevisionSummary: Codable, Sendable, Equatable {
    /// The ARN.
    public var arn: String?
    /// How many tasks there shall be.
    public var requestedTaskCount: Int?
    /// Tasks that run.
    public var runningTaskCount: Int?
    /// Tasks that have not started yet.
    public var pendingTaskCount: Int?
    /// Percent of test traffic; `nil` for `ROLLING`.
    public var requestedTestTrafficWeight: Double?
    /// Percent of production traffic; `nil` for `ROLLING`.
    public var requestedProductionTrafficWeight: Double?

    /// Makes a value of its members.
    public init(
      arn: String? = nil, requestedTaskCount: Int? = nil, runningTaskCount: Int? = nil, pendingTaskCount: Int? = nil,
      requestedTestTrafficWeight: Double? = nil, requestedProductionTrafficWeight: Double? = nil
    ) {
      self.arn = arn
      self.requestedTaskCount = requestedTaskCount
      self.runningTaskCount = runningTaskCount
      self.pendingTaskCount = pendingTaskCount
      self.requestedTestTrafficWeight = requestedTestTrafficWeight
      self.requestedProductionTrafficWeight = requestedProductionTrafficWeight
    }
  }

  /// A hook that runs or waits now.
  public struct DeploymentLifecycleHookDetail: Codable, Sendable, Equatable {
    /// The identifier, such as `ecs-pause-…`.
    public var hookId: String?
    /// `AWS_LAMBDA` or `PAUSE`.
    public var targetType: String?
    /// What the hook calls; none for a pause.
    public var targetArn: String?
    /// `AWAITING_ACTION`, `IN_PROGRESS`, `SUCCEEDED`, `FAILED` or `TIMED_OUT`.
    public var status: String?
    /// When it ends.
    public var expiresAt: Date?
    /// What happens at `expiresAt`: `ROLLBACK` or `CONTINUE`.
    public var timeoutAction: String?

    /// Makes a value of its members.
    public init(
      hookId: String? = nil, targetType: String? = nil, targetArn: String? = nil, status: String? = nil,
      expiresAt: Date? = nil, timeoutAction: String? = nil
    ) {
      self.hookId = hookId
      self.targetType = targetType
      self.targetArn = targetArn
      self.status = status
      self.expiresAt = expiresAt
      self.timeoutAction = timeoutAction
    }
  }

  /// How a deployment went back.
  public struct Rollback: Codable, Sendable, Equatable {
    /// Why.
    public var reason: String?
    /// When it started.
    public var startedAt: Date?
    /// The ARN of the revision.
    public var serviceRevisionArn: String?

    /// Makes a value of its members.
    public init(reason: String? = nil, startedAt: Date? = nil, serviceRevisionArn: String? = nil) {
      self.reason = reason
      self.startedAt = startedAt
      self.serviceRevisionArn = serviceRevisionArn
    }
  }

  /// How the breaker of a deployment stands.
  public struct ServiceDeploymentCircuitBreaker: Codable, Sendable, Equatable {
    /// `MONITORING`, `MONITORING_COMPLETE`, `TRIGGERED` or `DISABLED`.
    public var status: String?
    /// Failed tasks so far.
    public var failureCount: Int?
    /// How many failures trip it.
    public var threshold: Int?

    /// Makes a value of its members.
    public init(status: String? = nil, failureCount: Int? = nil, threshold: Int? = nil) {
      self.status = status
      self.failureCount = failureCount
      self.threshold = threshold
    }
  }

  /// How the alarms of a deployment stand.
  public struct ServiceDeploymentAlarms: Codable, Sendable, Equatable {
    /// `MONITORING`, `MONITORING_COMPLETE`, `TRIGGERED` or `DISABLED`.
    public var status: String?
    /// Names of CloudWatch alarms.
    public var alarmNames: [String]?
    /// Alarms that went off.
    public var triggeredAlarmNames: [String]?

    /// Makes a value of its members.
    public init(status: String? = nil, alarmNames: [String]? = nil, triggeredAlarmNames: [String]? = nil) {
      self.status = status
      self.alarmNames = alarmNames
      self.triggeredAlarmNames = triggeredAlarmNames
    }
  }
}
