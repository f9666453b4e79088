import Foundation
import Testing

@testable import LocalCloud

@Suite struct TargetTrackingTests {
  private let now = Date(timeIntervalSince1970: 1_700_000_000)

  private func policy(
    _ target: Double = 50, value: Double?, high: Bool = false, low: Bool = false, scalesIn: Bool = true,
    cooldown: ScalingCooldown = .init()
  ) -> TargetTracking.Policy {
    .init(
      target: target, isHigh: high, isLow: low, value: value, scalesIn: scalesIn, scaleOutCooldown: 300,
      scaleInCooldown: 300, cooldown: cooldown)
  }

  private func machine(_ capacity: Int, _ policies: [TargetTracking.Policy]) -> TargetTracking {
    TargetTracking(capacity: capacity, minimum: 1, maximum: 10, policies: policies)
  }

  @Test(arguments: [
    (2, 100.0, 4), (3, 51, 4), (4, 60, 5), (1, 50.000_000_000_01, 1), (0, 75, 2), (6, 500, 10),
  ])
  func scalesOutInProportionAndUpToTheMaximum(capacity: Int, value: Double, wanted: Int) {
    let decision = machine(capacity, [policy(value: value, high: true)]).decide(at: now)
    #expect(decision == (wanted == capacity ? .nothing : .scale(to: wanted, policy: 0, isOut: true)))
  }

  @Test(arguments: [(10, 25.0, 5), (4, 44, 4), (4, 30, 3), (3, 0, 1), (10, 0.1, 1)])
  func scalesInInProportionRoundedUpAndDownToTheMinimum(capacity: Int, value: Double, wanted: Int) {
    let decision = machine(capacity, [policy(value: value, low: true)]).decide(at: now)
    #expect(decision == (wanted == capacity ? .nothing : .scale(to: wanted, policy: 0, isOut: false)))
  }

  @Test func doesNothingWhileNoAlarmIsRedOrTheMetricIsUnknown() {
    #expect(machine(2, [policy(value: 500)]).decide(at: now) == .nothing)
    #expect(machine(2, [policy(value: nil, high: true)]).decide(at: now) == .nothing)
    #expect(machine(2, [policy(value: nil, low: true)]).decide(at: now) == .nothing)
    #expect(machine(2, []).decide(at: now) == .nothing)
  }

  @Test func theLargestScaleOutWinsAndAnyPolicyMayAsk() {
    let policies = [policy(value: 60, high: true), policy(10, value: 30, high: true), policy(value: 10, low: true)]
    #expect(machine(2, policies).decide(at: now) == .scale(to: 6, policy: 1, isOut: true))
  }

  @Test func scalesInOnlyWhenAllPoliciesAgreeAndByTheLeast() {
    #expect(machine(8, [policy(value: 10, low: true), policy(value: 48)]).decide(at: now) == .nothing)
    #expect(
      machine(8, [policy(value: 10, low: true), policy(value: 30, low: true)]).decide(at: now)
        == .scale(to: 5, policy: 1, isOut: false))
    // One that never scales in has no say.
    #expect(
      machine(8, [policy(value: 10, low: true), policy(value: 48, scalesIn: false)]).decide(at: now)
        == .scale(to: 2, policy: 0, isOut: false))
    #expect(machine(8, [policy(value: 10, low: true, scalesIn: false)]).decide(at: now) == .nothing)
  }

  @Test func withinTheCoolDownOnlyALargerScaleOutGoesThrough() {
    let cooldown = ScalingCooldown(scaledOutAt: now - 100, scaledOutFrom: 2)
    #expect(machine(4, [policy(value: 100, high: true, cooldown: cooldown)]).decide(at: now) == .nothing)
    #expect(
      machine(4, [policy(value: 160, high: true, cooldown: cooldown)]).decide(at: now)
        == .scale(to: 7, policy: 0, isOut: true))
    let over = ScalingCooldown(scaledOutAt: now - 300, scaledOutFrom: 2)
    #expect(
      machine(4, [policy(value: 100, high: true, cooldown: over)]).decide(at: now)
        == .scale(to: 8, policy: 0, isOut: true))
  }

  @Test func aLargerScaleOutKeepsItsBase() {
    var cooldown = ScalingCooldown()
    cooldown.scaledOut(from: 2, cooldown: 300, at: now)
    cooldown.scaledOut(from: 4, cooldown: 300, at: now + 60)
    #expect(cooldown == ScalingCooldown(scaledOutAt: now + 60, scaledOutFrom: 2))
    cooldown.scaledOut(from: 7, cooldown: 300, at: now + 400)
    #expect(cooldown.scaledOutFrom == 7)
  }

  @Test func theCoolDownOfAScaleInHoldsBackScaleInsAndNoScaleOut() {
    let cooldown = ScalingCooldown(scaledInAt: now - 299)
    #expect(machine(4, [policy(value: 10, low: true, cooldown: cooldown)]).decide(at: now) == .nothing)
    #expect(
      machine(4, [policy(value: 10, low: true, cooldown: cooldown)]).decide(at: now + 1)
        == .scale(to: 1, policy: 0, isOut: false))
    #expect(
      machine(4, [policy(value: 100, high: true, cooldown: cooldown)]).decide(at: now)
        == .scale(to: 8, policy: 0, isOut: true))
  }

  @Test func aDeploymentHoldsBackScaleInsAndNoScaleOut() {
    var machine = machine(4, [policy(value: 10, low: true)])
    machine.isDeploying = true
    #expect(
      machine.decide(at: now) == .notScaled(reason: "TargetServicePutResourceAsUnscalable", policy: 0, isOut: false))
    machine.policies = [policy(value: 100, high: true)]
    #expect(machine.decide(at: now) == .scale(to: 8, policy: 0, isOut: true))
  }

  @Test func whatIsSuspendedDoesNotHappen() {
    var machine = machine(4, [policy(value: 100, high: true)])
    machine.scaleOutIsSuspended = true
    #expect(machine.decide(at: now) == .nothing)
    machine.policies = [policy(value: 10, low: true)]
    #expect(machine.decide(at: now) == .scale(to: 1, policy: 0, isOut: false))
    machine.scaleInIsSuspended = true
    #expect(machine.decide(at: now) == .nothing)
  }

  /// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html
  @Test func aDesiredCountOutsideOfTheBoundsIsBroughtBackByTheNextAlarmTowardsThem() {
    var machine = machine(1, [policy(value: 60, high: true)])
    machine.minimum = 4
    #expect(machine.decide(at: now) == .scale(to: 4, policy: 0, isOut: true))
    machine.policies = [policy(value: 10, low: true)]
    #expect(machine.decide(at: now) == .notScaled(reason: "AlreadyAtMinCapacity", policy: 0, isOut: false))
    machine.capacity = 20
    machine.policies = [policy(value: 40, low: true)]
    #expect(machine.decide(at: now) == .scale(to: 10, policy: 0, isOut: false))
  }

  @Test func theBoundsAreToldAsReasons() {
    #expect(
      machine(10, [policy(value: 100, high: true)]).decide(at: now)
        == .notScaled(reason: "AlreadyAtMaxCapacity", policy: 0, isOut: true))
    #expect(
      machine(1, [policy(value: 10, low: true)]).decide(at: now)
        == .notScaled(reason: "AlreadyAtMinCapacity", policy: 0, isOut: false))
    // A desired count that somebody set above the maximum is no reason to scale out further.
    #expect(
      machine(12, [policy(value: 100, high: true)]).decide(at: now)
        == .notScaled(reason: "AlreadyAtMaxCapacity", policy: 0, isOut: true))
  }
}
