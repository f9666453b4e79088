import AWSWire
import Foundation

// What changes desired counts.
extension ScalingService {
  // MARK: Policies

  /// Does what the policies of a target ask for.
  func scale(_ target: ScalableTargetRecord) async throws {
    let place = try ScalingPlace(resourceID: target.resourceID)
    guard let service = await services.scalableService(place.service, in: place.cluster) else { return }
    let policies = state.policies(of: target.resourceID)
    if try await stepScale(target, place, service, policies) { return }
    var tracked: [ScalingPolicyRecord] = []
    var readings: [TargetTracking.Policy] = []
    for policy in policies {
      guard case .targetTracking(let configuration) = policy.kind else { continue }
      tracked.append(policy)
      readings.append(await reading(of: policy, configuration))
    }
    let machine = TargetTracking(
      capacity: service.desired, minimum: target.minimum, maximum: target.maximum,
      scaleOutIsSuspended: target.suspended.dynamicScalingOutSuspended == true,
      scaleInIsSuspended: target.suspended.dynamicScalingInSuspended == true, isDeploying: service.isDeploying,
      policies: readings)
    let now = cloud.time.now()
    switch machine.decide(at: now) {
    case .nothing: return
    case .notScaled(let reason, let index, let isOut):
      try await noteNotScaled(target, reason, Self.cause(tracked[index], isOut: isOut), service)
    case .scale(let capacity, let index, let isOut):
      let policy = tracked[index]
      let isSet = try await setDesired(capacity, of: place, cause: Self.cause(policy, isOut: isOut), from: service)
      guard isSet else { return }
      try await change { state in
        if isOut {
          state.policies[policy.key]?.cooldown.scaledOut(
            from: service.desired, cooldown: readings[index].scaleOutCooldown, at: now)
          // A scale-out ends the cool-downs of scale-ins.
          for other in tracked { state.policies[other.key]?.cooldown.scaledInAt = nil }
        } else {
          for other in tracked { state.policies[other.key]?.cooldown.scaledInAt = now }
        }
      }
    }
  }

  private func reading(
    of policy: ScalingPolicyRecord, _ configuration: ApplicationAutoScaling.TargetTrackingScalingPolicyConfiguration
  ) async -> TargetTracking.Policy {
    let names = [policy.highAlarm, policy.lowAlarm].compactMap(\.self)
    let states = await alarms.states(of: names)
    func isRed(_ name: String?) -> Bool { name.flatMap { states[$0] } == AlarmState.alarm.rawValue }
    let value = if let name = policy.highAlarm { await alarms.newestValue(ofAlarm: name) } else { Double?.none }
    // Five minutes are AWS's default for ECS.
    return TargetTracking.Policy(
      target: configuration.targetValue, isHigh: isRed(policy.highAlarm), isLow: isRed(policy.lowAlarm), value: value,
      scalesIn: configuration.disableScaleIn != true,
      scaleOutCooldown: cloud.interval(seconds: Double(configuration.scaleOutCooldown ?? 300)),
      scaleInCooldown: cloud.interval(seconds: Double(configuration.scaleInCooldown ?? 300)),
      cooldown: policy.cooldown)
  }

  private static func cause(_ policy: ScalingPolicyRecord, isOut: Bool) -> String {
    cause(alarm: (isOut ? policy.highAlarm : policy.lowAlarm) ?? "", policy)
  }

  private static func cause(alarm: String, _ policy: ScalingPolicyRecord) -> String {
    "monitor alarm \(alarm) in state ALARM triggered policy \(policy.name)"
  }

  /// Performs the first step scaling policy that a red alarm starts.
  ///
  /// - Returns: Whether the service was scaled.
  private func stepScale(
    _ target: ScalableTargetRecord, _ place: ScalingPlace, _ service: ScalableService,
    _ policies: [ScalingPolicyRecord]
  ) async throws -> Bool {
    let now = cloud.time.now()
    for policy in policies {
      guard case .step(let configuration) = policy.kind else { continue }
      let cooldown = cloud.interval(seconds: Double(configuration.cooldown ?? 300))
      let last = [policy.cooldown.scaledOutAt, policy.cooldown.scaledInAt].compactMap(\.self).max()
      if let last, now < last.addingTimeInterval(cooldown) { continue }
      for alarm in await alarms.alarms(triggering: policy.arn) {
        let steps = try StepScaling(configuration)
        guard let wish = steps.capacity(after: service.desired, distance: alarm.value - alarm.threshold),
          wish != service.desired
        else { continue }
        let isOut = wish > service.desired
        let suspended = target.suspended
        guard (isOut ? suspended.dynamicScalingOutSuspended : suspended.dynamicScalingInSuspended) != true else {
          continue
        }
        let cause = Self.cause(alarm: alarm.name, policy)
        let bounded = min(max(wish, target.minimum), target.maximum)
        if isOut ? bounded <= service.desired : bounded >= service.desired {
          let reason = isOut ? TargetTracking.atMaximum : TargetTracking.atMinimum
          try await noteNotScaled(target, reason, cause, service)
        } else if !isOut, service.isDeploying {
          try await noteNotScaled(target, TargetTracking.unscalable, cause, service)
        } else if try await setDesired(bounded, of: place, cause: cause, from: service) {
          try await change { state in
            if isOut {
              state.policies[policy.key]?.cooldown.scaledOut(from: service.desired, cooldown: cooldown, at: now)
            } else {
              state.policies[policy.key]?.cooldown.scaledInAt = now
            }
          }
          return true
        }
      }
    }
    return false
  }

