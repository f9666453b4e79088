import AWSWire
import PalcoBlueprint

// The way of the traffic: load balancer, target groups, listener, production rule.
extension Provisioner {
  func loadBalancer() async throws -> (ELBv2.LoadBalancer, ResourceChange) {
    let name = blueprint.names.loadBalancer
    if let found = try await reader.loadBalancer() {
      return (found, ResourceChange(.unchanged, "load balancer", name))
    }
    _ = try await access.aws.send(
      ELBv2.CreateLoadBalancerRequest(
        name: name, subnets: access.placement?.subnets, scheme: "internet-facing", tags: balancerTags,
        type: "application"))
    let made = try await access.until("load balancer \(name) becomes active", timeout: .seconds(600)) {
      let found = try await reader.loadBalancer()
      return found?.state?.code == "active" ? found : nil
    }
    return (made, ResourceChange(.created, "load balancer", name))
  }

  func targetGroup(_ name: String) async throws -> (ELBv2.TargetGroup, ResourceChange) {
    let health = blueprint.service.healthCheck
    guard let found = try await reader.targetGroup(name) else {
      let made = try await access.aws.send(
        ELBv2.CreateTargetGroupRequest(
          name: name, protocol: "HTTP", port: blueprint.service.port, vpcId: access.placement?.vpcID,
          healthCheckPath: health.path, healthCheckIntervalSeconds: health.intervalSeconds,
          healthCheckTimeoutSeconds: health.timeoutSeconds, healthyThresholdCount: health.healthyThreshold,
          unhealthyThresholdCount: health.unhealthyThreshold, matcher: .init(httpCode: health.successCodes),
          targetType: "ip", tags: balancerTags)
      ).targetGroups.first.required("target group")
      _ = try await setDrain(of: made)
      return (made, ResourceChange(.created, "target group", name))
    }
    var differences: [String] = []
    if let changed = healthCheckChange(of: found) {
      _ = try await access.aws.send(changed)
      differences.append("health check")
    }
    if try await setDrain(of: found) { differences.append("drain time") }
    let change = ResourceChange(
      differences.isEmpty ? .unchanged : .changed, "target group", name,
      detail: differences.isEmpty ? nil : differences.joined(separator: ", "))
    return (found, change)
  }

  private func healthCheckChange(of group: ELBv2.TargetGroup) -> ELBv2.ModifyTargetGroupRequest? {
    let health = blueprint.service.healthCheck
    let isAsWanted =
      group.healthCheckPath == health.path && group.healthCheckIntervalSeconds == health.intervalSeconds
      && group.healthCheckTimeoutSeconds == health.timeoutSeconds
      && group.healthyThresholdCount == health.healthyThreshold
      && group.unhealthyThresholdCount == health.unhealthyThreshold && group.matcher?.httpCode == health.successCodes
    guard !isAsWanted else { return nil }
    return ELBv2.ModifyTargetGroupRequest(
      targetGroupArn: group.targetGroupArn, healthCheckPath: health.path,
      healthCheckIntervalSeconds: health.intervalSeconds, healthCheckTimeoutSeconds: health.timeoutSeconds,
      healthyThresholdCount: health.healthyThreshold, unhealthyThresholdCount: health.unhealthyThreshold,
      matcher: .init(httpCode: health.successCodes))
  }

  /// Sets the deregistration delay where it differs, and tells whether it did.
  private func setDrain(of group: ELBv2.TargetGroup) async throws -> Bool {
    let key = "deregistration_delay.timeout_seconds"
    let wanted = String(blueprint.service.deregistrationDelaySeconds)
    let attributes = try await access.aws.send(
      ELBv2.DescribeTargetGroupAttributesRequest(targetGroupArn: group.targetGroupArn)
    ).attributes
    guard attributes.first(where: { $0.key == key })?.value != wanted else { return false }
    _ = try await access.aws.send(
      ELBv2.ModifyTargetGroupAttributesRequest(
        targetGroupArn: group.targetGroupArn, attributes: [.init(key: key, value: wanted)]))
    return true
  }

