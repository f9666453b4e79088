import AWSWire
import PalcoCore

// Target groups.
extension ELBv2State {
  mutating func create(_ request: ELBv2.CreateTargetGroupRequest, in cloud: CloudContext) throws(AWSError)
    -> TargetGroupRecord
  {
    try ELBv2Error.checkName(request.name, kind: "Target group")
    let targetType = request.targetType ?? "instance"
    try ELBv2Error.check(targetType, "targetType", among: ["instance", "ip", "lambda", "alb"])
    if targetType == "lambda" { return try createLambda(request, in: cloud) }
    guard targetType != "alb" else {
      throw ELBv2Error.configuration(
        "Target groups of type 'alb' are not available in this cloud; use target type 'ip'")
    }
    guard let wire = request.protocol else { throw ELBv2Error.validation("A protocol must be specified") }
    try ELBv2Error.check(wire, "protocol", among: TargetGroupKind.protocols + ["QUIC", "TCP_QUIC"])
    let kind = TargetGroupKind(wire: wire)
    guard TargetGroupKind.protocols.contains(wire) else {
      throw ELBv2Error.configuration(
        "Target groups with protocol '\(wire)' are not available in this cloud; use 'HTTP'")
    }
    // Terraform writes an empty text where it has nothing to say.
    guard ["HTTP1", "", nil].contains(request.protocolVersion?.uppercased()) else {
      throw ELBv2Error.configuration(
        "The protocol version '\(request.protocolVersion ?? "")' is not available in this cloud; use 'HTTP1'")
    }
    try ELBv2Error.check(request.ipAddressType, "ipAddressType", among: ["ipv4", "ipv6"])
    guard request.ipAddressType != "ipv6" || !kind.isServed else {
      throw ELBv2Error.configuration("The address type of a target group can only be 'ipv4' in this cloud")
    }
    guard let port = request.port else { throw ELBv2Error.validation("A port must be specified") }
    try ELBv2Error.check(port, "port", in: 1...65535)
    guard let vpcID = request.vpcId else {
      throw ELBv2Error.validation("A VPC ID must be specified")
    }
    // There is no VPC here: whatever looks like one is one.
    guard vpcID.hasPrefix("vpc-") else { throw ELBv2Error.validation("The VPC ID '\(vpcID)' is not found") }
    let record = TargetGroupRecord(
      arn: cloud.arn("elasticloadbalancing", "targetgroup/\(request.name)/\(cloud.ids.hexadecimal(16))"),
      sequence: nextSequence, name: request.name, protocol: wire, port: port, vpcID: vpcID, targetType: targetType,
      healthCheck: try kind.healthCheck.changed(request.healthCheck, of: kind, targetType: targetType),
      ipAddressType: request.ipAddressType == "ipv6" ? "ipv6" : nil,
      tags: try ELBv2Tags.added(request.tags ?? [], to: [:]))
    return try added(record)
  }

  private mutating func createLambda(
    _ request: ELBv2.CreateTargetGroupRequest, in cloud: CloudContext
  ) throws(AWSError) -> TargetGroupRecord {
    for (member, isGiven) in [
      ("Port", request.port != nil), ("VPC ID", request.vpcId != nil), ("Protocol", request.protocol != nil),
    ] where isGiven {
      throw ELBv2Error.validation("\(member) cannot be specified for target groups with target type 'lambda'")
    }
    let kind = TargetGroupKind(wire: nil)
    return try added(
      TargetGroupRecord(
        arn: cloud.arn("elasticloadbalancing", "targetgroup/\(request.name)/\(cloud.ids.hexadecimal(16))"),
        sequence: nextSequence, name: request.name, protocol: "", port: 0, vpcID: "", targetType: "lambda",
        healthCheck: try kind.healthCheck.changed(request.healthCheck, of: kind, targetType: "lambda"),
        tags: try ELBv2Tags.added(request.tags ?? [], to: [:])))
  }

  /// Adds a target group; asking again for the same answers the one that there is.
  private mutating func added(_ record: TargetGroupRecord) throws(AWSError) -> TargetGroupRecord {
    if let existing = targetGroups.values.first(where: { $0.name == record.name }) {
      guard existing.hasSettings(of: record) else {
        throw AWSError(
          "DuplicateTargetGroupName",
          "A target group with the same name '\(record.name)' exists, but with different settings")
      }
      return existing
    }
    targetGroups[record.arn] = record
    return record
  }

