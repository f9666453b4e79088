import ServiceLifecycle

/// A step of the daemon's end: does nothing until its turn in the order of shutting down.
struct ShutdownStep: Service {
  /// What to do when it is this step's turn.
  let perform: @Sendable () async throws -> Void

  init(_ perform: @escaping @Sendable () async throws -> Void) {
    self.perform = perform
  }

  func run() async throws {
    // Cancellation ends the wait as well; what was started must be stopped then, too.
    try? await gracefulShutdown()
    try await perform()
  }
}
