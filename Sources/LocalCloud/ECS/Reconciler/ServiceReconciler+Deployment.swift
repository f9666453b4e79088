import AWSWire
import Foundation

// The steps that bring a deployment on.
extension ServiceReconciler {
  /// Starts the deployment whose turn it is: finds out what serves, and where the target's tasks go.
  mutating func startDeployment() {
    guard let deployment = state.runningDeployment(of: service), deployment.machine.startedAt == nil,
      seen.deployments.contains(deployment.arn), deployment.machine.status != .stopRequested,
      let record = state.services[service],
      let target = state.revisions[deployment.target]
    else { return }
    let shiftsTraffic = deployment.machine.strategy.shiftsTraffic
    let rules = ServiceRules(target.settings.loadBalancers, seen: seen.rules)
    let superseded = shiftsTraffic ? halfShifted(before: deployment) : nil
    // Of two sides that serve, the one that served before the release that was superseded stays.
    let live = rules.liveGroups ?? superseded.map { rules.otherGroups(than: $0) }
    // The rollback candidate: what the production rules forward to; without rules what completed last.
    let others = sources(besides: deployment.target)
    var source = record.currentRevision
    if shiftsTraffic, let live {
      let serving = others.filter { state.revisions[$0]?.targetGroups == live }
      source = serving.first { $0 == record.currentRevision } ?? serving.last
    }
    if source == deployment.target { source = nil }
    var fault = rules.faultAtStart(maySplit: superseded != nil)
    if shiftsTraffic, let live, let current = record.currentRevision, source == nil,
      !activeTasks(of: current).isEmpty
    {
      fault = fault ?? "Production listener rule is forwarding traffic to unexpected target group \(live[0])."
      source = current
    }
    // A release that was superseded after its shift serves now, although it never completed.
    if let source { state.services[service]?.currentRevision = source }
    var groups = target.settings.loadBalancers.compactMap(\.targetGroupArn)
    if let live { groups = shiftsTraffic ? rules.otherGroups(than: live) : live }
    state.revisions[deployment.target]?.targetGroups = groups
    state.deployments[deployment.arn]?.source = source
    state.deployments[deployment.arn]?.machine.start(hasSource: source != nil, at: now)
    startWatchingAlarms(of: deployment, target)
    if shiftsTraffic, let fault {
      state.deployments[deployment.arn]?.machine.fail(
        ServiceDeploymentMachine.networkReason(fault), rollsBack: true, at: now)
    }
  }

  /// The target groups of the release before this one, if that one ended in the middle of its shift.
  private func halfShifted(before deployment: ServiceDeploymentRecord) -> [String]? {
    guard
      let last = state.deployments(of: service).last(where: {
        $0.sequence < deployment.sequence && $0.machine.startedAt != nil
      }),
      last.machine.status == .stopped, (0.1..<100).contains(last.machine.requestedProductionWeight)
    else { return nil }
    return state.revisions[last.target]?.targetGroups
  }

  /// Whether the production rules give traffic to a revision that is neither what comes nor what goes.
  func stillServes(_ revision: String, beside deployment: ServiceDeploymentRecord) -> Bool {
    guard let rules = rules(of: deployment), let groups = state.revisions[revision]?.targetGroups, !groups.isEmpty,
      groups != deployment.source.flatMap({ state.revisions[$0]?.targetGroups })
    else { return false }
    // Once its own tasks are there, the target answers for the group.
    guard groups != state.revisions[deployment.target]?.targetGroups || activeTasks(of: deployment.target).isEmpty
    else {
      return false
    }
    return rules.productionShare(of: groups).map { $0 != 0 } ?? false
  }

  /// The revisions besides the target that have tasks, or would have some with a desired count above 0.
  func sources(besides target: String) -> [String] {
    let withTasks = Set(
      state.tasks(of: service).filter { $0.machine.status != .stopped }.compactMap(\.revisionARN))
    return state.revisions(of: service).map(\.arn).filter {
      $0 != target && (withTasks.contains($0) || $0 == state.services[service]?.currentRevision)
    }
  }

