import Foundation

// Scheduled actions.

extension ApplicationAutoScaling {
  /// The bounds that a scheduled action sets.
  public struct ScalableTargetAction: Codable, Sendable, Equatable {
    /// The least that scaling goes down to.
    public var minCapacity: Int?
    /// The most that scaling goes up to.
    public var maxCapacity: Int?

    /// Makes a value.
    public init(minCapacity: Int? = nil, maxCapacity: Int? = nil) {
      self.minCapacity = minCapacity
      self.maxCapacity = maxCapacity
    }

    enum CodingKeys: String, CodingKey {
      case minCapacity = "MinCapacity"
      case maxCapacity = "MaxCapacity"
    }
  }

  /// Sets bounds at a time.
  public struct ScheduledAction: Codable, Sendable, Equatable {
    /// The name of the action.
    public var scheduledActionName: String
    /// The ARN of the action.
    public var scheduledActionARN: String
    /// The service that is scaled, such as `ecs`.
    public var serviceNamespace: String
    /// `at(…)`, `rate(…)` or `cron(…)`.
    public var schedule: String
    /// What is scaled: `service/CLUSTER/SERVICE` for ECS.
    public var resourceId: String
    /// When it was made.
    public var creationTime: Date
    /// The time zone of the schedule.
    public var timezone: String?
    /// What of it is scaled: `ecs:service:DesiredCount` for ECS.
    public var scalableDimension: String?
    /// When it begins.
    public var startTime: Date?
    /// When it ends.
    public var endTime: Date?
    /// The bounds that it sets.
    public var scalableTargetAction: ScalableTargetAction?

    /// Makes a value.
    public init(
      scheduledActionName: String, scheduledActionARN: String, serviceNamespace: String, schedule: String,
      resourceId: String, creationTime: Date, timezone: String? = nil, scalableDimension: String? = nil,
      startTime: Date? = nil, endTime: Date? = nil, scalableTargetAction: ScalableTargetAction? = nil
    ) {
      self.scheduledActionName = scheduledActionName
      self.scheduledActionARN = scheduledActionARN
      self.serviceNamespace = serviceNamespace
      self.schedule = schedule
      self.resourceId = resourceId
      self.creationTime = creationTime
      self.timezone = timezone
      self.scalableDimension = scalableDimension
      self.startTime = startTime
      self.endTime = endTime
      self.scalableTargetAction = scalableTargetAction
    }

    enum CodingKeys: String, CodingKey {
      case scheduledActionName = "ScheduledActionName"
      case scheduledActionARN = "ScheduledActionARN"
      case serviceNamespace = "ServiceNamespace"
      case schedule = "Schedule"
      case resourceId = "ResourceId"
      case creationTime = "CreationTime"
      case timezone = "Timezone"
      case scalableDimension = "ScalableDimension"
      case startTime = "StartTime"
      case endTime = "EndTime"
      case scalableTargetAction = "ScalableTargetAction"
    }
  }

  /// Makes or changes a scheduled action.
  ///
  /// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScheduledAction.html
  public struct PutScheduledActionRequest: ApplicationAutoScalingRequest, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "PutScheduledAction"

    /// The service that is scaled, such as `ecs`.
    public var serviceNamespace: String
    /// The name of the action.
    public var scheduledActionName: String
    /// What is scaled: `service/CLUSTER/SERVICE` for ECS.
    public var resourceId: String
    /// What of it is scaled: `ecs:service:DesiredCount` for ECS.
    public var scalableDimension: String
    /// `at(…)`, `rate(…)` or `cron(…)`.
    public var schedule: String?
    /// The time zone of the schedule.
    public var timezone: String?
    /// When it begins.
    public var startTime: Date?
    /// When it ends.
    public var endTime: Date?
    /// The bounds that it sets.
    public var scalableTargetAction: ScalableTargetAction?

    /// Makes a request.
    public init(
      serviceNamespace: String, scheduledActionName: String, resourceId: String, scalableDimension: String,
      schedule: String? = nil, timezone: String? = nil, startTime: Date? = nil, endTime: Date? = nil,
      scalableTargetAction: ScalableTargetAction? = nil
    ) {
      self.serviceNamespace = serviceNamespace
      self.scheduledActionName = scheduledActionName
      self.resourceId = resourceId
      self.scalableDimension = scalableDimension
      self.schedule = schedule
      self.timezone = timezone
      self.startTime = startTime
      self.endTime = endTime
      self.scalableTargetAction = scalableTargetAction
    }

