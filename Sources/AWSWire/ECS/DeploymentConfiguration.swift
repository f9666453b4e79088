// How a service is deployed.

extension ECS {
  /// Who deploys.
  public struct DeploymentController: Codable, Sendable, Equatable {
    /// `ECS`, `CODE_DEPLOY` or `EXTERNAL`.
    public var type: String

    /// Makes a value of its members.
    public init(type: String) {
      self.type = type
    }
  }

  /// How a service is deployed.
  public struct DeploymentConfiguration: Codable, Sendable, Equatable {
    /// The circuit breaker.
    public var deploymentCircuitBreaker: DeploymentCircuitBreaker?
    /// How many tasks may run at most, in percent of `desiredCount`; 200 by default.
    public var maximumPercent: Int?
    /// How many tasks must run at least, in percent of `desiredCount`; 100 by default.
    public var minimumHealthyPercent: Int?
    /// Alarms.
    public var alarms: DeploymentAlarms?
    /// `ROLLING`, which is the default, `BLUE_GREEN`, `LINEAR` or `CANARY`.
    public var strategy: String?
    /// How long both revisions stay after all traffic is on the new one, 0–1440.
    public var bakeTimeInMinutes: Int?
    /// What is asked, or waited for, at stages.
    public var lifecycleHooks: [DeploymentLifecycleHook]?
    /// For the strategy `LINEAR`.
    public var linearConfiguration: LinearConfiguration?
    /// For the strategy `CANARY`.
    public var canaryConfiguration: CanaryConfiguration?
    /// When a rolling deployment counts as successful although not all is replaced.
    public var earlySuccessCriteria: EarlySuccessCriteria?

    /// Makes a value of its members.
    public init(
      deploymentCircuitBreaker: DeploymentCircuitBreaker? = nil, maximumPercent: Int? = nil,
      minimumHealthyPercent: Int? = nil, alarms: DeploymentAlarms? = nil, strategy: String? = nil,
      bakeTimeInMinutes: Int? = nil, lifecycleHooks: [DeploymentLifecycleHook]? = nil,
      linearConfiguration: LinearConfiguration? = nil, canaryConfiguration: CanaryConfiguration? = nil,
      earlySuccessCriteria: EarlySuccessCriteria? = nil
    ) {
      self.deploymentCircuitBreaker = deploymentCircuitBreaker
      self.maximumPercent = maximumPercent
      self.minimumHealthyPercent = minimumHealthyPercent
      self.alarms = alarms
      self.strategy = strategy
      self.bakeTimeInMinutes = bakeTimeInMinutes
      self.lifecycleHooks = lifecycleHooks
      self.linearConfiguration = linearConfiguration
      self.canaryConfiguration = canaryConfiguration
      self.earlySuccessCriteria = earlySuccessCriteria
    }
  }

  /// When a rolling deployment counts as successful although not all is replaced.
  public struct EarlySuccessCriteria: Codable, Sendable, Equatable {
    /// Whether it is used.
    public var enable: Bool?
    /// How many tasks of the new revision must be healthy, in percent of `desiredCount`.
    public var healthyPercent: Int?
    /// Whether the deployment waits until the old tasks are gone: `BLOCKING` or `DEFERRED`.
    public var sourceServiceRevisionCleanup: String?

    /// Makes a value of its members.
    public init(enable: Bool? = nil, healthyPercent: Int? = nil, sourceServiceRevisionCleanup: String? = nil) {
      self.enable = enable
      self.healthyPercent = healthyPercent
      self.sourceServiceRevisionCleanup = sourceServiceRevisionCleanup
    }
  }

  /// Fails a deployment whose tasks keep failing.
  public struct DeploymentCircuitBreaker: Codable, Sendable, Equatable {
    /// Whether it is used.
    public var enable: Bool
    /// Whether the service goes back to its last revision.
    public var rollback: Bool
    /// Whether a healthy task sets the count of failures to 0; `true` by default.
    public var resetOnHealthyTask: Bool?
    /// How many failures trip it; half of `desiredCount`, 3–200, by default.
    public var thresholdConfiguration: ThresholdConfiguration?

