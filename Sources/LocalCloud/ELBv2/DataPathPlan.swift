import AWSWire
import LoadBalancing

/// What the data path must do for a state: derived, never stored, so that a restart needs no code of its own.
struct DataPathPlan: Equatable {
  private(set) var listeners: [String: ListenerConfiguration] = [:]
  private(set) var targetGroups: [String: TargetGroupConfiguration] = [:]
  private(set) var targets: [String: [TargetAddress]] = [:]

  /// The plan of an empty cloud.
  init() {}

  /// The plan of a state.
  init(_ state: ELBv2State, in cloud: CloudContext) {
    for group in state.targetGroups.values where group.kind.isServed {
      targetGroups[group.arn] = group.configuration(in: cloud)
      targets[group.arn] = group.targets.map { TargetAddress(host: $0.host, port: $0.port) }
    }
    let rules = Dictionary(grouping: state.rules.values, by: \.listenerARN)
    for listener in state.listeners.values {
      guard let balancer = state.loadBalancers[listener.loadBalancerARN] else { continue }
      let timeout = AttributeCatalog.loadBalancer.value("idle_timeout.timeout_seconds", balancer.attributes)
      let id = Self.listenerID(listener)
      listeners[id] = ListenerConfiguration(
        id: id, host: balancer.host, port: listener.port,
        rules: (rules[listener.arn] ?? []).sorted { $0.order < $1.order }.map(\.configuration),
        idleTimeout: .seconds(Int(timeout) ?? 60),
        dropsInvalidFields: AttributeCatalog.loadBalancer.value(
          "routing.http.drop_invalid_header_fields.enabled", balancer.attributes) == "true")
    }
  }

  /// The port is part of the identity, because a listener whose port changes is another one to the data path: the new
  /// port must be had before the old one is given up.
  static func listenerID(_ listener: ListenerRecord) -> String { "\(listener.arn):\(listener.port)" }
}

extension TargetGroupRecord {
  /// Waiting of AWS's own is scaled to the cloud's minute; an answer of a real program gets its real time.
  fileprivate func configuration(in cloud: CloudContext) -> TargetGroupConfiguration {
    func seconds(_ key: String) -> Double { Double(AttributeCatalog.targetGroup.value(key, attributes)) ?? 0 }
    // However short the minute, a check every tenth of a second is enough.
    let interval = max(cloud.scaled(seconds: Double(healthCheck.interval)), .milliseconds(100))
    let isSticky = AttributeCatalog.targetGroup.value("stickiness.enabled", attributes) == "true"
    return TargetGroupConfiguration(
      id: arn,
      healthCheck: HealthCheckConfiguration(
        path: healthCheck.path, port: Int(healthCheck.port), interval: interval,
        // Not much longer than the interval, or a hanging target would be found late; never too short to answer.
        timeout: min(.seconds(healthCheck.timeout), max(interval, .seconds(2))),
        healthyThreshold: healthCheck.healthyThreshold, unhealthyThreshold: healthCheck.unhealthyThreshold,
        // Checked when the matcher was set.
        successCodes: (try? healthCheck.successCodes()) ?? [200...200]),
      deregistrationDelay: cloud.scaled(seconds: seconds("deregistration_delay.timeout_seconds")),
      stickiness: isSticky ? .seconds(seconds("stickiness.lb_cookie.duration_seconds")) : nil)
  }
}

extension RuleRecord {
  fileprivate var configuration: ListenerRule {
    ListenerRule(id: arn, conditions: conditions.compactMap(\.configuration), action: action.configuration)
  }
}

extension ELBv2.RuleCondition {
  fileprivate var configuration: RuleCondition? {
    if let values = hostHeaderConfig?.values { return .hostHeader(values) }
    if let values = pathPatternConfig?.values { return .pathPattern(values) }
    if let config = httpHeaderConfig, let name = config.httpHeaderName {
      return .httpHeader(name: name, values: config.values ?? [])
    }
    if let config = httpRequestMethodConfig { return .httpRequestMethod(config.values) }
    if let config = queryStringConfig {
      return .queryString(config.values.map { (key: $0.key, value: $0.value ?? "") })
    }
    return sourceIpConfig.map { .sourceIP($0.values) }
  }
}

extension ELBv2.Action {
  fileprivate var configuration: RuleAction {
    if let config = redirectConfig {
      return .redirect(
        RedirectAction(
          status: config.statusCode == "HTTP_301" ? 301 : 302, scheme: config.protocol ?? "#{protocol}",
          host: config.host ?? "#{host}", port: config.port ?? "#{port}", path: config.path ?? "/#{path}",
          query: config.query ?? "#{query}"))
    }
    if let config = fixedResponseConfig {
      return .fixedResponse(
        status: Int(config.statusCode) ?? 503, contentType: config.contentType ?? "text/plain",
        body: config.messageBody ?? "")
    }
    let stickiness = forwardConfig?.targetGroupStickinessConfig
    return .forward(
      weights.map { WeightedTargetGroup(targetGroupID: $0.targetGroupARN, weight: $0.weight) },
      stickiness: stickiness?.enabled == true ? .seconds(stickiness?.durationSeconds ?? 0) : nil)
  }
}
