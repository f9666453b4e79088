import AWSWire
import Foundation

// Services and their deployments as clients see them.
extension ECSState {
  func shape(_ record: ServiceRecord, include: [String] = []) -> ECS.Service {
    let (running, pending) = Self.counts(tasks(of: record.arn))
    let account = record.arn.split(separator: ":")[4]
    return ECS.Service(
      serviceArn: record.arn, serviceName: record.name, clusterArn: record.clusterARN,
      loadBalancers: record.settings.loadBalancers, serviceRegistries: record.settings.serviceRegistries,
      status: record.status.rawValue, desiredCount: record.desiredCount, runningCount: running, pendingCount: pending,
      launchType: record.settings.launchType,
      capacityProviderStrategy: record.settings.capacityProviderStrategy.isEmpty
        ? nil : record.settings.capacityProviderStrategy,
      platformVersion: record.settings.platformVersion, platformFamily: record.settings.platformFamily,
      taskDefinition: record.settings.taskDefinition, deploymentConfiguration: record.deploymentConfiguration,
      taskSets: record.hasTaskSets ? taskSets(of: record.arn).map { shape($0, include: include) } : nil,
      deployments: record.status == .inactive ? [] : classicDeployments(of: record),
      roleArn: "arn:aws:iam::\(account):role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS",
      events: record.events.map { .init(id: $0.id, createdAt: $0.createdAt, message: $0.message) },
      createdAt: record.createdAt, currentServiceDeployment: deployments(of: record.arn).last?.arn,
      currentServiceRevisions: currentRevisions(of: record), placementConstraints: record.placementConstraints,
      placementStrategy: record.placementStrategy, networkConfiguration: record.settings.networkConfiguration,
      healthCheckGracePeriodSeconds: record.healthCheckGracePeriodSeconds, schedulingStrategy: "REPLICA",
      deploymentController: .init(type: record.deploymentController ?? "ECS"),
      tags: include.contains("TAGS") ? record.tags : nil,
      createdBy: "arn:aws:iam::\(account):root", enableECSManagedTags: record.settings.enableECSManagedTags,
      propagateTags: record.settings.propagateTags, enableExecuteCommand: record.enableExecuteCommand,
      availabilityZoneRebalancing: record.availabilityZoneRebalancing)
  }

  /// The revisions that have tasks or are to have some; the one that the service is to be first.
  private func visibleRevisions(of record: ServiceRecord) -> [ServiceRevisionRecord] {
    if record.hasTaskSets { return [] }
    let newest = deployments(of: record.arn).last
    var primary = newest?.target ?? record.currentRevision
    if let newest, newest.machine.rollback != nil, newest.machine.status != .rollbackFailed, let source = newest.source
    {
      primary = source
    }
    let active = Set(tasks(of: record.arn).filter(\.machine.isActive).compactMap(\.revisionARN))
    let wanted =
      newest?.machine.status.isTerminal == false ? [newest?.target, newest?.source, record.currentRevision] : []
    let others = revisions(of: record.arn).reversed().filter {
      $0.arn != primary && (active.contains($0.arn) || wanted.contains($0.arn))
    }
    return [primary.flatMap { revisions[$0] }].compactMap(\.self) + others
  }

  /// How many tasks a revision is to have.
  func requestedCount(of revision: String, in record: ServiceRecord) -> Int {
    let active = tasks(of: record.arn).filter { $0.revisionARN == revision && $0.machine.isActive }.count
    guard let deployment = deployments(of: record.arn).last, !deployment.machine.status.isTerminal else {
      return revision == record.currentRevision ? record.desiredCount : active
    }
    let machine = deployment.machine
    if revision == deployment.target {
      switch machine.targetTasks {
      // What is accepted is asked for, although nothing is started yet.
      case .none: return machine.rollback == nil ? record.desiredCount : 0
      case .desired: return record.desiredCount
      case .existing: return active
      }
    }
    // In a rolling deployment the old tasks make way one by one.
    if machine.strategy == .rolling, machine.rollback == nil { return active }
    let source = deployment.source ?? record.currentRevision
    return revision == source && machine.sourceTasks == .desired ? record.desiredCount : 0
  }

  private func classicDeployments(of record: ServiceRecord) -> [ECS.Deployment] {
    let breakers = Dictionary(
      deployments(of: record.arn).map { ($0.target, $0.breaker.failureCount) }, uniquingKeysWith: { $1 })
    return visibleRevisions(of: record).enumerated().map { index, revision in
      let (running, pending) = counts(of: revision.arn, in: record.arn)
      let settings = revision.settings
      return ECS.Deployment(
        id: revision.deploymentID, status: index == 0 ? "PRIMARY" : "ACTIVE", taskDefinition: settings.taskDefinition,
        desiredCount: requestedCount(of: revision.arn, in: record), pendingCount: pending, runningCount: running,
        failedTasks: breakers[revision.arn] ?? 0, createdAt: revision.createdAt, updatedAt: revision.updatedAt,
        capacityProviderStrategy: settings.capacityProviderStrategy.isEmpty ? nil : settings.capacityProviderStrategy,
        launchType: settings.launchType, platformVersion: settings.platformVersion,
        platformFamily: settings.platformFamily, networkConfiguration: settings.networkConfiguration,
        rolloutState: revision.rollout.rawValue, rolloutStateReason: revision.rolloutReason)
    }
  }

  private func currentRevisions(of record: ServiceRecord) -> [ECS.ServiceCurrentRevisionSummary] {
    guard record.status != .inactive else { return [] }
    return visibleRevisions(of: record).map { revision in
      let (running, pending) = counts(of: revision.arn, in: record.arn)
      return .init(
        arn: revision.arn, requestedTaskCount: requestedCount(of: revision.arn, in: record), runningTaskCount: running,
        pendingTaskCount: pending)
    }
  }
}
