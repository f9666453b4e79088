import AWSWire
import Foundation

/// How a service is deployed: the rules of `deploymentConfiguration`, and the machine and breaker that follow from it.
enum DeploymentSettings {
  /// On the console of AWS the bake time is 15 minutes until one changes it.
  private static let defaultBakeMinutes = 15

  /// The configuration with its defaults.
  ///
  /// - Parameter base: What holds for members that the request leaves out.
  static func completed(
    _ request: ECS.DeploymentConfiguration?, over base: ECS.DeploymentConfiguration?
  ) throws(AWSError) -> ECS.DeploymentConfiguration {
    var result = base ?? ECS.DeploymentConfiguration()
    if let request {
      result.deploymentCircuitBreaker = request.deploymentCircuitBreaker ?? result.deploymentCircuitBreaker
      result.maximumPercent = request.maximumPercent ?? result.maximumPercent
      result.minimumHealthyPercent = request.minimumHealthyPercent ?? result.minimumHealthyPercent
      result.strategy = request.strategy ?? result.strategy
      result.bakeTimeInMinutes = request.bakeTimeInMinutes ?? result.bakeTimeInMinutes
      try refuseWhatIsMissing(request)
    }
    result.deploymentCircuitBreaker = result.deploymentCircuitBreaker ?? .init(enable: false, rollback: false)
    result.maximumPercent = result.maximumPercent ?? 200
    result.minimumHealthyPercent = result.minimumHealthyPercent ?? 100
    result.strategy = result.strategy ?? ServiceDeploymentMachine.Strategy.rolling.rawValue
    try check(result)
    if result.strategy == ServiceDeploymentMachine.Strategy.blueGreen.rawValue {
      result.bakeTimeInMinutes = result.bakeTimeInMinutes ?? defaultBakeMinutes
    }
    return result
  }

  private static func refuseWhatIsMissing(_ request: ECS.DeploymentConfiguration) throws(AWSError) {
    try ECSError.check(request.strategy, "Deployment strategy", among: ["ROLLING", "BLUE_GREEN", "LINEAR", "CANARY"])
    if request.strategy == "LINEAR" || request.linearConfiguration != nil {
      throw ECSError.notHere("The deployment strategy LINEAR")
    }
    if request.strategy == "CANARY" || request.canaryConfiguration != nil {
      throw ECSError.notHere("The deployment strategy CANARY")
    }
    if request.lifecycleHooks?.isEmpty == false { throw ECSError.notHere("lifecycleHooks") }
    if let alarms = request.alarms, alarms.enable || !alarms.alarmNames.isEmpty {
      throw ECSError.notHere("Alarms in deploymentConfiguration")
    }
  }

  private static func check(_ configuration: ECS.DeploymentConfiguration) throws(AWSError) {
    try ECSError.check(configuration.bakeTimeInMinutes, "bakeTimeInMinutes", in: 0...1440)
    try ECSError.check(configuration.minimumHealthyPercent, "minimumHealthyPercent", in: 0...Int.max)
    try ECSError.check(configuration.maximumPercent, "maximumPercent", in: 1...Int.max)
    if let minimum = configuration.minimumHealthyPercent, let maximum = configuration.maximumPercent {
      guard maximum >= minimum else {
        throw ECSError.invalid("maximumPercent must not be less than minimumHealthyPercent.")
      }
      guard maximum > 100 || minimum < 100 || configuration.strategy != "ROLLING" else {
        throw ECSError.invalid(
          "Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.")
      }
    }
    guard let breaker = configuration.deploymentCircuitBreaker, let threshold = breaker.thresholdConfiguration else {
      return
    }
    try ECSError.check(
      threshold.type, "thresholdConfiguration.type", among: ["COUNT", "BOUNDED_PERCENT", "UNBOUNDED_PERCENT"])
    if threshold.type == "COUNT" {
      try ECSError.check(threshold.value, "thresholdConfiguration.value", in: 1...Int.max)
    } else {
      try ECSError.check(threshold.value, "thresholdConfiguration.value", in: 1...100)
    }
  }

  static func strategy(_ configuration: ECS.DeploymentConfiguration) -> ServiceDeploymentMachine.Strategy {
    configuration.strategy.flatMap(ServiceDeploymentMachine.Strategy.init) ?? .rolling
  }

  static func machine(
    _ configuration: ECS.DeploymentConfiguration, at now: Date, in cloud: CloudContext
  ) -> ServiceDeploymentMachine {
    ServiceDeploymentMachine(
      strategy: strategy(configuration),
      bakeTime: cloud.interval(seconds: Double(configuration.bakeTimeInMinutes ?? 0) * 60), createdAt: now)
  }

  static func breaker(_ configuration: ECS.DeploymentConfiguration) -> CircuitBreaker {
    let breaker = configuration.deploymentCircuitBreaker
    var threshold = CircuitBreaker.Threshold.boundedPercent(50)
    if let settings = breaker?.thresholdConfiguration {
      switch settings.type {
      case "COUNT": threshold = .count(settings.value)
      case "UNBOUNDED_PERCENT": threshold = .unboundedPercent(Double(settings.value))
      default: threshold = .boundedPercent(Double(settings.value))
      }
    }
    return CircuitBreaker(
      isEnabled: breaker?.enable ?? false, rollsBack: breaker?.rollback ?? false, threshold: threshold,
      resetsOnHealthyTask: breaker?.resetOnHealthyTask ?? true)
  }
}
