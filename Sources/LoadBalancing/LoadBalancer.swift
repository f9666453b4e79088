import Foundation
import Logging
import NIOCore
import NIOPosix
import PalcoCore

/// A load balancer that behaves as an Application Load Balancer does: listeners with rules, weighted target groups,
/// health checks, stickiness and draining, for HTTP/1.1 and WebSocket.
///
/// This actor is the control side. It keeps what is wanted and hands each event loop an immutable snapshot of it; the
/// loops serve without asking here. ``shutdown(grace:)`` must be called in the end.
public actor LoadBalancer {
  private let group: any EventLoopGroup
  private let loops: EventLoops
  private let time: TimeSource
  private let logger: Logger
  private var listeners: [String: Listener] = [:]
  private var groups: [String: TargetGroup] = [:]

  private struct Listener {
    var configuration: ListenerConfiguration
    var channel: (any Channel)?
  }

  private struct TargetGroup {
    var configuration: TargetGroupConfiguration
    /// In the order of registration.
    var targets: [Target] = []

    func index(of address: TargetAddress) -> Int? { targets.firstIndex { $0.address == address } }
  }

  private struct Target {
    var address: TargetAddress
    var socket: SocketAddress?
    var machine: HealthMachine
    var isDraining = false
    /// Checks its health, or waits until it has drained.
    var task: Task<Void, Never>?

    var health: TargetHealth { isDraining ? .draining : machine.health }
  }

  /// Makes a balancer without listeners.
  ///
  /// - Parameters:
  ///   - eventLoopGroup: What it serves on; as many loops as the machine has cores. It must outlive the balancer.
  ///   - time: Paces health checks and the draining of targets.
  public init(
    eventLoopGroup: any EventLoopGroup, time: TimeSource = .live, limits: ConnectionLimits = ConnectionLimits(),
    logger: Logger
  ) {
    group = eventLoopGroup
    loops = EventLoops(eventLoopGroup, limits: limits)
    self.time = time
    self.logger = logger
  }

  // MARK: Target groups

  /// Adds or changes a target group. Never fails a request in flight or a new one.
  public func setTargetGroup(_ configuration: TargetGroupConfiguration) async {
    let id = configuration.id
    let isCheckChanged = groups[id].map { $0.configuration.healthCheck != configuration.healthCheck } ?? false
    groups[id, default: TargetGroup(configuration: configuration)].configuration = configuration
    if isCheckChanged, let targets = groups[id]?.targets {
      for (index, target) in targets.enumerated() where !target.isDraining {
        target.task?.cancel()
        groups[id]?.targets[index].machine.configuration = configuration.healthCheck
        groups[id]?.targets[index].machine.checkSoon(at: time.now())
        groups[id]?.targets[index].task = checking(target.address, in: id)
      }
    }
    await publish()
  }

  /// Removes a target group that no rule forwards to.
  public func removeTargetGroup(_ id: String) async {
    guard let group = groups.removeValue(forKey: id) else { return }
    for target in group.targets { target.task?.cancel() }
    await publish()
  }

  /// Registers targets and checks them at once. Registering again is no error; a draining target that is registered
  /// again is revived. Nothing happens for a group that is not there.
  public func register(_ targets: [TargetAddress], in targetGroupID: String) async {
    guard let configuration = groups[targetGroupID]?.configuration else { return }
    for address in targets {
      let machine = HealthMachine(configuration.healthCheck, registeredAt: time.now())
      if let index = groups[targetGroupID]?.index(of: address) {
        guard groups[targetGroupID]?.targets[index].isDraining == true else { continue }
        groups[targetGroupID]?.targets[index].task?.cancel()
        groups[targetGroupID]?.targets[index].isDraining = false
        groups[targetGroupID]?.targets[index].machine = machine
        groups[targetGroupID]?.targets[index].task = checking(address, in: targetGroupID)
      } else {
        let socket = try? SocketAddress.makeAddressResolvingHost(address.host, port: address.port)
        groups[targetGroupID]?.targets.append(
          Target(address: address, socket: socket, machine: machine, task: checking(address, in: targetGroupID)))
      }
    }
    await publish()
  }

  /// Stops new requests at once. A target is gone when its requests in flight have ended, or are cut off after the
  /// group's deregistration delay; until then it is draining.
  public func deregister(_ targets: [TargetAddress], from targetGroupID: String) async {
    for address in targets {
      guard let index = groups[targetGroupID]?.index(of: address),
        groups[targetGroupID]?.targets[index].isDraining == false
      else { continue }
      groups[targetGroupID]?.targets[index].task?.cancel()
      groups[targetGroupID]?.targets[index].isDraining = true
      groups[targetGroupID]?.targets[index].task = nil
    }
    // Only when no loop begins a request any more can those in flight be waited for.
    await publish()
    guard let delay = groups[targetGroupID]?.configuration.deregistrationDelay else { return }
    for address in targets {
      guard let index = groups[targetGroupID]?.index(of: address),
        let target = groups[targetGroupID]?.targets[index], target.isDraining, target.task == nil
      else { continue }
      groups[targetGroupID]?.targets[index].task = Task { await drain(address, of: targetGroupID, delay: delay) }
    }
  }

  /// The health of all targets of a group, those that drain included.
  public func health(of targetGroupID: String) -> [TargetAddress: TargetHealth] {
    guard let group = groups[targetGroupID] else { return [:] }
    return Dictionary(group.targets.map { ($0.address, $0.health) }) { first, _ in first }
  }

  // MARK: Listeners

  /// Opens a listener.
  ///
  /// - Returns: The port, which the system has chosen if the configuration's is 0.
  /// - Throws: ``LoadBalancingError``.
  @discardableResult
  public func open(_ listener: ListenerConfiguration) async throws -> Int {
    let id = listener.id
    guard listeners[id] == nil else { throw LoadBalancingError.duplicateListener(id) }
    listeners[id] = Listener(configuration: listener)
    // The loops must know what to do before the first connection comes.
    await publish()
    do {
      let channel = try await bind(listener)
      let port = channel.localAddress?.port ?? listener.port
      listeners[id]?.channel = channel
      if listener.port != port {
        listeners[id]?.configuration.port = port
        await publish()
      }
      return port
    } catch {
      listeners[id] = nil
      await publish()
      throw LoadBalancingError(error, host: listener.host, port: listener.port)
    }
  }

  private func bind(_ listener: ListenerConfiguration) async throws -> any Channel {
    let (loops, id) = (loops, listener.id)
    return try await ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 4096)
      // Takes over from connections that linger, never from another program: that would need SO_REUSEPORT.
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          guard let state = loops.state(on: channel.eventLoop), let listener = state.listeners[id] else {
            throw ChannelError.ioOnClosedChannel
          }
          try channel.pipeline.syncOperations.addHandler(ClientConnection(loop: state, listener: listener))
        }
      }
      .bind(host: listener.host, port: listener.port)
      .get()
  }

  /// Changes what a listener does; its address stays. Returns once new requests on every loop follow.
  ///
  /// - Parameters:
  ///   - idleTimeout: `nil` keeps the present one.
  ///   - dropsInvalidFields: `nil` keeps what is.
  public func setRules(
    _ rules: [ListenerRule], idleTimeout: Duration? = nil, dropsInvalidFields: Bool? = nil, ofListener id: String
  ) async {
    listeners[id]?.configuration.rules = rules
    if let idleTimeout { listeners[id]?.configuration.idleTimeout = idleTimeout }
    if let dropsInvalidFields { listeners[id]?.configuration.dropsInvalidFields = dropsInvalidFields }
    await publish()
  }

  /// Stops accepting, closes idle connections, lets requests in flight finish for up to `grace`, then closes them.
  public func close(listener id: String, grace: Duration) async {
    guard let channel = listeners[id]?.channel else { return }
    listeners[id]?.channel = nil
    try? await channel.close()
    let time = time
    await finish(
      { loops in
        await loops.onEach { state, done in
          if let listener = state.listeners[id] { listener.close(done) } else { done.succeed() }
        }
      },
      within: grace, time: time,
      cut: { loops in await loops.run { $0.listeners[id]?.cut() } })
    listeners[id] = nil
    await publish()
  }

  /// Counters of all listeners and target groups that are there.
  public func statistics() async -> LoadBalancerStatistics {
    var total = LoadBalancerStatistics()
    for part in await loops.collect({ state in
      LoadBalancerStatistics(
        listeners: state.listeners.mapValues(\.statistics), targetGroups: state.groups.mapValues(\.statistics))
    }) {
      for (id, statistics) in part.listeners { total.listeners[id, default: .init()] += statistics }
      for (id, statistics) in part.targetGroups { total.targetGroups[id, default: .init()] += statistics }
    }
    return total
  }

  /// Closes all listeners as ``close(listener:grace:)`` does, and ends all checks.
  public func shutdown(grace: Duration) async {
    await withTaskGroup(of: Void.self) { closing in
      for id in listeners.keys { closing.addTask { await self.close(listener: id, grace: grace) } }
    }
    let tasks = groups.values.flatMap(\.targets).compactMap(\.task)
    groups = [:]
    for task in tasks { task.cancel() }
    await publish()
    await loops.run { $0.shutDown() }
    for task in tasks { await task.value }
  }

  // MARK: What the loops follow

  /// Hands the loops what is wanted now; returns when all of them follow.
  private func publish() async {
    var snapshot = RoutingSnapshot()
    for (id, listener) in listeners {
      snapshot.listeners[id] = RoutingSnapshot.Listener(
        rules: listener.configuration.rules.map { CompiledRule($0) },
        idleTimeout: TimeAmount(listener.configuration.idleTimeout),
        dropsInvalidFields: listener.configuration.dropsInvalidFields, port: listener.configuration.port)
    }
    for (id, group) in groups {
      let registered = group.targets.filter { !$0.isDraining }
      let healthy = registered.filter { $0.machine.health.state == .healthy }
      // Without any healthy target the unhealthy ones get requests, because a wrong check must not be an outage: ALB's
      // fail-open. Those that do not listen get none while others do: their programs are starting.
      let failing = registered.filter { $0.machine.health.state == .unhealthy && $0.machine.health.listens }
      let serving = [healthy, failing].first { !$0.isEmpty } ?? registered
      snapshot.groups[id] = RoutingSnapshot.Group(
        targets: serving.map { .init(address: $0.address, socket: $0.socket) },
        stickiness: group.configuration.stickiness.map { Int($0.components.seconds) })
    }
    await loops.run { [snapshot] in $0.install(snapshot) }
  }

  // MARK: Health and draining

  private func checking(_ address: TargetAddress, in group: String) -> Task<Void, Never> {
    let loop = self.group.next()
    return Task {
      while !Task.isCancelled, let wait = untilCheck(of: address, in: group) {
        do { try await time.sleep(wait) } catch { return }
        guard let check = groups[group]?.configuration.healthCheck else { return }
        let started = time.now()
        let result = await HealthProbe.run(check, on: address, loop: loop)
        guard !Task.isCancelled else { return }
        await record(result, startedAt: started, of: address, in: group)
      }
    }
  }

  private func untilCheck(of address: TargetAddress, in group: String) -> Duration? {
    guard let record = groups[group], let index = record.index(of: address) else { return nil }
    let wait = record.targets[index].machine.nextCheck.timeIntervalSince(time.now())
    // The wall clock may be set back; a check is never later than the interval.
    return min(.seconds(max(0, wait)), record.configuration.healthCheck.interval)
  }

  private func record(
    _ result: HealthCheckResult, startedAt: Date, of address: TargetAddress, in group: String
  ) async {
    guard let index = groups[group]?.index(of: address), let before = groups[group]?.targets[index].machine.health
    else { return }
    groups[group]?.targets[index].machine.record(result, startedAt: startedAt)
    guard let after = groups[group]?.targets[index].machine.health, after != before else { return }
    logger.debug(
      "the health of a target changed",
      metadata: [
        "target": "\(address.host):\(address.port)", "group": "\(group)", "state": "\(after.state.rawValue)",
        "reason": "\(after.reason ?? "-")",
      ])
    if after.state != before.state || after.listens != before.listens { await publish() }
  }

  private func drain(_ address: TargetAddress, of group: String, delay: Duration) async {
    await finish(
      { loops in await loops.onEach { state, done in state.whenDrained(address, in: group, done) } },
      within: delay, time: time,
      cut: { loops in await loops.run { $0.cut(address, in: group) } })
    guard !Task.isCancelled, let index = groups[group]?.index(of: address),
      groups[group]?.targets[index].isDraining == true
    else { return }
    groups[group]?.targets.remove(at: index)
  }

  /// Waits for something to end; when the time is over, cuts it off.
  private func finish(
    _ end: @escaping @Sendable (EventLoops) async -> Void, within limit: Duration, time: TimeSource,
    cut: @escaping @Sendable (EventLoops) async -> Void
  ) async {
    let loops = loops
    await withTaskGroup(of: Bool.self) { race in
      race.addTask {
        await end(loops)
        return true
      }
      race.addTask {
        do { try await time.sleep(limit) } catch { return true }
        return false
      }
      // A wait that is called off cuts nothing off.
      if await race.next() == false { await cut(loops) }
      race.cancelAll()
    }
  }
}
