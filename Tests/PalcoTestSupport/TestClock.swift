import Foundation
import PalcoCore
import Synchronization

/// A clock that stands still until a test moves it.
///
///     let clock = TestClock()
///     let machine = Machine(time: clock.timeSource)
///     await clock.sleepers(1)          // the machine waits now
///     clock.advance(by: .seconds(30))  // and goes on
public final class TestClock: Sendable {
  private struct Sleeper {
    var deadline: Date
    var continuation: CheckedContinuation<Void, any Error>
  }

  private struct State {
    var now: Date
    var nextID = 0
    var sleepers: [Int: Sleeper] = [:]
    var sleeps: [Duration] = []
  }

  private let state: Mutex<State>
  private let skips: Bool

  /// Makes a clock.
  ///
  /// - Parameter skipping: whether a sleep moves the clock by itself and returns at once, for code that only backs off.
  public init(now: Date = Date(timeIntervalSince1970: 1_700_000_000), skipping: Bool = false) {
    state = Mutex(State(now: now))
    skips = skipping
  }

  /// The present instant.
  public var now: Date { state.withLock { $0.now } }

  /// Every sleep so far, in the order in which it began.
  public var sleeps: [Duration] { state.withLock { $0.sleeps } }

  /// The clock as code under test takes it.
  public var timeSource: TimeSource {
    TimeSource(now: { self.now }, sleep: { try await self.sleep($0) })
  }

  /// Moves the clock and wakes whoever's time has come, the earliest first.
  public func advance(by duration: Duration) {
    let woken = state.withLock { state in
      state.now += duration.seconds
      let due = state.sleepers.filter { $0.value.deadline <= state.now }
      for id in due.keys { state.sleepers[id] = nil }
      return due.values.sorted { $0.deadline < $1.deadline }
    }
    for sleeper in woken { sleeper.continuation.resume() }
  }

  /// Waits until at least so many tasks sleep; gives up after ten seconds and answers `false`.
  @discardableResult
  public func sleepers(_ count: Int) async -> Bool {
    await eventually { self.state.withLock { $0.sleepers.count } >= count }
  }

  private func sleep(_ duration: Duration) async throws {
    try Task.checkCancellation()
    let id: Int? = state.withLock { state in
      state.sleeps.append(duration)
      guard !skips else {
        state.now += max(0, duration.seconds)
        return nil
      }
      state.nextID += 1
      return state.nextID
    }
    guard let id else { return await Task.yield() }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let resumed: Bool = state.withLock { state in
          // Cancelled before it began to wait: the handler below found nothing to resume.
          if Task.isCancelled { return false }
          guard duration > .zero else { return true }
          state.sleepers[id] = Sleeper(deadline: state.now + duration.seconds, continuation: continuation)
          return true
        }
        if !resumed {
          continuation.resume(throwing: CancellationError())
        } else if duration <= .zero {
          continuation.resume()
        }
      }
    } onCancel: {
      state.withLock { $0.sleepers.removeValue(forKey: id) }?.continuation.resume(throwing: CancellationError())
    }
  }
}

extension Duration {
  fileprivate var seconds: TimeInterval {
    self / .seconds(1)
  }
}
