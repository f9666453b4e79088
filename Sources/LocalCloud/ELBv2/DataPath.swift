import LoadBalancing

/// What the service asks of the data path.
///
/// The balancer of the module LoadBalancing is the one that serves; tests have one that records, to see the order of
/// calls and to let a port be taken.
protocol DataPath: Sendable {
  /// Adds or changes a target group.
  func setTargetGroup(_ configuration: TargetGroupConfiguration) async
  /// Removes a target group that no rule uses.
  func removeTargetGroup(_ id: String) async
  /// Registers targets; again is no error.
  func register(_ targets: [TargetAddress], in targetGroupID: String) async
  /// Starts draining targets.
  func deregister(_ targets: [TargetAddress], from targetGroupID: String) async
  /// The health of the targets of a group, those that drain included.
  func targetHealth(of targetGroupID: String) async -> [TargetAddress: TargetHealthView]
  /// Opens a listener. Throws when its port cannot be had.
  func openListener(_ listener: ListenerConfiguration) async throws
  /// Changes what a listener does; returns once new requests follow.
  func setRules(_ rules: [ListenerRule], idleTimeout: Duration?, dropsInvalidFields: Bool?, ofListener id: String) async
  /// Closes a listener, letting requests in flight finish for a while.
  func close(listener id: String, grace: Duration) async
}
