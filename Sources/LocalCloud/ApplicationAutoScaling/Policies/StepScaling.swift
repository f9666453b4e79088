import AWSWire
import Foundation

/// A step scaling policy, checked: how far a metric is from its alarm's threshold says how the capacity changes.
///
/// https://docs.aws.amazon.com/autoscaling/application/userguide/step-scaling-policy-overview.html
struct StepScaling: Sendable {
  private static let adjustmentTypes = ["ChangeInCapacity", "PercentChangeInCapacity", "ExactCapacity"]

  private let configuration: ApplicationAutoScaling.StepScalingPolicyConfiguration

  /// - Throws: ``AWSError`` for what AWS refuses.
  init(_ configuration: ApplicationAutoScaling.StepScalingPolicyConfiguration) throws(AWSError) {
    self.configuration = configuration
    guard let type = configuration.adjustmentType else {
      throw ScalingError.validation("AdjustmentType is required for a step scaling policy.")
    }
    try ScalingError.check(type, "adjustmentType", among: Self.adjustmentTypes)
    if let aggregation = configuration.metricAggregationType {
      try ScalingError.check(aggregation, "metricAggregationType", among: ["Average", "Minimum", "Maximum"])
    }
    guard configuration.minAdjustmentMagnitude == nil || type == "PercentChangeInCapacity" else {
      throw ScalingError.validation("MinAdjustmentMagnitude is for the adjustment type PercentChangeInCapacity alone.")
    }
    let steps = (configuration.stepAdjustments ?? []).sorted { Self.lower($0) < Self.lower($1) }
    guard !steps.isEmpty else { throw ScalingError.validation("At least one StepAdjustment must be specified.") }
    for step in steps where Self.lower(step) >= Self.upper(step) {
      throw ScalingError.validation("The lower bound of a step adjustment must be less than its upper bound.")
    }
    for (first, second) in zip(steps, steps.dropFirst()) where Self.upper(first) != Self.lower(second) {
      throw ScalingError.validation("The intervals of step adjustments must not overlap, and must have no gap.")
    }
  }

  /// The capacity that the policy asks for.
  ///
  /// - Parameter distance: The metric's value less the threshold of the alarm.
  /// - Returns: `nil` when no step covers the distance.
  func capacity(after capacity: Int, distance: Double) -> Int? {
    guard let step = configuration.stepAdjustments?.first(where: { Self.covers($0, distance) }) else { return nil }
    switch configuration.adjustmentType {
    case "ExactCapacity": return step.scalingAdjustment
    case "PercentChangeInCapacity":
      var change = Self.rounded(Double(capacity) * Double(step.scalingAdjustment) / 100)
      if let least = configuration.minAdjustmentMagnitude, change != 0 {
        change = change > 0 ? max(change, least) : min(change, -least)
      }
      return capacity + change
    default: return capacity + step.scalingAdjustment
    }
  }

  /// Towards zero, but a change of less than one is one.
  private static func rounded(_ change: Double) -> Int {
    if change > 0, change < 1 { return 1 }
    if change < 0, change > -1 { return -1 }
    return Int(min(max(change, -1_000_000), 1_000_000))
  }

  /// Above the threshold a step holds its lower bound, below it its upper one.
  private static func covers(_ step: ApplicationAutoScaling.StepAdjustment, _ distance: Double) -> Bool {
    distance >= 0
      ? lower(step) <= distance && distance < upper(step) : lower(step) < distance && distance <= upper(step)
  }

  private static func lower(_ step: ApplicationAutoScaling.StepAdjustment) -> Double {
    step.metricIntervalLowerBound ?? -.infinity
  }

  private static func upper(_ step: ApplicationAutoScaling.StepAdjustment) -> Double {
    step.metricIntervalUpperBound ?? .infinity
  }
}
