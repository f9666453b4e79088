import Foundation
import PalcoReliability

/// Where a release is judged from: counts of what blue and green did.
///
/// A source belongs to one release. It reads the same from the local cloud and from AWS.
public protocol EvidenceSource: Sendable {
  /// How long an interval is, on the clock.
  var interval: Duration { get }

  /// What blue did before the release, at most 24 hours of it; empty where nothing was measured.
  ///
  /// - Throws: What the source throws when it cannot be asked.
  func history(before start: Date) async throws -> PalcoReliability.ReleaseHistory

  /// The intervals that ended after `instant` and whose counts are complete, oldest first.
  ///
  /// An interval is given once with the counts it has for good: evidence may not be judged again with other numbers. One
  /// that is not complete yet is not given, and neither are those after it.
  ///
  /// - Throws: What the source throws when it cannot be asked.
  func intervals(after instant: Date) async throws -> [ObservedInterval]
}

/// What both colours did in one interval of a source.
public struct ObservedInterval: Sendable, Equatable, Codable {
  /// When it began.
  public var start: Date
  /// How long it was, in seconds.
  public var length: Double
  /// The old revision.
  public var blue: RevisionCounts
  /// The new revision.
  public var green: RevisionCounts

  /// Makes an interval.
  public init(start: Date, length: Double, blue: RevisionCounts, green: RevisionCounts) {
    self.start = start
    self.length = length
    self.blue = blue
    self.green = green
  }

  /// When it ended.
  public var end: Date { start.addingTimeInterval(length) }
}
