/// Green that should have traffic and has none is not fine: its tasks may all be dead.
///
/// From the second interval on in which green was due at least 20 requests and answered none, those requests count as
/// failed. One silent interval may be a gap in the metrics.
struct GreenSilence: Codable, Sendable, Equatable {
  /// Fewer requests may be missing by chance.
  private static let leastExpected = 20
  private var silentIntervals = 0

  /// Green's requests and errors of an interval.
  mutating func events(of interval: ReleaseInterval) -> EventCounts {
    let counts = interval.green.errors
    guard counts.total == 0, interval.weight < 1 else {
      silentIntervals = 0
      return counts
    }
    // From blue's requests: when both are silent, there is no traffic or there are no metrics.
    let expected = (Double(interval.blue.errors.total) * interval.weight / (1 - interval.weight)).rounded()
    guard expected >= Double(Self.leastExpected), expected < 1e12 else { return counts }
    silentIntervals += 1
    return silentIntervals >= 2 ? .allBad(Int(expected)) : counts
  }
}
