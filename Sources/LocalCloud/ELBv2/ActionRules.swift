import AWSWire

/// Checks actions and completes them as AWS answers them.
///
/// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html
enum ActionRules {
  /// The one action of a listener or rule.
  ///
  /// - Parameter groupExists: Whether there is a target group of an ARN.
  static func completed(_ actions: [ELBv2.Action], groupExists: (String) -> Bool) throws(AWSError) -> ELBv2.Action {
    guard let last = actions.last else { throw ELBv2Error.validation("An action must be specified") }
    for (index, action) in actions.enumerated() {
      switch action.type {
      case "forward", "redirect", "fixed-response": continue
      case "authenticate-oidc", "authenticate-cognito", "jwt-validation":
        throw AWSError(
          "InvalidLoadBalancerAction",
          "'\(action.type)' actions need an HTTPS listener, which this cloud does not have; leave the action out here")
      default:
        try ELBv2Error.check(
          action.type, "actions.\(index + 1).member.type", among: ["forward", "redirect", "fixed-response"])
      }
    }
    guard actions.count == 1 else {
      throw AWSError(
        "InvalidLoadBalancerAction",
        "Exactly one of 'forward', 'redirect' and 'fixed-response' must be specified, not \(actions.count)")
    }
    try ELBv2Error.check(last.order, "actions.1.member.order", in: 1...50000)
    switch last.type {
    case "forward": return try forward(last, groupExists: groupExists)
    case "redirect": return try redirect(last)
    default: return try fixedResponse(last)
    }
  }

  private static func forward(_ action: ELBv2.Action, groupExists: (String) -> Bool) throws(AWSError) -> ELBv2.Action {
    var config = action.forwardConfig ?? .init()
    var groups = config.targetGroups ?? []
    if let arn = action.targetGroupArn {
      if groups.isEmpty { groups = [.init(targetGroupArn: arn)] }
      guard groups.count == 1, groups[0].targetGroupArn == arn else {
        throw AWSError(
          "InvalidLoadBalancerAction",
          "TargetGroupArn must be the same as the only target group of ForwardConfig when both are specified")
      }
    }
    guard (1...5).contains(groups.count) else {
      throw AWSError(
        "InvalidLoadBalancerAction", "A forward action must have 1 to 5 target groups, not \(groups.count)")
    }
    var completed: [ELBv2.TargetGroupTuple] = []
    for group in groups {
      let arn = group.targetGroupArn ?? ""
      guard groupExists(arn) else { throw ELBv2Error.targetGroupNotFound(arn) }
      guard !completed.contains(where: { $0.targetGroupArn == arn }) else {
        throw ELBv2Error.validation("Target group '\(arn)' was provided multiple times")
      }
      try ELBv2Error.check(group.weight, "actions.1.member.forwardConfig.targetGroups.weight", in: 0...999)
      completed.append(.init(targetGroupArn: arn, weight: group.weight ?? 1))
    }
    let stickiness = config.targetGroupStickinessConfig
    if stickiness?.enabled == true {
      guard let seconds = stickiness?.durationSeconds, (1...604_800).contains(seconds) else {
        throw ELBv2Error.validation("Target group stickiness duration must be between '1' and '604800' seconds")
      }
    }
    config.targetGroups = completed
    config.targetGroupStickinessConfig = .init(
      enabled: stickiness?.enabled ?? false, durationSeconds: stickiness?.durationSeconds)
    return ELBv2.Action(
      type: action.type, targetGroupArn: completed.count == 1 ? completed[0].targetGroupArn : nil,
      order: action.order, forwardConfig: config)
  }

  private static func redirect(_ action: ELBv2.Action) throws(AWSError) -> ELBv2.Action {
    guard var config = action.redirectConfig else {
      throw ELBv2Error.validation("A redirect configuration must be specified for a 'redirect' action")
    }
    let place = "actions.1.member.redirectConfig"
    try ELBv2Error.check(config.statusCode, "\(place).statusCode", among: ["HTTP_301", "HTTP_302"])
    try ELBv2Error.check(config.protocol, "\(place).protocol", among: ["HTTP", "HTTPS", "#{protocol}"])
    config.protocol = config.protocol ?? "#{protocol}"
    config.host = config.host ?? "#{host}"
    config.port = config.port ?? "#{port}"
    config.path = config.path ?? "/#{path}"
    config.query = config.query ?? "#{query}"
    if let port = config.port, port != "#{port}", Int(port).map((1...65535).contains) != true {
      throw ELBv2Error.validation("Redirect port '\(port)' must be '#{port}' or between '1' and '65535'")
    }
    if let path = config.path, !path.hasPrefix("/") || path.count > 128 {
      throw ELBv2Error.validation("Redirect path '\(path)' must begin with '/' and be at most 128 characters long")
    }
    if let host = config.host, !(1...128).contains(host.count) {
      throw ELBv2Error.validation("Redirect host must be 1 to 128 characters long")
    }
    if let query = config.query, query.count > 128 || query.hasPrefix("?") {
      throw ELBv2Error.validation("Redirect query must be at most 128 characters long, without a leading '?'")
    }
    if config.protocol == "#{protocol}", config.host == "#{host}", config.port == "#{port}", config.path == "/#{path}" {
      throw AWSError(
        "InvalidLoadBalancerAction",
        "The redirect configuration is not valid because it creates a loop. Change the protocol, host, port or path.")
    }
    return ELBv2.Action(type: action.type, order: action.order, redirectConfig: config)
  }

  private static func fixedResponse(_ action: ELBv2.Action) throws(AWSError) -> ELBv2.Action {
    guard var config = action.fixedResponseConfig else {
      throw ELBv2Error.validation("A fixed response configuration must be specified for a 'fixed-response' action")
    }
    let status = Int(config.statusCode).flatMap { config.statusCode.utf8.count == 3 ? $0 : nil }
    guard let status, (200...299).contains(status) || (400...599).contains(status) else {
      throw ELBv2Error.validation(
        "1 validation error detected: Value '\(config.statusCode)' at "
          + "'actions.1.member.fixedResponseConfig.statusCode' failed to satisfy constraint: "
          + "Member must satisfy regular expression pattern: ^(2|4|5)\\d\\d$")
    }
    let types = ["text/html", "application/json", "application/javascript", "text/css", "text/plain"]
    guard types.contains(config.contentType ?? "text/plain") else {
      throw AWSError(
        "InvalidLoadBalancerAction",
        "The ContentType must be one of:\(types.map { "'\($0)'" }.joined(separator: ", "))")
    }
    guard (config.messageBody ?? "").count <= 1024 else {
      throw ELBv2Error.validation("The message body of a fixed response must be at most 1024 characters long")
    }
    config.contentType = config.contentType ?? "text/plain"
    return ELBv2.Action(type: action.type, order: action.order, fixedResponseConfig: config)
  }
}

extension ELBv2.Action {
  /// The target groups of a forward with their weights; empty for every other action.
  var weights: [TargetGroupWeight] {
    (forwardConfig?.targetGroups ?? []).compactMap { group in
      group.targetGroupArn.map { TargetGroupWeight(targetGroupARN: $0, weight: group.weight ?? 1) }
    }
  }
}
