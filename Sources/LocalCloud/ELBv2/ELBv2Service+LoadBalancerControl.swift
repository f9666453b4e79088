import AWSWire

// What ECS asks for.
extension ELBv2Service: LoadBalancerControl {
  func targetGroupExists(_ arn: String) -> Bool { state.targetGroups[arn] != nil }

  func targetGroupHasLoadBalancer(_ arn: String) -> Bool { !state.loadBalancers(forwardingTo: arn).isEmpty }

  func register(host: String, port: Int, in targetGroupARN: String) async throws {
    try await change { state throws(AWSError) in
      try state.register(TargetRecord(host: host, port: port), in: targetGroupARN)
    }
  }

  func deregister(host: String, port: Int, from targetGroupARN: String) async throws {
    try await change { state throws(AWSError) in
      try state.deregister(TargetRecord(host: host, port: port), from: targetGroupARN)
    }
  }

  func health(host: String, port: Int, in targetGroupARN: String) async -> TargetHealthView {
    let target = TargetRecord(host: host, port: port)
    guard let group = state.targetGroups[targetGroupARN] else { return TargetHealthView() }
    let dataPath = await dataPathHealth(of: group)[target]
    guard let group = state.targetGroups[targetGroupARN],
      group.targets.contains(target) || dataPath?.state == "draining"
    else { return TargetHealthView() }
    return state.health(of: target, in: group, dataPath: dataPath)
  }

  func rule(_ arn: String) -> RuleView? {
    state.rules[arn].map {
      RuleView(arn: $0.arn, listenerARN: $0.listenerARN, isDefault: $0.isDefault, weights: $0.action.weights)
    }
  }

  func setWeights(_ weights: [(targetGroupARN: String, weight: Int)], ofRule arn: String) async throws {
    let weights = weights.map { TargetGroupWeight(targetGroupARN: $0.targetGroupARN, weight: $0.weight) }
    try await change { state throws(AWSError) in try state.setWeights(weights, ofRule: arn) }
  }
}
