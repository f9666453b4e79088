import Foundation

// Scaling policies.

extension ApplicationAutoScaling {
  /// An alarm of a policy.
  public struct Alarm: Codable, Sendable, Equatable {
    /// The name of the alarm.
    public var alarmName: String
    /// The ARN of the alarm.
    public var alarmARN: String

    /// Makes a value.
    public init(alarmName: String, alarmARN: String) {
      self.alarmName = alarmName
      self.alarmARN = alarmARN
    }

    enum CodingKeys: String, CodingKey {
      case alarmName = "AlarmName"
      case alarmARN = "AlarmARN"
    }
  }

  /// When and how a scalable target is scaled.
  public struct ScalingPolicy: Codable, Sendable, Equatable {
    /// The ARN of the policy.
    public var policyARN: String
    /// The name of the policy.
    public var policyName: String
    /// The service that is scaled, such as `ecs`.
    public var serviceNamespace: String
    /// What is scaled: `service/CLUSTER/SERVICE` for ECS.
    public var resourceId: String
    /// What of it is scaled: `ecs:service:DesiredCount` for ECS.
    public var scalableDimension: String
    /// `TargetTrackingScaling`, `StepScaling` or `PredictiveScaling`.
    public var policyType: String
    /// When it was made.
    public var creationTime: Date
    /// How a step scaling policy scales.
    public var stepScalingPolicyConfiguration: StepScalingPolicyConfiguration?
    /// How a target tracking policy scales.
    public var targetTrackingScalingPolicyConfiguration: TargetTrackingScalingPolicyConfiguration?
    /// The alarms that start it.
    public var alarms: [Alarm]?

    /// Makes a value.
    public init(
      policyARN: String, policyName: String, serviceNamespace: String, resourceId: String, scalableDimension: String,
      policyType: String, creationTime: Date, stepScalingPolicyConfiguration: StepScalingPolicyConfiguration? = nil,
      targetTrackingScalingPolicyConfiguration: TargetTrackingScalingPolicyConfiguration? = nil, alarms: [Alarm]? = nil
    ) {
      self.policyARN = policyARN
      self.policyName = policyName
      self.serviceNamespace = serviceNamespace
      self.resourceId = resourceId
      self.scalableDimension = scalableDimension
      self.policyType = policyType
      self.creationTime = creationTime
      self.stepScalingPolicyConfiguration = stepScalingPolicyConfiguration
      self.targetTrackingScalingPolicyConfiguration = targetTrackingScalingPolicyConfiguration
      self.alarms = alarms
    }

    enum CodingKeys: String, CodingKey {
      case policyARN = "PolicyARN"
      case policyName = "PolicyName"
      case serviceNamespace = "ServiceNamespace"
      case resourceId = "ResourceId"
      case scalableDimension = "ScalableDimension"
      case policyType = "PolicyType"
      case creationTime = "CreationTime"
      case stepScalingPolicyConfiguration = "StepScalingPolicyConfiguration"
      case targetTrackingScalingPolicyConfiguration = "TargetTrackingScalingPolicyConfiguration"
      case alarms = "Alarms"
    }
  }

  /// Scales by how far a metric is from an alarm's threshold.
  public struct StepScalingPolicyConfiguration: Codable, Sendable, Equatable {
    /// `ChangeInCapacity`, `PercentChangeInCapacity` or `ExactCapacity`.
    public var adjustmentType: String?
    /// The steps.
    public var stepAdjustments: [StepAdjustment]?
    /// The least change in percent steps.
    public var minAdjustmentMagnitude: Int?
    /// Seconds until the next scaling.
    public var cooldown: Int?
    /// `Average`, `Minimum` or `Maximum`.
    public var metricAggregationType: String?

    /// Makes a value.
    public init(
      adjustmentType: String? = nil, stepAdjustments: [StepAdjustment]? = nil, minAdjustmentMagnitude: Int? = nil,
      cooldown: Int? = nil, metricAggregationType: String? = nil
    ) {
      self.adjustmentType = adjustmentType
      self.stepAdjustments = stepAdjustments
      self.minAdjustmentMagnitude = minAdjustmentMagnitude
      self.cooldown = cooldown
      self.metricAggregationType = metricAggregationType
    }

    enum CodingKeys: String, CodingKey {
      case adjustmentType = "AdjustmentType"
      case stepAdjustments = "StepAdjustments"
      case minAdjustmentMagnitude = "MinAdjustmentMagnitude"
      case cooldown = "Cooldown"
      case metricAggregationType = "MetricAggregationType"
    }
  }

  /// One step.
  public struct StepAdjustment: Codable, Sendable, Equatable {
    /// By how much, or to how many.
    public var scalingAdjustment: Int
    /// Where the step begins, from the alarm's threshold.
    public var metricIntervalLowerBound: Double?
    /// Where the step ends, from the alarm's threshold.
    public var metricIntervalUpperBound: Double?

    /// Makes a value.
    public init(
      scalingAdjustment: Int, metricIntervalLowerBound: Double? = nil, metricIntervalUpperBound: Double? = nil
    ) {
      self.scalingAdjustment = scalingAdjustment
      self.metricIntervalLowerBound = metricIntervalLowerBound
      self.metricIntervalUpperBound = metricIntervalUpperBound
    }

    enum CodingKeys: String, CodingKey {
      case scalingAdjustment = "ScalingAdjustment"
      case metricIntervalLowerBound = "MetricIntervalLowerBound"
      case metricIntervalUpperBound = "MetricIntervalUpperBound"
    }
  }

