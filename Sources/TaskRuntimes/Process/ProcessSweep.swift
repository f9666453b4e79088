import Foundation
import PalcoCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Finds the processes that belong to a container, and ends them.
///
/// A container's program leads a session of its own. Its children stay in that session, whatever group they move to,
/// unless they ask for another one (`setsid`); those that did and still hold an output pipe are found by the pipe.
struct ProcessSweep: Sendable {
  /// The session, when it is known to be this container's.
  var session: Int32?
  /// Pipes that processes of the container may hold.
  var pipes: Set<UInt64>
  var time: TimeSource
  var scanner: ProcessScanner

  /// Processes that run.
  func survivors() async -> [Int32] { survivors(in: await scanner.snapshot(pipes: pipes)) }

  /// Processes that ran.
  func survivors(in snapshot: ProcessSnapshot) -> [Int32] {
    let own = getpid()
    let holders = pipes.reduce(into: Set<Int32>()) { $0.formUnion(snapshot.holders[$1] ?? []) }
    return snapshot.processes.filter { process in
      guard !process.isZombie, process.identifier != own else { return false }
      if let session, process.session == session { return true }
      // A child of this very process that holds a pipe is a program about to start, which has not let go of what it
      // inherited yet.
      return holders.contains(process.identifier) && process.parent != own
    }.map(\.identifier)
  }

  /// Kills until nothing runs. A process in an uninterruptible call does not die: after `patience` it is given up.
  ///
  /// - Returns: The processes that still run, usually none.
  func kill(patience: Duration = .seconds(10)) async -> [Int32] {
    let deadline = time.now() + patience.seconds
    while true {
      let running = await survivors()
      if running.isEmpty || time.now() > deadline { return running }
      for process in running { _ = sendSignal(process, SIGKILL) }
      try? await time.sleep(.milliseconds(5))
      // A cancelled task does not sleep; it must not spin for that.
      if Task.isCancelled { await Task.yield() }
    }
  }
}

/// The system call, where a method's own name hides it.
let sendSignal = kill(_:_:)

extension Duration {
  /// The duration in seconds.
  var seconds: TimeInterval {
    TimeInterval(components.seconds) + TimeInterval(components.attoseconds) / 1e18
  }
}
