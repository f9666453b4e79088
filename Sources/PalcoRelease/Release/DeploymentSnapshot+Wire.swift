import AWSWire

extension DeploymentSnapshot {
  /// Reads what ECS answered.
  ///
  /// - Throws: ``ReleaseError`` with `unexpectedAnswer` for an answer that no release can be read from.
  init(_ deployment: ECS.ServiceDeployment) throws {
    let text = try deployment.status.required("service deployment status")
    guard let status = Status(rawValue: text) else {
      throw ReleaseError(.unexpectedAnswer, "'\(text)' is no status of a service deployment that Palco knows")
    }
    self.init(
      arn: try deployment.serviceDeploymentArn.required("serviceDeploymentArn"), status: status,
      statusReason: deployment.statusReason, lifecycleStage: deployment.lifecycleStage,
      target: Colour(try deployment.targetServiceRevision.required("targetServiceRevision")),
      sources: (deployment.sourceServiceRevisions ?? []).map(Colour.init),
      rollbackReason: deployment.rollback?.reason,
      waiting: (deployment.lifecycleHookDetails ?? []).compactMap(Pause.init))
  }

  /// Whether ECS is done with it.
  public var hasEnded: Bool { status.hasEnded }
}

extension DeploymentSnapshot.Pause {
  /// A pause that waits; `nil` for one that is over, and for a hook that calls a function.
  init?(_ hook: ECS.DeploymentLifecycleHookDetail) {
    guard hook.targetType == ECS.DeploymentLifecycleHook.pause, hook.status == "AWAITING_ACTION", let id = hook.hookId
    else { return nil }
    self.init(hookID: id, expiresAt: hook.expiresAt, goesOnByItself: hook.timeoutAction == "CONTINUE")
  }
}

extension DeploymentSnapshot.Status {
  /// Whether it is final.
  public var hasEnded: Bool {
    switch self {
    case .successful, .stopped, .rollbackSuccessful, .rollbackFailed: true
    case .pending, .inProgress, .stopRequested, .rollbackRequested, .rollbackInProgress: false
    }
  }

  /// The statuses of deployments that are under way.
  static let underWay: [DeploymentSnapshot.Status] = [
    .pending, .inProgress, .stopRequested, .rollbackRequested, .rollbackInProgress,
  ]
}

extension DeploymentSnapshot.Colour {
  init(_ revision: ECS.ServiceRevisionSummary) {
    self.init(
      revisionARN: revision.arn ?? "", requested: revision.requestedTaskCount ?? 0,
      running: revision.runningTaskCount ?? 0, pending: revision.pendingTaskCount ?? 0,
      productionWeight: revision.requestedProductionTrafficWeight)
  }
}
