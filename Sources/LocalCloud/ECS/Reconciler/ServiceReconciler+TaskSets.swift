import Foundation

// The steps of a service of task sets: ECS keeps each at its share of the service's tasks, and deploys nothing.
extension ServiceReconciler {
  mutating func scaleTaskSets() {
    guard let record = state.services[service] else { return }
    for taskSet in state.taskSets(of: service) {
      let count = taskSet.desiredCount(of: record.desiredCount)
      if count != taskSet.computedDesiredCount {
        state.taskSets[taskSet.arn]?.computedDesiredCount = count
        log("updated computedDesiredCount for taskSet \(taskSet.id) to \(count).")
      }
      if record.status == .draining {
        stopAll(of: taskSet.revision, "Service \(record.name) is being deleted")
      } else {
        keep(taskSet.revision, at: count, "Scaling activity initiated by (taskSet \(taskSet.id))")
      }
    }
  }

  /// Says which task sets are steady, and ends those that are being deleted, with the service if it is.
  mutating func settleTaskSets() {
    guard let record = state.services[service] else { return }
    for taskSet in state.taskSets(of: service) {
      let tasks = tasks(of: taskSet.revision).filter { $0.machine.status != .stopped }
      if taskSet.isDraining || record.status == .draining, tasks.isEmpty {
        state.taskSets[taskSet.arn] = nil
        continue
      }
      let isSteady = isReady(taskSet.revision, at: taskSet.computedDesiredCount)
      guard isSteady != taskSet.isSteady else { continue }
      state.taskSets[taskSet.arn]?.isSteady = isSteady
      state.taskSets[taskSet.arn]?.stabilityAt = now
      if isSteady { logSteadyState(of: taskSet, in: record) }
    }
    let left = state.taskSets(of: service)
    if record.status == .draining {
      if left.isEmpty { state.services[service]?.status = .inactive }
      return
    }
    let isSteady = !left.isEmpty && left.allSatisfy(\.isSteady)
    if isSteady, !record.isSteady { log("has reached a steady state.") }
    state.services[service]?.isSteady = isSteady
  }

  private mutating func logSteadyState(of taskSet: TaskSetRecord, in record: ServiceRecord) {
    state.services[service]?.add(
      ServiceEventRecord(
        id: cloud.ids.uuid(), createdAt: now,
        message: "(service \(record.name), taskSet \(taskSet.id)) updated state to STEADY_STATE."))
  }
}
