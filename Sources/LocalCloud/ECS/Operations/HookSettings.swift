import AWSWire
import Foundation

/// The rules of `lifecycleHooks`, and what follows from them.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentLifecycleHook.html
enum HookSettings {
  private typealias Stage = ServiceDeploymentMachine.Stage

  private static let mostOfAType = 10
  private static let defaultTimeoutMinutes = 1440
  private static let stages = Stage.allCases.filter { ![.scaleUp, .bakeTime, .cleanUp].contains($0) }
  /// The stages in which a pause would hold traffic half way.
  private static let stagesWithoutPause: [Stage] = [.testTrafficShift, .productionTrafficShift]

  static func check(_ hooks: [ECS.DeploymentLifecycleHook]) throws(AWSError) {
    for hook in hooks {
      guard hook.targetType == nil || hook.targetType == "AWS_LAMBDA" || hook.isPause else {
        throw ECSError.invalid("Invalid targetType. Valid values are: AWS_LAMBDA, PAUSE")
      }
      try check(hook)
    }
    for (type, count) in [
      ("PAUSE", hooks.filter(\.isPause).count), ("AWS_LAMBDA", hooks.filter { !$0.isPause }.count),
    ] where count > mostOfAType {
      throw ECSError.invalid("A service can have \(mostOfAType) lifecycle hooks of the type \(type), not \(count).")
    }
  }

  private static func check(_ hook: ECS.DeploymentLifecycleHook) throws(AWSError) {
    guard let names = hook.lifecycleStages, !names.isEmpty else {
      throw ECSError.invalid("lifecycleStages must have at least one entry.")
    }
    for name in names {
      try ECSError.check(name, "lifecycleStages", among: stages.map(\.rawValue))
      if hook.isPause, stagesWithoutPause.contains(where: { $0.rawValue == name }) {
        throw ECSError.invalid("Invalid lifecycle stage provided for Pause Hook")
      }
    }
    if !hook.isPause {
      guard let arn = hook.hookTargetArn, LambdaName(arn) != nil else {
        throw ECSError.invalid(
          "hookTargetArn must be the ARN of a Lambda function, not '\(hook.hookTargetArn ?? "null")'.")
      }
    }
    if let details = hook.hookDetails {
      guard case .object = details else { throw ECSError.invalid("hookDetails must be a JSON object.") }
    }
    let timeout = hook.timeoutConfiguration
    try ECSError.check(timeout?.timeoutInMinutes, "timeoutInMinutes", in: hook.isPause ? 1...20160 : 1...1440)
    try ECSError.check(timeout?.action, "timeoutConfiguration.action", among: ["ROLLBACK", "CONTINUE"])
  }

  static func hooks(_ hooks: [ECS.DeploymentLifecycleHook], in cloud: CloudContext) -> LifecycleHooks {
    LifecycleHooks(
      hooks.map { hook in
        var details: [String: JSONValue]?
        if case .object(let members) = hook.hookDetails { details = members }
        let minutes = hook.timeoutConfiguration?.timeoutInMinutes ?? defaultTimeoutMinutes
        return LifecycleHooks.Hook(
          functionARN: hook.isPause ? nil : hook.hookTargetArn,
          stages: Set((hook.lifecycleStages ?? []).compactMap(Stage.init)),
          timeout: cloud.interval(seconds: Double(minutes) * 60),
          continuesAfterTimeout: hook.timeoutConfiguration?.action == "CONTINUE", details: details)
      })
  }
}

extension ECS.DeploymentLifecycleHook {
  fileprivate var isPause: Bool { targetType == "PAUSE" }
}
