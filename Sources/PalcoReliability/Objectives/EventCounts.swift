/// Events of one revision in one interval, and how many of them were bad.
///
/// This is what every objective becomes. Budgets, burn rates, alerts and releases read nothing else.
public struct EventCounts: Codable, Sendable, Hashable {
  /// Events that count against the objective.
  public let bad: Int
  /// All events, the bad ones included.
  public let total: Int

  /// No events.
  public static let none = EventCounts(unchecked: 0, 0)

  /// Makes counts, or nil when they cannot be: negative ones, or more bad events than events.
  public init?(bad: Int, total: Int) {
    guard bad >= 0, total >= bad else { return nil }
    self.init(unchecked: bad, total)
  }

  private init(unchecked bad: Int, _ total: Int) {
    self.bad = bad
    self.total = total
  }

  private enum CodingKeys: CodingKey { case bad, total }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let (bad, total) = (try values.decode(Int.self, forKey: .bad), try values.decode(Int.self, forKey: .total))
    guard let counts = EventCounts(bad: bad, total: total) else {
      throw DecodingError.dataCorruptedError(
        forKey: .bad, in: values, debugDescription: "\(bad) bad events of \(total) cannot be")
    }
    self = counts
  }

  /// The bad share of the events, 0–1, or nil without events.
  public var badShare: Double? { total > 0 ? Double(bad) / Double(total) : nil }

  /// Counts of both.
  public static func + (left: EventCounts, right: EventCounts) -> EventCounts {
    EventCounts(unchecked: left.bad + right.bad, left.total + right.total)
  }

  /// `total` events, all of them bad. Negative numbers count as none.
  static func allBad(_ total: Int) -> EventCounts { EventCounts(unchecked: max(total, 0), max(total, 0)) }

  /// The whole events nearest to numbers that were computed: what is expected, not what was counted.
  static func nearest(bad: Double, total: Double) -> EventCounts {
    let total = Int(max(total, 0).rounded())
    return EventCounts(unchecked: min(Int(max(bad, 0).rounded()), total), total)
  }
}
