import AWSWire
import PalcoBlueprint

/// The service's settings as a blueprint wants them, where they are Palco's to set.
struct ServicePlan: Sendable {
  let blueprint: Blueprint
  let placement: CloudAccess.Placement

  /// - Returns: `nil` where the settings are others' to set.
  init?(blueprint: Blueprint, access: CloudAccess) {
    guard let placement = access.placement else { return nil }
    self.blueprint = blueprint
    self.placement = placement
  }

  /// `ROLLING` or `BLUE_GREEN`.
  var strategy: String { blueprint.release.wireName }

  /// The breaker is always on, with rollback: a release that cannot get healthy ends by itself.
  var deploymentConfiguration: ECS.DeploymentConfiguration {
    let breaker = ECS.DeploymentCircuitBreaker(enable: true, rollback: true)
    switch blueprint.release {
    case .rolling(let minimumHealthyPercent, let maximumPercent):
      return ECS.DeploymentConfiguration(
        deploymentCircuitBreaker: breaker, maximumPercent: maximumPercent,
        minimumHealthyPercent: minimumHealthyPercent, strategy: strategy)
    case .blueGreen(let bakeMinutes):
      return ECS.DeploymentConfiguration(
        deploymentCircuitBreaker: breaker, maximumPercent: 200, minimumHealthyPercent: 100, strategy: strategy,
        bakeTimeInMinutes: bakeMinutes)
    }
  }

  /// How the service is tied to the traffic.
  ///
  /// The two groups of a blue/green service never swap places: the production rule alone tells which one is live. A
  /// rolling service has one group, the one that the rule forwards to.
  func loadBalancers(_ path: TrafficPath) -> [ECS.LoadBalancer] {
    let container = blueprint.names.container
    let port = blueprint.service.port
    switch blueprint.release {
    case .rolling:
      return [
        ECS.LoadBalancer(targetGroupArn: path.live.targetGroupArn, containerName: container, containerPort: port)
      ]
    case .blueGreen:
      return [
        ECS.LoadBalancer(
          targetGroupArn: path.blue.targetGroupArn, containerName: container, containerPort: port,
          advancedConfiguration: ECS.AdvancedConfiguration(
            alternateTargetGroupArn: path.green.targetGroupArn, productionListenerRule: path.rule.ruleArn,
            roleArn: placement.infrastructureRoleARN))
      ]
    }
  }

  var networkConfiguration: ECS.NetworkConfiguration {
    ECS.NetworkConfiguration(
      awsvpcConfiguration: ECS.AwsVpcConfiguration(
        subnets: placement.subnets, securityGroups: placement.securityGroups, assignPublicIp: "DISABLED"))
  }

  /// Which settings of a running service differ and can be changed without a release.
  func differences(from service: ECS.Service) -> [String] {
    var found: [String] = []
    if service.desiredCount != blueprint.service.tasks { found.append("tasks") }
    if (service.healthCheckGracePeriodSeconds ?? 0) != blueprint.service.healthCheckGraceSeconds {
      found.append("health check grace")
    }
    let wanted = deploymentConfiguration
    let current = service.deploymentConfiguration
    switch blueprint.release {
    case .rolling:
      if current?.minimumHealthyPercent != wanted.minimumHealthyPercent
        || current?.maximumPercent != wanted.maximumPercent
      {
        found.append("rolling percentages")
      }
    case .blueGreen:
      if current?.bakeTimeInMinutes != wanted.bakeTimeInMinutes { found.append("bake time") }
    }
    return found
  }
}

extension ReleaseStrategy {
  /// The name on the wire.
  public var wireName: String {
    switch self {
    case .rolling: "ROLLING"
    case .blueGreen: "BLUE_GREEN"
    }
  }

  /// The name for people of a name on the wire: `blue/green`.
  public static func name(ofWire wire: String?) -> String {
    switch wire {
    case "BLUE_GREEN": "blue/green"
    case "ROLLING", nil: "rolling"
    case .some(let other): other.lowercased()
    }
  }
}
