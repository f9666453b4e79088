import AWSWire

/// What Elastic Load Balancing says of the target groups and rules that a request names.
struct LoadBalancerFacts: Sendable {
  private var missing: Set<String> = []
  private var unattached: Set<String> = []
  private var rules: [String: RuleView] = [:]

  init() {}

  init(_ loadBalancers: [ECS.LoadBalancer], asking balancer: any LoadBalancerControl) async {
    for group in loadBalancers.flatMap({
      [$0.targetGroupArn, $0.advancedConfiguration?.alternateTargetGroupArn].compactMap(\.self)
    }) {
      if await !balancer.targetGroupExists(group) { missing.insert(group) }
      if await !balancer.targetGroupHasLoadBalancer(group) { unattached.insert(group) }
    }
    for arn in ServiceRules.ruleARNs(loadBalancers) {
      if let rule = await balancer.rule(arn) { rules[arn] = rule }
    }
  }

  /// Refuses what ECS refuses at once; what needs the rules to be there is found when the deployment starts.
  func check(
    _ loadBalancers: [ECS.LoadBalancer], strategy: ServiceDeploymentMachine.Strategy, for definition: ECS.TaskDefinition
  ) throws(AWSError) {
    let advanced = loadBalancers.compactMap(\.advancedConfiguration)
    guard advanced.isEmpty || advanced.count == loadBalancers.count else {
      throw ECSError.invalid("Either all or none of the provided loadBalancers must have advancedConfiguration defined")
    }
    guard !loadBalancers.isEmpty || strategy == .rolling || strategy == .blueGreen else {
      throw ECSError.invalid(
        "The deployment strategy \(strategy.rawValue) needs a load balancer (or Service Connect, which this local cloud "
          + "does not have).")
    }
    guard strategy == .rolling || advanced.count == loadBalancers.count else {
      throw ECSError.invalid(
        "advancedConfiguration field is required for all loadBalancers when using a non-ROLLING deployment strategy")
    }
    var groups: Set<String> = []
    for balancer in loadBalancers {
      guard balancer.loadBalancerName == nil else {
        guard balancer.advancedConfiguration == nil else {
          throw ECSError.invalid("advancedConfiguration field is not allowed with ELBv1 loadBalancers")
        }
        throw ECSError.notHere("A Classic Load Balancer")
      }
      guard let group = balancer.targetGroupArn else {
        throw ECSError.invalid("Load balancers need a targetGroupArn.")
      }
      for arn in [group, balancer.advancedConfiguration?.alternateTargetGroupArn].compactMap(\.self) {
        guard groups.insert(arn).inserted else { throw ECSError.invalid("Duplicate targetGroupArn found: \(arn)") }
        guard !missing.contains(arn) else {
          throw ECSError.invalid("The specified target group does not exist: \(arn)")
        }
      }
      guard !unattached.contains(group) || balancer.advancedConfiguration != nil else {
        throw ECSError.invalid(
          "The target group with targetGroupArn \(group) does not have an associated load balancer.")
      }
      try check(balancer, for: definition)
      if let configuration = balancer.advancedConfiguration { try check(configuration, primary: group) }
    }
  }

  private func check(_ balancer: ECS.LoadBalancer, for definition: ECS.TaskDefinition) throws(AWSError) {
    let name = balancer.containerName ?? ""
    guard let container = definition.containerDefinitions?.first(where: { $0.name == name }) else {
      throw ECSError.invalid("The container \(name) does not exist in the task definition.")
    }
    guard let port = balancer.containerPort,
      container.portMappings?.contains(where: { $0.containerPort == port }) == true
    else {
      throw ECSError.invalid(
        "The container \(name) did not have a container port \(balancer.containerPort.map(String.init) ?? "null") "
          + "defined.")
    }
  }

  private func check(_ configuration: ECS.AdvancedConfiguration, primary: String) throws(AWSError) {
    guard let alternate = configuration.alternateTargetGroupArn else {
      throw ECSError.invalid("alternateTargetGroupArn is required in advancedConfiguration")
    }
    guard let production = configuration.productionListenerRule else {
      throw ECSError.invalid("productionListenerRule is required in advancedConfiguration")
    }
    for (member, rule) in [
      ("productionListenerRule", production), ("testListenerRule", configuration.testListenerRule),
    ] {
      guard let rule, !rule.contains(":listener-rule/") else { continue }
      guard !rule.contains(":listener/net/") else { throw ECSError.notHere("A Network Load Balancer") }
      throw ECSError.invalid(
        "\(member) has an invalid ARN format. Must be RuleArn for ALB or ListenerArn for NLB. Got: \(rule)")
    }
    guard configuration.testListenerRule != production else {
      throw ECSError.invalid(
        "The following rules cannot be used as both production and test listener rules: \(production)")
    }
    if configuration.testListenerRule == nil, let rule = rules[production],
      !Set(rule.weights.map(\.targetGroupARN)).isSuperset(of: [primary, alternate])
    {
      throw ECSError.invalid(
        "For Application LoadBalancer, testListenerRule is required when productionListenerRule is not associated with "
          + "both targetGroup and alternateTargetGroup")
    }
  }
}
