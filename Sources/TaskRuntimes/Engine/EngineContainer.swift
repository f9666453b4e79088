import Foundation
import PalcoCore
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A container of an engine.
struct EngineContainer: RunningContainer {
  /// Its name in the engine.
  let name: String
  let stopSignal: String
  let processIdentifier: Int32
  let engine: ContainerEngine
  let course: Course
  /// Stays with it from start to end; whoever asks how it ended waits for it.
  let supervision: Task<ContainerExit, Never>

  /// What its supervision and whoever stops it tell each other.
  final class Course: Sendable {
    private let killed = Atomic(false)
    private let over = Atomic(false)
    /// Whether it was killed on demand, and not by the kernel.
    var wasKilled: Bool { killed.load(ordering: .acquiring) }
    /// Whether its program has ended.
    var isOver: Bool { over.load(ordering: .acquiring) }
    func kill() { killed.store(true, ordering: .releasing) }
    func end() { over.store(true, ordering: .releasing) }
  }

  func exit() async -> ContainerExit { await supervision.value }

  func stop(timeout: Duration) async {
    if StopSignal.number(of: stopSignal) == SIGKILL { course.kill() }
    await signal(stopSignal)
    await withTaskGroup { tasks in
      tasks.addTask {
        // A caller that is cancelled has no more patience: the sleep ends early, and the kill comes early.
        try? await engine.time.sleep(timeout)
        course.kill()
        await signal("SIGKILL")
      }
      _ = await supervision.value
      tasks.cancelAll()
    }
  }

  /// Signals its first process. One that has ended gets none.
  private func signal(_ name: String) async {
    guard !course.isOver else { return }
    _ = try? await engine.run(["kill", "--signal", name, self.name])
  }

  func passes(_ command: [String], within limit: Duration) async -> Bool {
    let mark = "\(CheckMark.variable)=\(UUID().uuidString)"
    let answer = try? await engine.runCancellable(["exec", "--env", mark, name] + command, within: limit)
    if answer == nil { CheckMark.kill(mark) }
    return answer?.isSuccess == true
  }
}
