import AWSWire
import Foundation

// Services with the deployment controller EXTERNAL: what is deployed, their task sets say.
//
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-external.html
extension ECSState {
  /// Makes a service that has no task sets yet.
  mutating func createOfTaskSets(
    _ request: ECS.CreateServiceRequest, in cluster: ClusterRecord, at now: Date, in cloud: CloudContext
  ) throws(AWSError) -> ServiceRecord {
    for (member, isGiven) in [
      ("TaskDefinition", request.taskDefinition != nil), ("LaunchType", request.launchType != nil),
      ("CapacityProviderStrategy", request.capacityProviderStrategy?.isEmpty == false),
      ("PlatformVersion", request.platformVersion != nil),
      ("NetworkConfiguration", request.networkConfiguration != nil),
      ("LoadBalancers", request.loadBalancers?.isEmpty == false),
      ("ServiceRegistries", request.serviceRegistries?.isEmpty == false),
    ] where isGiven {
      throw ECSError.invalid("\(member) must be blank.")
    }
    try Self.check(schedulingStrategy: request.schedulingStrategy)
    try Self.check(propagateTags: request.propagateTags)
    let count = request.desiredCount ?? 0
    try Self.check(desiredCount: count)
    let configuration = try DeploymentSettings.completed(request.deploymentConfiguration, over: nil)
    try Self.checkThatNothingIsDeployed(by: configuration)
    let settings = RevisionSettings(
      enableECSManagedTags: request.enableECSManagedTags ?? false, propagateTags: request.propagateTags ?? "NONE")
    var record = try record(of: request, settings, configuration, count: count, in: cluster, at: now, in: cloud)
    record.deploymentController = DeploymentSettings.external
    services[record.arn] = record
    return record
  }

  /// Changes what a service says of its task sets.
  mutating func update(
    _ record: ServiceRecord, ofTaskSets request: ECS.UpdateServiceRequest
  ) throws(AWSError) -> ServiceRecord {
    for (what, isGiven) in [
      ("task definition", request.taskDefinition != nil),
      ("capacity provider strategy", request.capacityProviderStrategy != nil),
      ("platform version", request.platformVersion != nil),
      ("network parameters", request.networkConfiguration != nil), ("load balancers", request.loadBalancers != nil),
      ("service registries", request.serviceRegistries != nil), ("deployment", request.forceNewDeployment == true),
    ] where isGiven {
      throw ECSError.invalid(
        "Unable to update \(what) on services with an EXTERNAL deployment controller. Create a new task set instead.")
    }
    try Self.check(propagateTags: request.propagateTags)
    var record = record
    if let count = request.desiredCount {
      try Self.check(desiredCount: count)
      record.desiredCount = count
    }
    record.deploymentConfiguration = try DeploymentSettings.completed(
      request.deploymentConfiguration, over: record.deploymentConfiguration)
    try Self.checkThatNothingIsDeployed(by: record.deploymentConfiguration)
    record.healthCheckGracePeriodSeconds = request.healthCheckGracePeriodSeconds ?? record.healthCheckGracePeriodSeconds
    record.placementConstraints = request.placementConstraints ?? record.placementConstraints
    record.placementStrategy = request.placementStrategy ?? record.placementStrategy
    record.enableExecuteCommand = request.enableExecuteCommand ?? record.enableExecuteCommand
    record.settings.enableECSManagedTags = request.enableECSManagedTags ?? record.settings.enableECSManagedTags
    record.settings.propagateTags = request.propagateTags ?? record.settings.propagateTags
    for taskSet in taskSets(of: record.arn) {
      revisions[taskSet.revision]?.settings.enableECSManagedTags = record.settings.enableECSManagedTags
      revisions[taskSet.revision]?.settings.propagateTags = record.settings.propagateTags
    }
    services[record.arn] = record
    return record
  }

  /// What only ECS's own deployments know.
  private static func checkThatNothingIsDeployed(by configuration: ECS.DeploymentConfiguration) throws(AWSError) {
    for (feature, isWanted) in [
      ("Deployment circuit breaker", configuration.deploymentCircuitBreaker?.enable == true),
      ("Deployment alarms", configuration.alarms?.enable == true),
      (
        "Deployment strategy \(configuration.strategy ?? "")",
        DeploymentSettings.strategy(configuration).shiftsTraffic
      ),
    ] where isWanted {
      throw ECSError.invalid("\(feature) feature can only be enabled with deployment controller type ECS.")
    }
  }
}
