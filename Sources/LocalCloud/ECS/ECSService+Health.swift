import Foundation
import TaskRuntimes

// Health checks of containers: runs their commands, and keeps what they say.
extension ECSService {
  /// Checks a container again and again, until the surrounding task is cancelled. Returns at once when it has no check.
  func checkHealth(of container: LaunchedContainer, of arn: String) async {
    guard let check = container.check else { return }
    let known = health(of: container, arn)
    var machine = check.machine(startedAt: cloud.time.now(), health: known ?? .unknown)
    while !Task.isCancelled {
      let wait = machine.due.timeIntervalSince(cloud.time.now())
      if wait > 0 { guard (try? await cloud.time.sleep(.seconds(wait))) != nil else { return } }
      let passes = await container.running.passes(check.command, within: check.timeout)
      // A container that ends takes its check with it, which says nothing then.
      guard !Task.isCancelled else { return }
      machine.checked(passed: passes, at: cloud.time.now())
      guard machine.health != (health(of: container, arn) ?? .unknown) else { continue }
      let health = machine.health
      await noteTask(arn) { task in
        guard let index = task.containers.firstIndex(where: { $0.name == container.name }) else { return }
        task.containers[index].health = health
      }
    }
  }

  private func health(of container: LaunchedContainer, _ arn: String) -> ContainerHealth? {
    state.tasks[arn]?.containers.first { $0.name == container.name }?.health
  }
}
