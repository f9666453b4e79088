import AWSWire
import LoadBalancing
import Logging

/// Elastic Load Balancing: keeps the record of what was asked for, and makes the data path follow it.
///
/// The record is the truth. A change is checked on a copy of the state; then ports that it needs are opened, because only
/// they can be refused; then it is written; then the rest of the data path follows, which cannot fail. A crash in
/// between loses ports that nobody was told of, or leaves a data path that the next start rebuilds from the record.
actor ELBv2Service {
  let cloud: CloudContext
  private let records: ELBv2Records
  private let dataPath: any DataPath
  private let logger: Logger
  private(set) var state = ELBv2State()
  /// What the data path does.
  private var plan = DataPathPlan()

  /// Why listeners that are on record are not open, by their name on the data path: another program had the port at
  /// the start.
  private(set) var failures: [String: String] = [:]

  private let turns = Turns()

  /// Restores what was there: target groups with their targets, then listeners on their addresses and ports.
  ///
  /// A port that another program took in the meantime is logged and shown as the state of its load balancer; everything
  /// else is restored nevertheless.
  ///
  /// - Throws: What the store throws.
  init(context: CloudContext, store: Store, loadBalancer: any DataPath) async throws {
    cloud = context
    records = ELBv2Records(store)
    dataPath = loadBalancer
    var logger = context.logger
    logger[metadataKey: "service"] = "elbv2"
    self.logger = logger
    state = try await records.state()
    plan = DataPathPlan(state, in: cloud)
    await follow(from: DataPathPlan(), to: plan)
    for listener in state.listeners.values.sorted(by: { $0.sequence < $1.sequence }) {
      let id = DataPathPlan.listenerID(listener)
      guard let configuration = plan.listeners[id] else { continue }
      do {
        try await dataPath.openListener(configuration)
      } catch {
        let place = "\(configuration.host):\(configuration.port)"
        failures[id] = "\(place) cannot be listened on: \(error). Free the port and restart the cloud"
        logger.error(
          "a listener could not be restored",
          metadata: ["listener": "\(listener.arn)", "address": "\(place)", "error": "\(error)"])
      }
    }
  }

  /// Performs a change; one at a time, in the order of arrival.
  ///
  /// - Throws: ``AWSError`` for what is refused; what the store throws.
  func change<Result: Sendable>(_ mutate: (inout ELBv2State) throws(AWSError) -> Result) async throws -> Result {
    await turns.take()
    defer { turns.pass() }
    var next = state
    let result = try mutate(&next)
    let (before, after) = (plan, DataPathPlan(next, in: cloud))
    let opened = try await openListeners(from: before, to: after)
    do {
      try await records.write(from: state, to: next)
    } catch {
      for id in opened { await dataPath.close(listener: id, grace: .zero) }
      throw error
    }
    state = next
    plan = after
    await follow(from: before, to: after)
    failures = failures.filter { after.listeners[$0.key] != nil }
    return result
  }

  /// What the data path says of the targets of a group.
  func dataPathHealth(of group: TargetGroupRecord) async -> [TargetRecord: TargetHealthView] {
    let health = await dataPath.targetHealth(of: group.arn)
    return Dictionary(
      uniqueKeysWithValues: health.map { (TargetRecord(host: $0.key.host, port: $0.key.port), $0.value) })
  }

  /// Opens the listeners that are new, all or none.
  private func openListeners(from old: DataPathPlan, to new: DataPathPlan) async throws -> [String] {
    var opened: [String] = []
    for (id, listener) in new.listeners where old.listeners[id] == nil {
      do {
        try await dataPath.openListener(listener)
        opened.append(id)
      } catch {
        for id in opened { await dataPath.close(listener: id, grace: .zero) }
        throw ELBv2Error.configuration(
          "\(listener.host):\(listener.port) cannot be listened on: \(error). "
            + "Choose another port, or free this one")
      }
    }
    return opened
  }

  /// Makes the data path do what the plan says, but for opening listeners: groups before the rules that use them.
  private func follow(from old: DataPathPlan, to new: DataPathPlan) async {
    for (id, group) in new.targetGroups where old.targetGroups[id] != group { await dataPath.setTargetGroup(group) }
    for (id, targets) in new.targets {
      let before = old.targets[id] ?? []
      let added = targets.filter { !before.contains($0) }
      let removed = before.filter { !targets.contains($0) }
      if !added.isEmpty { await dataPath.register(added, in: id) }
      if !removed.isEmpty { await dataPath.deregister(removed, from: id) }
    }
    for (id, listener) in new.listeners {
      guard let before = old.listeners[id], before != listener, failures[id] == nil else { continue }
      await dataPath.setRules(
        listener.rules, idleTimeout: listener.idleTimeout, dropsInvalidFields: listener.dropsInvalidFields,
        ofListener: id)
    }
    for id in old.listeners.keys where new.listeners[id] == nil && failures[id] == nil {
      await dataPath.close(listener: id, grace: .seconds(1))
    }
    for id in old.targetGroups.keys where new.targetGroups[id] == nil { await dataPath.removeTargetGroup(id) }
  }
}

extension ELBv2Service: Resettable {
  func reset() async throws {
    try await change { $0 = ELBv2State() }
  }
}
