/// What ECS asks of Elastic Load Balancing: the calls that the ECS infrastructure role may make on AWS
/// (`AmazonECSInfrastructureRolePolicyForLoadBalancers`): DescribeRules, DescribeTargetHealth,
/// RegisterTargets, DeregisterTargets, ModifyRule.
protocol LoadBalancerControl: Sendable {
  /// Whether a target group exists.
  func targetGroupExists(_ arn: String) async -> Bool
  /// Whether a listener rule of any load balancer forwards to the group; ECS refuses a service otherwise.
  func targetGroupHasLoadBalancer(_ arn: String) async -> Bool
  /// Registers an address; registering it again is no error.
  func register(host: String, port: Int, in targetGroupARN: String) async throws
  /// Starts draining an address; its health becomes `draining`, then the address is gone.
  func deregister(host: String, port: Int, from targetGroupARN: String) async throws
  /// The health of an address in a group.
  func health(host: String, port: Int, in targetGroupARN: String) async -> TargetHealthView
  /// A rule by ARN: a listener's default rule has one too.
  func rule(_ arn: String) async -> RuleView?
  /// Makes a rule forward with these weights (0–999) by target group ARN. Returns once the data path follows.
  func setWeights(_ weights: [(targetGroupARN: String, weight: Int)], ofRule arn: String) async throws
}

/// A target's health as DescribeTargetHealth words it.
struct TargetHealthView: Sendable, Equatable {
  /// `initial`, `healthy`, `unhealthy`, `unused`, `draining`, or `nil` when the target is not registered.
  var state: String?
  /// The reason code, such as `Target.ResponseCodeMismatch`.
  var reason: String?
  /// The description, such as `Health checks failed with these codes: [503]`.
  var description: String?
}

/// What ECS reads of a rule.
struct RuleView: Sendable, Equatable {
  var arn: String
  var listenerARN: String
  var isDefault: Bool
  /// Weights of the forward action by target group ARN, in order; empty when the rule does not forward.
  var weights: [TargetGroupWeight]
}

/// One target group of a forward action.
struct TargetGroupWeight: Sendable, Equatable {
  var targetGroupARN: String
  var weight: Int
}
