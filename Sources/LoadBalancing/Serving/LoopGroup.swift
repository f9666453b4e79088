import NIOCore

/// A target group as one loop knows it.
final class LoopGroup {
  let id: String
  let mark: UInt64
  /// The targets that get new requests.
  private(set) var targets: [LoopTarget] = []
  /// All that have connections, those that leave included.
  private(set) var members: [TargetAddress: LoopTarget] = [:]
  private(set) var stickiness: Int?
  private var next = 0
  var statistics = TargetGroupStatistics()

  init(id: String) {
    self.id = id
    mark = Stickiness.mark(id)
  }

  func install(_ plan: RoutingSnapshot.Group) {
    stickiness = plan.stickiness
    targets = plan.targets.map { planned in
      let target = members[planned.address] ?? LoopTarget(planned, group: self)
      members[planned.address] = target
      target.isRetired = false
      return target
    }
    let current = Set(plan.targets.map(\.address))
    for (address, target) in members where !current.contains(address) {
      target.isRetired = true
      target.closeIdle()
      forgetIfDone(target)
    }
  }

  /// The next target in turn; `nil` when there is none.
  func nextTarget() -> LoopTarget? {
    guard !targets.isEmpty else { return nil }
    next = next + 1 < targets.count ? next + 1 : 0
    return targets[next]
  }

  func forgetIfDone(_ target: LoopTarget) {
    if target.isRetired, target.inFlight == 0 { members[target.address] = nil }
  }
}

/// A target as one loop knows it, with the connections to it that are at rest.
final class LoopTarget {
  let address: TargetAddress
  let mark: UInt64
  let socket: SocketAddress?
  /// The group is kept alive by the loop, or by the requests that are in flight.
  let group: LoopGroup
  /// Whether it gets no new request.
  var isRetired = false {
    didSet { if !isRetired { succeedDrained() } }
  }
  private(set) var inFlight = 0
  private var idle: [UpstreamConnection] = []
  private var drained: [EventLoopPromise<Void>] = []

  /// More than these at rest are closed.
  private static let idleLimit = 512

  init(_ plan: RoutingSnapshot.Target, group: LoopGroup) {
    address = plan.address
    socket = plan.socket
    self.group = group
    mark = Stickiness.mark("\(plan.address.host):\(plan.address.port)")
  }

  func begin() {
    inFlight += 1
    group.statistics.requests += 1
    group.statistics.inFlight += 1
  }

  func end() {
    inFlight -= 1
    group.statistics.inFlight -= 1
    guard isRetired, inFlight == 0 else { return }
    succeedDrained()
    group.forgetIfDone(self)
  }

  /// Keeps the promise when no request is in flight any more, or when the target is wanted again.
  func whenDrained(_ promise: EventLoopPromise<Void>) {
    if inFlight == 0 || !isRetired { promise.succeed() } else { drained.append(promise) }
  }

  private func succeedDrained() {
    for promise in drained { promise.succeed() }
    drained = []
  }

  // MARK: The pool

  /// The connection that came to rest last, because it is the least likely to be closed by the target meanwhile.
  func takeIdle() -> UpstreamConnection? { idle.popLast() }

  /// - Returns: Whether the connection was taken back.
  func keep(_ connection: UpstreamConnection) -> Bool {
    guard !isRetired, idle.count < Self.idleLimit else { return false }
    idle.append(connection)
    return true
  }

  func forget(_ connection: UpstreamConnection) { idle.removeAll { $0 === connection } }

  func closeIdle() {
    let connections = idle
    idle = []
    for connection in connections { connection.close() }
  }

  /// - Returns: Whether any is left.
  func closeIdle(before limit: NIODeadline) -> Bool {
    let old = idle.filter { $0.idleSince < limit }
    idle.removeAll { $0.idleSince < limit }
    for connection in old { connection.close() }
    return !idle.isEmpty
  }
}
