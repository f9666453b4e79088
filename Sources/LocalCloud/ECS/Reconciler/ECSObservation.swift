import Foundation

/// What was seen of the world outside of ECS before a pass of the reconciler.
struct ECSObservation: Sendable {
  /// The health of a task in each of its target groups, by task ARN.
  var targetHealth: [String: [TargetHealthView]] = [:]
  /// The deployments whose rules were looked at. The others were made meanwhile, and have to wait for the next pass.
  var deployments: Set<String> = []
  /// Listener rules by ARN; one that was looked for and is not there is missing.
  var rules: [String: RuleView] = [:]
  /// The states of the alarms that running deployments name.
  var alarms: [String: String] = [:]
  /// Why weights could not be written, by deployment ARN.
  var writeFaults: [String: String] = [:]
}

/// Weights that a rule shall have.
struct WeightChange: Sendable, Equatable {
  var deploymentARN: String
  var ruleARN: String
  var weights: [TargetGroupWeight]
}
