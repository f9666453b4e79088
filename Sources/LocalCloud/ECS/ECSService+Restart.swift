import Foundation
import Logging
import TaskRuntimes

// What becomes of tasks when a daemon begins on the state of an earlier one.
extension ECSService {
  /// Takes over the tasks whose containers are still there. Whatever else was left running is stopped, and its tasks are
  /// on record as stopped.
  func restoreTasks() async throws {
    var lost: [TaskRecord] = []
    for task in state.tasks.values.values where task.machine.status != .stopped {
      if task.machine.mayHaveContainers, let definition = state.taskDefinitions[task.taskDefinition]?.definition,
        let adopted = await launcher.adopt(task, definition)
      {
        containers[task.arn] = adopted
        logger.info("took over a task", metadata: ["task": "\(task.arn)"])
      } else {
        lost.append(task)
      }
    }
    let leftovers = try await runtime.stopLeftovers()
    if !leftovers.isEmpty { logger.info("stopped what was left running", metadata: ["containers": "\(leftovers)"]) }
    try await forget(lost)
  }

  private func forget(_ lost: [TaskRecord]) async throws {
    for task in lost {
      for target in task.targets {
        guard let port = target.hostPort else { continue }
        // A group that is gone needs no deregistration.
        try? await balancer.deregister(host: TaskLauncher.host, port: port, from: target.targetGroupARN)
      }
    }
    let now = cloud.time.now()
    try await change { state in
      for task in lost {
        let (code, reason): (TaskMachine.StopCode, String) =
          task.serviceARN == nil
          ? (.terminationNotice, "The local cloud was restarted.")
          : (.serviceSchedulerInitiated, "Task was lost: the local cloud was restarted.")
        state.tasks[task.arn]?.machine.lost(code, reason, at: now)
        state.tasks[task.arn]?.stopContainers()
      }
    }
  }
}

extension TaskMachine {
  /// Whether its containers were started, and have not all been stopped.
  fileprivate var mayHaveContainers: Bool {
    switch status {
    case .activating, .running, .deactivating, .stopping: true
    case .provisioning, .pending, .deprovisioning, .stopped: false
    }
  }
}
