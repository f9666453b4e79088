import AWSWire
import Foundation

// Service deployments and revisions.
extension ECSState {
  func list(_ request: ECS.ListServiceDeploymentsRequest) throws(AWSError) -> ECS.ListServiceDeploymentsResponse {
    let cluster = try activeCluster(request.cluster ?? Self.cluster(ofService: request.service))
    guard let service = service(request.service, in: cluster) else { throw ECSError.serviceNotFound }
    for status in request.status ?? [] {
      try ECSError.check(
        status, "status", among: ServiceDeploymentMachine.Status.allCases.map(\.rawValue))
    }
    let found = deployments(of: service.arn).reversed().filter { deployment in
      let statuses = request.status ?? []
      return statuses.isEmpty || statuses.contains(deployment.machine.status.rawValue)
    }.filter { deployment in
      let created = deployment.machine.createdAt
      return (request.createdAt?.after.map { created >= $0 } ?? true)
        && (request.createdAt?.before.map { created <= $0 } ?? true)
    }
    try ECSError.check(request.maxResults, "maxResults", in: 1...100)
    let page = try ECSPage(found, token: request.nextToken, size: request.maxResults ?? 20, key: \.arn)
    return .init(
      serviceDeployments: page.items.map { deployment in
        let machine = deployment.machine
        return .init(
          serviceDeploymentArn: deployment.arn, serviceArn: deployment.serviceARN, clusterArn: deployment.clusterARN,
          startedAt: machine.startedAt, createdAt: machine.createdAt, finishedAt: machine.finishedAt,
          targetServiceRevisionArn: deployment.target, status: machine.status.rawValue,
          statusReason: machine.statusReason)
      }, nextToken: page.nextToken)
  }

  /// The cluster that a service's ARN names; `nil` for a plain name.
  private static func cluster(ofService identifier: String) -> String? {
    guard let parts = ECSIdentifier.resource(identifier, type: "service"), parts.count == 2 else { return nil }
    return parts[0]
  }

  func describe(
    _ request: ECS.DescribeServiceDeploymentsRequest
  ) throws(AWSError) -> ECS.DescribeServiceDeploymentsResponse {
    try Self.check(request.serviceDeploymentArns, "serviceDeploymentArns")
    return .init(
      serviceDeployments: request.serviceDeploymentArns.compactMap { deployments[$0].map(shape) },
      failures: request.serviceDeploymentArns.filter { deployments[$0] == nil }.map {
        .init(arn: $0, reason: "MISSING")
      })
  }

  func describe(
    _ request: ECS.DescribeServiceRevisionsRequest
  ) throws(AWSError) -> ECS.DescribeServiceRevisionsResponse {
    try Self.check(request.serviceRevisionArns, "serviceRevisionArns")
    return .init(
      serviceRevisions: request.serviceRevisionArns.compactMap { revisions[$0].map(shape) },
      failures: request.serviceRevisionArns.filter { revisions[$0] == nil }.map { .init(arn: $0, reason: "MISSING") })
  }

  private static func check(_ arns: [String], _ member: String) throws(AWSError) {
    guard (1...20).contains(arns.count) else {
      throw ECSError.invalid("\(member) must have 1 to 20 entries, not \(arns.count).")
    }
  }

  mutating func stop(
    _ request: ECS.StopServiceDeploymentRequest, at now: Date
  ) throws(AWSError) -> ECS.StopServiceDeploymentResponse {
    try ECSError.check(request.stopType, "stopType", among: ["ABORT", "ROLLBACK"])
    if request.stopType == "ABORT" { throw ECSError.notHere("The stop type ABORT, which AWS does not describe,") }
    guard let deployment = deployments[request.serviceDeploymentArn] else { throw ECSError.deploymentNotFound }
    guard !deployment.machine.status.isTerminal else {
      throw AWSError(
        "ConflictException",
        "Stopping a service deployment is not allowed for service deployment in terminal states.")
    }
    deployments[deployment.arn]?.machine.requestRollback(at: now)
    return .init(serviceDeploymentArn: deployment.arn)
  }

  mutating func answer(
    _ request: ECS.ContinueServiceDeploymentRequest, at now: Date
  ) throws(AWSError) -> ECS.ContinueServiceDeploymentResponse {
    try ECSError.check(request.action, "action", among: ["CONTINUE", "ROLLBACK"])
    guard request.hookId.hasPrefix("ecs-"), request.hookId.split(separator: "-").count >= 3 else {
      throw ECSError.invalid("Invalid hookId: hookId must follow the format: ecs-{hookType}-{id}")
    }
    guard let deployment = deployments[request.serviceDeploymentArn] else { throw ECSError.deploymentNotFound }
    guard !deployment.machine.status.isTerminal else {
      throw ECSError.invalid(
        "Continuing a service deployment is not allowed for service deployment in terminal states.")
    }
    let goesOn = request.action != "ROLLBACK"
    guard deployments[deployment.arn]?.machine.answer(pause: request.hookId, goesOn: goesOn, at: now) == true else {
      throw ECSError.invalid(
        "Provided hookId is either completed, unavailable, or not associated with the given Resource ARN")
    }
    return .init(serviceDeploymentArn: deployment.arn)
  }

