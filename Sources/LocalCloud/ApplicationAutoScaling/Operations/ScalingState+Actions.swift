import AWSWire
import Foundation

// Scheduled actions, and the reading of activities.
extension ScalingState {
  mutating func put(
    _ request: ApplicationAutoScaling.PutScheduledActionRequest, _ place: ScalingPlace, at now: Date,
    in cloud: CloudContext
  ) throws(AWSError) {
    guard targets[place.resourceID] != nil else { throw ScalingError.notRegistered(place) }
    let known = actions[ScalingPolicyRecord.key(place.resourceID, request.scheduledActionName)]
    guard let schedule = request.schedule ?? known?.schedule else {
      throw ScalingError.validation("Schedule is required for a new scheduled action.")
    }
    var action =
      known
      ?? ScheduledActionRecord(
        sequence: nextSequence(),
        arn: cloud.arn(
          "autoscaling",
          "scheduledAction:\(cloud.ids.uuid()):resource/ecs/\(place.resourceID):scheduledActionName/"
            + request.scheduledActionName),
        name: request.scheduledActionName, resourceID: place.resourceID, schedule: schedule, createdAt: now)
    action.schedule = schedule
    action.timezone = request.timezone ?? action.timezone
    action.start = request.startTime ?? action.start
    action.end = request.endTime ?? action.end
    if let bounds = request.scalableTargetAction {
      (action.minimum, action.maximum) = (bounds.minCapacity, bounds.maxCapacity)
    }
    guard action.minimum != nil || action.maximum != nil else {
      throw ScalingError.validation("ScalableTargetAction must have a MinCapacity or a MaxCapacity.")
    }
    if let least = action.minimum, let most = action.maximum, least > most {
      throw ScalingError.validation("Maximum capacity cannot be less than minimum capacity: \(most) < \(least).")
    }
    _ = try action.reading()
    actions[action.key] = action
  }

  mutating func delete(
    _ request: ApplicationAutoScaling.DeleteScheduledActionRequest, _ place: ScalingPlace
  ) throws(AWSError) {
    let key = ScalingPolicyRecord.key(place.resourceID, request.scheduledActionName)
    guard actions[key] != nil else {
      throw ScalingError.notFound(
        "scheduled action", place, ", scheduled action name: \(request.scheduledActionName)")
    }
    actions[key] = nil
  }

  func describe(
    _ request: ApplicationAutoScaling.DescribeScheduledActionsRequest
  ) throws(AWSError) -> ApplicationAutoScaling.DescribeScheduledActionsResponse {
    let found = actions.values.values.filter { action in
      request.serviceNamespace == ScalingPlace.namespace
        && (request.scheduledActionNames.map { $0.isEmpty || $0.contains(action.name) } ?? true)
        && (request.resourceId.map { $0 == action.resourceID } ?? true)
        && (request.scalableDimension.map { $0 == ScalingPlace.dimension } ?? true)
    }.sorted { $0.sequence < $1.sequence }
    let page = try ScalingPage(found, token: request.nextToken, size: request.maxResults, key: \.key)
    return .init(
      scheduledActions: page.items.map { action in
        .init(
          scheduledActionName: action.name, scheduledActionARN: action.arn,
          serviceNamespace: ScalingPlace.namespace, schedule: action.schedule, resourceId: action.resourceID,
          creationTime: action.createdAt, timezone: action.timezone, scalableDimension: ScalingPlace.dimension,
          startTime: action.start, endTime: action.end,
          scalableTargetAction: .init(minCapacity: action.minimum, maxCapacity: action.maximum))
      }, nextToken: page.nextToken)
  }

  func describe(
    _ request: ApplicationAutoScaling.DescribeScalingActivitiesRequest
  ) throws(AWSError) -> ApplicationAutoScaling.DescribeScalingActivitiesResponse {
    guard request.scalableDimension == nil || request.resourceId != nil else {
      throw ScalingError.validation("ResourceId is required when ScalableDimension is specified.")
    }
    let found = activities.values.values.filter { activity in
      request.serviceNamespace == ScalingPlace.namespace
        && (request.resourceId.map { $0 == activity.resourceID } ?? true)
        && (activity.notScaledReason == nil || request.includeNotScaledActivities == true)
    }.sorted { $0.sequence > $1.sequence }
    let page = try ScalingPage(found, token: request.nextToken, size: request.maxResults, key: \.id)
    return .init(scalingActivities: page.items.map(\.shape), nextToken: page.nextToken)
  }
}

extension ScheduledActionRecord {
  /// Its schedule, read.
  ///
  /// - Throws: ``AWSError`` for one that cannot be read.
  func reading() throws(AWSError) -> ScalingSchedule {
    guard let zone = TimeZone(identifier: timezone ?? "UTC") else {
      throw ScalingError.validation("The time zone '\(timezone ?? "")' is not known.")
    }
    do {
      return try ScalingSchedule(schedule, in: zone)
    } catch {
      throw ScalingError.validation("The schedule '\(schedule)' is not valid: \(error.reason).")
    }
  }
}

extension ScalingActivityRecord {
  fileprivate var shape: ApplicationAutoScaling.ScalingActivity {
    .init(
      activityId: id, serviceNamespace: ScalingPlace.namespace, resourceId: resourceID,
      scalableDimension: ScalingPlace.dimension, description: description, cause: cause, startTime: startedAt,
      statusCode: status.rawValue, endTime: endedAt, statusMessage: message,
      notScaledReasons: notScaledReason.map { reason in
        [
          .init(
            code: reason, maxCapacity: reason == TargetTracking.atMaximum ? maximum : nil,
            minCapacity: reason == TargetTracking.atMinimum ? minimum : nil, currentCapacity: oldCapacity)
        ]
      })
  }
}
