import Foundation
import PalcoCore

@testable import LocalCloud

/// A deployment in a world that does what it asks for, with a clock that jumps to where something is due.
///
/// Each look at the world is followed by what a restart would bring: the machine is written, read, and looks again.
struct DeploymentWorld {
  typealias Machine = ServiceDeploymentMachine

  /// A point in a deployment at which a test lets something happen.
  struct Place: Hashable, CustomStringConvertible {
    var stage: Machine.Stage?
    /// The share of production traffic that is asked for there.
    var share = 0.0

    var description: String { "\(stage?.rawValue ?? "ROLLING") \(share)" }
  }

  static let function = "arn:aws:lambda:eu-west-1:123456789012:function:check"
  static let hour = 3600.0
  /// The stages that hooks hold.
  static let hookStages: Set<Machine.Stage> = Set(Machine.Stage.allCases).subtracting([.scaleUp, .bakeTime, .cleanUp])

  var machine: Machine
  var now = Date(timeIntervalSince1970: 1_000_000)
  var sources: Int
  var targetIsReady = false
  var targetIsGone = true
  var sourcesAreGone: Bool
  var production = 0.0
  var test = 0.0
  var fault: String?
  /// What happened, in order: statuses, stages, and each share of production traffic that was asked for.
  var statuses: [Machine.Status] = []
  var stages: [Machine.Stage] = []
  var shares: [Double] = []
  /// The hooks that ran, by stage.
  var hookRuns: [String: Machine.Stage] = [:]

  init(
    _ strategy: Machine.Strategy, shift: TrafficShift = .whole, hasSource: Bool = true, sources: Int? = nil,
    hooks: [LifecycleHooks.Hook] = [.init(functionARN: function, stages: hookStages, timeout: 6 * hour)],
    split: Double = 0
  ) {
    machine = Machine(
      strategy: strategy, shift: shift, stepBakeTime: Self.hour, bakeTime: 24 * Self.hour,
      hooks: LifecycleHooks(hooks), createdAt: now)
    self.sources = sources ?? (hasSource ? 1 : 0)
    sourcesAreGone = !hasSource
    production = split
    machine.start(hasSource: hasSource, at: now)
  }

  var place: Place { Place(stage: machine.stage, share: machine.requestedProductionWeight) }

  private var seen: Machine.Observation {
    .init(
      sources: sources, targetIsReady: targetIsReady, targetServes: targetIsReady, targetIsGone: targetIsGone,
      sourceIsReady: !sourcesAreGone, sourceServes: !sourcesAreGone, sourcesAreGone: sourcesAreGone,
      productionWeight: machine.strategy.shiftsTraffic ? production : nil,
      testWeight: machine.strategy.shiftsTraffic ? test : nil, networkFault: fault)
  }

  /// One pass of a reconciler, and another one after a restart, which must change nothing.
  mutating func look() throws {
    for transition in machine.advance(seen, at: now, ids: .live) {
      switch transition {
      case .status(let status): statuses.append(status)
      case .stage(let stage): stages.append(stage)
      }
    }
    if shares.last ?? 0 != machine.requestedProductionWeight { shares.append(machine.requestedProductionWeight) }
    for run in machine.hooks.runs { hookRuns[run.id] = run.stage }
    var restarted = try JSONDecoder().decode(Machine.self, from: JSONEncoder().encode(machine))
    let again = restarted.advance(seen, at: now, ids: .live)
    guard again.isEmpty, restarted == machine else { throw NotIdempotent(stage: machine.stage) }
    machine = restarted
  }

  struct NotIdempotent: Error { var stage: Machine.Stage? }
  struct Stuck: Error { var place: Place }

  /// Does what the machine waits for.
  mutating func follow() {
    for run in machine.hooks.runs where run.isActive {
      if machine.hooks.hooks[run.hook].isPause {
        _ = machine.answer(pause: run.id, goesOn: true, at: now)
      } else {
        machine.answer(function: run.id, .succeeded, second: 1, at: now)
      }
    }
    production = machine.requestedProductionWeight
    test = machine.requestedTestWeight
    sources = min(sources, 1)
    switch machine.targetTasks {
    case .none: (targetIsReady, targetIsGone) = (false, true)
    case .desired: (targetIsReady, targetIsGone) = (true, false)
    case .existing: break
    }
    if machine.sourceTasks == .none || machine.strategy == .rolling && machine.status == .inProgress {
      sourcesAreGone = true
    }
    if machine.strategy == .rolling, machine.status == .rollbackInProgress {
      (targetIsReady, targetIsGone, sourcesAreGone) = (false, true, false)
    }
  }

  /// Goes on until it is at a place; `nil` for its end.
  mutating func go(to goal: Place?) throws {
    for _ in 0..<1000 {
      try look()
      if let goal, place == goal { return }
      if machine.status.isTerminal { return }
      let before = machine
      let (production, test, sources, isReady, areGone) = (production, test, sources, targetIsReady, sourcesAreGone)
      follow()
      let hasFollowed =
        before != machine || (production, test, sources) != (self.production, self.test, self.sources)
        || (isReady, areGone) != (targetIsReady, sourcesAreGone)
      if !hasFollowed {
        guard let deadline = machine.deadline, deadline > now else { throw Stuck(place: place) }
        now = deadline
      }
    }
    throw Stuck(place: place)
  }
}