  // MARK: Bounds

  /// Brings a service between the bounds of its target, which were changed.
  func bringIntoBounds(_ place: ScalingPlace) async throws {
    guard let target = state.targets[place.resourceID],
      let service = await services.scalableService(place.service, in: place.cluster)
    else { return }
    if service.desired < target.minimum {
      _ = try await setDesired(
        target.minimum, of: place, cause: "minimum capacity was set to \(target.minimum)", from: service)
    } else if service.desired > target.maximum {
      _ = try await setDesired(
        target.maximum, of: place, cause: "maximum capacity was set to \(target.maximum)", from: service)
    }
  }

  /// Sets the bounds that a scheduled action names.
  func perform(_ action: ScheduledActionRecord) async throws {
    let place = try ScalingPlace(resourceID: action.resourceID)
    let now = cloud.time.now()
    try await change { state in
      guard var target = state.targets[place.resourceID] else { return }
      // A bound that is not named gives way.
      target.minimum = action.minimum ?? min(target.minimum, action.maximum ?? target.minimum)
      target.maximum = action.maximum ?? max(target.maximum, target.minimum)
      state.targets[place.resourceID] = target
      let named = [
        action.minimum.map { "min capacity to \($0)" }, action.maximum.map { "max capacity to \($0)" },
      ].compactMap(\.self).joined(separator: " and ")
      state.add(
        ScalingActivityRecord(
          sequence: state.nextSequence(), id: cloud.ids.uuid(), resourceID: place.resourceID,
          description: "Setting \(named)", cause: "scheduled action name \(action.name) was triggered", startedAt: now,
          endedAt: now, status: .successful, message: "Successfully set \(named)", oldCapacity: 0, newCapacity: 0,
          minimum: target.minimum, maximum: target.maximum))
    }
    try await bringIntoBounds(place)
  }

  // MARK: Activities

  /// Sets the desired count as an activity.
  ///
  /// - Returns: Whether ECS took it.
  private func setDesired(
    _ count: Int, of place: ScalingPlace, cause: String, from service: ScalableService
  ) async throws -> Bool {
    guard let target = state.targets[place.resourceID] else { return false }
    var failure: String?
    do {
      try await services.setDesiredCount(count, of: place.service, in: place.cluster)
    } catch {
      failure = "Failed to set desired count to \(count). Reason: \(error)"
    }
    let now = cloud.time.now()
    try await change { [failure] state in
      // What was under way to another count is over.
      for old in state.activities(of: place.resourceID) where old.status == .inProgress {
        state.activities[old.id]?.end(.overridden, "The activity was overridden by a newer one.", at: now)
      }
      state.targets[place.resourceID]?.notScaledReason = nil
      state.add(
        ScalingActivityRecord(
          sequence: state.nextSequence(), id: cloud.ids.uuid(), resourceID: place.resourceID,
          description: "Setting desired count to \(count).", cause: cause, startedAt: now,
          endedAt: failure == nil ? nil : now, status: failure == nil ? .inProgress : .failed,
          message: failure ?? "Successfully set desired count to \(count). Waiting for change to be fulfilled by ecs.",
          oldCapacity: service.desired, newCapacity: count, minimum: target.minimum, maximum: target.maximum))
    }
    return failure == nil
  }

  private func noteNotScaled(
    _ target: ScalableTargetRecord, _ reason: String, _ cause: String, _ service: ScalableService
  ) async throws {
    guard target.notScaledReason != reason else { return }
    let now = cloud.time.now()
    try await change { state in
      state.targets[target.resourceID]?.notScaledReason = reason
      state.add(
        ScalingActivityRecord(
          sequence: state.nextSequence(), id: cloud.ids.uuid(), resourceID: target.resourceID,
          description: "Attempting to scale due to alarm triggered", cause: cause, startedAt: now, endedAt: now,
          status: .failed, message: "The service was not scaled.", notScaledReason: reason,
          oldCapacity: service.desired, newCapacity: service.desired, minimum: target.minimum, maximum: target.maximum))
    }
  }

  /// Ends the activities that ECS has fulfilled, or that came to nothing.
  func followActivities(of target: ScalableTargetRecord) async throws {
    let open = state.activities(of: target.resourceID).filter { $0.status == .inProgress }
    guard !open.isEmpty else { return }
    let place = try ScalingPlace(resourceID: target.resourceID)
    let service = await services.scalableService(place.service, in: place.cluster)
    let now = cloud.time.now()
    try await change { state in
      for activity in open {
        guard let service else {
          state.activities[activity.id]?.end(.failed, "The service is not there any more.", at: now)
          continue
        }
        if service.desired != activity.newCapacity {
          state.activities[activity.id]?.end(.overridden, "The desired count was changed otherwise.", at: now)
        } else if service.running == activity.newCapacity {
          state.activities[activity.id]?.end(
            .successful,
            "Successfully set desired count to \(activity.newCapacity). Change successfully fulfilled by ecs.", at: now)
        }
      }
    }
  }
}

extension ScalingActivityRecord {
  fileprivate mutating func end(_ status: Status, _ message: String, at now: Date) {
    self.status = status
    self.message = message
    endedAt = now
  }
}