  mutating func advanceDeployments() {
    for deployment in state.deployments(of: service) where !deployment.machine.status.isTerminal {
      let isFirst = deployment.arn == state.runningDeployment(of: service)?.arn
      // A younger one waits; only one that is not wanted any more may end before its turn.
      guard isFirst && seen.deployments.contains(deployment.arn) || deployment.machine.status == .stopRequested else {
        continue
      }
      if isFirst { startDeployment() }
      advance(deployment.arn)
    }
  }

  private mutating func advance(_ arn: String) {
    guard let deployment = state.deployments[arn] else { return }
    let rules = rules(of: deployment)
    let seen = observation(of: deployment, rules)
    var machine = deployment.machine
    _ = machine.advance(seen, at: now, ids: cloud.ids)
    state.deployments[arn]?.machine = machine
    if machine.rollback != nil, state.revisions[deployment.target]?.rollout != .failed { beganRollback(of: deployment) }
    if machine.status.isTerminal { ended(arn) }
    if let deadline = machine.deadline { wake(at: deadline) }
    if let rules, !machine.status.isTerminal { writeWeights(of: arn, rules, seen) }
  }

  /// The rules that a deployment shifts traffic with; `nil` for one without rules.
  private func rules(of deployment: ServiceDeploymentRecord) -> ServiceRules? {
    guard deployment.machine.strategy.shiftsTraffic, let target = state.revisions[deployment.target] else { return nil }
    let rules = ServiceRules(target.settings.loadBalancers, seen: seen.rules)
    return rules.isEmpty ? nil : rules
  }

  private func observation(
    of deployment: ServiceDeploymentRecord, _ rules: ServiceRules?
  ) -> ServiceDeploymentMachine.Observation {
    func tasks(_ revision: String?) -> [TaskRecord] { revision.map { self.tasks(of: $0) } ?? [] }
    func serves(_ revision: String?) -> Bool {
      tasks(revision).contains { $0.machine.isActive && $0.health == .healthy }
    }
    let groups = state.revisions[deployment.target]?.targetGroups ?? []
    let others = sources(besides: deployment.target)
    let running = state.tasks(of: service).filter { $0.machine.status != .stopped }
    let healthy = activeTasks(of: deployment.target).filter { $0.health == .healthy }.count
    let enough = deployment.machine.earlySuccess?.tasks(desiredCount: desiredCount)
    return ServiceDeploymentMachine.Observation(
      sources: others.count,
      targetIsReady: isReady(deployment.target), targetSuffices: enough.map { $0 <= healthy } ?? false,
      targetServes: serves(deployment.target),
      targetIsGone: !running.contains { $0.revisionARN == deployment.target },
      sourceIsReady: deployment.source.map { isReady($0) } ?? false, sourceServes: serves(deployment.source),
      sourcesAreGone: !running.contains { $0.revisionARN != deployment.target },
      productionWeight: rules?.productionShare(of: groups), testWeight: rules?.testShare(of: groups),
      networkFault: rules?.fault ?? seen.writeFaults[deployment.arn])
  }

