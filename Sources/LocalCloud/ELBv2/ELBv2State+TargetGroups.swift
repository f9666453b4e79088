import AWSWire
import PalcoCore

// Target groups.
extension ELBv2State {
  mutating func create(_ request: ELBv2.CreateTargetGroupRequest, in cloud: CloudContext) throws(AWSError)
    -> TargetGroupRecord
  {
    try ELBv2Error.checkName(request.name, kind: "Target group")
    guard !request.name.contains("--") else {
      throw ELBv2Error.validation("Target group name '\(request.name)' cannot contain '--'")
    }
    let targetType = request.targetType ?? "instance"
    try ELBv2Error.check(targetType, "targetType", among: ["instance", "ip", "lambda", "alb"])
    guard targetType == "instance" || targetType == "ip" else {
      throw ELBv2Error.configuration(
        "Target groups of type '\(targetType)' are not available in this cloud; use target type 'ip'")
    }
    guard let wire = request.protocol else { throw ELBv2Error.validation("A protocol must be specified") }
    try ELBv2Error.check(
      wire, "protocol", among: ["HTTP", "HTTPS", "TCP", "TLS", "UDP", "TCP_UDP", "GENEVE", "QUIC", "TCP_QUIC"])
    guard wire == "HTTP" else {
      throw ELBv2Error.configuration(
        "Target groups with protocol '\(wire)' are not available in this cloud; use 'HTTP'")
    }
    // Terraform writes an empty text where it has nothing to say.
    guard ["HTTP1", "", nil].contains(request.protocolVersion?.uppercased()) else {
      throw ELBv2Error.configuration(
        "The protocol version '\(request.protocolVersion ?? "")' is not available in this cloud; use 'HTTP1'")
    }
    guard request.ipAddressType ?? "ipv4" == "ipv4" else {
      throw ELBv2Error.configuration("The address type of a target group can only be 'ipv4' in this cloud")
    }
    guard let port = request.port else { throw ELBv2Error.validation("A port must be specified") }
    try ELBv2Error.check(port, "port", in: 1...65535)
    guard let vpcID = request.vpcId else {
      throw ELBv2Error.validation("A VPC ID must be specified; this cloud has no VPC, so any id will do, such as vpc-1")
    }
    let record = TargetGroupRecord(
      arn: cloud.arn("elasticloadbalancing", "targetgroup/\(request.name)/\(cloud.ids.hexadecimal(16))"),
      sequence: nextSequence, name: request.name, protocol: wire, port: port, vpcID: vpcID, targetType: targetType,
      healthCheck: try HealthCheckSettings().changed(request.healthCheck, targetType: targetType),
      tags: try ELBv2Tags.added(request.tags ?? [], to: [:]))
    if let existing = targetGroups.values.first(where: { $0.name == request.name }) {
      guard existing.hasSettings(of: record) else {
        throw AWSError(
          "DuplicateTargetGroupName",
          "A target group with the same name '\(request.name)' exists, but with different settings")
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
    record.healthCheck = try record.healthCheck.changed(request.healthCheck, targetType: record.targetType)
    targetGroups[record.arn] = record
    return record
  }

  mutating func modify(_ request: ELBv2.ModifyTargetGroupAttributesRequest) throws(AWSError) -> [ELBv2.Attribute] {
    var record = try targetGroup(request.targetGroupArn)
    record.attributes = try AttributeCatalog.targetGroup.applying(request.attributes, to: record.attributes)
    targetGroups[record.arn] = record
    return AttributeCatalog.targetGroup.all(record.attributes)
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
    ELBv2.TargetGroup(
      targetGroupArn: record.arn, targetGroupName: record.name, protocol: record.protocol, port: record.port,
      vpcId: record.vpcID, healthCheckProtocol: "HTTP", healthCheckPort: record.healthCheck.port,
      healthCheckEnabled: true, healthCheckPath: record.healthCheck.path,
      healthCheckIntervalSeconds: record.healthCheck.interval, healthCheckTimeoutSeconds: record.healthCheck.timeout,
      healthyThresholdCount: record.healthCheck.healthyThreshold,
      unhealthyThresholdCount: record.healthCheck.unhealthyThreshold,
      matcher: .init(httpCode: record.healthCheck.matcher),
      loadBalancerArns: loadBalancers(forwardingTo: record.arn).map(\.arn), targetType: record.targetType,
      protocolVersion: "HTTP1", ipAddressType: "ipv4")
  }
}

extension TargetGroupRecord {
  /// Whether a second request to make it asks for the same again, which succeeds.
  fileprivate func hasSettings(of other: TargetGroupRecord) -> Bool {
    (port, vpcID, targetType, healthCheck, tags)
      == (other.port, other.vpcID, other.targetType, other.healthCheck, other.tags)
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
