import Foundation

// The steps that look at the CloudWatch alarms of a deployment.
extension ServiceReconciler {
  /// Finds out whether the alarms have a say in a deployment that starts, and says loudly if not: AWS does not.
  mutating func startWatchingAlarms(of deployment: ServiceDeploymentRecord, _ target: ServiceRevisionRecord) {
    var alarms = deployment.alarms
    guard alarms.isEnabled else { return }
    alarms.start(seen.alarms)
    state.deployments[deployment.arn]?.alarms = alarms
    let missing = alarms.names.filter { seen.alarms[$0] == nil }
    let name = "(deployment \(target.deploymentID))"
    if alarms.isIgnored {
      log(
        "\(name) CloudWatch alarms are ignored during this deployment, because of those that were in the ALARM state "
          + "when it started: \(alarms.triggered.joined(separator: ", ")).")
    } else if !missing.isEmpty {
      log("\(name) CloudWatch alarms that do not exist watch nothing: \(missing.joined(separator: ", ")).")
    }
  }

  /// Fails the deployment under way if an alarm went off.
  mutating func watchAlarms() {
    guard var deployment = state.runningDeployment(of: service), deployment.machine.status == .inProgress,
      deployment.machine.stage != .cleanUp, seen.deployments.contains(deployment.arn),
      deployment.alarms.record(seen.alarms)
    else { return }
    deployment.machine.fail(
      ServiceDeploymentMachine.alarmReason(deployment.alarms.triggered), rollsBack: deployment.alarms.rollsBack,
      at: now)
    state.deployments[deployment.arn] = deployment
    let id = state.revisions[deployment.target]?.deploymentID ?? ""
    log("(deployment \(id)) deployment failed: alarm detected.")
  }
}