  // MARK: Shapes

  func shape(_ deployment: ServiceDeploymentRecord) -> ECS.ServiceDeployment {
    let machine = deployment.machine
    let breaker = deployment.breaker
    let desired = services[deployment.serviceARN]?.desiredCount ?? 0
    return ECS.ServiceDeployment(
      serviceDeploymentArn: deployment.arn, serviceArn: deployment.serviceARN, clusterArn: deployment.clusterARN,
      createdAt: machine.createdAt, startedAt: machine.startedAt, finishedAt: machine.finishedAt,
      stoppedAt: machine.stoppedAt, updatedAt: machine.updatedAt,
      sourceServiceRevisions: deployment.sources.map { summary(of: $0, in: deployment) },
      targetServiceRevision: summary(of: deployment.target, in: deployment), status: machine.status.rawValue,
      statusReason: machine.statusReason, lifecycleStage: machine.stage?.lifecycleStage,
      lifecycleHookDetails: machine.strategy.shiftsTraffic ? hookDetails(of: machine.hooks) : nil,
      deploymentConfiguration: deployment.configuration,
      rollback: machine.rollback.map {
        .init(reason: $0.reason, startedAt: $0.startedAt, serviceRevisionArn: deployment.source)
      },
      deploymentCircuitBreaker: .init(
        status: breaker.status(isFinished: machine.status.isTerminal).rawValue, failureCount: breaker.failureCount,
        threshold: breaker.threshold.failures(desiredCount: desired)),
      alarms: .init(
        status: deployment.alarms.status(isFinished: machine.status.isTerminal).rawValue,
        alarmNames: deployment.alarms.names, triggeredAlarmNames: deployment.alarms.triggered))
  }

  private func hookDetails(of hooks: LifecycleHooks) -> [ECS.DeploymentLifecycleHookDetail] {
    hooks.runs.map { run in
      let hook = hooks.hooks[run.hook]
      return .init(
        hookId: run.id, targetType: hook.isPause ? "PAUSE" : "AWS_LAMBDA", targetArn: hook.functionARN,
        status: run.status.rawValue, expiresAt: run.expiresAt,
        timeoutAction: hook.continuesAfterTimeout ? "CONTINUE" : "ROLLBACK")
    }
  }

  private func summary(of revision: String, in deployment: ServiceDeploymentRecord) -> ECS.ServiceRevisionSummary {
    let counts: ServiceDeploymentRecord.Counts
    if let final = deployment.finalCounts {
      counts = final[revision] ?? .init()
    } else {
      let (running, pending) = self.counts(of: revision, in: deployment.serviceARN)
      let record = services[deployment.serviceARN]
      counts = .init(
        requested: record.map { requestedCount(of: revision, in: $0) } ?? 0, running: running, pending: pending)
    }
    var (test, production): (Double?, Double?)
    let machine = deployment.machine
    if machine.strategy.shiftsTraffic, revisions[deployment.target]?.settings.loadBalancers.isEmpty == false {
      test = machine.requestedTestWeight
      production = machine.requestedProductionWeight
      if revision != deployment.target {
        // All that the target does not get goes to the one that served.
        let serves = deployment.source == nil || revision == deployment.source
        test = serves ? 100 - machine.requestedTestWeight : 0
        production = serves ? 100 - machine.requestedProductionWeight : 0
      }
    }
    return .init(
      arn: revision, requestedTaskCount: counts.requested, runningTaskCount: counts.running,
      pendingTaskCount: counts.pending, requestedTestTrafficWeight: test, requestedProductionTrafficWeight: production)
  }

  func shape(_ revision: ServiceRevisionRecord) -> ECS.ServiceRevision {
    let settings = revision.settings
    let definition = settings.taskDefinition.flatMap { taskDefinitions[$0] }?.definition
    let isActive = tasks(of: revision.serviceARN).contains { $0.revisionARN == revision.arn && $0.machine.isActive }
    return ECS.ServiceRevision(
      serviceRevisionArn: revision.arn, serviceArn: revision.serviceARN, clusterArn: revision.clusterARN,
      taskDefinition: settings.taskDefinition,
      capacityProviderStrategy: settings.capacityProviderStrategy.isEmpty ? nil : settings.capacityProviderStrategy,
      launchType: settings.launchType, platformVersion: settings.platformVersion,
      platformFamily: settings.platformFamily, loadBalancers: settings.loadBalancers,
      serviceRegistries: settings.serviceRegistries, networkConfiguration: settings.networkConfiguration,
      containerImages: (definition?.containerDefinitions ?? []).map { container in
        .init(
          containerName: container.name, imageDigest: revision.imageDigests[container.name ?? ""],
          image: container.image)
      },
      createdAt: revision.createdAt,
      resolvedConfiguration: isActive && !revision.targetGroups.isEmpty
        ? .init(
          loadBalancers: zip(settings.loadBalancers, revision.targetGroups).map { balancer, group in
            .init(
              targetGroupArn: group, productionListenerRule: balancer.advancedConfiguration?.productionListenerRule)
          }) : nil)
  }
}
