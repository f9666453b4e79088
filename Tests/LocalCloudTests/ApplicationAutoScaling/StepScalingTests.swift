import AWSWire
import Testing

@testable import LocalCloud

@Suite struct StepScalingTests {
  private typealias Configuration = ApplicationAutoScaling.StepScalingPolicyConfiguration

  private static func step(_ lower: Double?, _ upper: Double?, _ adjustment: Int)
    -> ApplicationAutoScaling.StepAdjustment
  {
    .init(scalingAdjustment: adjustment, metricIntervalLowerBound: lower, metricIntervalUpperBound: upper)
  }

  private static let out = [step(0, 10, 1), step(10, 20, 2), step(20, nil, 4)]

  @Test(arguments: [(0.0, 6), (9.9, 6), (10, 7), (20, 9), (1000, 9)])
  func theStepThatCoversTheDistanceChangesTheCapacity(distance: Double, wanted: Int) throws {
    let policy = try StepScaling(.init(adjustmentType: "ChangeInCapacity", stepAdjustments: Self.out))
    #expect(policy.capacity(after: 5, distance: distance) == wanted)
    #expect(policy.capacity(after: 5, distance: -1) == nil)
  }

  @Test func belowTheThresholdAStepHoldsItsUpperBound() throws {
    let policy = try StepScaling(
      .init(
        adjustmentType: "ChangeInCapacity", stepAdjustments: [Self.step(-10, 0, -1), Self.step(nil, -10, -2)]))
    #expect(policy.capacity(after: 5, distance: -10) == 3)
    #expect(policy.capacity(after: 5, distance: -9.5) == 4)
  }

  @Test(arguments: [
    (10, 25, nil, 12), (1, 25, nil, 2), (3, -10, nil, 2), (10, -25, nil, 8), (10, 25, 5, 15), (10, -10, 3, 7),
  ])
  func percentStepsAreRoundedTowardsZeroButForLessThanOne(
    capacity: Int, percent: Int, least: Int?, wanted: Int
  ) throws {
    let policy = try StepScaling(
      .init(
        adjustmentType: "PercentChangeInCapacity", stepAdjustments: [Self.step(nil, nil, percent)],
        minAdjustmentMagnitude: least))
    #expect(policy.capacity(after: capacity, distance: 0) == wanted)
  }

  @Test func anExactCapacityIsTaken() throws {
    let policy = try StepScaling(.init(adjustmentType: "ExactCapacity", stepAdjustments: [Self.step(nil, nil, 7)]))
    #expect(policy.capacity(after: 2, distance: 1) == 7)
  }

  @Test(arguments: [
    Configuration(stepAdjustments: out), Configuration(adjustmentType: "Double", stepAdjustments: out),
    Configuration(adjustmentType: "ChangeInCapacity"),
    Configuration(adjustmentType: "ChangeInCapacity", stepAdjustments: [step(10, 0, 1)]),
    Configuration(adjustmentType: "ChangeInCapacity", stepAdjustments: [step(0, 10, 1), step(5, nil, 2)]),
    Configuration(adjustmentType: "ChangeInCapacity", stepAdjustments: [step(0, 10, 1), step(20, nil, 2)]),
    Configuration(adjustmentType: "ChangeInCapacity", stepAdjustments: out, minAdjustmentMagnitude: 2),
  ])
  private func whatCannotBeFollowedIsRefused(configuration: Configuration) {
    #expect(throws: AWSError.self) { try StepScaling(configuration) }
  }
}
