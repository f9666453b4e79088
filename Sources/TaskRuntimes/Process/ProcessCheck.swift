import Foundation
import PalcoCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Runs health check commands beside a container's program: found in its image, in its directory and environment.
struct ProcessCheck: Sendable {
  let container: ContainerSpecification
  let lookup: ProgramLookup
  let supervisor: ProcessSupervisor
  let time: TimeSource

  private enum Outcome { case ended(ContainerExit), late }
  private struct Nowhere: OutputSink { func write(_ lines: [OutputLine]) async {} }

  func passes(_ command: [String], within limit: Duration) async -> Bool {
    var place = container
    place.command = command
    // Beside a program of the host, names are looked up as on the host.
    if case .host = container.program { place.program = .image(root: URL(fileURLWithPath: "/")) }
    guard let launch = try? lookup.launch(for: place),
      let (group, supervision) = try? await supervisor.start(
        launch, id: "\(container.id)#check", stopSignal: SIGKILL, output: Nowhere(), finished: {})
    else { return false }
    return await withTaskGroup(of: Outcome.self) { tasks in
      tasks.addTask { .ended(await supervision.value) }
      tasks.addTask {
        // Whoever is cancelled has no more patience. Nothing happens to a command that has ended.
        try? await time.sleep(limit)
        await group.send(SIGKILL)
        return .late
      }
      defer { tasks.cancelAll() }
      if case .ended(.code(0)) = await tasks.next() { return true }
      return false
    }
  }
}
