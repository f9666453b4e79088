import Foundation
import Testing

@testable import LocalCloud

/// Every strategy, in every stage, with everything that may go wrong there: what becomes of it is the table of the ECS
/// Developer Guide, written down here once more.
@Suite struct DeploymentCrossProductTests {
  typealias Machine = ServiceDeploymentMachine

  enum Cause: CaseIterable {
    case hookFails, hookTimesOut, breaker, alarm, stop, supersede, networkFault
  }

  struct Case: CustomTestStringConvertible {
    var strategy: Machine.Strategy
    var place: DeploymentWorld.Place
    var cause: Cause
    var hasSource: Bool

    var testDescription: String {
      "\(strategy.rawValue) \(place) \(cause)\(hasSource ? "" : " of the first release")"
    }
  }

  static func shift(_ strategy: Machine.Strategy) -> TrafficShift {
    switch strategy {
    case .rolling, .blueGreen: .whole
    case .canary: .canary(5)
    case .linear: .linear(40)
    }
  }

  /// The places of a deployment that shifts traffic, in order: the steps loop through the two production stages.
  static func places(_ strategy: Machine.Strategy) -> [DeploymentWorld.Place] {
    guard strategy.shiftsTraffic else { return [.init(stage: nil)] }
    var places: [DeploymentWorld.Place] = [
      .reconcileService, .preScaleUp, .scaleUp, .postScaleUp, .testTrafficShift, .postTestTrafficShift,
    ].map { .init(stage: $0) }
    var share = 0.0
    for next in shift(strategy).shares {
      places.append(.init(stage: .preProductionTrafficShift, share: share))
      places.append(.init(stage: .productionTrafficShift, share: next))
      share = next
    }
    return places + [.postProductionTrafficShift, .bakeTime, .cleanUp].map { .init(stage: $0, share: 100) }
  }

  static let cases: [Case] = Machine.Strategy.allCases.flatMap { strategy in
    places(strategy).flatMap { place in
      Cause.allCases.flatMap { cause in
        [true, false].map { Case(strategy: strategy, place: place, cause: cause, hasSource: $0) }
      }
    }
  }.filter { entry in
    switch entry.cause {
    case .hookFails, .hookTimesOut:
      guard let stage = entry.place.stage, DeploymentWorld.hookStages.contains(stage) else { return false }
    case .networkFault: if entry.strategy == .rolling { return false }
    default: break
    }
    // Without a past there are no two revisions to make one of, and nothing to clean up.
    return entry.hasSource || entry.place.stage != .reconcileService && entry.place.stage != .cleanUp
  }

  private func world(_ entry: Case) -> DeploymentWorld {
    DeploymentWorld(
      entry.strategy, shift: Self.shift(entry.strategy), hasSource: entry.hasSource,
      sources: entry.place.stage == .reconcileService ? 2 : nil,
      hooks: entry.strategy == .rolling
        ? []
        : [
          .init(
            functionARN: DeploymentWorld.function, stages: DeploymentWorld.hookStages, timeout: 6 * DeploymentWorld.hour
          )
        ])
  }

  private func inflict(_ cause: Cause, on world: inout DeploymentWorld) throws {
    if cause == .hookFails || cause == .hookTimesOut {
      // The hooks of the shift stages begin once the rules have their weights.
      (world.production, world.test) = (world.machine.requestedProductionWeight, world.machine.requestedTestWeight)
      try world.look()
    }
    switch cause {
    case .hookFails:
      for run in world.machine.hooks.runs {
        world.machine.answer(function: run.id, .failed("It says no."), second: 1, at: world.now)
      }
    case .hookTimesOut: world.now += 6 * DeploymentWorld.hour
    case .breaker: world.machine.fail(Machine.breakerReason, rollsBack: true, at: world.now)
    case .alarm: world.machine.fail(Machine.alarmReason(["red"]), rollsBack: true, at: world.now)
    case .stop: world.machine.requestRollback(at: world.now)
    case .supersede: world.machine.supersede(reason: "newer", at: world.now)
    case .networkFault: world.fault = "a rule is gone."
    }
  }

