import NIOCore

/// What one event loop knows: the routes, the pooled connections and the counters.
///
/// Each loop has its own, so that a request is served without a lock and without leaving its loop. Confined to the loop.
final class LoopState {
  let eventLoop: any EventLoop
  let headTimeout: TimeAmount
  let connectTimeout: TimeAmount
  private(set) var listeners: [String: LoopListener] = [:]
  private(set) var groups: [String: LoopGroup] = [:]
  private var random = SystemRandomNumberGenerator()
  private var traceState: UInt64
  private var isSweeping = false

  init(eventLoop: any EventLoop, limits: ConnectionLimits) {
    self.eventLoop = eventLoop
    headTimeout = TimeAmount(limits.headTimeout)
    connectTimeout = TimeAmount(limits.connectTimeout)
    traceState = random.next()
  }

  /// Takes over what is to be done from now on. Requests in flight go on with what they have begun.
  func install(_ snapshot: RoutingSnapshot) {
    for (id, plan) in snapshot.groups {
      let group = groups[id] ?? LoopGroup(id: id)
      groups[id] = group
      group.install(plan)
    }
    for (id, group) in groups where snapshot.groups[id] == nil {
      group.install(RoutingSnapshot.Group(targets: []))
      groups[id] = nil
    }
    for (id, plan) in snapshot.listeners {
      let listener = listeners[id] ?? LoopListener(id: id)
      listeners[id] = listener
      listener.install(plan, groups: groups, firstPhase: random.next())
    }
    for id in listeners.keys where snapshot.listeners[id] == nil { listeners[id] = nil }
  }

  /// Keeps the promise when no request to a leaving target is in flight here.
  func whenDrained(_ address: TargetAddress, in group: String, _ promise: EventLoopPromise<Void>) {
    guard let target = groups[group]?.members[address] else { return promise.succeed() }
    target.whenDrained(promise)
  }

  /// Ends the requests that a leaving target has not finished.
  func cut(_ address: TargetAddress, in group: String) {
    guard let target = groups[group]?.members[address], target.isRetired else { return }
    for listener in listeners.values {
      for connection in Array(listener.connections.values) where connection.exchange.target === target {
        connection.targetIsCut()
      }
    }
  }

  /// Closes all that rests.
  func shutDown() {
    for group in groups.values { for target in group.members.values { target.closeIdle() } }
  }

  /// 96 bits for a trace identifier: unpredictability is not needed, only that they differ.
  func traceNumber() -> (UInt64, UInt64) {
    func next() -> UInt64 {
      // SplitMix64.
      traceState &+= 0x9E37_79B9_7F4A_7C15
      var mixed = traceState
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
    return (next(), next())
  }

  /// Closes pooled connections that have been idle for long; runs only while there are any.
  func sweepLater() {
    guard !isSweeping else { return }
    isSweeping = true
    eventLoop.assumeIsolated().scheduleTask(in: .seconds(15)) { [weak self] in
      guard let self else { return }
      isSweeping = false
      let limit = NIODeadline.now() - .seconds(60)
      var isAnyLeft = false
      for group in groups.values {
        for target in group.members.values { isAnyLeft = target.closeIdle(before: limit) || isAnyLeft }
      }
      if isAnyLeft { sweepLater() }
    }
  }
}
