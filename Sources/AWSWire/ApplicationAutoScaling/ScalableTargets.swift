import Foundation

// Scalable targets.

extension ApplicationAutoScaling {
  /// What is suspended of a scalable target.
  public struct SuspendedState: Codable, Sendable, Equatable {
    /// Whether policies do not scale in.
    public var dynamicScalingInSuspended: Bool?
    /// Whether policies do not scale out.
    public var dynamicScalingOutSuspended: Bool?
    /// Whether scheduled actions do nothing.
    public var scheduledScalingSuspended: Bool?

    /// Makes a value.
    public init(
      dynamicScalingInSuspended: Bool? = nil, dynamicScalingOutSuspended: Bool? = nil,
      scheduledScalingSuspended: Bool? = nil
    ) {
      self.dynamicScalingInSuspended = dynamicScalingInSuspended
      self.dynamicScalingOutSuspended = dynamicScalingOutSuspended
      self.scheduledScalingSuspended = scheduledScalingSuspended
    }

    enum CodingKeys: String, CodingKey {
      case dynamicScalingInSuspended = "DynamicScalingInSuspended"
      case dynamicScalingOutSuspended = "DynamicScalingOutSuspended"
      case scheduledScalingSuspended = "ScheduledScalingSuspended"
    }
  }

  /// Something that is scaled, between two bounds.
  public struct ScalableTarget: Codable, Sendable, Equatable {
    /// The service that is scaled, such as `ecs`.
    public var serviceNamespace: String
    /// What is scaled: `service/CLUSTER/SERVICE` for ECS.
    public var resourceId: String
    /// What of it is scaled: `ecs:service:DesiredCount` for ECS.
    public var scalableDimension: String
    /// The least that scaling goes down to.
    public var minCapacity: Int
    /// The most that scaling goes up to.
    public var maxCapacity: Int
    /// The role that scales.
    public var roleARN: String
    /// When it was made.
    public var creationTime: Date
    /// What is suspended.
    public var suspendedState: SuspendedState?
    /// The ARN of the scalable target.
    public var scalableTargetARN: String?

    /// Makes a value.
    public init(
      serviceNamespace: String, resourceId: String, scalableDimension: String, minCapacity: Int, maxCapacity: Int,
      roleARN: String, creationTime: Date, suspendedState: SuspendedState? = nil, scalableTargetARN: String? = nil
    ) {
      self.serviceNamespace = serviceNamespace
      self.resourceId = resourceId
      self.scalableDimension = scalableDimension
      self.minCapacity = minCapacity
      self.maxCapacity = maxCapacity
      self.roleARN = roleARN
      self.creationTime = creationTime
      self.suspendedState = suspendedState
      self.scalableTargetARN = scalableTargetARN
    }

    enum CodingKeys: String, CodingKey {
      case serviceNamespace = "ServiceNamespace"
      case resourceId = "ResourceId"
      case scalableDimension = "ScalableDimension"
      case minCapacity = "MinCapacity"
      case maxCapacity = "MaxCapacity"
      case roleARN = "RoleARN"
      case creationTime = "CreationTime"
      case suspendedState = "SuspendedState"
      case scalableTargetARN = "ScalableTargetARN"
    }
  }

  /// Makes or changes a scalable target.
  ///
  /// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html
  public struct RegisterScalableTargetRequest: ApplicationAutoScalingRequest, Equatable {
    public typealias Response = RegisterScalableTargetResponse
    public static let operation = "RegisterScalableTarget"

    /// The service that is scaled, such as `ecs`.
    public var serviceNamespace: String
    /// What is scaled: `service/CLUSTER/SERVICE` for ECS.
    public var resourceId: String
    /// What of it is scaled: `ecs:service:DesiredCount` for ECS.
    public var scalableDimension: String
    /// The least that scaling goes down to.
    public var minCapacity: Int?
    /// The most that scaling goes up to.
    public var maxCapacity: Int?
    /// The role that scales.
    public var roleARN: String?
    /// What is suspended.
    public var suspendedState: SuspendedState?
    /// Tags.
    public var tags: [String: String]?