  private func reason(_ entry: Case) -> String {
    let stage = entry.place.stage?.rawValue ?? ""
    let why =
      switch entry.cause {
      case .hookFails: "\(stage) lifecycle hook(s) failed. It says no."
      case .hookTimesOut:
        "\(stage) lifecycle hook(s) failed. Lifecycle hook target \(DeploymentWorld.function) timed out."
      case .breaker: "the circuit breaker threshold was exceeded."
      case .alarm: "CloudWatch alarm(s) went into the ALARM state: red."
      case .stop: "StopServiceDeployment was requested."
      case .networkFault: "of invalid networking configuration. a rule is gone."
      case .supersede: ""
      }
    return "Service deployment rolled back because \(why)"
  }

  @Test(arguments: cases) func endsAsTheDeveloperGuideSays(_ entry: Case) throws {
    var world = world(entry)
    // A hook holds every stage that has one; the others are held by what they wait for.
    try world.go(to: entry.place)
    try #require(world.place == entry.place && world.machine.status == .inProgress)
    let test = world.machine.requestedTestWeight
    let asked = world.shares
    try inflict(entry.cause, on: &world)
    world.statuses = []
    world.hookRuns = [:]
    try world.go(to: nil)
    let machine = world.machine

    if entry.cause == .supersede {
      #expect(machine.status == .stopped && machine.statusReason == "newer" && machine.stoppedAt != nil)
      #expect(machine.requestedProductionWeight == entry.place.share && machine.requestedTestWeight == test)
      #expect(machine.targetTasks == .existing && machine.sourceTasks == .desired && machine.rollback == nil)
      return
    }
    if entry.place.stage == .cleanUp {
      // Blue may be gone: there is no way back.
      #expect(machine.status == .successful && machine.rollback == nil && machine.finishedAt != nil)
      #expect(machine.requestedProductionWeight == 100 && machine.targetTasks == .desired)
      return
    }

    let isTouched = entry.place.share > 0 || test > 0
    let rollbackBegins = entry.cause == .stop ? [Machine.Status.rollbackInProgress] : []
    #expect(machine.rollback?.reason == reason(entry) && machine.rollback?.startedAt != nil)
    if entry.cause == .networkFault, isTouched {
      // What has to be taken back cannot be.
      #expect(machine.status == .rollbackFailed && machine.statusReason == reason(entry))
      return
    }
    #expect(world.statuses.prefix(rollbackBegins.count) == rollbackBegins[...])
    #expect(machine.status == (entry.hasSource ? .rollbackSuccessful : .rollbackFailed))
    #expect(machine.statusReason == (entry.hasSource ? reason(entry) : Machine.noCandidate))
    #expect(machine.finishedAt == world.now)
    // In one write, and not in steps.
    #expect(world.shares == (entry.place.share > 0 ? asked + [0] : asked))
    #expect(world.production == 0 && world.test == 0 && world.targetIsGone)
    #expect(!entry.hasSource || machine.sourceTasks == .desired && !world.sourcesAreGone)
    var path: [Machine.Stage] = []
    if entry.place.share > 0 { path.append(.productionTrafficShift) }
    if test > 0 { path.append(.testTrafficShift) }
    // Functions of the two shift stages are told again, in that order; those of other stages are not.
    #expect(Set(world.hookRuns.values) == Set(path))
    #expect(machine.stage == (entry.strategy == .rolling ? nil : .cleanUp))
  }

  @Test(arguments: Machine.Strategy.allCases, [true, false])
  func goesThroughEveryStageToItsEnd(_ strategy: Machine.Strategy, _ hasSource: Bool) throws {
    var world = world(.init(strategy: strategy, place: .init(stage: nil), cause: .stop, hasSource: hasSource))
    let began = world.now
    try world.go(to: nil)
    #expect(world.machine.status == .successful && world.machine.rollback == nil)
    guard strategy.shiftsTraffic else {
      #expect(world.stages.isEmpty && world.now == began + 24 * DeploymentWorld.hour)
      return
    }
    #expect(world.stages == Self.places(strategy).dropFirst().compactMap(\.stage))
    #expect(world.shares == Self.shift(strategy).shares)
    // A day of bake, an hour after each step but the last one: on this clock, no time at all.
    let steps = Double(Self.shift(strategy).shares.count - 1)
    #expect(world.now == began + (24 + steps) * DeploymentWorld.hour)
    #expect(Set(world.hookRuns.values) == DeploymentWorld.hookStages.subtracting([.reconcileService]))
  }

