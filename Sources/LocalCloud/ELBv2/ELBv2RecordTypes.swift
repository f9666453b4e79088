import AWSWire
import Foundation

/// A load balancer as the cloud remembers it.
struct LoadBalancerRecord: Codable, Sendable, Equatable {
  var arn: String
  /// The place in the order of creation, in which lists are answered.
  var sequence: Int
  var name: String
  var createdTime: Date
  var scheme: String
  var subnets: [String]
  var securityGroups: [String]
  var ipAddressType: String
  /// `network` or `gateway`; `nil` for an application load balancer, the only kind that has listeners here.
  var type: String?
  /// The loopback address that its listeners answer on.
  var host: String
  /// The attributes that differ from AWS's defaults.
  var attributes: [String: String] = [:]
  var tags: [String: String]
}

/// A target group with its registered targets.
struct TargetGroupRecord: Codable, Sendable, Equatable {
  var arn: String
  var sequence: Int
  var name: String
  var `protocol`: String
  var port: Int
  var vpcID: String
  var targetType: String
  var healthCheck: HealthCheckSettings
  /// `ipv6`; `nil` for `ipv4`.
  var ipAddressType: String?
  /// The attributes that differ from AWS's defaults.
  var attributes: [String: String] = [:]
  /// What its protocol makes of it.
  var kind: TargetGroupKind { TargetGroupKind(wire: targetType == "lambda" ? nil : `protocol`) }
  /// In the order of registration, without those that drain: they are the data path's alone.
  var targets: [TargetRecord] = []
  var tags: [String: String]
}

/// A registered target.
struct TargetRecord: Codable, Sendable, Hashable {
  var host: String
  var port: Int
}

/// A listener; its default action is a ``RuleRecord``, because ECS addresses it as a rule.
struct ListenerRecord: Codable, Sendable, Equatable {
  var arn: String
  var sequence: Int
  var loadBalancerARN: String
  var `protocol`: String
  var port: Int
  /// The attributes that differ from AWS's defaults.
  var attributes: [String: String] = [:]
  var tags: [String: String]
}

/// A rule, the default one included.
struct RuleRecord: Codable, Sendable, Equatable {
  var arn: String
  var sequence: Int
  var listenerARN: String
  /// 1–50000; `nil` for the default rule.
  var priority: Int?
  /// Validated and completed as AWS answers them.
  var conditions: [ELBv2.RuleCondition]
  /// Validated and completed as AWS answers it.
  var action: ELBv2.Action
  var tags: [String: String]

  var isDefault: Bool { priority == nil }
  /// The place among the rules of the listener.
  var order: Int { priority ?? .max }
}
