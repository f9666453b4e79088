import AWSWire
import Foundation

/// How a service is deployed: the rules of `deploymentConfiguration`, and the machine and breaker that follow from it.
enum DeploymentSettings {
  /// The deployment controller of services whose task sets somebody else makes.
  static let external = "EXTERNAL"

  /// On the console of AWS the bake time is 15 minutes until one changes it.
  private static let defaultBakeMinutes = 15
  /// How long alarms are watched after a rolling deployment; AWS computes it from the alarms, less than 5 minutes.
  private static let defaultAlarmMinutes = 3

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
      result.alarms = request.alarms ?? result.alarms
      result.lifecycleHooks = request.lifecycleHooks ?? result.lifecycleHooks
      result.linearConfiguration = request.linearConfiguration ?? result.linearConfiguration
      result.canaryConfiguration = request.canaryConfiguration ?? result.canaryConfiguration
      result.earlySuccessCriteria = request.earlySuccessCriteria ?? result.earlySuccessCriteria
      try ECSError.check(
        request.strategy, "Deployment strategy", among: ServiceDeploymentMachine.Strategy.allCases.map(\.rawValue))
      try checkThatItFits(request, strategy(result))
    }
    result.deploymentCircuitBreaker = result.deploymentCircuitBreaker ?? .init(enable: false, rollback: false)
    result.maximumPercent = result.maximumPercent ?? 200
    result.minimumHealthyPercent = result.minimumHealthyPercent ?? 100
    let strategy = strategy(result)
    result.strategy = strategy.rawValue
    try check(result)
    if strategy.shiftsTraffic {
      result.bakeTimeInMinutes = result.bakeTimeInMinutes ?? defaultBakeMinutes
      result.earlySuccessCriteria = nil
    } else {
      result.lifecycleHooks = nil
    }
    result.linearConfiguration = strategy == .linear ? try completed(result.linearConfiguration) : nil
    result.canaryConfiguration = strategy == .canary ? try completed(result.canaryConfiguration) : nil
    return result
  }

  private static func completed(_ request: ECS.LinearConfiguration?) throws(AWSError) -> ECS.LinearConfiguration {
    let result = ECS.LinearConfiguration(
      stepPercent: request?.stepPercent ?? 10, stepBakeTimeInMinutes: request?.stepBakeTimeInMinutes ?? 6)
    try check(result.stepPercent, "stepPercent", from: 3)
    try ECSError.check(result.stepBakeTimeInMinutes, "stepBakeTimeInMinutes", in: 0...1440)
    return result
  }

  private static func completed(_ request: ECS.CanaryConfiguration?) throws(AWSError) -> ECS.CanaryConfiguration {
    let result = ECS.CanaryConfiguration(
      canaryPercent: request?.canaryPercent ?? 5, canaryBakeTimeInMinutes: request?.canaryBakeTimeInMinutes ?? 10)
    try check(result.canaryPercent, "canaryPercent", from: 0.1)
    try ECSError.check(result.canaryBakeTimeInMinutes, "canaryBakeTimeInMinutes", in: 0...1440)
    return result
  }

  private static func check(_ percent: Double?, _ member: String, from least: Double) throws(AWSError) {
    guard let percent else { return }
    guard (least...100).contains(percent), abs(percent - TrafficShift.tenths(percent)) < 1e-6 else {
      throw ECSError.invalid("\(member) must be a multiple of 0.1 between \(least) and 100.0, not \(percent).")
    }
  }

  /// What only some strategies know.
  private static func checkThatItFits(
    _ request: ECS.DeploymentConfiguration, _ strategy: ServiceDeploymentMachine.Strategy
  ) throws(AWSError) {
    for (member, isGiven, owner) in [
      ("linearConfiguration", request.linearConfiguration != nil, ServiceDeploymentMachine.Strategy.linear),
      ("canaryConfiguration", request.canaryConfiguration != nil, .canary),
    ] where isGiven && strategy != owner {
      throw ECSError.invalid("\(member) is only valid with the deployment strategy \(owner.rawValue).")
    }
    if request.lifecycleHooks?.isEmpty == false, !strategy.shiftsTraffic {
      throw ECSError.notHere("lifecycleHooks with the deployment strategy ROLLING")
    }
    if let alarms = request.alarms, alarms.enable, alarms.alarmNames.isEmpty {
      throw ECSError.invalid("alarmNames must have at least one entry when alarms are enabled.")
    }
    if request.earlySuccessCriteria?.enable == true, strategy.shiftsTraffic {
      throw ECSError.invalid("earlySuccessCriteria is only valid with the deployment strategy ROLLING.")
    }
  }

  private static func check(_ configuration: ECS.DeploymentConfiguration) throws(AWSError) {
    try ECSError.check(configuration.bakeTimeInMinutes, "bakeTimeInMinutes", in: 0...1440)
    try HookSettings.check(configuration.lifecycleHooks ?? [])
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
    try check(configuration.earlySuccessCriteria, over: configuration.minimumHealthyPercent ?? 0)
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

  private static func check(_ criteria: ECS.EarlySuccessCriteria?, over minimum: Int) throws(AWSError) {
    guard let criteria, criteria.enable == true else { return }
    guard let percent = criteria.healthyPercent, let cleanUp = criteria.sourceServiceRevisionCleanup else {
      throw ECSError.invalid(
        "healthyPercent and sourceServiceRevisionCleanup are required when earlySuccessCriteria is enabled.")
    }
    try ECSError.check(cleanUp, "earlySuccessCriteria.sourceServiceRevisionCleanup", among: ["BLOCKING", "DEFERRED"])
    try ECSError.check(percent, "earlySuccessCriteria.healthyPercent", in: 0...100)
    guard percent >= minimum else {
      throw ECSError.invalid(
        "earlySuccessCriteria.healthyPercent must not be less than minimumHealthyPercent, which is \(minimum).")
    }
  }

  static func strategy(_ configuration: ECS.DeploymentConfiguration) -> ServiceDeploymentMachine.Strategy {
    configuration.strategy.flatMap(ServiceDeploymentMachine.Strategy.init) ?? .rolling
  }

  static func machine(
    _ configuration: ECS.DeploymentConfiguration, at now: Date, in cloud: CloudContext
  ) -> ServiceDeploymentMachine {
    func minutes(_ count: Int?) -> TimeInterval { cloud.interval(seconds: Double(count ?? 0) * 60) }
    let strategy = strategy(configuration)
    var shift = TrafficShift.whole
    var (stepBake, bake) = (0, configuration.bakeTimeInMinutes)
    switch strategy {
    case .rolling: bake = configuration.alarms?.enable == true ? bake ?? defaultAlarmMinutes : 0
    case .blueGreen: break
    case .linear:
      shift = .linear(configuration.linearConfiguration?.stepPercent ?? 10)
      stepBake = configuration.linearConfiguration?.stepBakeTimeInMinutes ?? 0
    case .canary:
      shift = .canary(configuration.canaryConfiguration?.canaryPercent ?? 5)
      stepBake = configuration.canaryConfiguration?.canaryBakeTimeInMinutes ?? 0
    }
    return ServiceDeploymentMachine(
      strategy: strategy, shift: shift, stepBakeTime: minutes(stepBake), bakeTime: minutes(bake),
      earlySuccess: earlySuccess(configuration), day: minutes(24 * 60),
      hooks: HookSettings.hooks(configuration.lifecycleHooks ?? [], in: cloud),
      createdAt: now)
  }

  private static func earlySuccess(_ configuration: ECS.DeploymentConfiguration) -> EarlySuccess? {
    guard let criteria = configuration.earlySuccessCriteria, criteria.enable == true else { return nil }
    return EarlySuccess(
      healthyPercent: criteria.healthyPercent ?? 100,
      waitsForCleanUp: criteria.sourceServiceRevisionCleanup != "DEFERRED")
  }

  static func alarms(_ configuration: ECS.DeploymentConfiguration) -> AlarmMonitor {
    let alarms = configuration.alarms
    return AlarmMonitor(
      isEnabled: alarms?.enable ?? false, rollsBack: alarms?.rollback ?? false, names: alarms?.alarmNames ?? [])
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
