import AWSWire
import PalcoCore

// Rules of listeners.
extension ELBv2State {
  mutating func create(_ request: ELBv2.CreateRuleRequest, in cloud: CloudContext) throws(AWSError) -> RuleRecord {
    let listener = try listener(request.listenerArn)
    try ELBv2Error.check(request.priority, "priority", in: 1...50000)
    let conditions = try ConditionRules.completed(request.conditions)
    let action = try action(request.actions, of: listener.loadBalancerARN)
    let tags = try ELBv2Tags.added(request.tags ?? [], to: [:])
    let others = rules(of: listener.arn)
    guard !others.contains(where: { $0.priority == request.priority }) else {
      throw AWSError("PriorityInUse", "Priority '\(request.priority)' is currently in use")
    }
    let ofLoadBalancer = listeners(of: listener.loadBalancerARN).flatMap { rules(of: $0.arn) }
    guard ofLoadBalancer.filter({ !$0.isDefault }).count < 100 else {
      throw AWSError("TooManyRules", "A load balancer can have at most 100 rules, not counting default rules")
    }
    let rule = RuleRecord(
      arn: ruleARN(of: listener, in: cloud), sequence: nextSequence, listenerARN: listener.arn,
      priority: request.priority,
      conditions: conditions, action: action, tags: tags)
    rules[rule.arn] = rule
    return rule
  }

  func describe(_ request: ELBv2.DescribeRulesRequest) throws(AWSError) -> ELBv2Page<RuleRecord> {
    let arns = request.ruleArns ?? []
    switch (request.listenerArn, arns.isEmpty) {
    case (nil, true):
      throw ELBv2Error.validation("You must specify either listener rule ARNs or a listener ARN")
    case (.some, false):
      throw ELBv2Error.validation("Listener rule ARNs and a listener ARN cannot be specified at the same time")
    case (let listenerARN?, true):
      let found = rules(of: try listener(listenerARN).arn)
      return try ELBv2Page(found, marker: request.marker, size: request.pageSize, place: \.order)
    case (nil, false):
      guard arns.allSatisfy({ rules[$0] != nil }) else {
        throw AWSError("RuleNotFound", "One or more rules not found")
      }
      let found = Set(arns).compactMap { rules[$0] }.sorted { $0.sequence < $1.sequence }
      return try ELBv2Page(found, marker: request.marker, size: request.pageSize, place: \.sequence)
    }
  }

  /// Changes a rule. ECS changes the action of default rules this way too; their conditions stay none.
  mutating func modify(_ request: ELBv2.ModifyRuleRequest) throws(AWSError) -> RuleRecord {
    var rule = try rule(request.ruleArn)
    let listener = try listener(rule.listenerARN)
    let conditions = request.conditions ?? []
    let actions = request.actions ?? []
    guard !conditions.isEmpty || !actions.isEmpty else {
      throw ELBv2Error.validation("Either conditions or actions must be specified")
    }
    if !conditions.isEmpty {
      guard !rule.isDefault else {
        throw ELBv2Error.notPermitted("The conditions of default rule '\(rule.arn)' cannot be modified")
      }
      rule.conditions = try ConditionRules.completed(conditions)
    }
    if !actions.isEmpty { rule.action = try action(actions, of: listener.loadBalancerARN) }
    rules[rule.arn] = rule
    return rule
  }

  mutating func delete(_ request: ELBv2.DeleteRuleRequest) throws(AWSError) {
    let rule = try rule(request.ruleArn)
    guard !rule.isDefault else {
      throw ELBv2Error.notPermitted("Default rule '\(rule.arn)' cannot be deleted")
    }
    rules[rule.arn] = nil
  }

  /// Changes several places at once, so that two rules can change theirs with each other.
  mutating func set(_ request: ELBv2.SetRulePrioritiesRequest) throws(AWSError) -> [RuleRecord] {
    var changed: [String: RuleRecord] = [:]
    for pair in request.rulePriorities {
      var rule = try rule(pair.ruleArn)
      guard !rule.isDefault else {
        throw ELBv2Error.notPermitted("The priority of default rule '\(rule.arn)' cannot be modified")
      }
      try ELBv2Error.check(pair.priority, "rulePriorities.priority", in: 1...50000)
      guard !changed.values.contains(where: { $0.priority == pair.priority && $0.listenerARN == rule.listenerARN }),
        changed[rule.arn] == nil
      else { throw ELBv2Error.validation("Priority '\(pair.priority)' was provided multiple times") }
      rule.priority = pair.priority
      changed[rule.arn] = rule
    }
    let after = rules.merging(changed) { $1 }
    for rule in changed.values {
      guard
        !after.values.contains(where: {
          $0.listenerARN == rule.listenerARN && $0.priority == rule.priority && $0.arn != rule.arn
        })
      else { throw AWSError("PriorityInUse", "Priority '\(rule.order)' is currently in use") }
    }
    rules = after
    return changed.values.sorted { $0.order < $1.order }
  }

  /// Makes a rule forward with these weights; whether clients stay with their group remains as it is.
  mutating func setWeights(_ weights: [TargetGroupWeight], ofRule arn: String) throws(AWSError) {
    let current = try rule(arn).action
    let config = ELBv2.ForwardActionConfig(
      targetGroups: weights.map { .init(targetGroupArn: $0.targetGroupARN, weight: $0.weight) },
      targetGroupStickinessConfig: current.forwardConfig?.targetGroupStickinessConfig)
    _ = try modify(
      .init(ruleArn: arn, actions: [.init(type: "forward", order: current.order, forwardConfig: config)]))
  }
}

extension RuleRecord {
  /// The rule as AWS shows it.
  var shape: ELBv2.Rule {
    ELBv2.Rule(
      ruleArn: arn, priority: priority.map { String($0) } ?? "default", conditions: conditions, actions: [action],
      isDefault: isDefault)
  }
}
