import NIOCore

/// A listener as one loop knows it.
final class LoopListener {
  let id: String
  private(set) var rules: [LoopRule] = []
  private(set) var idleTimeout = TimeAmount.seconds(60)
  private(set) var dropsInvalidFields = false
  private(set) var port = 0
  private(set) var isClosing = false
  private(set) var connections: [ObjectIdentifier: ClientConnection] = [:]
  private var emptied: [EventLoopPromise<Void>] = []
  var statistics = ListenerStatistics()

  init(id: String) {
    self.id = id
  }

  func install(_ plan: RoutingSnapshot.Listener, groups: [String: LoopGroup], firstPhase: UInt64) {
    var phases: [String: UInt64] = [:]
    for rule in rules { phases[rule.id] = rule.phase }
    rules = plan.rules.map { LoopRule($0, groups: groups, phase: phases[$0.id] ?? firstPhase) }
    port = plan.port
    dropsInvalidFields = plan.dropsInvalidFields
    guard idleTimeout != plan.idleTimeout else { return }
    idleTimeout = plan.idleTimeout
    for connection in connections.values { connection.timeoutsChanged() }
  }

  func add(_ connection: ClientConnection) {
    connections[ObjectIdentifier(connection)] = connection
    statistics.connections += 1
    statistics.activeConnections += 1
  }

  func remove(_ connection: ClientConnection) {
    guard connections.removeValue(forKey: ObjectIdentifier(connection)) != nil else { return }
    statistics.activeConnections -= 1
    if connections.isEmpty {
      for promise in emptied { promise.succeed() }
      emptied = []
    }
  }

  /// Closes idle connections now and the others after their request; the promise is kept when all are gone.
  func close(_ promise: EventLoopPromise<Void>) {
    isClosing = true
    if connections.isEmpty { return promise.succeed() }
    emptied.append(promise)
    for connection in Array(connections.values) { connection.closeWhenIdle() }
  }

  /// Closes what is left.
  func cut() {
    for connection in Array(connections.values) { connection.abort() }
  }
}

/// A rule as one loop knows it: its groups, and where in the sequence of choices it is.
final class LoopRule {
  private let rule: CompiledRule
  let groups: [(group: LoopGroup, weight: UInt64)]
  let groupStickiness: Int?
  private let totalWeight: UInt64
  private(set) var phase: UInt64

  init(_ rule: CompiledRule, groups known: [String: LoopGroup], phase: UInt64) {
    self.rule = rule
    self.phase = phase
    if case .forward(let parts, let stickiness) = rule.action {
      groups = parts.compactMap { part in known[part.targetGroupID].map { ($0, UInt64(max(0, part.weight))) } }
      groupStickiness = stickiness.map { Int($0.components.seconds) }
    } else {
      groups = []
      groupStickiness = nil
    }
    totalWeight = groups.reduce(0) { $0 + $1.weight }
  }

  var id: String { rule.id }
  var action: RuleAction { rule.action }

  func matches(_ request: RequestView) -> Bool { rule.isUnconditional || rule.matches(request) }

  /// The next group; `nil` when no group has a weight.
  ///
  /// Steps of the golden ratio around a circle fall into each arc in proportion to its length, closer than chance
  /// would: any stretch of the sequence has the shares, whenever the weights change.
  func nextGroup() -> LoopGroup? {
    guard totalWeight > 0 else { return nil }
    phase &+= 0x9E37_79B9_7F4A_7C15
    var place = phase.multipliedFullWidth(by: totalWeight).high
    for (group, weight) in groups {
      if place < weight { return group }
      place -= weight
    }
    return nil
  }
}
