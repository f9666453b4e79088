import AWSWire
import Foundation
import Logging
import PalcoCore

@testable import LocalCloud

/// A service, its programs, its load balancer and a clock, all as values: the reconciler in a world that a seed makes go
/// wrong. Nothing in it waits, so thousands of hours of releases pass in a second, and each seed plays the same again.
///
/// What the cloud does by itself (a pass, a step of a task, a write of weights) must never take away what serves; what
/// the test does to it (kills, alarms, restarts, a clock that jumps) may.
struct ReconcilerWorld {
  /// What a release's program is like.
  enum Program: String, CaseIterable {
    case good, exits, sick, mute
  }

  /// What the world did wrong.
  struct Fault: Error, CustomStringConvertible { let description: String }

  static let cluster = "arn:aws:ecs:eu-west-1:123456789012:cluster/walk"
  static let service = "arn:aws:ecs:eu-west-1:123456789012:service/walk/web"

  let cloud: CloudContext
  var random: SeededRandom
  var now = Date(timeIntervalSince1970: 1_700_000_000)
  var state = ECSState()
  var weights = [ECSFixture.blue: 100, ECSFixture.green: 0]
  /// Of each task that has one: its program, and whether it runs.
  var programs: [String: (kind: Program, runs: Bool)] = [:]
  var registered: Set<String> = []
  var alarm = "OK"
  /// The weights of the last check.
  private var checkedWeights = [ECSFixture.blue: 100, ECSFixture.green: 0]
  /// What happened, for the message of a failure.
  var story: [String] = []

