/// Works out who may speak with whom: internet → balancer → tasks → database, and nothing else than what is needed.
struct SecurityPlan {
  typealias Role = AWSInfrastructure.SecurityGroupRole
  typealias Rule = AWSInfrastructure.SecurityGroupRule
  typealias Peer = AWSInfrastructure.SecurityGroupPeer

  let network: AWSInfrastructure.Network
  let servicePort: Int
  let hasHTTPS: Bool
  let testPort: Int
  let capacity: AWSInfrastructure.Capacity
  let database: AWSInfrastructure.Database
  let access: AWSInfrastructure.Access

  func groups() -> [AWSInfrastructure.SecurityGroup] {
    Role.allCases.compactMap { role in
      let (description, rules) = contents(of: role)
      guard !rules.isEmpty else { return nil }
      let sorted = rules.filter { $0.direction == .ingress } + rules.filter { $0.direction == .egress }
      return AWSInfrastructure.SecurityGroup(role: role, description: description, rules: sorted)
    }
  }

  private var hasEndpoints: Bool { !network.endpoints.isEmpty }
  private var hasBastion: Bool { access != .sessionManager }
  private var hasInstances: Bool { if case .ec2 = capacity { true } else { false } }
  private var hasDatabaseHost: Bool { if case .ec2 = database { true } else { false } }

  private func contents(of role: Role) -> (description: String, rules: [Rule]) {
    switch role {
    case .balancer: ("The load balancer", balancer)
    case .tasks: ("The tasks of the service", tasks)
    case .database: ("The database", databaseRules)
    case .bastion: ("The bastion", bastion)
    case .endpoints: ("The endpoints of AWS services in the VPC", endpoints)
    case .containerInstances: ("The instances that tasks run on", hasInstances ? hostEgress : [])
    case .natInstance: ("The instance that translates addresses", natInstance)
    }
  }

  private var balancer: [Rule] {
    var rules = [into(80, from: .internet, hasHTTPS ? "Clients, redirected to HTTPS" : "Clients over plain HTTP")]
    if hasHTTPS { rules.append(into(443, from: .internet, "Clients over HTTPS")) }
    rules.append(into(testPort, from: .cidr(network.cidr), "Tests of a new deployment from inside the VPC"))
    rules.append(out(servicePort, to: .securityGroup(.tasks), "Requests and health checks"))
    return rules
  }

  private var tasks: [Rule] {
    var rules = [into(servicePort, from: .securityGroup(.balancer), "Requests and health checks")]
    rules += awsServices
    rules += network.egress.map { target in
      out(
        target.port, to: peer(target.cidr),
        target.cidr == .everywhere ? "Servers on the internet" : "Named by the manifest")
    }
    if database != .none {
      rules.append(out(AWSInfrastructure.Database.port, to: .securityGroup(.database), "The database"))
    }
    return rules
  }

  private var databaseRules: [Rule] {
    guard database != .none else { return [] }
    let port = AWSInfrastructure.Database.port
    var rules = [into(port, from: .securityGroup(.tasks), "The tasks")]
    if hasBastion { rules.append(into(port, from: .securityGroup(.bastion), "People, by the bastion")) }
    return rules + (hasDatabaseHost ? hostEgress : [])
  }

  private var bastion: [Rule] {
    guard case .bastion(let bastion) = access else { return [] }
    var rules = bastion.sources.map { into(22, from: peer($0), "People over SSH") }
    rules.append(out(443, to: .s3PrefixList, "Updates of Amazon Linux"))
    if database != .none {
      rules.append(out(AWSInfrastructure.Database.port, to: .securityGroup(.database), "The database"))
    }
    return rules
  }

  private var endpoints: [Rule] {
    guard hasEndpoints else { return [] }
    var rules = [into(443, from: .securityGroup(.tasks), "The tasks")]
    if hasInstances { rules.append(into(443, from: .securityGroup(.containerInstances), "The container instances")) }
    if hasDatabaseHost { rules.append(into(443, from: .securityGroup(.database), "The database's instance")) }
    return rules
  }

  private var natInstance: [Rule] {
    guard network.nat == .instance else { return [] }
    let ports = Set(network.egress.map(\.port) + [443]).sorted()
    let tiers = network.subnets(.private) + (hasDatabaseHost ? network.subnets(.data) : [])
    let inwards = ports.flatMap { port in tiers.map { into(port, from: .cidr($0.cidr), "The subnets behind it") } }
    return inwards + ports.map { out($0, to: .internet, "Whatever the subnets behind it may reach") }
  }

  /// What an instance needs: AWS's services, and S3, which Amazon Linux has its packages in.
  private var hostEgress: [Rule] {
    awsServices + (network.nat == .none ? [] : [out(443, to: .internet, "AWS services that have no endpoint here")])
  }

  private var awsServices: [Rule] {
    (hasEndpoints ? [out(443, to: .securityGroup(.endpoints), "AWS services in the VPC")] : [])
      + [out(443, to: .s3PrefixList, "S3, which has the layers of images and the packages of Amazon Linux")]
  }

  private func peer(_ block: CIDRBlock) -> Peer { block == .everywhere ? .internet : .cidr(block) }

  private func into(_ port: Int, from peer: Peer, _ reason: String) -> Rule {
    Rule(direction: .ingress, peer: peer, port: port, reason: reason)
  }

  private func out(_ port: Int, to peer: Peer, _ reason: String) -> Rule {
    Rule(direction: .egress, peer: peer, port: port, reason: reason)
  }
}
