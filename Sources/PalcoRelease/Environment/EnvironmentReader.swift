import AWSWire
import PalcoBlueprint

/// Finds what an environment consists of, by the names of its blueprint.
struct EnvironmentReader: Sendable {
  let access: CloudAccess
  let names: ResourceNames
  private let environment: String
  /// The ports of both listeners, where there are listeners for other things too.
  private let ports: (production: Int, test: Int)?

  /// What Palco's own test listener is tagged with; the production listener has another port now and then.
  static let testTag = (key: "palco:listener", value: "test")

  init(_ access: CloudAccess, _ blueprint: Blueprint) {
    self.access = access
    names = blueprint.names
    environment = blueprint.environment
    ports = blueprint.aws.map { ($0.balancer.productionPort, $0.balancer.testPort) }
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

  /// The listener that production traffic comes in by, and the one where new tasks are tried.
  func listenersByUse(
    of loadBalancer: ELBv2.LoadBalancer
  ) async throws -> (production: ELBv2.Listener?, test: ELBv2.Listener?) {
    let listeners = try await listeners(of: loadBalancer)
    if let ports {
      return (listeners.first { $0.port == ports.production }, listeners.first { $0.port == ports.test })
    }
    // The production listener is made first.
    guard listeners.count > 1 else { return (listeners.first, nil) }
    let tags = try await access.aws.send(
      ELBv2.DescribeTagsRequest(resourceArns: listeners.map(\.listenerArn))
    ).tagDescriptions
    let tests = tags.filter {
      $0.tags?.contains { $0.key == Self.testTag.key && $0.value == Self.testTag.value } == true
    }
    .map(\.resourceArn)
    return (
      listeners.first { !tests.contains($0.listenerArn) }, listeners.first { tests.contains($0.listenerArn) }
    )
  }

  /// The rule that a listener's traffic goes by.
  func trafficRule(of listener: ELBv2.Listener) async throws -> ELBv2.Rule? {
    TrafficPath.trafficRule(
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
      case let listeners = try await listenersByUse(of: loadBalancer), let listener = listeners.production,
      let rule = try await trafficRule(of: listener)
    else {
      throw ReleaseError(
        .environmentMissing,
        "the environment '\(environment)' is not complete; run `palco up \(environment)` first")
    }
    var path = TrafficPath(loadBalancer: loadBalancer, listener: listener, rule: rule, blue: blue, green: green)
    if let test = listeners.test {
      path.testListener = test
      path.testRule = try await trafficRule(of: test)
    }
    return path
  }
}

/// The way of a request to the tasks: load balancer, listener, production rule, two target groups.
struct TrafficPath: Sendable {
  var loadBalancer: ELBv2.LoadBalancer
  var listener: ELBv2.Listener
  var rule: ELBv2.Rule
  var testListener: ELBv2.Listener?
  var testRule: ELBv2.Rule?
  var blue: ELBv2.TargetGroup
  var green: ELBv2.TargetGroup

  /// Where people reach the service.
  var url: String { Self.url(loadBalancer, listener) }
  /// Where new tasks answer before production traffic moves.
  var testURL: String? { testListener.map { Self.url(loadBalancer, $0) } }

  static func url(_ loadBalancer: ELBv2.LoadBalancer, _ listener: ELBv2.Listener) -> String {
    let scheme = (listener.protocol ?? "HTTP").lowercased()
    let port = listener.port ?? 80
    let isUsual = (scheme, port) == ("http", 80) || (scheme, port) == ("https", 443)
    return "\(scheme)://\(loadBalancer.dnsName)" + (isUsual ? "" : ":\(port)")
  }

  /// The first rule that forwards; the default rule, when that is the only one that does.
  static func trafficRule(among rules: [ELBv2.Rule]) -> ELBv2.Rule? {
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
