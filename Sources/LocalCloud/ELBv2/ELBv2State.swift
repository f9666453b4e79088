import AWSWire
import PalcoCore

/// Everything that Elastic Load Balancing remembers, as one value.
///
/// An operation is a mutation of a copy: it either throws and the copy is dropped, or the copy becomes the truth.
/// What must then be written and what the data path must follow are differences of two values.
struct ELBv2State: Sendable, Equatable {
  var loadBalancers: [String: LoadBalancerRecord] = [:]
  var targetGroups: [String: TargetGroupRecord] = [:]
  var listeners: [String: ListenerRecord] = [:]
  var rules: [String: RuleRecord] = [:]

  /// The place in the order of creation for what is made next.
  var nextSequence: Int {
    let last = [
      loadBalancers.values.map(\.sequence).max(), targetGroups.values.map(\.sequence).max(),
      listeners.values.map(\.sequence).max(), rules.values.map(\.sequence).max(),
    ]
    return (last.compactMap { $0 }.max() ?? 0) + 1
  }

  func loadBalancer(_ arn: String) throws(AWSError) -> LoadBalancerRecord {
    guard let record = loadBalancers[arn] else { throw ELBv2Error.loadBalancerNotFound(arn) }
    return record
  }

  func targetGroup(_ arn: String) throws(AWSError) -> TargetGroupRecord {
    guard let record = targetGroups[arn] else { throw ELBv2Error.targetGroupNotFound(arn) }
    return record
  }

  func listener(_ arn: String) throws(AWSError) -> ListenerRecord {
    guard let record = listeners[arn] else { throw ELBv2Error.listenerNotFound(arn) }
    return record
  }

  func rule(_ arn: String) throws(AWSError) -> RuleRecord {
    guard let record = rules[arn] else { throw ELBv2Error.ruleNotFound(arn) }
    return record
  }

  /// The listeners of a load balancer, oldest first.
  func listeners(of loadBalancerARN: String) -> [ListenerRecord] {
    listeners.values.filter { $0.loadBalancerARN == loadBalancerARN }.sorted { $0.sequence < $1.sequence }
  }

  /// The rules of a listener in the order in which they are tried; the default rule is the last.
  func rules(of listenerARN: String) -> [RuleRecord] {
    rules.values.filter { $0.listenerARN == listenerARN }.sorted { $0.order < $1.order }
  }

  /// The load balancers that forward to a target group.
  func loadBalancers(forwardingTo targetGroupARN: String) -> [LoadBalancerRecord] {
    let listenerARNs = Set(
      rules.values.filter { $0.action.weights.contains { $0.targetGroupARN == targetGroupARN } }.map(\.listenerARN))
    let arns = Set(listenerARNs.compactMap { listeners[$0]?.loadBalancerARN })
    return arns.compactMap { loadBalancers[$0] }.sorted { $0.sequence < $1.sequence }
  }

  /// Checks and completes the action of a rule or listener of a load balancer.
  func action(_ actions: [ELBv2.Action], of loadBalancerARN: String) throws(AWSError) -> ELBv2.Action {
    let action = try ActionRules.completed(actions) { targetGroups[$0] != nil }
    if let unserved = action.weights.map(\.targetGroupARN).first(where: { targetGroups[$0]?.kind.isServed == false }) {
      throw ELBv2Error.configuration(
        "Target group '\(unserved)' is not of protocol HTTP; this cloud sends traffic to targets over HTTP only")
    }
    let taken = action.weights.map(\.targetGroupARN).filter { arn in
      loadBalancers(forwardingTo: arn).contains { $0.arn != loadBalancerARN }
    }
    guard taken.isEmpty else {
      throw AWSError(
        "TargetGroupAssociationLimit",
        "The following target groups cannot be associated with more than one load balancer: "
          + taken.joined(separator: ", "))
    }
    return action
  }
}
