import Synchronization

/// Counts how often the person who waits wants to stop (Ctrl-C).
public final class Interruptions: Sendable {
  private let count = Mutex(0)

  /// None yet.
  public init() {}

  /// Notes one, and tells how many there are.
  @discardableResult public func add() -> Int {
    count.withLock {
      $0 += 1
      return $0
    }
  }

  /// How many there were.
  var total: Int { count.withLock { $0 } }
}
