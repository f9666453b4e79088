import AWSWire

// Targets of a group.
extension ELBv2State {
  mutating func register(_ request: ELBv2.RegisterTargetsRequest) throws(AWSError) {
    let group = try targetGroup(request.targetGroupArn)
    guard !request.targets.isEmpty else { throw ELBv2Error.validation("One or more targets must be specified") }
    guard group.targetType != "lambda" else {
      throw AWSError("InvalidTarget", "This cloud has no Lambda functions to register")
    }
    for target in request.targets {
      try ELBv2Error.check(target.port, "targets.port", in: 1...65535)
      guard group.targetType == "ip" else {
        throw AWSError(
          "InvalidTarget",
          "The target '\(target.id)' is not an instance: this cloud has no EC2. "
            + "Make the target group with target type 'ip' and register addresses")
      }
      guard IPAddress.isIPv4(target.id) else {
        throw ELBv2Error.validation("The IP address '\(target.id)' is not a valid IPv4 address")
      }
      try register(TargetRecord(host: target.id, port: target.port ?? group.port), in: group.arn)
    }
  }

  mutating func deregister(_ request: ELBv2.DeregisterTargetsRequest) throws(AWSError) {
    let group = try targetGroup(request.targetGroupArn)
    guard !request.targets.isEmpty else { throw ELBv2Error.validation("One or more targets must be specified") }
    for target in request.targets {
      let leaving = group.targets.filter { $0.host == target.id && (target.port ?? $0.port) == $0.port }
      guard !leaving.isEmpty else {
        throw AWSError(
          "InvalidTarget", "The following targets are not registered to the target group: \(target.id)")
      }
      for record in leaving { try deregister(record, from: group.arn) }
    }
  }

  /// Registers one target of whatever type; again is no error.
  mutating func register(_ target: TargetRecord, in targetGroupARN: String) throws(AWSError) {
    guard !(try targetGroup(targetGroupARN).targets.contains(target)) else { return }
    targetGroups[targetGroupARN]?.targets.append(target)
  }

  /// Deregisters one target; what is gone already is no error.
  mutating func deregister(_ target: TargetRecord, from targetGroupARN: String) throws(AWSError) {
    _ = try targetGroup(targetGroupARN)
    targetGroups[targetGroupARN]?.targets.removeAll { $0 == target }
  }

  /// The health of one target, from what the data path says of it.
  func health(of target: TargetRecord, in group: TargetGroupRecord, dataPath: TargetHealthView?) -> TargetHealthView {
    let isRegistered = group.targets.contains(target)
    guard isRegistered || dataPath?.state == "draining" else {
      return TargetHealthView(
        state: "unused", reason: "Target.NotRegistered", description: "Target is not registered to the target group")
    }
    guard !loadBalancers(forwardingTo: group.arn).isEmpty else {
      return TargetHealthView(
        state: "unused", reason: "Target.NotInUse",
        description: "Target group is not configured to receive traffic from the load balancer")
    }
    return dataPath
      ?? TargetHealthView(
        state: "initial", reason: "Elb.RegistrationInProgress", description: "Target registration is in progress")
  }
}
