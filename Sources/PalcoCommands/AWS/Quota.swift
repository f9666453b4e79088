import PalcoBlueprint

/// A limit of the account that an environment could run into.
struct Quota: Sendable, Equatable {
  /// As Service Quotas call the service and the quota.
  var service: String
  var code: String
  /// For people.
  var name: String
  /// How much the environment takes by itself, at most.
  var needed: Int
  /// Why so much.
  var reason: String
  /// What counts as in use, where no metric of AWS tells it.
  var counted: Counted?

  /// What is counted in a region.
  enum Counted: Sendable {
    case virtualNetworks, addresses, loadBalancers
  }

  /// The limits that matter to an environment.
  ///
  /// https://docs.aws.amazon.com/general/latest/gr/ecs-service.html,
  /// https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
  static func needed(by blueprint: Blueprint, _ aws: AWSInfrastructure) -> [Quota] {
    var quotas: [Quota] = []
    if case .fargate(_, let spotPercent) = aws.capacity {
      let tasks = max(aws.scaling.maximum, blueprint.service.tasks)
      // Two sets of tasks while one takes over from the other; a thousandth of a CPU is one all the same.
      let virtualCPUs = max((tasks * 2 * blueprint.service.cpu + 1023) / 1024, 1)
      let reason = "for \(tasks) tasks, twice during a release"
      if spotPercent < 100 {
        quotas.append(
          Quota(
            service: "fargate", code: "L-3032A538", name: "Fargate On-Demand vCPUs", needed: virtualCPUs, reason: reason
          ))
      }
      if spotPercent > 0 {
        quotas.append(
          Quota(service: "fargate", code: "L-36FBB829", name: "Fargate Spot vCPUs", needed: virtualCPUs, reason: reason)
        )
      }
    }
    let addresses =
      switch aws.network.nat {
      case .gatewayPerZone: aws.network.zones
      case .gateway, .instance: 1
      case .none: 0
      }
    if addresses > 0 {
      quotas.append(
        Quota(
          service: "ec2", code: "L-0263D0A3", name: "elastic IP addresses", needed: addresses,
          reason: "for NAT", counted: .addresses))
    }
    if case .gatewayPerZone = aws.network.nat {
      quotas.append(
        Quota(service: "vpc", code: "L-FE5A380F", name: "NAT gateways per zone", needed: 1, reason: "in each zone"))
    } else if case .gateway = aws.network.nat {
      quotas.append(
        Quota(service: "vpc", code: "L-FE5A380F", name: "NAT gateways per zone", needed: 1, reason: "in one zone"))
    }
    quotas.append(
      Quota(
        service: "vpc", code: "L-F678F1CE", name: "VPCs per region", needed: 1, reason: "for its network",
        counted: .virtualNetworks))
    quotas.append(
      Quota(
        service: "elasticloadbalancing", code: "L-53DA6B97", name: "application load balancers", needed: 1,
        reason: "before its tasks", counted: .loadBalancers))
    return quotas
  }
}
