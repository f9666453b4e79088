import AWSWire

/// The attributes of one kind of thing: AWS's names, defaults and ranges.
///
/// A value that would change what a target or a client sees, and that this cloud cannot follow, is refused: the rehearsal
/// would lie. A value about surroundings which are not here at all (S3, zones, WAF, TLS) is stored and answered.
struct AttributeCatalog: Sendable {
  /// What an attribute may be.
  enum Kind: Sendable {
    case flag
    case number(ClosedRange<Int>)
    /// A number or `off`.
    case numberOrOff(ClosedRange<Int>)
    case choice([String])
    case text
    /// AWS has more values than the default; this cloud does only that.
    case onlyDefault
  }

  /// An attribute.
  struct Entry: Sendable {
    var key: String
    var `default`: String
    var kind: Kind
  }

  /// The same attributes, one of them of another kind.
  func replacing(_ key: String, _ kind: Kind) -> AttributeCatalog {
    AttributeCatalog(
      thing: thing,
      entries: entries.map { $0.key == key ? Entry(key: key, default: $0.default, kind: kind) : $0 })
  }

  /// How messages call the thing, such as `Target group`.
  let thing: String
  let entries: [Entry]

  /// All attributes: the defaults, and what was changed.
  func all(_ changed: [String: String]) -> [ELBv2.Attribute] {
    entries.map { ELBv2.Attribute(key: $0.key, value: changed[$0.key] ?? $0.default) }
  }

  /// One attribute.
  func value(_ key: String, _ changed: [String: String]) -> String {
    changed[key] ?? entries.first { $0.key == key }?.default ?? ""
  }

  /// Applies a request to what was changed before.
  func applying(_ attributes: [ELBv2.Attribute], to changed: [String: String]) throws(AWSError) -> [String: String] {
    var result = changed
    for attribute in attributes {
      let value = attribute.value ?? ""
      let entry = try checkKey(attribute)
      let key = entry.key
      try check(value, of: entry)
      result[key] = value == entry.default ? nil : value
    }
    return result
  }

  /// The entry that an attribute is for.
  @discardableResult func checkKey(_ attribute: ELBv2.Attribute) throws(AWSError) -> Entry {
    let key = attribute.key ?? ""
    guard let entry = entries.first(where: { $0.key == key }) else {
      throw ELBv2Error.validation("\(thing) attribute key '\(key)' is not recognized")
    }
    return entry
  }

  private func check(_ value: String, of entry: Entry) throws(AWSError) {
    func refuse(_ allowed: String) -> AWSError {
      ELBv2Error.validation("'\(entry.key)' value '\(value)' must be \(allowed)")
    }
    switch entry.kind {
    case .flag: if value != "true", value != "false" { throw refuse("one of [true, false]") }
    case .number(let range):
      if Int(value).map(range.contains) != true {
        throw refuse("between '\(range.lowerBound)-\(range.upperBound)' inclusive")
      }
    case .numberOrOff(let range):
      if value != "off", Int(value).map(range.contains) != true {
        throw refuse("'off' or between '\(range.lowerBound)-\(range.upperBound)' inclusive")
      }
    case .choice(let values):
      if !values.contains(value) { throw refuse("one of [\(values.joined(separator: ", "))]") }
    case .text: if value.utf8.count > 1024 { throw refuse("at most 1024 characters long") }
    case .onlyDefault:
      if value != entry.default {
        throw ELBv2Error.configuration(
          "'\(entry.key)' is '\(entry.default)' in this cloud, which does not do '\(value)'; leave the attribute out here"
        )
      }
    }
  }
}

extension AttributeCatalog {
  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html
  static let loadBalancer = AttributeCatalog(
    thing: "Load balancer",
    entries: [
      Entry(key: "access_logs.s3.enabled", default: "false", kind: .flag),
      Entry(key: "access_logs.s3.bucket", default: "", kind: .text),
      Entry(key: "access_logs.s3.prefix", default: "", kind: .text),
      Entry(key: "idle_timeout.timeout_seconds", default: "60", kind: .number(1...4000)),
      Entry(key: "deletion_protection.enabled", default: "false", kind: .flag),
      Entry(key: "routing.http2.enabled", default: "true", kind: .flag),
      Entry(key: "routing.http.drop_invalid_header_fields.enabled", default: "false", kind: .flag),
      Entry(key: "routing.http.xff_client_port.enabled", default: "false", kind: .onlyDefault),
      Entry(key: "routing.http.preserve_host_header.enabled", default: "false", kind: .onlyDefault),
      Entry(key: "routing.http.xff_header_processing.mode", default: "append", kind: .onlyDefault),
      Entry(key: "load_balancing.cross_zone.enabled", default: "true", kind: .choice(["true"])),
      Entry(key: "routing.http.desync_mitigation_mode", default: "defensive", kind: .onlyDefault),
      Entry(key: "client_keep_alive.seconds", default: "3600", kind: .number(60...604_800)),
      Entry(key: "waf.fail_open.enabled", default: "false", kind: .flag),
      Entry(key: "routing.http.x_amzn_tls_version_and_cipher_suite.enabled", default: "false", kind: .flag),
      Entry(key: "zonal_shift.config.enabled", default: "false", kind: .flag),
      Entry(key: "connection_logs.s3.enabled", default: "false", kind: .flag),
      Entry(key: "connection_logs.s3.bucket", default: "", kind: .text),
      Entry(key: "connection_logs.s3.prefix", default: "", kind: .text),
      Entry(key: "health_check_logs.s3.enabled", default: "false", kind: .flag),
      Entry(key: "health_check_logs.s3.bucket", default: "", kind: .text),
      Entry(key: "health_check_logs.s3.prefix", default: "", kind: .text),
      Entry(key: "ipv6.deny_all_igw_traffic", default: "false", kind: .flag),
    ])

  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html
  static let targetGroup = AttributeCatalog(
    thing: "Target group",
    entries: [
      Entry(key: "stickiness.enabled", default: "false", kind: .flag),
      Entry(key: "deregistration_delay.timeout_seconds", default: "300", kind: .number(0...3600)),
      Entry(key: "stickiness.app_cookie.cookie_name", default: "", kind: .text),
      Entry(key: "stickiness.type", default: "lb_cookie", kind: .onlyDefault),
      Entry(key: "stickiness.lb_cookie.duration_seconds", default: "86400", kind: .number(1...604_800)),
      Entry(key: "slow_start.duration_seconds", default: "0", kind: .onlyDefault),
      Entry(key: "stickiness.app_cookie.duration_seconds", default: "86400", kind: .number(1...604_800)),
      Entry(
        key: "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage", default: "off",
        kind: .onlyDefault),
      Entry(
        key: "target_group_health.dns_failover.minimum_healthy_targets.count", default: "1",
        kind: .numberOrOff(1...1000)),
      Entry(
        key: "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count", default: "1",
        kind: .onlyDefault),
      Entry(
        key: "target_group_health.dns_failover.minimum_healthy_targets.percentage", default: "off",
        kind: .numberOrOff(1...100)),
      Entry(key: "load_balancing.algorithm.type", default: "round_robin", kind: .onlyDefault),
      Entry(key: "load_balancing.algorithm.anomaly_mitigation", default: "off", kind: .onlyDefault),
      Entry(
        key: "load_balancing.cross_zone.enabled", default: "use_load_balancer_configuration",
        kind: .choice(["true", "false", "use_load_balancer_configuration"])),
    ])

