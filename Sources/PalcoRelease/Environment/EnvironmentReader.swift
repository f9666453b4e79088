import AWSWire
import PalcoBlueprint

/// Finds what an environment consists of, by the names of its blueprint.
struct EnvironmentReader: Sendable {
  let access: CloudAccess
  let names: ResourceNames
  private let environment: String
  /// The port of the production listener, where there are listeners for other things too.
  private let productionPort: Int?

  init(_ access: CloudAccess, _ blueprint: Blueprint) {
    self.access = access
    names = blueprint.names
    environment = blueprint.environment
    productionPort = blueprint.aws?.balancer.productionPort
  }

  /// The load balancer; `nil` when it was not made.
  func loadBalancer() async throws -> ELBv2.LoadBalancer? {
    try await access.aws.sendIfPresent(
      ELBv2.DescribeLoadBalancersRequest(names: [names.loadBalancer]), absentCodes: ["LoadBalancerNotFound"])?
      .loadBalancers.first
  }

  /// A target group; `nil` when it was not made.
  func targetGroup(_ name: String) async throws -> ELBv2.TargetGroup? {
    try await access.aws.sendIfPresent(
      ELBv2.DescribeTargetGroupsRequest(names: [name]), absentCodes: ["TargetGroupNotFound"])?.targetGroups.first
  }

  /// The listeners of a load balancer.
  func listeners(of loadBalancer: ELBv2.LoadBalancer) async throws -> [ELBv2.Listener] {
    try await access.aws.sendIfPresent(
      ELBv2.DescribeListenersRequest(loadBalancerArn: loadBalancer.loadBalancerArn),
      absentCodes: ["LoadBalancerNotFound"])?.listeners ?? []
  }

  /// The listener that production traffic comes in by.
  func productionListener(of loadBalancer: ELBv2.LoadBalancer) async throws -> ELBv2.Listener? {
    let listeners = try await listeners(of: loadBalancer)
    guard let productionPort else { return listeners.first }
    return listeners.first { $0.port == productionPort }
  }

  /// The rule that production traffic goes by.
  func productionRule(of listener: ELBv2.Listener) async throws -> ELBv2.Rule? {
    TrafficPath.productionRule(
      among: try await access.aws.send(ELBv2.DescribeRulesRequest(listenerArn: listener.listenerArn)).rules)
  }

  /// The cluster; `nil` when it was not made or was deleted.
  func cluster() async throws -> ECS.Cluster? {
    try await access.aws.send(ECS.DescribeClustersRequest(clusters: [names.cluster])).clusters?.first {
      $0.status == "ACTIVE"
    }
  }

  /// The service; `nil` when nothing was deployed yet, or it was deleted.
  func service() async throws -> ECS.Service? {
    try await access.aws.sendIfPresent(
      ECS.DescribeServicesRequest(services: [names.service], cluster: names.cluster),
      absentCodes: ["ClusterNotFoundException", "ServiceNotFoundException"])?.services?.first {
        $0.status != "INACTIVE"
      }
  }

  /// Everything that traffic passes through.
  ///
  /// - Throws: ``ReleaseError`` with `environmentMissing` when a part of it is not there.
  func traffic() async throws -> TrafficPath {
    guard let loadBalancer = try await loadBalancer(), let blue = try await targetGroup(names.blueTargetGroup),
      let green = try await targetGroup(names.greenTargetGroup),
      let listener = try await productionListener(of: loadBalancer), let rule = try await productionRule(of: listener)
    else {
      throw ReleaseError(
        .environmentMissing,
        "the environment '\(environment)' is not complete; run `palco up \(environment)` first")
    }
    return TrafficPath(loadBalancer: loadBalancer, listener: listener, rule: rule, blue: blue, green: green)
  }
}

/// The way of a request to the tasks: load balancer, listener, production rule, two target groups.
struct TrafficPath: Sendable {
  var loadBalancer: ELBv2.LoadBalancer
  var listener: ELBv2.Listener
  var rule: ELBv2.Rule
  var blue: ELBv2.TargetGroup
  var green: ELBv2.TargetGroup

  /// Where people reach the service.
  var url: String { Self.url(loadBalancer, listener) }

  static func url(_ loadBalancer: ELBv2.LoadBalancer, _ listener: ELBv2.Listener) -> String {
    let scheme = (listener.protocol ?? "HTTP").lowercased()
    let port = listener.port ?? 80
    let isUsual = (scheme, port) == ("http", 80) || (scheme, port) == ("https", 443)
    return "\(scheme)://\(loadBalancer.dnsName)" + (isUsual ? "" : ":\(port)")
  }

  /// The first rule that forwards; the default rule, when that is the only one that does.
  static func productionRule(among rules: [ELBv2.Rule]) -> ELBv2.Rule? {
    rules.first { !$0.isDefault && !weights(of: $0).isEmpty } ?? rules.first(where: \.isDefault)
  }

  /// The weight of each target group in the production rule.
  var weights: [String: Int] { Self.weights(of: rule) }

  static func weights(of rule: ELBv2.Rule) -> [String: Int] {
    guard let action = rule.actions.last else { return [:] }
    if let tuples = action.forwardConfig?.targetGroups, !tuples.isEmpty {
      return Dictionary(tuples.map { ($0.targetGroupArn ?? "", $0.weight ?? 1) }) { first, _ in first }
    }
    return action.targetGroupArn.map { [$0: 1] } ?? [:]
  }

  /// The group that the production rule forwards to. Only the rule tells which colour is live.
  var live: ELBv2.TargetGroup {
    (weights[green.targetGroupArn] ?? 0) > (weights[blue.targetGroupArn] ?? 0) ? green : blue
  }

  /// The other group.
  var idle: ELBv2.TargetGroup { live.targetGroupArn == blue.targetGroupArn ? green : blue }
}
