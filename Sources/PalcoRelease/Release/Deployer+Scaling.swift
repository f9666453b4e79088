import AWSWire

extension Deployer {
  /// Lets the scaler keep the least number of tasks that palco.yml asks for.
  ///
  /// Terraform registers the service with none: Application Auto Scaling brings a service within its bounds at once, and
  /// would start tasks of one that has no image yet. Where Terraform made nothing that scales, there is nothing to do.
  ///
  /// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html
  func keepLeastTasks() async throws {
    guard case .terraform = access.ownership, let scaling = blueprint.aws?.scaling, scaling.isActive else { return }
    let place = "service/\(blueprint.names.cluster)/\(blueprint.names.service)"
    let known = try await access.aws.send(
      ApplicationAutoScaling.DescribeScalableTargetsRequest(
        serviceNamespace: "ecs", resourceIds: [place], scalableDimension: "ecs:service:DesiredCount"))
    guard let target = known.scalableTargets?.first, target.minCapacity != scaling.minimum else { return }
    _ = try await access.aws.send(
      ApplicationAutoScaling.RegisterScalableTargetRequest(
        serviceNamespace: "ecs", resourceId: place, scalableDimension: "ecs:service:DesiredCount",
        minCapacity: scaling.minimum))
  }
}
