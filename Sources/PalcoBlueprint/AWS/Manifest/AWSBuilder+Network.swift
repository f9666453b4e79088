extension AWSBuilder {
  /// The AWS services that tasks cannot do without, and why.
  func neededEndpoints(
    task: Infrastructure.TaskSettings, capacity: Infrastructure.Capacity?, database: Infrastructure.Database?
  ) -> [Infrastructure.InterfaceEndpoint: String] {
    var needed: [Infrastructure.InterfaceEndpoint: String] = [
      .ecrAPI: "to pull images", .ecrDocker: "to pull images", .logs: "to write logs",
    ]
    for secret in task.secrets {
      if case .reference(let reference) = secret.source, !reference.contains(":secretsmanager:") {
        needed[.ssm] = "to fetch `\(secret.name)`"
      } else {
        needed[.secretsManager] = "to fetch `\(secret.name)`"
      }
    }
    if reader.section("access").text("kind") == "session-manager" { needed[.ssmMessages] = "for sessions" }
    if case .ec2 = database { needed[.ssm] = "for the database's instance" }
    if case .ec2 = capacity {
      for endpoint in [Infrastructure.InterfaceEndpoint.ecs, .ecsAgent, .ecsTelemetry] {
        needed[endpoint] = "for the container instances"
      }
      needed[.ssm] = "for the container instances"
    }
    return needed
  }

  mutating func network(
    needed: [Infrastructure.InterfaceEndpoint: String], region: String?
  ) -> Infrastructure.Network? {
    let section = reader.section("network")
    guard let cidr = cidr(section), let zones = section.number("zones"), let nat = Self.nat(section.text("nat")),
      let flowLogs = section.boolean("flow_logs"), let egress = egress(section, nat: nat)
    else { return nil }
    if let region, let most = AWSRegions.zones[region], zones > most, let written = section.written("zones") {
      problems.add(at: written, "\(region) has \(most) availability zones", fix: "write `zones: \(most)`")
    }
    var network = Infrastructure.Network(
      cidr: cidr, zones: zones, subnets: Infrastructure.Network.subnets(of: cidr, zones: zones), nat: nat,
      endpoints: [],
      egress: egress, flowLogs: flowLogs)
    guard let endpoints = endpoints(section, needed: needed, reachesInternet: network.reachesInternet) else {
      return nil
    }
    network.endpoints = endpoints
    return network
  }

  private static func nat(_ written: String?) -> Infrastructure.NAT? {
    switch written {
    case "gateway-per-zone": .gatewayPerZone
    case "gateway": .gateway
    case "instance": .instance
    case "none": Infrastructure.NAT.none
    default: nil
    }
  }

  // MARK: Addresses

  private mutating func cidr(_ section: SectionReader) -> CIDRBlock? {
    guard let written = section.written("cidr") else {
      let block = Self.ownBlock(project: project, environment: environment)
      return isFree(block, section, reportedAt: section.written("avoid")) ? block : nil
    }
    guard let text = section.text("cidr"), let block = block(text, at: written) else { return nil }
    guard block.isPrivate else {
      problems.add(
        at: written, "\(block) is not for private networks",
        fix: "take addresses from 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16")
      return nil
    }
    // The load balancer needs a /27 in each zone, and four bits of the VPC's addresses tell its subnets apart:
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#subnets-load-balancer
    guard (16...23).contains(block.prefix) else {
      problems.add(
        at: written,
        block.prefix > 23
          ? "/\(block.prefix) is too small: each zone needs a /27 for the load balancer, one for tasks and one for data"
          : "/\(block.prefix) is larger than a VPC can be",
        fix: block.prefix > 23
          ? "write /16 to /23" : "write /16 or less, as in `\(CIDRBlock(address: block.address, prefix: 16))`")
      return nil
    }
    return isFree(block, section, reportedAt: written) ? block : nil
  }

  /// The /16 that follows from an environment's name.
  static func ownBlock(project: String, environment: String) -> CIDRBlock {
    let place = UInt32(truncatingIfNeeded: StableHash.of("\(project)-\(environment)")) & 0xFF
    return CIDRBlock(address: 10 << 24 | place << 16, prefix: 16)
  }

  private mutating func isFree(_ block: CIDRBlock, _ section: SectionReader, reportedAt place: YAMLValue?) -> Bool {
    guard case .list(let items)? = section.written("avoid")?.content else { return true }
    var isFree = true
    for item in items {
      guard case .scalar(let scalar) = item.content, let other = self.block(scalar.text, at: item) else { continue }
      guard other.overlaps(block), let place else { continue }
      problems.add(
        at: place, "\(block) overlaps with \(other), which is to be avoided",
        fix: "write a `cidr` that does not, as in `\(Self.free(of: [other]))`")
      isFree = false
    }
    return isFree
  }

  /// A /16 that overlaps with none of some blocks.
  static func free(of taken: [CIDRBlock]) -> CIDRBlock {
    let candidates = (0..<256).lazy.map { CIDRBlock(address: 10 << 24 | UInt32($0) << 16, prefix: 16) }
    return candidates.first { block in !taken.contains { $0.overlaps(block) } }
      ?? CIDRBlock(address: 172 << 24 | 16 << 16, prefix: 16)
  }

  /// Reads a block, or reports.
  mutating func block(_ text: String, at written: YAMLValue) -> CIDRBlock? {
    guard let block = CIDRBlock(text) else {
      problems.add(
        at: written, "\(text.quotedForMessage) is no block of addresses", fix: "write it as in `10.20.0.0/16`")
      return nil
    }
    guard block.description == text else {
      problems.add(
        at: written, "\(text.quotedForMessage) has bits behind its prefix", fix: "write `\(block)`")
      return nil
    }
    return block
  }

  // MARK: Ways out

  private mutating func egress(_ section: SectionReader, nat: Infrastructure.NAT) -> [Infrastructure.EgressTarget]? {
    guard let written = section.written("egress") else {
      return nat == .none ? [] : [Infrastructure.EgressTarget(cidr: .everywhere, port: 443)]
    }
    guard nat != .none else {
      if !isInherited("egress", in: section) {
        problems.add(
          at: written, "does not go with `nat: none`: nothing outside can be reached", fix: "remove one of them")
      }
      return []
    }
    guard case .list(let items) = written.content else { return nil }
    var targets: [Infrastructure.EgressTarget] = []
    for item in items {
      guard case .scalar(let scalar) = item.content else { return nil }
      let parts = scalar.text.split(separator: ":")
      guard let first = parts.first, let block = block(String(first), at: item) else { return nil }
      guard let port = parts.count == 2 ? Int(parts[1]) : 443, (1...65535).contains(port) else {
        problems.add(at: item, "\(scalar.text.quotedForMessage) has no port from 1 to 65535")
        return nil
      }
      let target = Infrastructure.EgressTarget(cidr: block, port: port)
      if !targets.contains(target) { targets.append(target) }
    }
    return targets
  }

  private mutating func endpoints(
    _ section: SectionReader, needed: [Infrastructure.InterfaceEndpoint: String], reachesInternet: Bool
  ) -> [Infrastructure.InterfaceEndpoint]? {
    let all = Infrastructure.InterfaceEndpoint.allCases
    guard let written = section.written("endpoints") else {
      return reachesInternet ? [] : all.filter { needed[$0] != nil }
    }
    let texts = section.list("endpoints")
    let missing = all.filter { needed[$0] != nil && !texts.contains($0.rawValue) }
    if !reachesInternet, !missing.isEmpty {
      let reasons = missing.map { "`\($0.rawValue)` \(needed[$0] ?? "")" }.joined(separator: ", ")
      problems.add(
        at: written, "tasks do not reach the internet, and miss \(reasons)",
        fix: "add \(missing.map(\.rawValue).joined(separator: ", ")), or remove `endpoints` for those that are needed")
      return nil
    }
    return all.filter { texts.contains($0.rawValue) }
  }

  /// Whether the tasks' subnets have an address for every task of a release.
  mutating func checkRoom(
    _ network: Infrastructure.Network, _ scaling: Infrastructure.ServiceScaling, _ capacity: Infrastructure.Capacity?
  ) {
    let instances = if case .ec2(let instances)? = capacity { instances.maximum } else { 0 }
    // AWS keeps five addresses of each subnet.
    let room = network.subnets(.private).reduce(0) { $0 + $1.cidr.count - 5 }
    let needed = scaling.maximum * 2 + network.endpoints.count * network.zones + instances
    guard needed > room,
      let place = reader.section("scaling").written("max") ?? reader.section("network").written("cidr")
    else { return }
    problems.add(
      at: place,
      "a release of \(scaling.maximum) tasks needs \(needed) addresses, and the tasks' subnets in \(network.cidr) have \(room)",
      fix: "write a larger `network.cidr`, a smaller `scaling.max`, or `zones: 3`")
  }

  /// Whether an environment has a key of a section from the part above the environments.
  func isInherited(_ key: String, in section: SectionReader) -> Bool {
    section.value?.entries?.first { $0.key == key }?.isInherited ?? false
  }
}
