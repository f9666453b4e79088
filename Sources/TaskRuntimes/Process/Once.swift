import Synchronization

/// A continuation that is resumed at most once.
final class Once: Sendable {
  private let continuation: Mutex<CheckedContinuation<ProcessGroup, any Error>?>

  init(_ continuation: CheckedContinuation<ProcessGroup, any Error>) {
    self.continuation = Mutex(continuation)
  }

  /// Whether it has not been resumed yet.
  var isOpen: Bool { continuation.withLock { $0 != nil } }

  /// Hands over the group.
  func succeed(_ group: ProcessGroup) { take()?.resume(returning: group) }

  /// Hands over a failure. Returns `false` when it is too late for that.
  func fail(_ error: any Error) -> Bool {
    guard let continuation = take() else { return false }
    continuation.resume(throwing: error)
    return true
  }

  private func take() -> CheckedContinuation<ProcessGroup, any Error>? {
    continuation.withLock { continuation in
      defer { continuation = nil }
      return continuation
    }
  }
}
