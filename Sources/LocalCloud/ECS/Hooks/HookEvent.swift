import AWSWire
import Foundation

/// What the function of a lifecycle hook is told.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/lambda-lifecycle-hooks.html
struct HookEvent: Codable, Sendable, Equatable {
  struct Details: Codable, Sendable, Equatable {
    /// Percent by the ARN of the revision; only in TEST_TRAFFIC_SHIFT.
    var testTrafficWeights: [String: Double] = [:]
    /// Percent by the ARN of the revision; in PRE_PRODUCTION_TRAFFIC_SHIFT before, in PRODUCTION_TRAFFIC_SHIFT after the step.
    var productionTrafficWeights: [String: Double] = [:]
    var serviceArn: String
    var targetServiceRevisionArn: String
  }

  /// The same each time that one hook of one stage is invoked.
  var executionId: String
  var lifecycleStage: String
  /// The deployment.
  var resourceArn: String
  var executionDetails: Details
  var hookDetails: [String: JSONValue]?

  init(_ run: LifecycleHooks.Run, of deployment: ServiceDeploymentRecord) {
    let machine = deployment.machine
    func weights(_ share: Double) -> [String: Double] {
      var weights = [deployment.target: share]
      if let source = deployment.source { weights[source] = 100 - share }
      return weights
    }
    executionId = run.id
    lifecycleStage = run.stage.rawValue
    resourceArn = deployment.arn
    executionDetails = Details(
      serviceArn: deployment.serviceARN, targetServiceRevisionArn: deployment.target)
    switch run.stage {
    case .testTrafficShift: executionDetails.testTrafficWeights = weights(machine.requestedTestWeight)
    case .preProductionTrafficShift, .productionTrafficShift:
      executionDetails.productionTrafficWeights = weights(machine.requestedProductionWeight)
    default: break
    }
    hookDetails = machine.hooks.hooks[run.hook].details
  }
}
