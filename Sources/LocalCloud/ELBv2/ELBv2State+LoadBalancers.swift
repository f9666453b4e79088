import AWSWire
import Foundation
import PalcoCore

// Load balancers.
extension ELBv2State {
  mutating func create(_ request: ELBv2.CreateLoadBalancerRequest, in cloud: CloudContext) throws(AWSError)
    -> LoadBalancerRecord
  {
    try ELBv2Error.checkName(request.name, kind: "Load balancer")
    guard !request.name.hasPrefix("internal-") else {
      throw ELBv2Error.validation("Load balancer name '\(request.name)' cannot begin with 'internal-'")
    }
    try ELBv2Error.check(request.type, "type", among: ["application", "network", "gateway"])
    let type = request.type ?? "application"
    try ELBv2Error.check(request.scheme, "scheme", among: ["internet-facing", "internal"])
    let subnets = try Self.subnets(
      request.subnets, request.subnetMappings, minimum: type == "application" ? 2 : 1)
    try Self.check(securityGroups: request.securityGroups ?? [])
    let tags = try ELBv2Tags.added(request.tags ?? [], to: [:])
    var record = LoadBalancerRecord(
      arn: cloud.arn(
        "elasticloadbalancing",
        "loadbalancer/\(LoadBalancerRecord.prefixes[type] ?? "app")/\(request.name)/\(cloud.ids.hexadecimal(16))"),
      sequence: nextSequence, name: request.name, createdTime: cloud.time.now(),
      scheme: request.scheme ?? "internet-facing", subnets: subnets, securityGroups: request.securityGroups ?? [],
      ipAddressType: try Self.ipAddressType(request.ipAddressType ?? "ipv4"),
      type: type == "application" ? nil : type, host: "", tags: tags)
    if let existing = loadBalancers.values.first(where: { $0.name == request.name }) {
      guard existing.hasSettings(of: record) else {
        throw AWSError(
          "DuplicateLoadBalancerName",
          "A load balancer with the same name '\(request.name)' exists, but with different settings")
      }
      return existing
    }
    record.host = LoopbackAddress.unused(by: Set(loadBalancers.values.map(\.host)), ids: cloud.ids)
    loadBalancers[record.arn] = record
    return record
  }

  func describe(_ request: ELBv2.DescribeLoadBalancersRequest) throws(AWSError) -> ELBv2Page<LoadBalancerRecord> {
    var found = loadBalancers.values.sorted { $0.sequence < $1.sequence }
    if let arns = request.loadBalancerArns, !arns.isEmpty {
      guard arns.allSatisfy({ loadBalancers[$0] != nil }) else {
        throw AWSError("LoadBalancerNotFound", "One or more load balancers not found")
      }
      found = found.filter { arns.contains($0.arn) }
    }
    if let names = request.names, !names.isEmpty {
      let unknown = names.filter { name in !loadBalancers.values.contains { $0.name == name } }
      guard unknown.isEmpty else {
        throw AWSError("LoadBalancerNotFound", "Load balancers '[\(unknown.joined(separator: ", "))]' not found")
      }
      found = found.filter { names.contains($0.name) }
    }
    return try ELBv2Page(found, marker: request.marker, size: request.pageSize, place: \.sequence)
  }

  /// Deletes a load balancer with its listeners and rules; what is gone already is no error.
  mutating func delete(_ request: ELBv2.DeleteLoadBalancerRequest) throws(AWSError) {
    guard let record = loadBalancers[request.loadBalancerArn] else { return }
    guard AttributeCatalog.loadBalancer.value("deletion_protection.enabled", record.attributes) == "false" else {
      throw ELBv2Error.notPermitted(
        "Load balancer '\(record.arn)' cannot be deleted because deletion protection is enabled")
    }
    for listener in listeners(of: record.arn) { remove(listener) }
    loadBalancers[record.arn] = nil
  }

  mutating func modify(_ request: ELBv2.ModifyLoadBalancerAttributesRequest) throws(AWSError) -> [ELBv2.Attribute] {
    var record = try loadBalancer(request.loadBalancerArn)
    record.attributes = try record.catalog.applying(request.attributes, to: record.attributes)
    loadBalancers[record.arn] = record
    return record.catalog.all(record.attributes)
  }

  mutating func set(_ request: ELBv2.SetSubnetsRequest) throws(AWSError) -> LoadBalancerRecord {
    var record = try loadBalancer(request.loadBalancerArn)
    record.subnets = try Self.subnets(
      request.subnets, request.subnetMappings, minimum: record.type == nil ? 2 : 1)
    record.ipAddressType = try Self.ipAddressType(request.ipAddressType ?? record.ipAddressType)
    loadBalancers[record.arn] = record
    return record
  }

