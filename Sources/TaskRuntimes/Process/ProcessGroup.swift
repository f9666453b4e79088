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

/// A container's processes: the program and what it started.
///
/// The program is not reaped before ``end(pipes:)`` has returned, so until then the kernel gives its number to no other
/// process or group, and a signal to the group cannot hit a stranger.
actor ProcessGroup {
  nonisolated let leader: Int32
  private let time: TimeSource
  private let scanner: ProcessScanner
  private let hasEnded = Atomic(false)
  private var waiters: [CheckedContinuation<Void, Never>] = []

  init(leader: Int32, scanner: ProcessScanner, time: TimeSource) {
    self.leader = leader
    self.scanner = scanner
    self.time = time
  }

  /// Whether nothing of it runs.
  nonisolated var isOver: Bool { hasEnded.load(ordering: .acquiring) }

  /// Signals every process of the group. Nothing happens once nothing runs.
  func send(_ signal: Int32) {
    guard !isOver else { return }
    _ = sendSignal(-leader, signal)
  }

  /// Kills what outlived the program, which has ended.
  ///
  /// - Returns: The processes that could not be killed.
  func end(pipes: [OutputPipe]) async -> [Int32] {
    _ = sendSignal(-leader, SIGKILL)
    let held = pipes.filter { !$0.hasNoWriters }.map(\.inode)
    let left = await ProcessSweep(session: leader, pipes: Set(held), time: time, scanner: scanner).kill()
    hasEnded.store(true, ordering: .releasing)
    for waiter in waiters { waiter.resume() }
    waiters = []
    return left
  }

  /// Suspends until nothing runs.
  func waitUntilOver() async {
    guard !isOver else { return }
    await withCheckedContinuation { waiters.append($0) }
  }
}
