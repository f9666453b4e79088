import Foundation
import Logging
import PalcoCore

/// Stays with a container of an engine until it has ended and its output is where it belongs, and then removes it.
///
/// The container itself depends on nobody here: when this program dies, it goes on, its lines stay with the engine, and
/// the next supervisor reads on where the last one stopped.
struct EngineSupervisor: Sendable {
  let engine: ContainerEngine
  /// Runs `logs --follow`, and ends it when a daemon was killed.
  let readers: ProcessRuntime
  let cgroupVersion: Int
  let logger: Logger

  /// How long a container may take from its last line to its exit code.
  private static let pause = Duration.milliseconds(100)

  /// Suspends until the container is gone.
  ///
  /// - Parameter known: Lines up to this instant are in the sink already.
  func follow(
    _ name: String, _ container: ContainerSpecification, output: any OutputSink, after known: Date?,
    course: EngineContainer.Course
  ) async -> ContainerExit {
    let lines = EngineLines(output, after: known)
    let exit = await end(of: name, container, lines, course)
    course.end()
    await engine.remove([name])
    return exit
  }

  private func end(
    of name: String, _ container: ContainerSpecification, _ lines: EngineLines, _ course: EngineContainer.Course
  ) async -> ContainerExit {
    while true {
      await read(name, into: lines)
      do {
        guard let state = try await engine.state(of: name) else {
          logger.warning("somebody removed a container", metadata: ["container": "\(container.id)"])
          return .signal(9)
        }
        if state.hasEnded { return exit(state, container, course) }
      } catch {
        logger.warning(
          "a container cannot be looked at", metadata: ["container": "\(container.id)", "error": "\(error)"])
      }
      // It has closed its output or the reader is gone: look again, and read on.
      try? await engine.time.sleep(Self.pause)
    }
  }

  /// Reads until the container has ended.
  private func read(_ name: String, into lines: EngineLines) async {
    let since = await lines.beginReading().map { ["--since", $0] } ?? []
    let reader = ContainerSpecification(
      id: "logs/\(name)", program: .host(path: engine.program),
      command: ["logs", "--follow", "--timestamps"] + since + [name], environment: engine.environment)
    do {
      _ = try await readers.start(reader, output: lines).exit()
    } catch {
      logger.warning("output cannot be read", metadata: ["container": "\(name)", "error": "\(error)"])
    }
  }

  private func exit(
    _ state: EngineState, _ container: ContainerSpecification, _ course: EngineContainer.Course
  ) -> ContainerExit {
    if state.isOutOfMemory { return .outOfMemory(code: state.exitCode) }
    // With the first version of cgroups, engines miss the kernel's word of it. A first process cannot be killed from
    // inside its container; so where nobody here did it, it was the kernel for the limit's sake.
    let isKilled = state.exitCode == 137 && !course.wasKilled
    if cgroupVersion == 1, container.limits.memory != nil, isKilled {
      return .outOfMemory(code: state.exitCode)
    }
    return .code(state.exitCode)
  }
}
