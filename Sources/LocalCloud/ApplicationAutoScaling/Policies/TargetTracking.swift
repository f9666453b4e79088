import Foundation

/// Decides how target tracking policies change a service's desired count: pure, from what is seen at one instant.
///
/// https://docs.aws.amazon.com/autoscaling/application/userguide/target-tracking-scaling-policy-overview.html
struct TargetTracking: Sendable, Equatable {
  /// A policy as it stands.
  struct Policy: Sendable, Equatable {
    var target: Double
    /// Whether the metric was above the target for long enough.
    var isHigh = false
    /// Whether the metric was well below the target for long enough.
    var isLow = false
    /// The newest value of the metric.
    var value: Double?
    var scalesIn = true
    /// In seconds of this cloud.
    var scaleOutCooldown: TimeInterval
    /// In seconds of this cloud.
    var scaleInCooldown: TimeInterval
    var cooldown = ScalingCooldown()
  }

  /// What is to be done.
  enum Decision: Sendable, Equatable {
    case nothing
    /// Sets the desired count, on behalf of the policy at an index.
    case scale(to: Int, policy: Int, isOut: Bool)
    /// A policy asked for a change that cannot be; the reason is AWS's code.
    case notScaled(reason: String, policy: Int, isOut: Bool)
  }

  static let atMaximum = "AlreadyAtMaxCapacity"
  static let atMinimum = "AlreadyAtMinCapacity"
  static let unscalable = "TargetServicePutResourceAsUnscalable"

  var capacity: Int
  var minimum: Int
  var maximum: Int
  var scaleOutIsSuspended = false
  var scaleInIsSuspended = false
  /// Whether a deployment runs: ECS lets nobody scale in then, as both revisions may be needed.
  var isDeploying = false
  var policies: [Policy]

  /// The decision. Any policy may scale out, and the one that wants most does; to scale in, all must agree.
  func decide(at now: Date) -> Decision {
    if policies.contains(where: \.isHigh) { return scaleOutIsSuspended ? .nothing : scaleOut(at: now) }
    return scaleInIsSuspended ? .nothing : scaleIn(at: now)
  }

  private func scaleOut(at now: Date) -> Decision {
    let wishes = policies.indices.filter { policies[$0].isHigh }.map { index in
      (policy: index, capacity: wish(of: policies[index], at: now))
    }
    guard let largest = wishes.max(by: { $0.capacity < $1.capacity }), largest.capacity > capacity else {
      return .nothing
    }
    guard capacity < maximum else { return .notScaled(reason: Self.atMaximum, policy: largest.policy, isOut: true) }
    // A count that somebody set below the minimum comes up to it first.
    return .scale(to: min(max(largest.capacity, minimum), maximum), policy: largest.policy, isOut: true)
  }

  /// The capacity that a policy asks for. During the cool-down of a scale-out it is reckoned on the capacity before
  /// that: what was added is on its way, and only a larger scale-out than that one goes through.
  private func wish(of policy: Policy, at now: Date) -> Int {
    var base = capacity
    if let last = policy.cooldown.scaledOutAt, let from = policy.cooldown.scaledOutFrom,
      now < last.addingTimeInterval(policy.scaleOutCooldown)
    {
      base = min(from, capacity)
    }
    return proportional(base, policy)
  }

  private func scaleIn(at now: Date) -> Decision {
    let voters = policies.indices.filter { policies[$0].scalesIn }
    guard let first = voters.first, voters.allSatisfy({ policies[$0].isLow }) else { return .nothing }
    guard capacity > minimum else { return .notScaled(reason: Self.atMinimum, policy: first, isOut: false) }
    let isCooling = voters.contains { index in
      let policy = policies[index]
      return policy.cooldown.scaledInAt.map { now < $0.addingTimeInterval(policy.scaleInCooldown) } ?? false
    }
    guard !isCooling else { return .nothing }
    let wishes = voters.map { (policy: $0, capacity: proportional(capacity, policies[$0])) }
    guard let largest = wishes.max(by: { $0.capacity < $1.capacity }), largest.capacity < capacity else {
      return .nothing
    }
    guard !isDeploying else { return .notScaled(reason: Self.unscalable, policy: largest.policy, isOut: false) }
    return .scale(to: min(max(largest.capacity, minimum), maximum), policy: largest.policy, isOut: false)
  }

  /// The capacity at which the metric would be at its target, rounded up; unchanged when the metric is unknown.
  private func proportional(_ capacity: Int, _ policy: Policy) -> Int {
    guard let value = policy.value, policy.target > 0 else { return capacity }
    // A service without tasks has no metric to reckon with; one task is where it begins.
    let exact = Double(max(capacity, 1)) * value / policy.target
    return Int(min(max((exact - 1e-9).rounded(.up), 0), 1_000_000))
  }
}

extension ScalingCooldown {
  /// A scale-out began.
  mutating func scaledOut(from capacity: Int, cooldown: TimeInterval, at now: Date) {
    // A larger scale-out within a cool-down was reckoned on the capacity before the first one.
    let isWithin = scaledOutAt.map { now < $0.addingTimeInterval(cooldown) } ?? false
    scaledOutFrom = isWithin ? min(scaledOutFrom ?? capacity, capacity) : capacity
    scaledOutAt = now
  }
}
