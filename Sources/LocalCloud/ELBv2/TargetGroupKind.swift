import AWSWire

/// What target groups of a protocol and type are like, where kinds differ.
///
/// This cloud's data path is an application load balancer over HTTP. A group of another kind is kept and answered as AWS
/// does it, and nothing can forward to it here: the listener or rule that names it is refused.
struct TargetGroupKind: Sendable {
  /// `nil` for Lambda functions.
  var wire: String?

  static let protocols = ["HTTP", "HTTPS", "TCP", "TLS", "UDP", "TCP_UDP", "GENEVE"]

  /// Whether its load balancer is an application load balancer.
  var isWeb: Bool { wire == "HTTP" || wire == "HTTPS" || wire == nil }

  /// Whether the data path can serve it.
  var isServed: Bool { wire == "HTTP" }

  /// The health check that AWS gives to a group that says nothing of it.
  ///
  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html
  var healthCheck: HealthCheckSettings {
    var settings = HealthCheckSettings()
    if !isWeb { settings.timeout = 10 }
    return settings
  }

  /// The attributes that its groups have.
  var catalog: AttributeCatalog {
    switch wire {
    case "HTTP": .targetGroup
    case "HTTPS": .targetGroup.replacing("stickiness.type", .choice(["lb_cookie", "app_cookie"]))
    case nil: .lambdaTargetGroup
    case "GENEVE": .gatewayTargetGroup
    default: .networkTargetGroup
    }
  }

  /// Checks what a request wants of stickiness; which types there are depends on the protocol.
  ///
  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html
  func checkStickiness(_ attributes: [ELBv2.Attribute]) throws(AWSError) {
    for attribute in attributes { try catalog.checkKey(attribute) }
    guard let wire, let type = attributes.last(where: { $0.key == "stickiness.type" })?.value else { return }
    if wire == "GENEVE" {
      let types = ["source_ip_dest_ip_proto", "source_ip_dest_ip"]
      guard types.contains(type) else {
        throw ELBv2Error.validation("'\(type)' must be one of [\(types.joined(separator: ", "))]")
      }
      return
    }
    let types = ["app_cookie", "lb_cookie", "source_ip"]
    guard types.contains(type) else {
      throw ELBv2Error.validation("'Stickiness type' must be one of [\(types.joined(separator: ", "))]")
    }
    let isCookie = type != "source_ip"
    if wire == "TLS", !isCookie {
      throw ELBv2Error.validation("You cannot enable stickiness on target groups with the TLS protocol")
    }
    guard isCookie == isWeb else {
      throw ELBv2Error.validation(
        "Stickiness type '\(type)' is not supported for target groups with the \(wire) protocol")
    }
  }
}
