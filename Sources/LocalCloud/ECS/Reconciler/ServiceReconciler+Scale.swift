import AWSWire
import Foundation

// The step that makes tasks as many as they shall be.
extension ServiceReconciler {
  mutating func scale() {
    guard let record = state.services[service] else { return }
    let revisions = state.revisions(of: service).map(\.arn)
    if record.status == .draining {
      for revision in revisions { stopAll(of: revision, "Service \(record.name) is being deleted") }
      return
    }
    guard let deployment = state.runningDeployment(of: service), deployment.machine.startedAt != nil else {
      return rest(revisions, of: record)
    }
    if !deployment.machine.strategy.shiftsTraffic {
      roll(deployment, revisions)
    } else {
      for revision in revisions {
        switch revision {
        case deployment.target: keep(revision, deployment.machine.targetTasks, of: deployment)
        case deployment.source: keep(revision, deployment.machine.sourceTasks, of: deployment)
        // One that was superseded in the middle of its shift has to serve until the rules are put right.
        default: keep(revision, stillServes(revision, beside: deployment) ? .existing : .none, of: deployment)
        }
      }
    }
  }

  /// Nothing is deployed: the current revision serves. What a deployment without rollback left behind stays as it is.
  private mutating func rest(_ revisions: [String], of record: ServiceRecord) {
    let last = state.deployments(of: service).last
    // One that has not started has yet to see what serves: a release that was superseded after its shift does.
    let isUndecided = last.map { !$0.machine.status.isTerminal } ?? false
    for revision in revisions {
      if revision == record.currentRevision, !isUndecided {
        keep(revision, .desired, of: last)
      } else if isUndecided || revision == last?.target && last?.machine.status == .stopped
        || standsIn(revision, for: record.currentRevision)
      {
        keep(revision, .existing, of: last)
      } else {
        keep(revision, .none, of: last)
      }
    }
  }

  // MARK: One revision

  private mutating func keep(
    _ revision: String, _ tasks: ServiceDeploymentMachine.Tasks, of deployment: ServiceDeploymentRecord?
  ) {
    let reason = scalingReason(deployment)
    switch tasks {
    case .none: stopAll(of: revision, reason)
    case .existing: shrink(revision, to: desiredCount, reason)
    case .desired: keep(revision, at: desiredCount, reason)
    }
  }

  /// Makes a revision's tasks so many, and all of them healthy.
  mutating func keep(_ revision: String, at count: Int, _ reason: String) {
    // First those that are replaced, so that they are stopped for their own reason.
    replaceUnhealthy(of: revision, count)
    shrink(revision, to: count, reason)
    let missing = count - activeTasks(of: revision).filter { $0.health != .unhealthy }.count
    start(min(missing, room(for: revision, count)), of: revision)
  }

  /// How many tasks a revision of so many may have more, by the service's maximum.
  private func room(for revision: String, _ count: Int) -> Int {
    max(0, plan(count).upper - activeTasks(of: revision).count)
  }

  private func plan(_ count: Int) -> RollingPlan {
    let configuration = state.services[service]?.deploymentConfiguration
    return RollingPlan(
      desired: count, minimumHealthyPercent: configuration?.minimumHealthyPercent ?? 100,
      maximumPercent: max(100, configuration?.maximumPercent ?? 200))
  }

  /// Tasks that got unhealthy go once others are healthy in their place, or at once when there is no room for others.
  private mutating func replaceUnhealthy(of revision: String, _ count: Int) {
    let active = activeTasks(of: revision)
    let unhealthy = active.filter { $0.health == .unhealthy }.count
    let healthy = active.filter { $0.health == .healthy }.count
    let isFull = active.count == unhealthy + healthy && room(for: revision, count) == 0
    if healthy >= count || isFull { stopUnhealthy(unhealthy, of: revision) }
  }