  init(seed: UInt64) throws {
    random = SeededRandom(seed: seed)
    cloud = CloudContext(
      accountID: "123456789012", region: "eu-west-1", port: 1, stateDirectory: URL(fileURLWithPath: "/nowhere"),
      minute: .seconds(60), logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    _ = try state.create(ECS.CreateClusterRequest(clusterName: "walk"), in: cloud)
    var request = ECSFixture.request(
      try define(.good), balancers: [ECSFixture.blueGreenBalancer()], configuration(strategy: "BLUE_GREEN"))
    request.cluster = Self.cluster
    _ = try state.create(request, LoadBalancerFacts(), at: now, in: cloud)
    try settle()
  }

  // MARK: What is asked for

  mutating func define(_ kind: Program) throws -> String {
    var container = ECS.ContainerDefinition(name: "web", image: "process:/bin/\(kind.rawValue)")
    container.portMappings = [.init(containerPort: 8080)]
    let record = try state.register(
      ECS.RegisterTaskDefinitionRequest(
        family: "web", containerDefinitions: [container], networkMode: "awsvpc", requiresCompatibilities: ["FARGATE"],
        cpu: "256", memory: "512"), at: now, in: cloud)
    return record.arn
  }

  mutating func configuration(strategy: String? = nil) -> ECS.DeploymentConfiguration {
    var configuration = ECS.DeploymentConfiguration(deploymentCircuitBreaker: ECSFixture.breaker)
    configuration.strategy = strategy ?? ["ROLLING", "BLUE_GREEN", "CANARY", "LINEAR"].randomElement(using: &random)
    // The first release has nothing to go back to.
    guard strategy == nil else { return configuration }
    let strategy = configuration.strategy
    configuration.bakeTimeInMinutes = Int.random(in: 0...10, using: &random)
    configuration.alarms = .init(alarmNames: ["errors"], rollback: true, enable: Bool.random(using: &random))
    configuration.lifecycleHooks = []
    if strategy == "CANARY" {
      configuration.canaryConfiguration = .init(
        canaryPercent: [2.5, 10, 50].randomElement(using: &random), canaryBakeTimeInMinutes: 5)
    }
    if strategy == "LINEAR" {
      configuration.linearConfiguration = .init(
        stepPercent: [10, 33.3, 50].randomElement(using: &random), stepBakeTimeInMinutes: 2)
    }
    if strategy != "ROLLING", Int.random(in: 0..<3, using: &random) == 0 {
      let stage = ["PRE_SCALE_UP", "POST_SCALE_UP", "PRE_PRODUCTION_TRAFFIC_SHIFT", "POST_PRODUCTION_TRAFFIC_SHIFT"]
        .randomElement(using: &random)
      configuration.lifecycleHooks = [
        .init(
          targetType: "PAUSE", lifecycleStages: [stage ?? ""], timeoutConfiguration: .init(timeoutInMinutes: 60))
      ]
    }
    return configuration
  }

  mutating func update(_ change: (inout ECS.UpdateServiceRequest) -> Void) throws {
    var request = ECS.UpdateServiceRequest(service: "web")
    request.cluster = Self.cluster
    change(&request)
    _ = try state.update(request, LoadBalancerFacts(), at: now, in: cloud)
  }

  /// A release of a program.
  mutating func release(_ kind: Program, _ configuration: ECS.DeploymentConfiguration) throws {
    story.append("release \(kind) \(configuration.strategy ?? "")")
    let definition = try define(kind)
    try update {
      $0.taskDefinition = definition
      $0.deploymentConfiguration = configuration
    }
  }

  /// Lets the cloud work until something is so.
  mutating func go(until isSo: (ReconcilerWorld) -> Bool) throws {
    for _ in 0..<1000 {
      if isSo(self) { return }
      _ = try pass()
      try drive()
      try checkColours()
      now += 1
    }
    throw Fault(description: "it never comes to that: \(tasks.map(\.machine.status)), \(weights)")
  }

  // MARK: What the cloud does

  var record: ServiceRecord? { state.services[Self.service] }
  var tasks: [TaskRecord] { state.tasks(of: Self.service) }

  /// One pass of the reconciler, on what can be seen now.
  ///
  /// - Returns: Whether anything changed.
  mutating func pass() throws -> Bool {
    var seen = ECSObservation()
    seen.alarms = ["errors": alarm]
    seen.rules = [
      ECSFixture.production: RuleView(
        arn: ECSFixture.production, listenerARN: "listener", isDefault: true,
        weights: [ECSFixture.blue, ECSFixture.green].map { .init(targetGroupARN: $0, weight: weights[$0] ?? 0) })
    ]
    seen.deployments = Set(state.openDeployments(of: Self.service).map(\.arn))
    for task in tasks where registered.contains(task.arn) {
      let isHealthy = programs[task.arn].map { $0.runs && $0.kind == .good } ?? false
      let isMute = programs[task.arn]?.kind == .mute
      seen.targetHealth[task.arn] = [
        TargetHealthView(
          state: isHealthy ? "healthy" : "unhealthy", reason: isMute ? "Target.Timeout" : "Target.ResponseCodeMismatch")
      ]
    }
    let before = capacity
    var pass = ServiceReconciler(state, seen: seen, now: now, cloud: cloud, service: Self.service)
    pass.run()
    state = pass.state
    let changes = state.hasChanges || !pass.weightChanges.isEmpty
    state.written()
    for change in pass.weightChanges {
      // One that is not done now is done by a later pass.
      guard Int.random(in: 0..<8, using: &random) > 0 else { continue }
      weights = Dictionary(uniqueKeysWithValues: change.weights.map { ($0.targetGroupARN, $0.weight) })
      story.append("weights \(change.weights.map(\.weight))")
    }
    try stillServes(before, after: "a pass")
    return changes
  }

  /// Brings each task on by at most one step, as its driver does.
  mutating func drive() throws {
    let before = capacity
    for task in tasks where task.machine.status != .stopped && Int.random(in: 0..<4, using: &random) > 0 {
      var machine = task.machine
      if programs[task.arn]?.runs == false { machine.essentialContainerExited(at: now) }
      let action = machine.next(at: now)
      switch action {
      case .start:
        let image = state.taskDefinitions[task.taskDefinition]?.definition.containerDefinitions?.first?.image ?? ""
        let kind = Program.allCases.first { image.hasSuffix($0.rawValue) } ?? .good
        programs[task.arn] = (kind, kind != .exits)
      case .register: registered.insert(task.arn)
      case .deregister: registered.remove(task.arn)
      case .stop: programs[task.arn]?.runs = false
      case .deprovision: programs[task.arn] = nil
      case .provision, .watch, .finish: break
      }
      if action != .watch { machine.completed(action, at: now) }
      state.tasks[task.arn]?.machine = machine
    }
    state.written()
    try stillServes(before, after: "a step of a task")
  }

  /// What a kill -9 and a restart leave: records, without programs.
  mutating func restart() throws {
    func again<Value: Codable & Equatable>(_ value: Value) throws {
      let read = try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(value))
      guard read == value else { throw Fault(description: "a record is another one after a restart: \(value)") }
    }
    for task in tasks where task.machine.status != .stopped {
      state.tasks[task.arn]?.machine.lost(.serviceSchedulerInitiated, "Task was lost.", at: now)
    }
    programs = [:]
    registered = []
    for value in state.services.values.values { try again(value) }
    for value in state.revisions.values.values { try again(value) }
    for value in state.deployments.values.values { try again(value) }
    for value in tasks { try again(value) }
    state.written()
  }

