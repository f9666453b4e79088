import Foundation
import PalcoCore

extension ECSService: Resettable {
  /// How long tasks may take to end before the reset fails, in seconds.
  private static let secondsForTasks = 60.0

  func reset() async throws {
    let now = cloud.time.now()
    // Without their services, nothing replaces the tasks that stop.
    await note { state in
      state.clusters.removeAll()
      state.taskDefinitions.removeAll()
      state.families.removeAll()
      state.services.removeAll()
      state.revisions.removeAll()
      state.deployments.removeAll()
      state.taskSets.removeAll()
      state.clientTokens.removeAll()
      state.accountSettings.removeAll()
      for arn in state.tasks.values.keys {
        state.tasks[arn]?.machine.requestStop(.userInitiated, "The local cloud was reset.", at: now)
      }
    }
    for ping in pings.values { ping.yield() }
    let deadline = now.addingTimeInterval(Self.secondsForTasks)
    while state.tasks.values.values.contains(where: { $0.machine.status != .stopped }) {
      guard cloud.time.now() < deadline else { throw ResetError.tasksStillRun }
      try await cloud.time.sleep(.milliseconds(20))
    }
    await note { $0.tasks.removeAll() }
  }
}

/// Why the cloud could not be reset.
enum ResetError: Error, CustomStringConvertible {
  /// A program does not end.
  case tasksStillRun

  var description: String { "tasks still run a minute after they were told to stop; see `aws ecs list-tasks`" }
}
