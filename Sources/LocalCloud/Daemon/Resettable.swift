/// A service that can forget everything, for test suites that start from nothing.
protocol Resettable: Sendable {
  /// Forgets everything, in memory and in the store, and returns once nothing of it runs any more.
  ///
  /// - Throws: What the store throws.
  func reset() async throws
}