  mutating func set(_ request: ELBv2.SetSecurityGroupsRequest) throws(AWSError) -> LoadBalancerRecord {
    var record = try loadBalancer(request.loadBalancerArn)
    try Self.check(securityGroups: request.securityGroups)
    record.securityGroups = request.securityGroups
    loadBalancers[record.arn] = record
    return record
  }

  mutating func set(_ request: ELBv2.SetIpAddressTypeRequest) throws(AWSError) -> LoadBalancerRecord {
    var record = try loadBalancer(request.loadBalancerArn)
    record.ipAddressType = try Self.ipAddressType(request.ipAddressType)
    loadBalancers[record.arn] = record
    return record
  }

  /// There is no VPC here: any two ids are two subnets of two zones.
  private static func subnets(
    _ plain: [String]?, _ mappings: [ELBv2.SubnetMapping]?, minimum: Int
  ) throws(AWSError) -> [String] {
    let ids = plain.flatMap { $0.isEmpty ? nil : $0 } ?? (mappings ?? []).compactMap(\.subnetId)
    guard ids.allSatisfy({ $0.hasPrefix("subnet-") }) else {
      throw ELBv2Error.validation("A subnet ID must begin with 'subnet-': [\(ids.joined(separator: ", "))]")
    }
    guard Set(ids).count >= minimum else {
      throw ELBv2Error.validation(
        "At least two subnets in two different Availability Zones must be specified; "
          + "this cloud has no VPC, so any two ids will do, such as subnet-1 and subnet-2")
    }
    guard Set(ids).count == ids.count else {
      throw ELBv2Error.validation("A subnet cannot be specified more than once")
    }
    return ids
  }

  private static func ipAddressType(_ type: String) throws(AWSError) -> String {
    try ELBv2Error.check(type, "ipAddressType", among: ["ipv4", "dualstack", "dualstack-without-public-ipv4"])
    // What answers on both answers on IPv4 as well; only that is here.
    return type
  }

  /// There are no security groups here: whatever looks like one is one.
  private static func check(securityGroups: [String]) throws(AWSError) {
    guard let wrong = securityGroups.first(where: { !$0.hasPrefix("sg-") }) else { return }
    throw AWSError(
      "InvalidSecurityGroup", "One or more security groups are invalid: '\(wrong)' does not begin with 'sg-'")
  }
}

extension LoadBalancerRecord {
  /// Whether a second request to make it asks for the same again, which succeeds.
  fileprivate func hasSettings(of other: LoadBalancerRecord) -> Bool {
    (name, scheme, subnets, securityGroups, ipAddressType, tags)
      == (other.name, other.scheme, other.subnets, other.securityGroups, other.ipAddressType, other.tags)
      && type == other.type
  }

  /// How the ARN of a type begins.
  fileprivate static let prefixes = ["application": "app", "network": "net", "gateway": "gwy"]

  /// The attributes that it has.
  var catalog: AttributeCatalog { type == nil ? .loadBalancer : .networkLoadBalancer }

  /// The load balancer as AWS shows it.
  func shape(state: ELBv2.LoadBalancerState, in cloud: CloudContext) -> ELBv2.LoadBalancer {
    ELBv2.LoadBalancer(
      loadBalancerArn: arn, dnsName: host, canonicalHostedZoneId: Self.hostedZones[cloud.region] ?? "Z35SXDOTRQ7X7K",
      createdTime: createdTime, loadBalancerName: name, scheme: scheme, vpcId: "vpc-00000000000000001", state: state,
      type: type ?? "application", availabilityZones: availabilityZones(in: cloud), securityGroups: securityGroups,
      ipAddressType: ipAddressType)
  }

  func availabilityZones(in cloud: CloudContext) -> [ELBv2.AvailabilityZone] {
    zip("abcdef", subnets).map { letter, subnet in
      ELBv2.AvailabilityZone(zoneName: "\(cloud.region)\(letter)", subnetId: subnet, loadBalancerAddresses: [])
    }
  }

  /// https://docs.aws.amazon.com/general/latest/gr/elb.html
  private static let hostedZones = [
    "us-east-1": "Z35SXDOTRQ7X7K", "us-east-2": "Z3AADJGX6KTTL2", "us-west-1": "Z368ELLRRE2KJ0",
    "us-west-2": "Z1H1FL5HABSF5", "eu-west-1": "Z32O12XQLNTSW2", "eu-central-1": "Z215JYRZR1TBD5",
    "sa-east-1": "Z2P70J7HTTTPLU",
  ]
}
