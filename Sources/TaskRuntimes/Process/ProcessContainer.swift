import Foundation
import PalcoCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A container that runs as a process of this machine.
struct ProcessContainer: RunningContainer {
  let group: ProcessGroup
  let stopSignal: Int32
  let time: TimeSource
  /// Owns the process from start to end; whoever asks how it ended waits for it.
  let supervision: Task<ContainerExit, Never>
  let check: ProcessCheck

  var processIdentifier: Int32 { group.leader }

  func exit() async -> ContainerExit { await supervision.value }

  func passes(_ command: [String], within limit: Duration) async -> Bool {
    await check.passes(command, within: limit)
  }

  func stop(timeout: Duration) async {
    await group.send(stopSignal)
    await withTaskGroup { tasks in
      tasks.addTask {
        // A caller that is cancelled has no more patience: the sleep ends early, and the kill comes early. After the
        // program's end it does nothing.
        try? await time.sleep(timeout)
        await group.send(SIGKILL)
      }
      await group.waitUntilOver()
      tasks.cancelAll()
    }
  }
}
