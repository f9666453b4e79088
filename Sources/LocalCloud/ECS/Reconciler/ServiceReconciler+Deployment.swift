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
    let superseded = rules.isEmpty ? nil : halfShifted(before: deployment)
    // Of two sides that serve, the one that served before the release that was superseded stays.
    let live = rules.liveGroups ?? superseded.map { rules.otherGroups(than: $0) }
    // The rollback candidate: what the production rules forward to; without rules what completed last.
    let others = sources(besides: deployment.target)
    var source = record.currentRevision
    if let live {
      let serving = others.filter { state.revisions[$0]?.targetGroups == live }
      let candidate = serving.first { $0 == record.currentRevision } ?? serving.last
      source = shiftsTraffic ? candidate : candidate ?? source
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

  /// The target groups of a release before this one that ended in the middle of its shift, if none since then has put
  /// that right.
  private func halfShifted(before deployment: ServiceDeploymentRecord) -> [String]? {
    for earlier in state.deployments(of: service).reversed()
    where earlier.sequence < deployment.sequence && earlier.machine.startedAt != nil {
      guard earlier.machine.status == .stopped else { return nil }
      if earlier.machine.requestedProductionWeight > 0 { return state.revisions[earlier.target]?.targetGroups }
    }
    return nil
  }

  /// Whether a revision that is neither what comes nor what goes has to stay for now: the production rules give it
  /// traffic, or it stands in for the source.
  func stillServes(_ revision: String, beside deployment: ServiceDeploymentRecord) -> Bool {
    if deployment.machine.sourceTasks == .desired, standsIn(revision, for: deployment.source) { return true }
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

  /// Whether a revision serves in the place of another one, whose tasks are not all there: a rolling deployment that was
  /// superseded half way leaves two revisions that share the traffic.
  func standsIn(_ revision: String, for other: String?) -> Bool {
    guard let other, revision != other, !isReady(other),
      state.revisions[revision]?.targetGroups == state.revisions[other]?.targetGroups
    else { return false }
    return activeTasks(of: revision).contains { $0.health == .healthy }
  }

  /// Whether a revision's tasks are where the production rules send nothing, when a deployment does not shift traffic:
  /// what a blue/green release left that was superseded by a rolling one.
  func isAside(_ revision: String, of home: [String], _ rules: ServiceRules) -> Bool {
    guard !rules.isEmpty, let groups = state.revisions[revision]?.targetGroups, !groups.isEmpty else { return false }
    return groups != home
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
    if !machine.status.isTerminal { unite(deployment) }
  }

  /// ROLLING shifts no traffic. But where a superseded release left it on both sides, it goes to the side that rolls.
  private mutating func unite(_ deployment: ServiceDeploymentRecord) {
    guard !deployment.machine.strategy.shiftsTraffic, let target = state.revisions[deployment.target] else { return }
    let rules = ServiceRules(target.settings.loadBalancers, seen: seen.rules)
    guard !rules.isEmpty, rules.fault == nil, rules.liveGroups == nil, halfShifted(before: deployment) != nil,
      state.tasks(of: service).contains(where: {
        $0.machine.isActive && $0.health == .healthy && $0.targets.map(\.targetGroupARN) == target.targetGroups
      })
    else { return }
    for change in rules.productionWeights(100, for: target.targetGroups) {
      write(WeightChange(deploymentARN: deployment.arn, ruleARN: change.rule, weights: change.weights))
    }
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
      if seen.productionWeight != machine.requestedProductionWeight, deployment.source == nil || seen.sourceServes {
        changes = rules.productionWeights(machine.requestedProductionWeight, for: groups)
      }
    case .preScaleUp, .testTrafficShift:
      if seen.testWeight != machine.requestedTestWeight {
        changes = rules.testWeights(machine.requestedTestWeight, for: groups)
      }
    case .productionTrafficShift:
      // Where tasks were lost meanwhile, traffic would be worse off than where it is, if that answers at all.
      let mayWrite =
        machine.status == .rollbackInProgress
        ? deployment.source == nil || seen.sourceServes || !seen.targetServes
        : seen.targetServes || !seen.sourceServes
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