  /// Lists the weights that the stage asks for and the rules do not have.
  private mutating func writeWeights(
    of arn: String, _ rules: ServiceRules, _ seen: ServiceDeploymentMachine.Observation
  ) {
    guard let deployment = state.deployments[arn], rules.fault == nil else { return }
    let machine = deployment.machine
    let groups = state.revisions[deployment.target]?.targetGroups ?? []
    var changes: [(rule: String, weights: [TargetGroupWeight])] = []
    switch machine.stage {
    case .reconcileService:
      if seen.productionWeight != machine.requestedProductionWeight {
        changes = rules.productionWeights(machine.requestedProductionWeight, for: groups)
      }
    case .preScaleUp, .testTrafficShift:
      if seen.testWeight != machine.requestedTestWeight {
        changes = rules.testWeights(machine.requestedTestWeight, for: groups)
      }
    case .productionTrafficShift:
      // Back to a source whose tasks were lost would be worse than what is there, if that answers at all.
      let mayWrite =
        machine.status != .rollbackInProgress || deployment.source == nil || seen.sourceServes || !seen.targetServes
      if seen.productionWeight != machine.requestedProductionWeight, mayWrite {
        changes = rules.productionWeights(machine.requestedProductionWeight, for: groups)
      }
    default: break
    }
    for change in changes {
      write(WeightChange(deploymentARN: arn, ruleARN: change.rule, weights: change.weights))
    }
  }

  // MARK: What changes with the machine's status

  /// The source is what the service is again; the target has failed.
  private mutating func beganRollback(of deployment: ServiceDeploymentRecord) {
    guard let target = state.revisions[deployment.target] else { return }
    let byBreaker = deployment.breaker.isTriggered
    let reason = state.deployments[deployment.arn]?.machine.rollback?.reason ?? ""
    let failure = rolloutFailure(of: deployment)
    state.revisions[target.arn]?.set(.failed, failure ?? reason, at: now)
    // What breaker and alarms found was told at once.
    if failure == nil { log("(deployment \(target.deploymentID)) deployment failed: \(reason)") }
    guard let source = deployment.source, let revision = state.revisions[source] else { return }
    // A newer deployment that waits for this one has set the service already.
    if state.deployments(of: service).last?.arn == deployment.arn {
      state.services[service]?.settings = revision.settings
    }
    let text = "rolling back to deploymentId \(revision.deploymentID)."
    state.revisions[source]?.set(
      .inProgress, byBreaker ? "ECS deployment circuit breaker: \(text)" : "ECS deployment \(text)", at: now)
    log("rolling back to deployment \(revision.deploymentID).")
  }

  /// What the breaker or the alarms say in `rolloutStateReason`; `nil` when neither failed the deployment.
  private func rolloutFailure(of deployment: ServiceDeploymentRecord) -> String? {
    if deployment.breaker.isTriggered { return "ECS deployment circuit breaker: tasks failed to start." }
    return deployment.alarms.isTriggered ? "ECS deployment failed: alarm detected." : nil
  }

  private mutating func ended(_ arn: String) {
    guard let deployment = state.deployments[arn], let target = state.revisions[deployment.target] else { return }
    switch deployment.machine.status {
    case .successful:
      state.services[service]?.currentRevision = target.arn
      state.revisions[target.arn]?.set(
        .completed, "ECS deployment \(target.deploymentID) completed.", at: now)
      log("(deployment \(target.deploymentID)) deployment completed.")
    case .rollbackSuccessful:
      guard let source = deployment.source, let revision = state.revisions[source] else { break }
      state.services[service]?.currentRevision = source
      state.revisions[source]?.set(
        .completed, "ECS deployment \(revision.deploymentID) completed.", at: now)
      log("(deployment \(revision.deploymentID)) deployment completed.")
    case .rollbackFailed, .stopped:
      if let failure = rolloutFailure(of: deployment) {
        state.revisions[target.arn]?.set(.failed, failure, at: now)
      } else if deployment.machine.status == .rollbackFailed {
        state.revisions[target.arn]?.set(.failed, deployment.machine.rollback?.reason ?? "", at: now)
      }
    default: break
    }
    var counts: [String: ServiceDeploymentRecord.Counts] = [:]
    for revision in [deployment.target] + deployment.sources {
      let (running, pending) = state.counts(of: revision, in: service)
      let serves = revision == state.services[service]?.currentRevision
      counts[revision] = .init(requested: serves ? desiredCount : 0, running: running, pending: pending)
    }
    state.deployments[arn]?.finalCounts = counts
  }
}
