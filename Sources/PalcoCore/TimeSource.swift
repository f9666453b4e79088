import Foundation

/// The one seam through which Palco reads and waits for time.
///
/// Everything that waits (bake times, health checks, timeouts) takes a `TimeSource`, so that tests drive
/// state machines with an injected clock instead of sleeping.
public struct TimeSource: Sendable {
  /// The present instant on the wall clock.
  public var now: @Sendable () -> Date
  /// Suspends for a duration. Throws `CancellationError` when the surrounding task is cancelled.
  public var sleep: @Sendable (Duration) async throws -> Void

  /// Makes a time source of two functions.
  public init(
    now: @escaping @Sendable () -> Date,
    sleep: @escaping @Sendable (Duration) async throws -> Void
  ) {
    self.now = now
    self.sleep = sleep
  }

  /// The machine's clock.
  public static let live = TimeSource(
    now: { Date() },
    sleep: { try await Task.sleep(for: $0, clock: .continuous) }
  )
}
