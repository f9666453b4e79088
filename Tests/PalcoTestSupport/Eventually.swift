/// Whether a condition comes true in time, for what a real process or socket does; looks every 10 ms.
///
///     #expect(await eventually { await runtime.running.isEmpty })
public func eventually(
  within limit: Duration = .seconds(10), isolation: isolated (any Actor)? = #isolation,
  _ condition: () async throws -> Bool
) async rethrows -> Bool {
  let deadline = ContinuousClock.now + limit
  while true {
    if try await condition() { return true }
    guard ContinuousClock.now < deadline, !Task.isCancelled else { return false }
    try? await Task.sleep(for: .milliseconds(10))
  }
}
