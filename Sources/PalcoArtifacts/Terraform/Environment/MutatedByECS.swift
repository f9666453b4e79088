import PalcoBlueprint

/// The contract between Terraform and ECS: exactly what ECS, the auto scaler and a release change is ignored, as
/// literals, chosen for the environment's strategy.
enum MutatedByECS {
  /// The `lifecycle` block of a resource, or nil when nobody but Terraform changes it.
  static func attributes(
    of address: TerraformAddress, _ blueprint: Blueprint
  ) -> TerraformItem? {
    switch address {
    case Addresses.service:
      var ignored = ["desired_count", "task_definition"]
      var why =
        "The scaler and releases set the number of tasks; each release registers its own task definition. Terraform must "
        + "not start deployments."
      if blueprint.pauses != nil {
        ignored.append("deployment_configuration[0].lifecycle_hook")
        why += " Releases also set where a deployment pauses, which the provider cannot express."
      }
      return ignoring(ignored, why: why)
    case Addresses.productionRule, Addresses.testRule:
      guard blueprint.release.movesTraffic else { return nil }
      return ignoring(
        ["action"],
        why: "ECS moves the weights. Put back by Terraform they would send production to a group without tasks.")
    case Addresses.scalingTarget:
      return ignoring(
        ["min_capacity"],
        why: "Releases set it as palco.yml says, as soon as there is something to start.")
    case Addresses.instances:
      return ignoring(["desired_capacity"], why: "Managed scaling of the capacity provider sets it.")
    default: return nil
    }
  }
}