    /// Makes a value of its members.
    public init(
      enable: Bool, rollback: Bool, resetOnHealthyTask: Bool? = nil,
      thresholdConfiguration: ThresholdConfiguration? = nil
    ) {
      self.enable = enable
      self.rollback = rollback
      self.resetOnHealthyTask = resetOnHealthyTask
      self.thresholdConfiguration = thresholdConfiguration
    }
  }

  /// How many failures trip the breaker.
  public struct ThresholdConfiguration: Codable, Sendable, Equatable {
    /// `COUNT`, `BOUNDED_PERCENT` or `UNBOUNDED_PERCENT`.
    public var type: String
    /// The number of failures, or the percent of `desiredCount`.
    public var value: Int

    /// Makes a value of its members.
    public init(type: String, value: Int) {
      self.type = type
      self.value = value
    }
  }

  /// Alarms that fail a deployment.
  public struct DeploymentAlarms: Codable, Sendable, Equatable {
    /// Names of CloudWatch alarms.
    public var alarmNames: [String]
    /// Whether the service goes back to its last revision.
    public var rollback: Bool
    /// Whether it is used.
    public var enable: Bool

    /// Makes a value of its members.
    public init(alarmNames: [String], rollback: Bool, enable: Bool) {
      self.alarmNames = alarmNames
      self.rollback = rollback
      self.enable = enable
    }
  }

  /// What is asked, or waited for, at stages of a deployment.
  public struct DeploymentLifecycleHook: Codable, Sendable, Equatable {
    /// `AWS_LAMBDA` or `PAUSE`.
    public var targetType: String?
    /// The Lambda function; none for a pause.
    public var hookTargetArn: String?
    /// The role that it acts in.
    public var roleArn: String?
    /// The stages, such as `POST_SCALE_UP`.
    public var lifecycleStages: [String]?
    /// A JSON document for the hook.
    public var hookDetails: JSONValue?
    /// How long it may take, and what happens then.
    public var timeoutConfiguration: DeploymentLifecycleHookTimeoutConfiguration?

    /// Makes a value of its members.
    public init(
      targetType: String? = nil, hookTargetArn: String? = nil, roleArn: String? = nil,
      lifecycleStages: [String]? = nil, hookDetails: JSONValue? = nil,
      timeoutConfiguration: DeploymentLifecycleHookTimeoutConfiguration? = nil
    ) {
      self.targetType = targetType
      self.hookTargetArn = hookTargetArn
      self.roleArn = roleArn
      self.lifecycleStages = lifecycleStages
      self.hookDetails = hookDetails
      self.timeoutConfiguration = timeoutConfiguration
    }
  }

  /// How long a hook may take, and what happens then.
  public struct DeploymentLifecycleHookTimeoutConfiguration: Codable, Sendable, Equatable {
    /// Minutes, 1–20160.
    public var timeoutInMinutes: Int?
    /// `ROLLBACK`, which is the default, or `CONTINUE`.
    public var action: String?

    /// Makes a value of its members.
    public init(timeoutInMinutes: Int? = nil, action: String? = nil) {
      self.timeoutInMinutes = timeoutInMinutes
      self.action = action
    }
  }

  /// Shifts in equal steps with a wait after each.
  public struct LinearConfiguration: Codable, Sendable, Equatable {
    /// The step, 3–100; 10 by default.
    public var stepPercent: Double?
    /// The wait after each step, 0–1440; 6 by default.
    public var stepBakeTimeInMinutes: Int?

    /// Makes a value of its members.
    public init(stepPercent: Double? = nil, stepBakeTimeInMinutes: Int? = nil) {
      self.stepPercent = stepPercent
      self.stepBakeTimeInMinutes = stepBakeTimeInMinutes
    }
  }

  /// A first small shift, a wait, then all.
  public struct CanaryConfiguration: Codable, Sendable, Equatable {
    /// The first shift, 0.1–100; 5 by default.
    public var canaryPercent: Double?
    /// The wait after the first shift, 0–1440; 10 by default.
    public var canaryBakeTimeInMinutes: Int?

    /// Makes a value of its members.
    public init(canaryPercent: Double? = nil, canaryBakeTimeInMinutes: Int? = nil) {
      self.canaryPercent = canaryPercent
      self.canaryBakeTimeInMinutes = canaryBakeTimeInMinutes
    }
  }
}
