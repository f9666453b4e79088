/// What the resources of one environment are called.
///
/// A project's name may hold hyphens and an environment's may not, so two environments never share a name.
public struct ResourceNames: Codable, Sendable, Equatable {
  /// The ECS cluster, `pulse-stage`.
  public var cluster: String
  /// The ECS service in the cluster, `pulse`.
  public var service: String
  /// The ECR repository, `pulse`: one for all environments, because a release moves a digest between them.
  public var repository: String
  /// The family of the task definitions, `pulse-stage`.
  public var family: String
  /// The log group, `/palco/pulse/stage`.
  public var logGroup: String
  /// The load balancer, `pulse-stage`.
  public var loadBalancer: String
  /// The target group of one colour, `pulse-stage-blue`.
  public var blueTargetGroup: String
  /// The target group of the other colour, `pulse-stage-green`.
  public var greenTargetGroup: String
  /// The container in the task definition, `web`.
  public var container: String

  /// Derives the names.
  public init(project: String, environment: String) {
    let both = "\(project)-\(environment)"
    cluster = both
    service = project
    repository = project
    family = both
    logGroup = "/palco/\(project)/\(environment)"
    loadBalancer = Self.shortened(both)
    blueTargetGroup = Self.shortened(both, suffix: "-blue")
    greenTargetGroup = Self.shortened(both, suffix: "-green")
    container = "web"
  }

  /// The longest name that ELBv2 takes for a load balancer or a target group.
  static let longestBalancingName = 32

  /// A name cut to ELBv2's 32 characters: what is lost is replaced by a hash of the whole, so that two names that
  /// begin alike stay apart.
  static func shortened(_ name: String, suffix: String = "") -> String {
    guard name.utf8.count + suffix.utf8.count > longestBalancingName else { return name + suffix }
    let hash = "-" + StableHash.hexadecimal(UInt32(truncatingIfNeeded: StableHash.of(name)))
    let kept = name.prefix(longestBalancingName - suffix.utf8.count - hash.utf8.count)
    return kept.trimmingSuffix(while: { $0 == "-" }) + hash + suffix
  }
}

extension StringProtocol {
  /// The text without the characters at its end that satisfy a condition.
  fileprivate func trimmingSuffix(while condition: (Character) -> Bool) -> String {
    var rest = self[...]
    while let last = rest.last, condition(last) { rest.removeLast() }
    return String(rest)
  }
}
