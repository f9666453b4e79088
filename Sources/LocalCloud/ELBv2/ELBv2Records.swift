/// The records of Elastic Load Balancing in the cloud's store, one row a thing.
struct ELBv2Records: Sendable {
  private let store: Store
  private let loadBalancers: Records<LoadBalancerRecord>
  private let targetGroups: Records<TargetGroupRecord>
  private let listeners: Records<ListenerRecord>
  private let rules: Records<RuleRecord>

  init(_ store: Store) {
    self.store = store
    loadBalancers = store.records("elbv2.load-balancer")
    targetGroups = store.records("elbv2.target-group")
    listeners = store.records("elbv2.listener")
    rules = store.records("elbv2.rule")
  }

  /// What was written last.
  func state() async throws -> ELBv2State {
    func all<Value>(_ records: Records<Value>) async throws -> [String: Value] {
      Dictionary(uniqueKeysWithValues: try await records.all().map { ($0.key, $0.value) })
    }
    return ELBv2State(
      loadBalancers: try await all(loadBalancers), targetGroups: try await all(targetGroups),
      listeners: try await all(listeners), rules: try await all(rules))
  }

  /// Writes what differs, in one transaction.
  func write(from old: ELBv2State, to new: ELBv2State) async throws {
    func differences<Value: Equatable>(_ records: Records<Value>, _ old: [String: Value], _ new: [String: Value]) throws
      -> [RecordChange]
    {
      try new.filter { old[$0.key] != $0.value }.map { try records.putting($0.value, at: $0.key) }
        + old.keys.filter { new[$0] == nil }.map { records.deleting($0) }
    }
    try await store.write(
      differences(loadBalancers, old.loadBalancers, new.loadBalancers)
        + differences(targetGroups, old.targetGroups, new.targetGroups)
        + differences(listeners, old.listeners, new.listeners) + differences(rules, old.rules, new.rules))
  }
}
