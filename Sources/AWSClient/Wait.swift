import Foundation
import PalcoCore

/// Looks again and again until there is something.
///
/// - Parameters:
///   - interval: The wait between two looks.
///   - limit: When to give up. At least one look is made.
///   - look: Answers `nil` while there is nothing yet.
/// - Returns: What was found; `nil` when the time was up.
public func wait<Result>(
  every interval: Duration, upTo limit: Duration, time: TimeSource, isolation: isolated (any Actor)? = #isolation,
  until look: () async throws -> Result?
) async throws -> Result? {
  let seconds: Double = limit / .seconds(1)
  let deadline = time.now().addingTimeInterval(seconds)
  while true {
    if let found = try await look() { return found }
    guard time.now() < deadline else { return nil }
    try await time.sleep(interval)
  }
}
