import AWSWire
import Foundation

// What scaling did: the records, their retention, and their events.
extension ScalingState {
  /// AWS shows six weeks.
  static let activityRetention: TimeInterval = 6 * 7 * 86_400
  /// However often a target is scaled, so many activities stay.
  static let activitiesKept = 100

  func activities(of resourceID: String) -> [ScalingActivityRecord] {
    activities.values.values.filter { $0.resourceID == resourceID }.sorted { $0.sequence > $1.sequence }
  }

  /// Adds an activity, and forgets those that are too old or too many.
  mutating func add(_ activity: ScalingActivityRecord) {
    activities[activity.id] = activity
    let oldest = activity.startedAt.addingTimeInterval(-Self.activityRetention)
    for (index, old) in activities(of: activity.resourceID).enumerated()
    where index >= Self.activitiesKept || old.startedAt < oldest { activities[old.id] = nil }
  }

  /// The events of activities whose status changed. AWS sends only those that scale to the maximum; here are all.
  ///
  /// https://docs.aws.amazon.com/autoscaling/application/userguide/monitoring-eventbridge.html
  func events(in cloud: CloudContext) -> [LocalCloudAPI.Event] {
    activities.differences.sorted { $0.new.sequence < $1.new.sequence }.compactMap { old, new in
      guard old?.status != new.status, new.notScaledReason == nil, new.newCapacity != new.oldCapacity else {
        return nil
      }
      var detail: [String: JSONValue] = [
        "startTime": new.startedAt.eventText, "newDesiredCapacity": .number(Double(new.newCapacity)),
        "oldDesiredCapacity": .number(Double(new.oldCapacity)), "minCapacity": .number(Double(new.minimum)),
        "maxCapacity": .number(Double(new.maximum)), "resourceId": .string(new.resourceID),
        "scalableDimension": .string(ScalingPlace.dimension), "serviceNamespace": .string(ScalingPlace.namespace),
        "statusCode": .string(new.status.rawValue), "scaledToMax": .bool(new.newCapacity == new.maximum),
        "direction": .string(new.newCapacity > new.oldCapacity ? "scale-out" : "scale-in"),
      ]
      detail["endTime"] = new.endedAt?.eventText
      return cloud.event(
        "Application Auto Scaling Scaling Activity State Change", source: "aws.application-autoscaling",
        at: new.endedAt ?? new.startedAt, resources: [], detail: detail)
    }
  }
}