  @Test(arguments: [Machine.Strategy.blueGreen, .linear, .canary])
  func withoutALoadBalancerTheStagesAreTheSame(_ strategy: Machine.Strategy) {
    var machine = Machine(
      strategy: strategy, shift: Self.shift(strategy), stepBakeTime: 0, bakeTime: 0, createdAt: .distantPast)
    machine.start(hasSource: true, at: .distantPast)
    let seen = Machine.Observation(
      sources: 1, targetIsReady: true, targetIsGone: false, sourceIsReady: true, sourcesAreGone: true)
    let stages = machine.advance(seen, at: .distantPast, ids: .live).compactMap { transition -> Machine.Stage? in
      if case .stage(let stage) = transition { stage } else { nil }
    }
    #expect(stages == Self.places(strategy).dropFirst().compactMap(\.stage) && machine.status == .successful)
  }

  @Test func trafficThatASupersededReleaseSplitIsPutRightFirst() throws {
    var world = DeploymentWorld(.linear, shift: .linear(40), sources: 2, split: 40)
    try world.go(to: .init(stage: .reconcileService))
    world.sources = 1
    try world.look()
    #expect(world.machine.stage == .reconcileService && world.machine.requestedProductionWeight == 0)
    #expect(world.machine.targetTasks == .none)
    try world.go(to: nil)
    #expect(world.machine.status == .successful)
  }

  @Test func aReleaseStoppedWhileTrafficIsSplitPutsItRightBeforeItEnds() throws {
    var world = DeploymentWorld(.linear, shift: .linear(40), sources: 2, split: 40)
    try world.go(to: .init(stage: .reconcileService))
    world.machine.requestRollback(at: world.now)
    try world.look()
    #expect(world.machine.stage == .productionTrafficShift && world.machine.status == .rollbackInProgress)
    try world.go(to: nil)
    #expect(world.machine.status == .rollbackSuccessful && world.production == 0)
  }
}

@Suite struct TrafficShiftTests {
  @Test(
    arguments: [
      (10.0, [10, 20, 30, 40, 50, 60, 70, 80, 90, 100]), (30, [30, 60, 90, 100]), (100, [100]), (50, [50, 100]),
      (33.3, [33.3, 66.6, 99.9, 100]),
    ] as [(Double, [Double])])
  func linearStepsAreEqualAndTheLastIsWhatIsLeft(_ percent: Double, _ shares: [Double]) {
    #expect(TrafficShift.linear(percent).shares == shares)
  }

  @Test func theSmallestLinearStepTakes34() {
    let shares = TrafficShift.linear(3).shares
    #expect(shares.count == 34 && shares.prefix(3) == [3, 6, 9] && shares.suffix(2) == [99, 100])
  }

  @Test func aCanaryHasTwoSteps() {
    #expect(TrafficShift.canary(0.1).shares == [0.1, 100])
    #expect(TrafficShift.canary(100).shares == [100])
  }

  @Test func everyShareInTenthsIsReadAsItWasWritten() {
    let balancer = ECSFixture.blueGreenBalancer()
    let rules = ServiceRules([balancer], seen: [:])
    for tenths in 0...1000 {
      let share = TrafficShift.tenths(Double(tenths) / 10)
      let written = rules.productionWeights(share, for: [ECSFixture.green])[0].weights
      #expect(written.count == 2 && written.allSatisfy { (0...999).contains($0.weight) })
      let seen = RuleView(arn: ECSFixture.production, listenerARN: "listener", isDefault: false, weights: written)
      let read = ServiceRules([balancer], seen: [ECSFixture.production: seen]).productionShare(of: [ECSFixture.green])
      #expect(read == share)
    }
  }
}
