import Foundation
import PalcoReliability
import Synchronization

@testable import PalcoRelease

/// Counts of a release as a test wants them, at the weights that ECS really gives: much traffic, no chance.
final class ScriptedEvidence: EvidenceSource {
  struct Silence: Error {}

  let interval = Duration.milliseconds(100)
  /// Requests of both colours in one interval.
  private static let requests = 20_000.0
  private let blue: Double
  private let green: Double
  private let state = Mutex(State())

  private struct State {
    var weights: [(at: Date, share: Double)] = []
    var isGone = false
  }

  /// - Parameters:
  ///   - blue: the share of blue's requests that fail
  ///   - green: of green's
  init(blue: Double = 0.001, green: Double = 0.001) {
    self.blue = blue
    self.green = green
  }

  /// From now on the metrics cannot be read.
  func vanish() { state.withLock { $0.isGone = true } }

  /// Notes what weight ECS has set.
  func saw(_ progress: ReleaseProgress) {
    let share = (progress.snapshot.target.productionWeight ?? 0) / 100
    state.withLock { if $0.weights.last?.share != share { $0.weights.append((Date(), share)) } }
  }

  func history(before start: Date) async throws -> ReleaseHistory {
    ReleaseHistory(errors: Array(repeating: counts(Self.requests, blue).errors, count: 200))
  }

  func intervals(after instant: Date) async throws -> [ObservedInterval] {
    let state = state.withLock { $0 }
    if state.isGone { throw Silence() }
    let length = interval / .seconds(1)
    var found: [ObservedInterval] = []
    var start = instant
    while start.addingTimeInterval(2 * length) < Date() {
      let share = state.weights.last { $0.at <= start }?.share ?? 0
      found.append(
        ObservedInterval(
          start: start, length: length, blue: counts(Self.requests * (1 - share), blue),
          green: counts(Self.requests * share, green)))
      start = start.addingTimeInterval(length)
    }
    return found
  }

  private func counts(_ total: Double, _ rate: Double) -> RevisionCounts {
    RevisionCounts(errors: EventCounts(bad: Int((total * rate).rounded()), total: Int(total)) ?? .none)
  }
}
