import AWSWire
import Foundation

// Scalable targets and their tags.
extension ScalingState {
  func target(_ place: ScalingPlace) throws(AWSError) -> ScalableTargetRecord {
    guard let target = targets[place.resourceID] else { throw ScalingError.notFound("scalable target", place) }
    return target
  }

  /// - Returns: The target's ARN.
  mutating func register(
    _ request: ApplicationAutoScaling.RegisterScalableTargetRequest, _ place: ScalingPlace, at now: Date,
    in cloud: CloudContext
  ) throws(AWSError) -> String {
    let known = targets[place.resourceID]
    guard let minimum = request.minCapacity ?? known?.minimum, let maximum = request.maxCapacity ?? known?.maximum
    else {
      throw ScalingError.validation("MinCapacity and MaxCapacity are required to register a new scalable target.")
    }
    guard minimum >= 0 else { throw ScalingError.constraint("\(minimum)", "minCapacity", "be at least 0") }
    guard minimum <= maximum else {
      throw ScalingError.validation("Maximum capacity cannot be less than minimum capacity: \(maximum) < \(minimum).")
    }
    let tags = try Self.added(known == nil ? request.tags ?? [:] : [:], to: known?.tags ?? [:])
    var target =
      known
      ?? ScalableTargetRecord(
        sequence: nextSequence(),
        arn: cloud.arn("application-autoscaling", "scalable-target/\(cloud.ids.hexadecimal(36))"),
        resourceID: place.resourceID, minimum: minimum, maximum: maximum,
        suspended: .init(
          dynamicScalingInSuspended: false, dynamicScalingOutSuspended: false, scheduledScalingSuspended: false),
        createdAt: now, tags: tags)
    (target.minimum, target.maximum) = (minimum, maximum)
    if let change = request.suspendedState {
      target.suspended = .init(
        dynamicScalingInSuspended: change.dynamicScalingInSuspended ?? target.suspended.dynamicScalingInSuspended,
        dynamicScalingOutSuspended: change.dynamicScalingOutSuspended ?? target.suspended.dynamicScalingOutSuspended,
        scheduledScalingSuspended: change.scheduledScalingSuspended ?? target.suspended.scheduledScalingSuspended)
    }
    targets[target.resourceID] = target
    return target.arn
  }

  /// Forgets a target with all that belongs to it, but for what it did.
  mutating func deregister(_ place: ScalingPlace) throws(AWSError) {
    let target = try target(place)
    targets[target.resourceID] = nil
    for policy in policies(of: target.resourceID) { policies[policy.key] = nil }
    for action in actions.values.values where action.resourceID == target.resourceID { actions[action.key] = nil }
  }

  func describe(
    _ request: ApplicationAutoScaling.DescribeScalableTargetsRequest, in cloud: CloudContext
  ) throws(AWSError) -> ApplicationAutoScaling.DescribeScalableTargetsResponse {
    let found = targets.values.values.filter { target in
      request.serviceNamespace == ScalingPlace.namespace
        && (request.resourceIds.map { $0.isEmpty || $0.contains(target.resourceID) } ?? true)
        && (request.scalableDimension.map { $0 == ScalingPlace.dimension } ?? true)
    }.sorted { $0.sequence < $1.sequence }
    let page = try ScalingPage(found, token: request.nextToken, size: request.maxResults, key: \.resourceID)
    return .init(
      scalableTargets: page.items.map { target in
        .init(
          serviceNamespace: ScalingPlace.namespace, resourceId: target.resourceID,
          scalableDimension: ScalingPlace.dimension, minCapacity: target.minimum, maxCapacity: target.maximum,
          // Whatever role is given, AWS scales ECS with its own.
          roleARN:
            "arn:aws:iam::\(cloud.accountID):role/aws-service-role/ecs.application-autoscaling.amazonaws.com/"
            + "AWSServiceRoleForApplicationAutoScaling_ECSService",
          creationTime: target.createdAt, suspendedState: target.suspended, scalableTargetARN: target.arn)
      }, nextToken: page.nextToken)
  }

  // MARK: Tags

  private func target(arn: String) throws(AWSError) -> ScalableTargetRecord {
    guard let target = targets.values.values.first(where: { $0.arn == arn }) else {
      throw AWSError("ResourceNotFoundException", "The resource \(arn.prefix(1011)) does not exist.")
    }
    return target
  }

  func tags(of arn: String) throws(AWSError) -> [String: String] { try target(arn: arn).tags }

  mutating func tag(_ request: ApplicationAutoScaling.TagResourceRequest) throws(AWSError) {
    let target = try target(arn: request.resourceARN)
    targets[target.resourceID]?.tags = try Self.added(request.tags, to: target.tags)
  }

  mutating func untag(_ request: ApplicationAutoScaling.UntagResourceRequest) throws(AWSError) {
    let target = try target(arn: request.resourceARN)
    targets[target.resourceID]?.tags = target.tags.filter { !request.tagKeys.contains($0.key) }
  }

  private static func added(_ new: [String: String], to old: [String: String]) throws(AWSError) -> [String: String] {
    for (key, value) in new {
      guard (1...128).contains(key.count), value.count <= 256, !key.lowercased().hasPrefix("aws:") else {
        throw ScalingError.validation(
          "The tag '\(key.prefix(128))' is not valid: keys have 1 to 128 characters and do not begin with aws:, values "
            + "have up to 256.")
      }
    }
    let all = old.merging(new) { $1 }
    guard all.count <= 50 else { throw AWSError("TooManyTagsException", "A resource has at most 50 tags.") }
    return all
  }
}