  /// Stops so many of a revision's unhealthy tasks.
  private mutating func stopUnhealthy(_ count: Int, of revision: String) {
    let unhealthy = activeTasks(of: revision).filter { $0.health == .unhealthy }.prefix(count)
    for task in unhealthy { stop(task, failedChecks(task)) }
    logStops(Array(unhealthy))
  }

  private func failedChecks(_ task: TaskRecord) -> String {
    if state.containerHealth(of: task) == .unhealthy { return Self.failedContainerChecks }
    return "Task failed ELB health checks in (target-group \(task.targets.first?.targetGroupARN ?? ""))"
  }

  /// Stops what is more than `count`: what serves least first, then the newest.
  private mutating func shrink(_ revision: String, to count: Int, _ reason: String) {
    let active = activeTasks(of: revision)
    let healthy = active.filter { $0.health == .healthy }.count
    // A task too many that stands in for an unhealthy one is none too many.
    let unhealthy = active.filter { $0.health == .unhealthy }.count
    let excess = healthy >= count ? active.count - count : active.count - unhealthy - count
    guard excess > 0 else { return }
    let order = active.sorted { ($0.serves, $1.sequence) < ($1.serves, $0.sequence) }
    for task in order.prefix(excess) { stop(task, reason) }
    logStops(Array(order.prefix(excess)))
  }

  mutating func stopAll(of revision: String, _ reason: String) {
    let active = activeTasks(of: revision)
    for task in active { stop(task, reason) }
    logStops(active)
  }

  private func scalingReason(_ deployment: ServiceDeploymentRecord?) -> String {
    let target = deployment.flatMap { state.revisions[$0.target] }
    return "Scaling activity initiated by (deployment \(target?.deploymentID ?? service))"
  }

  // MARK: A rolling deployment

  private mutating func roll(_ deployment: ServiceDeploymentRecord, _ revisions: [String]) {
    let isRollingBack = deployment.machine.status == .rollbackInProgress
    let incoming = isRollingBack ? deployment.source : deployment.target
    let reason = scalingReason(deployment)
    // What gets no traffic is no capacity.
    let target = state.revisions[deployment.target]
    let rules = ServiceRules(target?.settings.loadBalancers ?? [], seen: seen.rules)
    let aside = revisions.filter { $0 != incoming && isAside($0, of: target?.targetGroups ?? [], rules) }
    for revision in aside where rules.productionShare(of: state.revisions[revision]?.targetGroups ?? []) == 0 {
      stopAll(of: revision, reason)
    }
    let outgoing = revisions.filter { $0 != incoming && !aside.contains($0) }
    // Only the newest of those that go may get tasks again: it is the one that was complete.
    let restorable = isRollingBack ? nil : deployment.source
    let coming = incoming.map { tally(activeTasks(of: $0)) } ?? .init()
    let replaced = max(deployment.replaced ?? 0, coming.healthy)
    if !isRollingBack { state.deployments[deployment.arn]?.replaced = replaced }
    let step = plan(desiredCount).step(
      incoming: coming, outgoing: tally(outgoing.flatMap { activeTasks(of: $0) }),
      replaced: restorable == nil ? nil : replaced)
    if let incoming {
      stopUnhealthy(step.stopIncoming, of: incoming)
      shrink(incoming, to: desiredCount, reason)
      start(step.startIncoming, of: incoming)
    }
    if let restorable { start(step.startOutgoing, of: restorable) }
    let leaving = outgoing.flatMap { activeTasks(of: $0) }
      .sorted { ($0.serves, $0.sequence) < ($1.serves, $1.sequence) }
    // A rollback without a candidate stops everything.
    let stopped = Array(leaving.prefix(incoming == nil ? leaving.count : step.stopOutgoing))
    for task in stopped { stop(task, reason) }
    logStops(stopped)
    if step.isStalled, state.services[service]?.isStalled == false {
      log(
        "was unable to stop or start tasks during a deployment because of the service deployment configuration. "
          + "Update the minimumHealthyPercent or maximumPercent value and try again.")
    }
    state.services[service]?.isStalled = step.isStalled
  }

