import Foundation

/// What was seen of the world outside of ECS before a pass of the reconciler.
struct ECSObservation: Sendable {
  /// The health of a task in each of its target groups, by task ARN.
  var targetHealth: [String: [TargetHealthView]] = [:]
  /// Listener rules by ARN; one that was looked for and is not there is missing.
  var rules: [String: RuleView] = [:]
  /// Why weights could not be written, by deployment ARN.
  var writeFaults: [String: String] = [:]
}

/// Weights that a rule shall have.
struct WeightChange: Sendable, Equatable {
  var deploymentARN: String
  var ruleARN: String
  var weights: [TargetGroupWeight]
}