  /// Makes or changes a scaling policy.
  ///
  /// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScalingPolicy.html
  public struct PutScalingPolicyRequest: ApplicationAutoScalingRequest, Equatable {
    public typealias Response = PutScalingPolicyResponse
    public static let operation = "PutScalingPolicy"

    /// The name of the policy.
    public var policyName: String
    /// The service that is scaled, such as `ecs`.
    public var serviceNamespace: String
    /// What is scaled: `service/CLUSTER/SERVICE` for ECS.
    public var resourceId: String
    /// What of it is scaled: `ecs:service:DesiredCount` for ECS.
    public var scalableDimension: String
    /// `TargetTrackingScaling`, `StepScaling` or `PredictiveScaling`.
    public var policyType: String?
    /// How a step scaling policy scales.
    public var stepScalingPolicyConfiguration: StepScalingPolicyConfiguration?
    /// How a target tracking policy scales.
    public var targetTrackingScalingPolicyConfiguration: TargetTrackingScalingPolicyConfiguration?

    /// Makes a request.
    public init(
      policyName: String, serviceNamespace: String, resourceId: String, scalableDimension: String,
      policyType: String? = nil, stepScalingPolicyConfiguration: StepScalingPolicyConfiguration? = nil,
      targetTrackingScalingPolicyConfiguration: TargetTrackingScalingPolicyConfiguration? = nil
    ) {
      self.policyName = policyName
      self.serviceNamespace = serviceNamespace
      self.resourceId = resourceId
      self.scalableDimension = scalableDimension
      self.policyType = policyType
      self.stepScalingPolicyConfiguration = stepScalingPolicyConfiguration
      self.targetTrackingScalingPolicyConfiguration = targetTrackingScalingPolicyConfiguration
    }

    enum CodingKeys: String, CodingKey {
      case policyName = "PolicyName"
      case serviceNamespace = "ServiceNamespace"
      case resourceId = "ResourceId"
      case scalableDimension = "ScalableDimension"
      case policyType = "PolicyType"
      case stepScalingPolicyConfiguration = "StepScalingPolicyConfiguration"
      case targetTrackingScalingPolicyConfiguration = "TargetTrackingScalingPolicyConfiguration"
    }
  }

  /// The answer to ``PutScalingPolicyRequest``.
  public struct PutScalingPolicyResponse: Codable, Sendable, Equatable {
    /// The ARN of the policy.
    public var policyARN: String
    /// The alarms that start it.
    public var alarms: [Alarm]?

    /// Makes an answer.
    public init(policyARN: String, alarms: [Alarm]? = nil) {
      self.policyARN = policyARN
      self.alarms = alarms
    }

    enum CodingKeys: String, CodingKey {
      case policyARN = "PolicyARN"
      case alarms = "Alarms"
    }
  }

  /// Deletes a scaling policy, and the alarms of a target tracking one.
  ///
  /// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DeleteScalingPolicy.html
  public struct DeleteScalingPolicyRequest: ApplicationAutoScalingRequest, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "DeleteScalingPolicy"

    /// The name of the policy.
    public var policyName: String
    /// The service that is scaled, such as `ecs`.
    public var serviceNamespace: String
    /// What is scaled: `service/CLUSTER/SERVICE` for ECS.
    public var resourceId: String
    /// What of it is scaled: `ecs:service:DesiredCount` for ECS.
    public var scalableDimension: String

    /// Makes a request.
    public init(policyName: String, serviceNamespace: String, resourceId: String, scalableDimension: String) {
      self.policyName = policyName
      self.serviceNamespace = serviceNamespace
      self.resourceId = resourceId
      self.scalableDimension = scalableDimension
    }

    enum CodingKeys: String, CodingKey {
      case policyName = "PolicyName"
      case serviceNamespace = "ServiceNamespace"
      case resourceId = "ResourceId"
      case scalableDimension = "ScalableDimension"
    }
  }

  /// Reads scaling policies.
  ///
  /// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DescribeScalingPolicies.html
  public struct DescribeScalingPoliciesRequest: ApplicationAutoScalingRequest, Equatable {
    public typealias Response = DescribeScalingPoliciesResponse
    public static let operation = "DescribeScalingPolicies"

    /// The service that is scaled, such as `ecs`.
    public var serviceNamespace: String
    /// The names of policies, at most 50.
    public var policyNames: [String]?
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
      serviceNamespace: String, policyNames: [String]? = nil, resourceId: String? = nil,
      scalableDimension: String? = nil, maxResults: Int? = nil, nextToken: String? = nil
    ) {
      self.serviceNamespace = serviceNamespace
      self.policyNames = policyNames
      self.resourceId = resourceId
      self.scalableDimension = scalableDimension
      self.maxResults = maxResults
      self.nextToken = nextToken
    }

    enum CodingKeys: String, CodingKey {
      case serviceNamespace = "ServiceNamespace"
      case policyNames = "PolicyNames"
      case resourceId = "ResourceId"
      case scalableDimension = "ScalableDimension"
      case maxResults = "MaxResults"
      case nextToken = "NextToken"
    }
  }

  /// The answer to ``DescribeScalingPoliciesRequest``.
  public struct DescribeScalingPoliciesResponse: Codable, Sendable, Equatable {
    /// The policies.
    public var scalingPolicies: [ScalingPolicy]?
    /// Where to go on.
    public var nextToken: String?

    /// Makes an answer.
    public init(scalingPolicies: [ScalingPolicy]? = nil, nextToken: String? = nil) {
      self.scalingPolicies = scalingPolicies
      self.nextToken = nextToken
    }

    enum CodingKeys: String, CodingKey {
      case scalingPolicies = "ScalingPolicies"
      case nextToken = "NextToken"
    }
  }
}