    /// Makes a request.
    public init(
      serviceNamespace: String, resourceId: String, scalableDimension: String, minCapacity: Int? = nil,
      maxCapacity: Int? = nil, roleARN: String? = nil, suspendedState: SuspendedState? = nil,
      tags: [String: String]? = nil
    ) {
      self.serviceNamespace = serviceNamespace
      self.resourceId = resourceId
      self.scalableDimension = scalableDimension
      self.minCapacity = minCapacity
      self.maxCapacity = maxCapacity
      self.roleARN = roleARN
      self.suspendedState = suspendedState
      self.tags = tags
    }

    enum CodingKeys: String, CodingKey {
      case serviceNamespace = "ServiceNamespace"
      case resourceId = "ResourceId"
      case scalableDimension = "ScalableDimension"
      case minCapacity = "MinCapacity"
      case maxCapacity = "MaxCapacity"
      case roleARN = "RoleARN"
      case suspendedState = "SuspendedState"
      case tags = "Tags"
    }
  }

  /// The answer to ``RegisterScalableTargetRequest``.
  public struct RegisterScalableTargetResponse: Codable, Sendable, Equatable {
    /// The ARN of the scalable target.
    public var scalableTargetARN: String?

    /// Makes an answer.
    public init(scalableTargetARN: String? = nil) {
      self.scalableTargetARN = scalableTargetARN
    }

    enum CodingKeys: String, CodingKey {
      case scalableTargetARN = "ScalableTargetARN"
    }
  }

  /// Deletes a scalable target, with its policies and scheduled actions.
  ///
  /// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DeregisterScalableTarget.html
  public struct DeregisterScalableTargetRequest: ApplicationAutoScalingRequest, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "DeregisterScalableTarget"

    /// The service that is scaled, such as `ecs`.
    public var serviceNamespace: String
    /// What is scaled: `service/CLUSTER/SERVICE` for ECS.
    public var resourceId: String
    /// What of it is scaled: `ecs:service:DesiredCount` for ECS.
    public var scalableDimension: String

    /// Makes a request.
    public init(serviceNamespace: String, resourceId: String, scalableDimension: String) {
      self.serviceNamespace = serviceNamespace
      self.resourceId = resourceId
      self.scalableDimension = scalableDimension
    }

    enum CodingKeys: String, CodingKey {
      case serviceNamespace = "ServiceNamespace"
      case resourceId = "ResourceId"
      case scalableDimension = "ScalableDimension"
    }
  }

  /// Reads scalable targets.
  ///
  /// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DescribeScalableTargets.html
  public struct DescribeScalableTargetsRequest: ApplicationAutoScalingRequest, Equatable {
    public typealias Response = DescribeScalableTargetsResponse
    public static let operation = "DescribeScalableTargets"

    /// The service that is scaled, such as `ecs`.
    public var serviceNamespace: String
    /// What is scaled, at most 50.
    public var resourceIds: [String]?
    /// What of it is scaled: `ecs:service:DesiredCount` for ECS.
    public var scalableDimension: String?
    /// How many at most, 1 to 50.
    public var maxResults: Int?
    /// Where to go on.
    public var nextToken: String?

    /// Makes a request.
    public init(
      serviceNamespace: String, resourceIds: [String]? = nil, scalableDimension: String? = nil, maxResults: Int? = nil,
      nextToken: String? = nil
    ) {
      self.serviceNamespace = serviceNamespace
      self.resourceIds = resourceIds
      self.scalableDimension = scalableDimension
      self.maxResults = maxResults
      self.nextToken = nextToken
    }

    enum CodingKeys: String, CodingKey {
      case serviceNamespace = "ServiceNamespace"
      case resourceIds = "ResourceIds"
      case scalableDimension = "ScalableDimension"
      case maxResults = "MaxResults"
      case nextToken = "NextToken"
    }
  }

  /// The answer to ``DescribeScalableTargetsRequest``.
  public struct DescribeScalableTargetsResponse: Codable, Sendable, Equatable {
    /// The scalable targets.
    public var scalableTargets: [ScalableTarget]?
    /// Where to go on.
    public var nextToken: String?

    /// Makes an answer.
    public init(scalableTargets: [ScalableTarget]? = nil, nextToken: String? = nil) {
      self.scalableTargets = scalableTargets
      self.nextToken = nextToken
    }

    enum CodingKeys: String, CodingKey {
      case scalableTargets = "ScalableTargets"
      case nextToken = "NextToken"
    }
  }
}
