import Foundation
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Waits for descriptors to become readable: one thread in `poll(2)` for all containers of a runtime.
///
/// The thread lives as long as the poller.
final class Poller: Sendable {
  private let core: PollerCore

  init() throws(TaskRuntimeError) {
    let core = try PollerCore()
    self.core = core
    let thread = Thread { core.loop() }
    thread.name = "palco-output"
    thread.start()
  }

  deinit { core.close() }

  /// Suspends until one of the descriptors can be read without waiting, has ended, or was released.
  func wait(for descriptors: [Int32]) async {
    await withCheckedContinuation { core.add(descriptors, $0) }
  }

  /// Makes each wait for a descriptor return at once, from now until it is forgotten.
  func release(_ descriptors: [Int32]) { core.release(descriptors) }

  /// Takes a release back. To be called before the descriptor is closed, whose number may be given again.
  func forget(_ descriptors: [Int32]) { core.forget(descriptors) }
}

/// What the poller shares with its thread, so that the thread does not keep the poller alive.
private final class PollerCore: Sendable {
  private struct Waiter {
    let descriptors: [Int32]
    let continuation: CheckedContinuation<Void, Never>
  }
  private struct State {
    var waiters: [Waiter] = []
    var released: Set<Int32> = []
    var isClosed = false
  }

  private let state = Mutex(State())
  /// A byte in it makes `poll` look at the waiters again.
  private let bell: OutputPipe

  init() throws(TaskRuntimeError) {
    bell = try OutputPipe(.standardOutput)
    _ = fcntl(bell.writeEnd, F_SETFL, O_NONBLOCK)
  }

  func add(_ descriptors: [Int32], _ continuation: CheckedContinuation<Void, Never>) {
    let waits = state.withLock { state in
      if state.isClosed || !state.released.isDisjoint(with: descriptors) { return false }
      state.waiters.append(Waiter(descriptors: descriptors, continuation: continuation))
      return true
    }
    if waits { ring() } else { continuation.resume() }
  }

  func release(_ descriptors: [Int32]) {
    resume(anyOf: Set(descriptors)) { $0.released.formUnion(descriptors) }
  }

  func forget(_ descriptors: [Int32]) { state.withLock { $0.released.subtract(descriptors) } }

  func close() {
    state.withLock { $0.isClosed = true }
    ring()
  }

  func loop() {
    while true {
      let watched: [Int32]? = state.withLock { $0.isClosed ? nil : $0.waiters.flatMap(\.descriptors) }
      guard let watched else { break }
      var polled = ([bell.readEnd] + watched).map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      guard poll(&polled, nfds_t(polled.count), -1) > 0 else { continue }
      if polled[0].revents != 0 {
        var rings: [UInt8] = Array(repeating: 0, count: 64)
        while read(bell.readEnd, &rings, rings.count) > 0 {}
      }
      let ready = Set(polled.dropFirst().filter { $0.revents != 0 }.map(\.fd))
      if !ready.isEmpty { resume(anyOf: ready) { _ in } }
    }
    let left = state.withLock { state in
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in left { waiter.continuation.resume() }
    bell.close()
  }

  private func resume(anyOf descriptors: Set<Int32>, change: (inout State) -> Void) {
    let due = state.withLock { state in
      change(&state)
      let due = state.waiters.filter { !descriptors.isDisjoint(with: $0.descriptors) }
      state.waiters.removeAll { !descriptors.isDisjoint(with: $0.descriptors) }
      return due
    }
    for waiter in due { waiter.continuation.resume() }
  }

  private func ring() {
    var byte: UInt8 = 1
    // A full bell rings anyway.
    _ = write(bell.writeEnd, &byte, 1)
  }
}