  /// Of groups that only a network load balancer serves, and which nothing here serves.
  static let networkTargetGroup = AttributeCatalog(
    thing: "Target group",
    entries: [
      Entry(key: "deregistration_delay.timeout_seconds", default: "300", kind: .number(0...3600)),
      Entry(key: "deregistration_delay.connection_termination.enabled", default: "false", kind: .flag),
      Entry(key: "stickiness.enabled", default: "false", kind: .flag),
      Entry(key: "stickiness.type", default: "source_ip", kind: .choice(["source_ip"])),
      Entry(key: "stickiness.app_cookie.cookie_name", default: "", kind: .text),
      Entry(key: "preserve_client_ip.enabled", default: "true", kind: .flag),
      Entry(key: "proxy_protocol_v2.enabled", default: "false", kind: .flag),
      Entry(key: "target_health_state.unhealthy.connection_termination.enabled", default: "true", kind: .flag),
      Entry(
        key: "load_balancing.cross_zone.enabled", default: "use_load_balancer_configuration",
        kind: .choice(["true", "false", "use_load_balancer_configuration"])),
    ])

  /// Of groups that only a gateway load balancer serves, and which nothing here serves.
  static let gatewayTargetGroup = AttributeCatalog(
    thing: "Target group",
    entries: [
      Entry(key: "deregistration_delay.timeout_seconds", default: "300", kind: .number(0...3600)),
      Entry(key: "stickiness.enabled", default: "false", kind: .flag),
      Entry(
        key: "stickiness.type", default: "source_ip_dest_ip_proto",
        kind: .choice(["source_ip_dest_ip_proto", "source_ip_dest_ip"])),
      Entry(
        key: "target_failover.on_deregistration", default: "no_rebalance", kind: .choice(["rebalance", "no_rebalance"])),
      Entry(
        key: "target_failover.on_unhealthy", default: "no_rebalance", kind: .choice(["rebalance", "no_rebalance"])),
    ])

  /// Of groups of Lambda functions, which nothing here calls.
  static let lambdaTargetGroup = AttributeCatalog(
    thing: "Target group",
    entries: [Entry(key: "lambda.multi_value_headers.enabled", default: "false", kind: .flag)])

  /// Of network and gateway load balancers, which have no listeners here.
  static let networkLoadBalancer = AttributeCatalog(
    thing: "Load balancer",
    entries: [
      Entry(key: "access_logs.s3.enabled", default: "false", kind: .flag),
      Entry(key: "access_logs.s3.bucket", default: "", kind: .text),
      Entry(key: "access_logs.s3.prefix", default: "", kind: .text),
      Entry(key: "deletion_protection.enabled", default: "false", kind: .flag),
      Entry(key: "load_balancing.cross_zone.enabled", default: "false", kind: .flag),
      Entry(
        key: "dns_record.client_routing_policy", default: "any_availability_zone",
        kind: .choice(["availability_zone_affinity", "partial_availability_zone_affinity", "any_availability_zone"])),
      Entry(key: "secondary_ips.auto_assigned.per_subnet", default: "0", kind: .number(0...7)),
      Entry(key: "ipv6.deny_all_igw_traffic", default: "false", kind: .flag),
      Entry(key: "zonal_shift.config.enabled", default: "false", kind: .flag),
    ])

  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ListenerAttribute.html
  static let listener = AttributeCatalog(
    thing: "Listener",
    entries: [
      Entry(key: "routing.http.response.server.enabled", default: "true", kind: .onlyDefault)
    ]
      + [
        "strict_transport_security", "access_control_allow_origin", "access_control_allow_methods",
        "access_control_allow_headers", "access_control_allow_credentials", "access_control_expose_headers",
        "access_control_max_age", "content_security_policy", "x_content_type_options", "x_frame_options",
      ].map { Entry(key: "routing.http.response.\($0).header_value", default: "", kind: .onlyDefault) })
}