  private func tally(_ tasks: [TaskRecord]) -> RollingPlan.Tasks {
    tasks.reduce(into: RollingPlan.Tasks()) { tally, task in
      switch task.health {
      case .healthy: tally.healthy += 1
      case .unknown: tally.pending += 1
      case .unhealthy: tally.unhealthy += 1
      }
    }
  }

  // MARK: Starting and stopping

  private mutating func start(_ count: Int, of arn: String) {
    guard count > 0, let revision = state.revisions[arn], let record = state.services[service] else { return }
    if let deployment = state.runningDeployment(of: service), deployment.target == arn,
      deployment.breaker.isTriggered
    {
      return
    }
    guard revision.throttle.allowsStart(at: now) else {
      if let instant = revision.throttle.notBefore { wake(at: instant) }
      return
    }
    guard let taskDefinition = revision.settings.taskDefinition,
      let definition = state.taskDefinitions[taskDefinition]?.definition
    else { return }
    let tasks = (0..<count).map { _ in
      let targets = zip(revision.settings.loadBalancers, revision.targetGroups).map { balancer, group in
        TaskTarget(
          targetGroupARN: group, containerName: balancer.containerName ?? "",
          containerPort: balancer.containerPort ?? 0)
      }
      var task = TaskRecord(
        definition: definition, taskDefinition: taskDefinition, cluster: revision.clusterARN,
        group: "service:\(record.name)", targets: targets, sequence: state.nextSequence(), at: now, in: cloud)
      task.startedBy = revision.deploymentID
      task.serviceARN = service
      task.revisionARN = arn
      task.launchType = revision.settings.launchType
      task.platformVersion = revision.settings.platformVersion
      task.enableExecuteCommand = record.enableExecuteCommand
      switch revision.settings.propagateTags {
      case "SERVICE": task.tags = record.tags
      case "TASK_DEFINITION": task.tags = state.taskDefinitions[taskDefinition]?.tags ?? []
      default: break
      }
      state.tasks[task.arn] = task
      return task
    }
    state.services[service]?.isSteady = false
    log("has started \(count) tasks: \(names(tasks)).")
  }

  mutating func logStops(_ tasks: [TaskRecord]) {
    guard !tasks.isEmpty else { return }
    log("has stopped \(tasks.count) running tasks: \(names(tasks)).")
  }

  private func names(_ tasks: [TaskRecord]) -> String {
    tasks.map { "(task \($0.id))" }.joined(separator: " ")
  }
}

extension TaskRecord {
  /// How much the service would lose with this task.
  fileprivate var serves: Int {
    guard machine.status == .running else { return 0 }
    switch health {
    case .unhealthy: return 1
    case .unknown: return 2
    case .healthy: return 3
    }
  }

  /// A task that is about to be started.
  init(
    definition: ECS.TaskDefinition, taskDefinition: String, cluster: String, group: String, targets: [TaskTarget],
    sequence: Int, at now: Date, in cloud: CloudContext
  ) {
    let id = cloud.ids.hexadecimal(32)
    let clusterName = ECSIdentifier.name(of: cluster)
    let containers = (definition.containerDefinitions ?? []).map { container in
      ContainerRecord(
        arn: cloud.arn("ecs", "container/\(clusterName)/\(id)/\(cloud.ids.uuid())"), name: container.name ?? "",
        image: container.image ?? "")
    }
    self.init(
      sequence: sequence, arn: cloud.arn("ecs", "task/\(clusterName)/\(id)"), id: id, clusterARN: cluster,
      taskDefinition: taskDefinition, group: group, tags: [], attachmentID: cloud.ids.uuid(), containers: containers,
      targets: targets, machine: TaskMachine(hasTargets: !targets.isEmpty, createdAt: now))
  }
}
