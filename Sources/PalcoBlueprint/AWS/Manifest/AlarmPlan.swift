/// The alarms of an environment.
struct AlarmPlan {
  typealias Alarm = AWSInfrastructure.Alarm

  let prefix: String
  let errorPercent: Int
  let latencyMilliseconds: Int
  let databaseCPU: Int
  let database: AWSInfrastructure.Database
  /// Whether there are alarms that roll deployments back.
  let rollsBack: Bool

  func alarms() -> [Alarm] {
    let errors = Double(errorPercent)
    let latency = Double(latencyMilliseconds) / 1000
    var alarms = [
      alarm(
        .errorRatio, "error-ratio", errors, periods: 5, bad: 3,
        "More than \(errorPercent) % of the requests are answered with 5xx. See the logs of the tasks."),
      alarm(
        .latency, "latency", latency, periods: 5, bad: 3,
        "95 % of the requests take up to more than \(latencyMilliseconds) ms."),
      alarm(
        .unhealthyHosts, "unhealthy-hosts", 0, periods: 5, bad: 5,
        "Tasks have failed their health checks for five minutes."),
    ]
    switch database {
    case .none: break
    case .rds(let rds):
      let memory = RDSClasses.memory(of: rds.instanceClass) ?? 1024
      let connections = RDSClasses.connections(memory: memory)
      alarms.append(cpuAlarm)
      alarms.append(
        alarm(
          .databaseStorage, "database-storage", Double(rds.storageGiB) * 1_073_741_824 / 10, .below, period: 300,
          periods: 3, bad: 3,
          "Less than a tenth of the database's storage is free. It grows up to \(rds.maximumStorageGiB) GiB by itself.")
      )
      alarms.append(
        alarm(
          .databaseConnections, "database-connections", Double(connections * 8 / 10), periods: 5, bad: 5,
          "The database has more than 80 % of its \(connections) connections."))
    case .ec2:
      alarms.append(cpuAlarm)
      alarms.append(
        alarm(
          .databaseStatus, "database-status", 0, periods: 3, bad: 3, missingIsBad: true,
          "The database's instance fails its status checks. Restart it, or restore its last snapshot."))
    }
    if rollsBack {
      alarms += [
        alarm(
          .deploymentErrors, "deployment-errors", errors, periods: 2, bad: 2,
          "More than \(errorPercent) % of the requests are answered with 5xx: a deployment is rolled back."),
        alarm(
          .deploymentLatency, "deployment-latency", latency, periods: 2, bad: 2,
          "95 % of the requests take up to more than \(latencyMilliseconds) ms: a deployment is rolled back."),
      ]
    }
    return alarms
  }

  private var cpuAlarm: Alarm {
    alarm(
      .databaseCPU, "database-cpu", Double(databaseCPU), period: 300, periods: 3, bad: 3,
      "The database uses more than \(databaseCPU) % of its CPU.")
  }

  private func alarm(
    _ role: AWSInfrastructure.AlarmRole, _ name: String, _ threshold: Double, _ comparison: Alarm.Comparison = .above,
    period: Int = 60, periods: Int, bad: Int, missingIsBad: Bool = false, _ description: String
  ) -> Alarm {
    Alarm(
      role: role, name: "\(prefix)-\(name)", description: description, comparison: comparison, threshold: threshold,
      periodSeconds: period, evaluationPeriods: periods, datapointsToAlarm: bad, missingIsBad: missingIsBad)
  }
}