    enum CodingKeys: String, CodingKey {
      case serviceNamespace = "ServiceNamespace"
      case scheduledActionName = "ScheduledActionName"
      case resourceId = "ResourceId"
      case scalableDimension = "ScalableDimension"
      case schedule = "Schedule"
      case timezone = "Timezone"
      case startTime = "StartTime"
      case endTime = "EndTime"
      case scalableTargetAction = "ScalableTargetAction"
    }
  }

  /// Deletes a scheduled action.
  ///
  /// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DeleteScheduledAction.html
  public struct DeleteScheduledActionRequest: ApplicationAutoScalingRequest, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "DeleteScheduledAction"

    /// The service that is scaled, such as `ecs`.
    public var serviceNamespace: String
    /// The name of the action.
    public var scheduledActionName: String
    /// What is scaled: `service/CLUSTER/SERVICE` for ECS.
    public var resourceId: String
    /// What of it is scaled: `ecs:service:DesiredCount` for ECS.
    public var scalableDimension: String

    /// Makes a request.
    public init(serviceNamespace: String, scheduledActionName: String, resourceId: String, scalableDimension: String) {
      self.serviceNamespace = serviceNamespace
      self.scheduledActionName = scheduledActionName
      self.resourceId = resourceId
      self.scalableDimension = scalableDimension
    }

    enum CodingKeys: String, CodingKey {
      case serviceNamespace = "ServiceNamespace"
      case scheduledActionName = "ScheduledActionName"
      case resourceId = "ResourceId"
      case scalableDimension = "ScalableDimension"
    }
  }

  /// Reads scheduled actions.
  ///
  /// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DescribeScheduledActions.html
  public struct DescribeScheduledActionsRequest: ApplicationAutoScalingRequest, Equatable {
    public typealias Response = DescribeScheduledActionsResponse
    public static let operation = "DescribeScheduledActions"

    /// The service that is scaled, such as `ecs`.
    public var serviceNamespace: String
    /// The names of scheduled actions, at most 50.
    public var scheduledActionNames: [String]?
    /// What is scaled: `service/CLUSTER/SERVICE` for ECS.
    public var resourceId: String?
    /// What of it is scaled: `ecs:service:DesiredCount` for ECS.
    public var scalableDimension: String?
    /// How many at most, 1 to 50.
    public var maxResults: Int?
    /// Where to go on.
    public var nextToken: String?

    /// Makes a request.
    public init(
      serviceNamespace: String, scheduledActionNames: [String]? = nil, resourceId: String? = nil,
      scalableDimension: String? = nil, maxResults: Int? = nil, nextToken: String? = nil
    ) {
      self.serviceNamespace = serviceNamespace
      self.scheduledActionNames = scheduledActionNames
      self.resourceId = resourceId
      self.scalableDimension = scalableDimension
      self.maxResults = maxResults
      self.nextToken = nextToken
    }

    enum CodingKeys: String, CodingKey {
      case serviceNamespace = "ServiceNamespace"
      case scheduledActionNames = "ScheduledActionNames"
      case resourceId = "ResourceId"
      case scalableDimension = "ScalableDimension"
      case maxResults = "MaxResults"
      case nextToken = "NextToken"
    }
  }

  /// The answer to ``DescribeScheduledActionsRequest``.
  public struct DescribeScheduledActionsResponse: Codable, Sendable, Equatable {
    /// The scheduled actions.
    public var scheduledActions: [ScheduledAction]?
    /// Where to go on.
    public var nextToken: String?

    /// Makes an answer.
    public init(scheduledActions: [ScheduledAction]? = nil, nextToken: String? = nil) {
      self.scheduledActions = scheduledActions
      self.nextToken = nextToken
    }

    enum CodingKeys: String, CodingKey {
      case scheduledActions = "ScheduledActions"
      case nextToken = "NextToken"
    }
  }
}
