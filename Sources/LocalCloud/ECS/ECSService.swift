import AWSWire
import Foundation
import Logging
import PalcoCore
import ServiceLifecycle
import Synchronization
import TaskRuntimes

/// Elastic Container Service: holds the state, and makes the world follow it.
///
/// Everything is level-triggered. Operations and the reconciler change the state; each task that has not stopped has a
/// driver, which does what the task's machine says. A restart begins with the state on disk, and needs no code of its
/// own but for tasks: containers are taken over; processes are gone with the daemon, so their tasks are on record as
/// stopped, and the services start new ones.
actor ECSService: Service {
  let cloud: CloudContext
  let balancer: any LoadBalancerControl
  let launcher: TaskLauncher
  let functions: any FunctionInvoking
  private let alarms: any AlarmSource
  let logger: Logger
  private let records: ECSRecords
  let runtime: any TaskRuntime
  private(set) var state: ECSState

  /// Containers by task, while the task has some.
  var containers: [String: [LaunchedContainer]] = [:]
  /// What wakes a task's driver.
  var pings: [String: AsyncStream<Void>.Continuation] = [:]
  /// The hooks whose functions are at work.
  var invoking: Set<String> = []
  private var driven: Set<String> = []
  /// The tasks that changed since somebody saw to their drivers.
  private var touchedTasks: Set<String> = []
  /// Which services are to be looked at, and when.
  var agenda = ReconcilerAgenda()
  /// The services of the last pass.
  private(set) var looked: [String] = []
  private var writeFaults: [String: String] = [:]
  private var canWrite = true

  /// How often history is looked through for what is to be forgotten.
  private static let forgettingInterval: TimeInterval = 60
  private var nextForgetting = Date.distantPast
  /// How often images are looked through for those that no task needs.
  private static let collectingInterval: TimeInterval = 3600
  private var nextCollecting = Date.distantPast

  private let turns = Turns()
  private var isRunning = false
  private var awaitingEnd: [CheckedContinuation<Void, Never>] = []
  private nonisolated let isShuttingDown = Mutex(false)
  private let wakeUps: AsyncStream<Void>
  private nonisolated let wakeUp: AsyncStream<Void>.Continuation

  /// Restores what was there. Whatever a dead daemon left running is stopped, and its tasks are on record as stopped.
  ///
  /// - Throws: What the store throws.
  init(
    context: CloudContext, store: Store, runtime: any TaskRuntime, images: any ImageSource,
    balancer: any LoadBalancerControl, logs: any LogSink, alarms: any AlarmSource, functions: any FunctionInvoking,
    secrets: any SecretSource
  ) async throws {
    cloud = context
    self.alarms = alarms
    self.functions = functions
    self.balancer = balancer
    self.runtime = runtime
    var logger = context.logger
    logger[metadataKey: "service"] = "ecs"
    self.logger = logger
    launcher = TaskLauncher(
      cloud: context, runtime: runtime, images: images, logs: logs, secrets: secrets, logger: logger)
    records = ECSRecords(store, in: context)
    state = try await ECSState(restoring: records)
    agenda.touch(state.services.values.keys)
    touchedTasks = Set(state.tasks.values.keys)
    (wakeUps, wakeUp) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    try await restoreTasks()
  }

  // MARK: Changing the state

  /// Performs a change, whole or not at all; one at a time, in the order of arrival.
  ///
  /// - Throws: ``AWSError`` for what is refused; what the store throws.
  func change<Result: Sendable>(_ mutate: (inout ECSState) throws -> Result) async throws -> Result {
    await turns.take()
    defer { turns.pass() }
    var next = state
    let result = try mutate(&next)
    try await records.write(next)
    take(next)
    return result
  }

  /// Writes down what has happened already. What cannot be written now is written with the next change.
  func note<Result: Sendable>(_ mutate: (inout ECSState) -> Result) async -> Result {
    await turns.take()
    defer { turns.pass() }
    let result = mutate(&state)
    guard state.hasChanges else { return result }
    do {
      try await records.write(state)
      take(state)
    } catch {
      tellOfFailure(error)
      touch(state)
    }
    return result
  }

  /// Says once that the store cannot be written, however often it is tried.
  private func tellOfFailure(_ error: any Error) {
    if canWrite {
      logger.error(
        "the state cannot be written; it is tried again until it can", metadata: ["error": "\(error)"])
    }
    canWrite = false
  }

  /// A state that is on disk takes the old one's place.
  private func take(_ next: ECSState) {
    touch(next)
    state = next
    state.written()
    if !canWrite { logger.notice("the state can be written again") }
    canWrite = true
  }

  /// Has everything looked at that changed in a state.
  private func touch(_ next: ECSState) {
    agenda.touch(next.changedServices)
    touchedTasks.formUnion(next.tasks.changedKeys)
    wake()
  }

  /// Makes the reconciler look again.
  nonisolated func wake() {
    wakeUp.yield()
  }

  // MARK: Running

  /// Reconciles until the service is shut down; then stops every task.
  func run() async throws {
    isRunning = true
    await withGracefulShutdownHandler {
      await withDiscardingTaskGroup { group in
        await withDiscardingTaskGroup { invocations in
          await reconcileUntilTheEnd(&group, &invocations)
          // Nobody waits for functions; the next daemon invokes them again.
          invocations.cancelAll()
        }
        await stopEverything()
        drive(in: &group)
      }
      await runtime.close()
    } onGracefulShutdown: {
      self.beginShutdown()
    }
    isRunning = false
    for continuation in awaitingEnd { continuation.resume() }
    awaitingEnd = []
  }

  private func reconcileUntilTheEnd(
    _ drivers: inout DiscardingTaskGroup, _ invocations: inout DiscardingTaskGroup
  ) async {
    var signals = wakeUps.makeAsyncIterator()
    while !shutsDown {
      let deadline = await reconcile()
      drive(in: &drivers)
      collectImages(in: &drivers)
      invokeFunctions(in: &invocations)
      guard !shutsDown else { break }
      let sleeper = deadline.map { deadline in
        Task {
          let remaining = Duration.seconds(max(0.001, deadline.timeIntervalSince(cloud.time.now())))
          // A sleep that was cut short must not wake: every pass would then bring the next one about.
          if (try? await cloud.time.sleep(remaining)) != nil { wake() }
        }
      }
      _ = await signals.next(isolation: self)
      sleeper?.cancel()
      await sleeper?.value
    }
  }

  /// Stops every task, without waiting for load balancers to drain, and returns once nothing runs. Services stay on
  /// record, and come back with the next start.
  func shutdown() async {
    beginShutdown()
    guard isRunning else { return }
    await withCheckedContinuation { awaitingEnd.append($0) }
  }

  /// Whether the end has begun: nothing is started any more, and nothing is waited for but programs.
  var shutsDown: Bool { isShuttingDown.withLock(\.self) || Task.isCancelled }

  private nonisolated func beginShutdown() {
    isShuttingDown.withLock { $0 = true }
    wake()
  }

  private func stopEverything() async {
    let now = cloud.time.now()
    await note { state in
      for task in state.tasks.values.values where task.machine.status != .stopped {
        state.tasks[task.arn]?.machine.requestStop(
          task.serviceARN == nil ? .terminationNotice : .serviceSchedulerInitiated, "The local cloud was stopped.",
          at: now)
      }
    }
    for ping in pings.values { ping.yield() }
  }

  /// Gives each task that changed and has none a driver, and tells those whose tasks are to stop.
  private func drive(in group: inout DiscardingTaskGroup) {
    for arn in touchedTasks {
      guard let task = state.tasks[arn], task.machine.status != .stopped else { continue }
      if !task.machine.isWantedRunning { pings[arn]?.yield() }
      if driven.insert(arn).inserted { group.addTask { await self.drive(arn) } }
    }
    touchedTasks = []
  }

  private func collectImages(in group: inout DiscardingTaskGroup) {
    let now = cloud.time.now()
    guard now >= nextCollecting else { return }
    nextCollecting = now.addingTimeInterval(Self.collectingInterval)
    let active = state.tasks.values.values.filter { $0.machine.status != .stopped }
    let digests = Set(active.flatMap { $0.containers.compactMap(\.imageDigest) })
    group.addTask { await self.launcher.collectImages(keeping: digests) }
  }

  /// A driver has brought its task to its end.
  func isDriven(_ arn: String) {
    driven.remove(arn)
    wake()
  }

  // MARK: Reconciling

  /// How often targets are looked at while something waits for them, and else.
  private static let impatient = 0.15
  private static let patient = 5.0
  /// After so long what could not be written is tried again.
  private static let secondsAfterFailure = 1.0

  /// One pass over the services that changed or whose time has come. What is steady costs nothing, however much there is.
  ///
  /// - Returns: The instant of the next pass if nothing happens; `nil` when nothing is due.
  func reconcile() async -> Date? {
    let due = agenda.take(at: cloud.time.now())
    let seen = await observe(due)
    let now = cloud.time.now()
    looked = due
    do {
      let writes = try await reconcile(due, seen, now)
      for write in writes { await perform(write) }
    } catch {
      tellOfFailure(error)
      for service in due { agenda.look(at: service, on: now.addingTimeInterval(Self.secondsAfterFailure)) }
    }
    writeFaults = writeFaults.filter { state.deployments[$0.key]?.machine.status.isTerminal == false }
    // What happened and could not be written is written as soon as that is possible.
    let retry = state.hasChanges ? now.addingTimeInterval(Self.secondsAfterFailure) : nil
    return [agenda.next, retry].compactMap(\.self).min()
  }

  /// - Returns: The weights that rules shall have.
  private func reconcile(_ due: [String], _ seen: ECSObservation, _ now: Date) async throws -> [WeightChange] {
    await turns.take()
    defer { turns.pass() }
    var next = state
    var writes: [WeightChange] = []
    var looks: [String: Date] = [:]
    for service in due {
      var pass = ServiceReconciler(next, seen: seen, now: now, cloud: cloud, service: service)
      pass.run()
      next = pass.state
      writes += pass.weightChanges
      let poll = pollInterval(of: service, in: next).map { now.addingTimeInterval($0) }
      looks[service] = (pass.deadlines + [poll].compactMap(\.self)).min()
    }
    if now >= nextForgetting || touchedTasks.contains(where: { next.tasks[$0]?.machine.status == .stopped }) {
      next.forgetOldTasks(before: now.addingTimeInterval(-ECSState.secondsStoppedTasksAreKept))
    }
    if now >= nextForgetting {
      nextForgetting = now.addingTimeInterval(Self.forgettingInterval)
      next.forgetHistory(at: now)
    }
    if next.hasChanges {
      try await records.write(next)
      // What a step did may be news to another one: what changed is looked at again.
      take(next)
    }
    for (service, instant) in looks { agenda.look(at: service, on: instant) }
    return writes
  }

  private func observe(_ services: [String]) async -> ECSObservation {
    var seen = ECSObservation()
    let running = services.flatMap { state.openDeployments(of: $0) }
    let watched = Set(running.filter(\.alarms.watches).flatMap(\.alarms.names))
    if !watched.isEmpty { seen.alarms = await alarms.states(of: watched.sorted()) }
    for deployment in running {
      seen.deployments.insert(deployment.arn)
      seen.writeFaults[deployment.arn] = writeFaults[deployment.arn]
      for arn in ServiceRules.ruleARNs(state.revisions[deployment.target]?.settings.loadBalancers ?? []) {
        if let rule = await balancer.rule(arn) { seen.rules[arn] = rule }
      }
    }
    for task in services.flatMap({ state.tasks.values(of: $0, where: \.awaitsHealth) }) {
      var views: [TargetHealthView] = []
      for target in task.targets {
        views.append(
          await balancer.health(host: TaskLauncher.host, port: target.hostPort ?? 0, in: target.targetGroupARN))
      }
      seen.targetHealth[task.arn] = views
    }
    return seen
  }

  private func perform(_ write: WeightChange) async {
    do {
      try await balancer.setWeights(write.weights.map { ($0.targetGroupARN, $0.weight) }, ofRule: write.ruleARN)
    } catch let error as AWSError {
      writeFaults[write.deploymentARN] = "ECS was unable to modify the rule \(write.ruleARN): \(error)"
    } catch {
      // Nobody refused it: the store cannot be written now. The next look finds the weights as they were.
      logger.error("weights cannot be written", metadata: ["rule": "\(write.ruleARN)", "error": "\(error)"])
      return
    }
    if let service = state.deployments[write.deploymentARN]?.serviceARN { agenda.touch([service]) }
    wake()
  }

  /// How soon a service's targets and alarms are looked at again; `nil` when there are none to look at.
  private func pollInterval(of service: String, in state: ECSState) -> TimeInterval? {
    let tasks = state.tasks.values(of: service, where: \.awaitsHealth)
    let open = state.openDeployments(of: service)
    guard !tasks.isEmpty else {
      return open.contains { $0.alarms.watches } ? max(Self.impatient, cloud.interval(seconds: Self.patient)) : nil
    }
    let isWaiting = !open.isEmpty || tasks.contains { $0.health != .healthy }
    return isWaiting ? Self.impatient : max(1, cloud.interval(seconds: Self.patient))
  }
}

extension TaskRecord {
  /// Whether its load balancers have something to say of it.
  fileprivate var awaitsHealth: Bool {
    serviceARN != nil && machine.isActive && machine.status == .running && !targets.isEmpty
  }

  /// Nothing of it runs any more.
  mutating func stopContainers() {
    for index in containers.indices { containers[index].status = "STOPPED" }
  }
}

extension ECSState {
  /// AWS shows a stopped task for an hour.
  static let secondsStoppedTasksAreKept = 3600.0
  /// However many tasks a crash loop makes, so many stay on record.
  private static let stoppedTasksKept = 200

  fileprivate mutating func forgetOldTasks(before instant: Date) {
    let stopped = tasks.values.values.filter { $0.machine.status == .stopped }.sorted { $0.sequence > $1.sequence }
    for (index, task) in stopped.enumerated()
    where index >= Self.stoppedTasksKept || (task.machine.stoppedAt ?? .distantPast) < instant {
      tasks[task.arn] = nil
    }
  }
}