  func describe(_ request: ELBv2.DescribeTargetGroupsRequest) throws(AWSError) -> ELBv2Page<TargetGroupRecord> {
    let arns = request.targetGroupArns ?? []
    let names = request.names ?? []
    guard [!arns.isEmpty, !names.isEmpty, request.loadBalancerArn != nil].filter({ $0 }).count <= 1 else {
      throw ELBv2Error.validation(
        "Target group names, target group ARNs, and a load balancer ARN cannot be specified at the same time")
    }
    var found = targetGroups.values.sorted { $0.sequence < $1.sequence }
    if let loadBalancerARN = request.loadBalancerArn {
      _ = try loadBalancer(loadBalancerARN)
      found = found.filter { loadBalancers(forwardingTo: $0.arn).contains { $0.arn == loadBalancerARN } }
    }
    guard arns.allSatisfy({ targetGroups[$0] != nil }), names.allSatisfy({ name in found.contains { $0.name == name } })
    else { throw AWSError("TargetGroupNotFound", "One or more target groups not found") }
    if !arns.isEmpty { found = found.filter { arns.contains($0.arn) } }
    if !names.isEmpty { found = found.filter { names.contains($0.name) } }
    return try ELBv2Page(found, marker: request.marker, size: request.pageSize, place: \.sequence)
  }

  mutating func modify(_ request: ELBv2.ModifyTargetGroupRequest) throws(AWSError) -> TargetGroupRecord {
    var record = try targetGroup(request.targetGroupArn)
    record.healthCheck = try record.healthCheck.changed(
      request.healthCheck, of: record.kind, targetType: record.targetType)
    targetGroups[record.arn] = record
    return record
  }

  mutating func modify(_ request: ELBv2.ModifyTargetGroupAttributesRequest) throws(AWSError) -> [ELBv2.Attribute] {
    var record = try targetGroup(request.targetGroupArn)
    try record.kind.checkStickiness(request.attributes)
    let catalog = record.kind.catalog
    record.attributes = try catalog.applying(request.attributes, to: record.attributes)
    targetGroups[record.arn] = record
    return catalog.all(record.attributes)
  }

  /// Deletes a target group; what is gone already is no error.
  mutating func delete(_ request: ELBv2.DeleteTargetGroupRequest) throws(AWSError) {
    guard loadBalancers(forwardingTo: request.targetGroupArn).isEmpty else {
      throw ELBv2Error.inUse(
        "Target group '\(request.targetGroupArn)' is currently in use by a listener or a rule")
    }
    targetGroups[request.targetGroupArn] = nil
  }

  /// A target group as AWS shows it.
  func shape(_ record: TargetGroupRecord) -> ELBv2.TargetGroup {
    let isLambda = record.targetType == "lambda"
    let isChecked = record.healthCheck.protocol == nil || record.healthCheck.protocol == "HTTPS"
    return ELBv2.TargetGroup(
      targetGroupArn: record.arn, targetGroupName: record.name, protocol: isLambda ? nil : record.protocol,
      port: isLambda ? nil : record.port, vpcId: isLambda ? nil : record.vpcID,
      healthCheckProtocol: isLambda ? nil : record.healthCheck.protocol ?? "HTTP",
      healthCheckPort: isLambda ? nil : record.healthCheck.port,
      healthCheckEnabled: !isLambda, healthCheckPath: isChecked ? record.healthCheck.path : nil,
      healthCheckIntervalSeconds: record.healthCheck.interval, healthCheckTimeoutSeconds: record.healthCheck.timeout,
      healthyThresholdCount: record.healthCheck.healthyThreshold,
      unhealthyThresholdCount: record.healthCheck.unhealthyThreshold,
      matcher: isChecked ? .init(httpCode: record.healthCheck.matcher) : nil,
      loadBalancerArns: loadBalancers(forwardingTo: record.arn).map(\.arn), targetType: record.targetType,
      protocolVersion: record.kind.isWeb && !isLambda ? "HTTP1" : nil,
      ipAddressType: isLambda ? nil : record.ipAddressType ?? "ipv4")
  }
}

extension TargetGroupRecord {
  /// Whether a second request to make it asks for the same again, which succeeds.
  fileprivate func hasSettings(of other: TargetGroupRecord) -> Bool {
    (`protocol`, port, vpcID, targetType, healthCheck) == (
      other.protocol, other.port, other.vpcID, other.targetType, other.healthCheck
    ) && (ipAddressType, tags) == (other.ipAddressType, other.tags)
  }
}

extension ELBv2.CreateTargetGroupRequest {
  fileprivate var healthCheck: HealthCheckSettings.Change {
    .init(
      protocol: healthCheckProtocol, port: healthCheckPort, isEnabled: healthCheckEnabled, path: healthCheckPath,
      interval: healthCheckIntervalSeconds, timeout: healthCheckTimeoutSeconds,
      healthyThreshold: healthyThresholdCount, unhealthyThreshold: unhealthyThresholdCount, matcher: matcher)
  }
}

extension ELBv2.ModifyTargetGroupRequest {
  fileprivate var healthCheck: HealthCheckSettings.Change {
    .init(
      protocol: healthCheckProtocol, port: healthCheckPort, isEnabled: healthCheckEnabled, path: healthCheckPath,
      interval: healthCheckIntervalSeconds, timeout: healthCheckTimeoutSeconds,
      healthyThreshold: healthyThresholdCount, unhealthyThreshold: unhealthyThresholdCount, matcher: matcher)
  }
}
