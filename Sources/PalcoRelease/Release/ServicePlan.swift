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

  /// The strategy's name on the wire.
  var strategy: String { blueprint.release.wireName }

  var deploymentConfiguration: ECS.DeploymentConfiguration {
    blueprint.release.deploymentConfiguration(pauses: blueprint.pauses)
  }

  /// How the service is tied to the traffic.
  ///
  /// The two groups of a service that moves traffic never swap places: the production rule alone tells which one is live. A
  /// rolling service has one group, the one that the rule forwards to.
  func loadBalancers(_ path: TrafficPath) -> [ECS.LoadBalancer] {
    let container = blueprint.names.container
    let port = blueprint.service.port
    switch blueprint.release {
    case .rolling:
      return [
        ECS.LoadBalancer(targetGroupArn: path.live.targetGroupArn, containerName: container, containerPort: port)
      ]
    case .blueGreen, .canary, .linear, .paced:
      return [
        ECS.LoadBalancer(
          targetGroupArn: path.blue.targetGroupArn, containerName: container, containerPort: port,
          advancedConfiguration: ECS.AdvancedConfiguration(
            alternateTargetGroupArn: path.green.targetGroupArn, productionListenerRule: path.rule.ruleArn,
            testListenerRule: path.testRule?.ruleArn,
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
    guard let current = service.deploymentConfiguration else { return found }
    switch blueprint.release {
    case .rolling:
      if current.minimumHealthyPercent != wanted.minimumHealthyPercent
        || current.maximumPercent != wanted.maximumPercent
      {
        found.append("rolling percentages")
      }
    case .blueGreen, .canary, .linear, .paced:
      if current.bakeTimeInMinutes != wanted.bakeTimeInMinutes { found.append("bake time") }
    }
    if current.canaryConfiguration != wanted.canaryConfiguration
      || current.linearConfiguration != wanted.linearConfiguration
    {
      found.append("traffic steps")
    }
    if !current.pauses(as: blueprint.pauses) { found.append("pauses") }
    return found
  }
}
