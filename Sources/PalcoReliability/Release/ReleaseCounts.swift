/// What blue did before the release: 24 hours of minutes are best.
public struct ReleaseHistory: Codable, Sendable, Equatable {
  /// Requests and failed ones, per interval.
  public var errors: [EventCounts]
  /// Requests and those over the latency objective, per interval.
  public var slow: [EventCounts]
  /// All requests per latency bucket.
  public var latency: [Int]
  /// All survey answers, the best category first.
  public var answers: [Int]
  /// The events of each custom ratio, per interval.
  public var ratios: [[EventCounts]]

  /// Makes a history; what is not watched may be empty.
  public init(
    errors: [EventCounts], slow: [EventCounts] = [], latency: [Int] = [], answers: [Int] = [],
    ratios: [[EventCounts]] = []
  ) {
    self.errors = errors
    self.slow = slow
    self.latency = latency
    self.answers = answers
    self.ratios = ratios
  }

  /// Blue's error rate, drawn to 0 as if there had been 1000 good requests more: never 0 itself.
  public var errorRate: Double {
    let all = errors.reduce(.none, +)
    return (Double(all.bad) + 0.5) / (Double(all.total) + 1000)
  }
}

/// What one colour did in one interval; what is not watched may be empty.
public struct RevisionCounts: Codable, Sendable, Equatable {
  /// Requests and failed ones: also the load balancer's own 5xx on this colour's rule and its broken connections.
  public var errors: EventCounts
  /// Requests per latency bucket; not cumulative.
  public var latency: [Int]
  /// Survey answers that arrived, by the colour that asked, the best category first.
  public var answers: [Int]
  /// The events of each custom ratio.
  public var ratios: [EventCounts]

  /// Makes counts.
  public init(errors: EventCounts, latency: [Int] = [], answers: [Int] = [], ratios: [EventCounts] = []) {
    self.errors = errors
    self.latency = latency
    self.answers = answers
    self.ratios = ratios
  }
}

/// What both colours did in one interval. It is judged once, when its counts are complete.
public struct ReleaseInterval: Codable, Sendable, Equatable {
  /// The seconds from green's first traffic to the end of the interval; above 0.
  public var elapsed: Double
  /// Green's share of traffic in the interval, 0–1, as it was set.
  public var weight: Double
  /// The old revision.
  public var blue: RevisionCounts
  /// The new revision.
  public var green: RevisionCounts

  /// Makes an interval.
  public init(elapsed: Double, weight: Double, blue: RevisionCounts, green: RevisionCounts) {
    self.elapsed = elapsed
    self.weight = weight
    self.blue = blue
    self.green = green
  }
}

/// Counts that do not fit what is watched.
public struct EvidenceError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What does not fit.
  public var description: String
}