  func listener(
    of loadBalancer: ELBv2.LoadBalancer, blue: ELBv2.TargetGroup, green: ELBv2.TargetGroup
  ) async throws -> (ELBv2.Listener, ResourceChange) {
    guard var found = try await reader.listenersByUse(of: loadBalancer).production else {
      let made = try await openListener(of: loadBalancer, blue: blue, green: green)
      let change = ResourceChange(
        .created, "listener", "port \(made.port ?? 0)", detail: TrafficPath.url(loadBalancer, made))
      return (made, change)
    }
    var differences: [String] = []
    if let port = blueprint.service.listenerPort, port != found.port {
      found =
        try await access.aws.send(ELBv2.ModifyListenerRequest(listenerArn: found.listenerArn, port: port)).listeners
        .first ?? found
      differences.append("port")
    }
    // ECS owns the weights; only a group that the rule does not know at all is added, without traffic.
    if let rule = try await reader.trafficRule(of: found) {
      let weights = TrafficPath.weights(of: rule)
      let groups = [blue.targetGroupArn, green.targetGroupArn]
      if groups.contains(where: { weights[$0] == nil }) {
        let hasNone = groups.allSatisfy { weights[$0] == nil }
        let tuples = groups.enumerated().map { index, arn in
          ELBv2.TargetGroupTuple(targetGroupArn: arn, weight: weights[arn] ?? (hasNone && index == 0 ? 100 : 0))
        }
        _ = try await access.aws.send(
          ELBv2.ModifyListenerRequest(listenerArn: found.listenerArn, defaultActions: [Self.forward(tuples)]))
        differences.append("production rule")
      }
    }
    let change = ResourceChange(
      differences.isEmpty ? .unchanged : .changed, "listener", "port \(found.port ?? 0)",
      detail: differences.isEmpty ? nil : differences.joined(separator: ", "))
    return (found, change)
  }

  /// Brings the test listener to what the blueprint says; `nil` where there is none and none is wanted.
  func testListener(
    of loadBalancer: ELBv2.LoadBalancer, beside production: ELBv2.Listener
  ) async throws -> ResourceChange? {
    let found = try await reader.listenersByUse(of: loadBalancer).test
    guard let port = blueprint.service.testListenerPort, blueprint.release.movesTraffic else {
      guard let found else { return nil }
      _ = try await access.aws.send(
        ELBv2.DeleteListenerRequest(listenerArn: found.listenerArn), unless: ["ListenerNotFound"])
      return ResourceChange(.deleted, "test listener", "port \(found.port ?? 0)")
    }
    let name = "port \(port)"
    do {
      if let found {
        guard found.port != port else { return ResourceChange(.unchanged, "test listener", name) }
        _ = try await access.aws.send(ELBv2.ModifyListenerRequest(listenerArn: found.listenerArn, port: port))
        return ResourceChange(.changed, "test listener", name)
      }
      // Between releases it shows what production shows.
      let weights = try await reader.trafficRule(of: production).map(TrafficPath.weights) ?? [:]
      let tuples = weights.sorted { $0.key < $1.key }.map {
        ELBv2.TargetGroupTuple(targetGroupArn: $0.key, weight: $0.value)
      }
      _ = try await access.aws.send(
        ELBv2.CreateListenerRequest(
          loadBalancerArn: loadBalancer.loadBalancerArn, protocol: "HTTP", port: port,
          defaultActions: [Self.forward(tuples)],
          tags: balancerTags + [.init(key: EnvironmentReader.testTag.key, value: EnvironmentReader.testTag.value)]))
      return ResourceChange(.created, "test listener", name)
    } catch let error as AWSError where error.code == "InvalidConfigurationRequest" {
      throw ReleaseError(.portUnavailable, "\(name) cannot be listened on for tests: \(error.message)")
    }
  }

  /// Opens the listener on the port of the blueprint, or on the first that can be had.
  private func openListener(
    of loadBalancer: ELBv2.LoadBalancer, blue: ELBv2.TargetGroup, green: ELBv2.TargetGroup
  ) async throws -> ELBv2.Listener {
    let candidates = blueprint.service.listenerPort.map { [$0] } ?? Self.portCandidates
    let forward = Self.forward([
      .init(targetGroupArn: blue.targetGroupArn, weight: 100), .init(targetGroupArn: green.targetGroupArn, weight: 0),
    ])
    var refusal = ""
    for port in candidates {
      do {
        return try await access.aws.send(
          ELBv2.CreateListenerRequest(
            loadBalancerArn: loadBalancer.loadBalancerArn, protocol: "HTTP", port: port, defaultActions: [forward],
            tags: balancerTags)
        ).listeners.first.required("listener")
      } catch let error as AWSError where error.code == "InvalidConfigurationRequest" {
        refusal = error.message
      }
    }
    let place =
      blueprint.service.listenerPort.map { "port \($0)" }
      ?? "any of the ports \(candidates.first ?? 0)–\(candidates.last ?? 0)"
    throw ReleaseError(.portUnavailable, "\(place) cannot be listened on: \(refusal)")
  }

  private static func forward(_ tuples: [ELBv2.TargetGroupTuple]) -> ELBv2.Action {
    ELBv2.Action(type: "forward", forwardConfig: .init(targetGroups: tuples))
  }
}
