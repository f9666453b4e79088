import AWSWire
import Foundation

// Scaling policies.
extension ScalingState {
  /// Puts a policy; the names of its alarms stay as they are.
  mutating func put(
    _ request: ApplicationAutoScaling.PutScalingPolicyRequest, _ place: ScalingPlace, at now: Date,
    in cloud: CloudContext
  ) throws(AWSError) -> ScalingPolicyRecord {
    guard targets[place.resourceID] != nil else { throw ScalingError.notRegistered(place) }
    guard (1...256).contains(request.policyName.count), !request.policyName.contains(where: { "|:/".contains($0) })
    else {
      throw ScalingError.constraint(
        request.policyName, "policyName", "have 1 to 256 characters, none of which is |, : or /")
    }
    let known = policies[ScalingPolicyRecord.key(place.resourceID, request.policyName)]
    let kind = try Self.kind(request, known?.kind, place)
    var policy =
      known
      ?? ScalingPolicyRecord(
        sequence: nextSequence(),
        arn: cloud.arn(
          "autoscaling",
          "scalingPolicy:\(cloud.ids.uuid()):resource/ecs/\(place.resourceID):policyName/\(request.policyName)"),
        name: request.policyName, resourceID: place.resourceID, kind: kind, createdAt: now)
    policy.kind = kind
    if case .targetTracking(let configuration) = kind {
      let head = "TargetTracking-\(place.resourceID)"
      policy.highAlarm = policy.highAlarm ?? "\(head)-AlarmHigh-\(cloud.ids.uuid())"
      policy.lowAlarm =
        configuration.disableScaleIn == true ? nil : policy.lowAlarm ?? "\(head)-AlarmLow-\(cloud.ids.uuid())"
    } else {
      (policy.highAlarm, policy.lowAlarm) = (nil, nil)
    }
    policies[policy.key] = policy
    return policy
  }

  private static func kind(
    _ request: ApplicationAutoScaling.PutScalingPolicyRequest, _ known: ScalingPolicyRecord.Kind?,
    _ place: ScalingPlace
  ) throws(AWSError) -> ScalingPolicyRecord.Kind {
    let types = ["StepScaling", "TargetTrackingScaling", "PredictiveScaling"]
    // AWS's default, which is of the time before target tracking.
    let type = request.policyType ?? known?.typeName ?? "StepScaling"
    try ScalingError.check(type, "policyType", among: types)
    let (tracking, step) = (
      request.targetTrackingScalingPolicyConfiguration, request.stepScalingPolicyConfiguration
    )
    switch type {
    case "TargetTrackingScaling":
      guard let tracking, step == nil else {
        throw ScalingError.validation(
          "TargetTrackingScalingPolicyConfiguration, and no other, is required for policy type TargetTrackingScaling.")
      }
      _ = try TrackedMetric(tracking, of: place)
      return .targetTracking(tracking)
    case "StepScaling":
      guard let step, tracking == nil else {
        throw ScalingError.validation(
          "StepScalingPolicyConfiguration, and no other, is required for policy type StepScaling.")
      }
      _ = try StepScaling(step)
      return .step(step)
    default: throw ScalingError.notHere("The policy type PredictiveScaling")
    }
  }

  mutating func delete(
    _ request: ApplicationAutoScaling.DeleteScalingPolicyRequest, _ place: ScalingPlace
  ) throws(AWSError) {
    policies[try policy(request.policyName, place).key] = nil
  }

  func policy(_ name: String, _ place: ScalingPlace) throws(AWSError) -> ScalingPolicyRecord {
    guard let policy = policies[ScalingPolicyRecord.key(place.resourceID, name)] else {
      throw ScalingError.notFound("scaling policy", place, ", policy name: \(name)")
    }
    return policy
  }

  func describe(
    _ request: ApplicationAutoScaling.DescribeScalingPoliciesRequest, in cloud: CloudContext
  ) throws(AWSError) -> ApplicationAutoScaling.DescribeScalingPoliciesResponse {
    let found = policies.values.values.filter { policy in
      request.serviceNamespace == ScalingPlace.namespace
        && (request.policyNames.map { $0.isEmpty || $0.contains(policy.name) } ?? true)
        && (request.resourceId.map { $0 == policy.resourceID } ?? true)
        && (request.scalableDimension.map { $0 == ScalingPlace.dimension } ?? true)
    }.sorted { $0.sequence < $1.sequence }
    let page = try ScalingPage(found, token: request.nextToken, size: request.maxResults, key: \.key)
    return .init(scalingPolicies: page.items.map { $0.shape(in: cloud) }, nextToken: page.nextToken)
  }
}

extension ScalingPolicyRecord.Kind {
  var typeName: String {
    switch self {
    case .targetTracking: "TargetTrackingScaling"
    case .step: "StepScaling"
    }
  }
}

extension ScalingPolicyRecord {
  func alarms(in cloud: CloudContext) -> [ApplicationAutoScaling.Alarm] {
    [highAlarm, lowAlarm].compactMap(\.self).map {
      .init(alarmName: $0, alarmARN: cloud.arn("cloudwatch", "alarm:\($0)"))
    }
  }

  fileprivate func shape(in cloud: CloudContext) -> ApplicationAutoScaling.ScalingPolicy {
    var shape = ApplicationAutoScaling.ScalingPolicy(
      policyARN: arn, policyName: name, serviceNamespace: ScalingPlace.namespace, resourceId: resourceID,
      scalableDimension: ScalingPlace.dimension, policyType: kind.typeName, creationTime: createdAt,
      alarms: alarms(in: cloud))
    switch kind {
    case .targetTracking(let configuration): shape.targetTrackingScalingPolicyConfiguration = configuration
    case .step(let configuration): shape.stepScalingPolicyConfiguration = configuration
    }
    return shape
  }
}