  // MARK: What must hold

  /// The tasks that answer requests well, by target group.
  var capacity: [String: Int] {
    tasks.reduce(into: [:]) { counts, task in
      guard registered.contains(task.arn), task.machine.isWantedRunning, let group = task.targets.first?.targetGroupARN,
        let program = programs[task.arn], program.runs, program.kind == .good
      else { return }
      counts[group, default: 0] += 1
    }
  }

  private func serves(_ capacity: [String: Int], _ weights: [String: Int]) -> Bool {
    weights.contains { $0.value > 0 } && weights.allSatisfy { $0.value == 0 || (capacity[$0.key] ?? 0) > 0 }
  }

  private mutating func stillServes(_ before: [String: Int], after what: String) throws {
    defer { checkedWeights = weights }
    guard record?.status == .active, (record?.desiredCount ?? 0) > 0, serves(before, checkedWeights),
      !serves(capacity, weights)
    else { return }
    throw Fault(
      description: "\(what) took away what served: \(before) at \(checkedWeights), now \(capacity) at \(weights)")
  }

  /// Production has two colours only while a deployment shifts, or its successor puts right what it left.
  func checkColours() throws {
    let coloured = weights.values.filter { $0 > 0 }.count
    guard coloured != 1 else { return }
    let deployments = state.deployments(of: Self.service)
    let open = deployments.filter { !$0.machine.status.isTerminal }
    let shifting = open.contains { [.canary, .linear].contains($0.machine.strategy) && $0.machine.startedAt != nil }
    let superseded = deployments.last { $0.machine.status == .stopped && $0.machine.startedAt != nil }
    let isPutRight = !open.isEmpty && superseded.map { [.canary, .linear].contains($0.machine.strategy) } == true
    guard coloured == 2, shifting || isPutRight else {
      throw Fault(description: "production is at \(weights) outside of a shift")
    }
  }

  /// Goes on without trouble until nothing is to be done any more.
  mutating func settle() throws {
    alarm = "OK"
    var quiet = 0
    for _ in 0..<4000 {
      let changed = try pass()
      try drive()
      try checkColours()
      let moves = tasks.contains { $0.machine.status != .running && $0.machine.status != .stopped }
      let isOver = state.openDeployments(of: Self.service).isEmpty && !moves
      quiet = isOver && !changed ? quiet + 1 : 0
      if quiet > 3 { return try checkEnd() }
      now += isOver || moves ? 1 : 60
    }
    let open = state.openDeployments(of: Self.service).map { "\($0.machine.status) \($0.machine.stage as Any)" }
    throw Fault(description: "nothing comes to rest: \(open), \(tasks.map(\.machine.status)), \(weights)")
  }

  /// What was accepted last serves, or what served before it when it failed, with as many tasks as were asked for.
  private func checkEnd() throws {
    guard let record, let last = state.deployments(of: Self.service).last else { return }
    let expected = last.machine.status == .successful ? last.target : last.source
    let running = tasks.filter { $0.machine.status != .stopped }
    let groups = expected.flatMap { state.revisions[$0]?.targetGroups } ?? []
    guard last.machine.status == .successful || last.machine.status == .rollbackSuccessful else {
      throw Fault(description: "the last deployment ended \(last.machine.status): \(last.machine.statusReason ?? "")")
    }
    guard record.currentRevision == expected, running.count == record.desiredCount,
      running.allSatisfy({ $0.revisionARN == expected && $0.health == .healthy }),
      weights.filter({ $0.value > 0 }).keys.map(\.self) == groups,
      state.revisions[expected ?? ""]?.settings == record.settings
    else {
      throw Fault(
        description: "\(last.machine.status): \(running.map { ($0.revisionARN ?? "", $0.health) }) of "
          + "\(record.desiredCount), weights \(weights), groups \(groups), current \(record.currentRevision ?? "none")")
    }
  }
}

/// SplitMix64, so that a seed plays the same on every machine.
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
