import AWSWire
import PalcoBlueprint

extension ReleaseStrategy {
  /// What ECS is told. The breaker is always on, with rollback: a release that cannot get healthy ends by itself.
  func deploymentConfiguration(pauses: ReleasePauses?) -> ECS.DeploymentConfiguration {
    var configuration = ECS.DeploymentConfiguration(
      deploymentCircuitBreaker: ECS.DeploymentCircuitBreaker(enable: true, rollback: true), maximumPercent: 200,
      minimumHealthyPercent: 100, strategy: wireName, lifecycleHooks: pauses.map { [$0.hook] })
    switch self {
    case .rolling(let minimumHealthyPercent, let maximumPercent):
      configuration.minimumHealthyPercent = minimumHealthyPercent
      configuration.maximumPercent = maximumPercent
    case .blueGreen(let bakeMinutes):
      configuration.bakeTimeInMinutes = bakeMinutes
    case .canary(let percent, let percentBakeMinutes, let bakeMinutes):
      configuration.bakeTimeInMinutes = bakeMinutes
      configuration.canaryConfiguration = ECS.CanaryConfiguration(
        canaryPercent: percent, canaryBakeTimeInMinutes: percentBakeMinutes)
    case .linear(let stepPercent, let stepBakeMinutes, let bakeMinutes):
      configuration.bakeTimeInMinutes = bakeMinutes
      configuration.linearConfiguration = ECS.LinearConfiguration(
        stepPercent: stepPercent, stepBakeTimeInMinutes: stepBakeMinutes)
    case .paced(let stepPercent, let bakeMinutes):
      configuration.bakeTimeInMinutes = bakeMinutes
      // What it waits for is the pause before each step.
      configuration.linearConfiguration = ECS.LinearConfiguration(stepPercent: stepPercent, stepBakeTimeInMinutes: 0)
    }
    return configuration
  }

  /// The name on the wire.
  public var wireName: String {
    switch self {
    case .rolling: "ROLLING"
    case .blueGreen: "BLUE_GREEN"
    case .canary: "CANARY"
    case .linear, .paced: "LINEAR"
    }
  }

  /// Whether Palco lets each step go on.
  public var isPaced: Bool {
    if case .paced = self { true } else { false }
  }

  /// The name for people.
  public var name: String { isPaced ? "paced" : Self.name(ofWire: wireName) }

  /// The name for people of a name on the wire: `blue/green`.
  public static func name(ofWire wire: String?) -> String {
    switch wire {
    case "BLUE_GREEN": "blue/green"
    case "ROLLING", nil: "rolling"
    case .some(let other): other.lowercased()
    }
  }
}

extension ReleasePauses {
  /// The hook: no target, and no role.
  var hook: ECS.DeploymentLifecycleHook {
    ECS.DeploymentLifecycleHook(
      targetType: ECS.DeploymentLifecycleHook.pause, lifecycleStages: stages.map(\.rawValue),
      timeoutConfiguration: ECS.DeploymentLifecycleHookTimeoutConfiguration(
        timeoutInMinutes: timeoutMinutes, action: timeoutAction == .continue ? "CONTINUE" : "ROLLBACK"))
  }
}

extension ECS.DeploymentLifecycleHook {
  /// The target type of a hook that waits for somebody.
  static let pause = "PAUSE"

  /// Whether it does what another one does: what was left out is what AWS takes for it.
  fileprivate func isSame(as other: ECS.DeploymentLifecycleHook) -> Bool {
    targetType == other.targetType && Set(lifecycleStages ?? []) == Set(other.lifecycleStages ?? [])
      && (timeoutConfiguration?.timeoutInMinutes ?? 1440) == (other.timeoutConfiguration?.timeoutInMinutes ?? 1440)
      && (timeoutConfiguration?.action ?? "ROLLBACK") == (other.timeoutConfiguration?.action ?? "ROLLBACK")
  }
}

extension ECS.DeploymentConfiguration {
  /// Whether it pauses just as a blueprint wants.
  func pauses(as wanted: ReleasePauses?) -> Bool {
    let found = (lifecycleHooks ?? []).filter { $0.targetType == ECS.DeploymentLifecycleHook.pause }
    guard let wanted else { return found.isEmpty }
    return found.count == 1 && found[0].isSame(as: wanted.hook)
  }

  /// The same, with the pauses that a blueprint wants. Hooks that call functions stay: they are not Palco's.
  func pausing(as wanted: ReleasePauses?) -> ECS.DeploymentConfiguration {
    var configuration = self
    let others = (lifecycleHooks ?? []).filter { $0.targetType != ECS.DeploymentLifecycleHook.pause }
    configuration.lifecycleHooks = others + (wanted.map { [$0.hook] } ?? [])
    return configuration
  }

  /// The percents of production traffic that the new tasks get one after the other, up to 100; empty where traffic
  /// does not move in steps.
  var trafficSteps: [Double] {
    switch strategy {
    case "CANARY":
      let first = canaryConfiguration?.canaryPercent ?? 5
      return first < 100 ? [first, 100] : [100]
    case "LINEAR":
      let step = linearConfiguration?.stepPercent ?? 10
      guard step > 0 else { return [] }
      // In tenths, so that ten steps of 10 are ten.
      let tenths = Int((step * 10).rounded())
      return stride(from: tenths, to: 1000, by: max(tenths, 1)).map { Double($0) / 10 } + [100]
    default: return []
    }
  }
}
