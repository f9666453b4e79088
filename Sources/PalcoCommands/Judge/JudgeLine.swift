import PalcoReliability

/// A line that a judge reads.
enum JudgeLine: Decodable {
  case start(Start)
  case interval(Interval)
  case end

  private enum CodingKeys: CodingKey { case type }

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    switch try values.decode(String.self, forKey: .type) {
    case "start": self = .start(try Start(from: decoder))
    case "interval": self = .interval(try Interval(from: decoder))
    case "end": self = .end
    case let other:
      throw DecodingError.dataCorruptedError(
        forKey: .type, in: values, debugDescription: "'\(other)' is not start, interval or end")
    }
  }

  /// A simulated release begins.
  struct Start: Decodable {
    struct Objectives: Decodable {
      var availability: Double
      var latency_ms: Double?
    }

    struct History: Decodable {
      var n: [Int]
      var err: [Int]
      var slow: [Int]?
      var hist: [Int]?
    }

    var alpha: Double
    var interval_s: Double
    var metrics: [String]
    var slo: Objectives
    var warmup_s: Double?
    var bucket_upper_ms: [Double]?
    /// The reference's, unless it is asked for another.
    var method: ReleaseWatch.Method?
    var history: History

    func judge() throws -> ReleaseJudge {
      // Nobody is there to ask.
      var watch = ReleaseWatch(level: alpha, interval: interval_s, target: slo.availability, unproven: .proceedFromHold)
      watch.warmUp = warmup_s ?? watch.warmUp
      watch.method = method ?? .reference
      var slow: [EventCounts] = []
      if metrics.contains("latency") {
        guard let bounds = bucket_upper_ms, let milliseconds = slo.latency_ms, let over = history.slow else {
          throw JudgeProtocolError(description: "latency needs bucket_upper_ms, slo.latency_ms and history.slow")
        }
        watch.latency = try .init(under: milliseconds, buckets: LatencyBuckets(upperBounds: bounds))
        slow = try Self.events(over, of: history.n, "history.slow")
      }
      return try ReleaseJudge(
        watch,
        history: ReleaseHistory(
          errors: try Self.events(history.err, of: history.n, "history.err"), slow: slow, latency: history.hist ?? []))
    }

    private static func events(_ bad: [Int], of totals: [Int], _ name: String) throws -> [EventCounts] {
      guard bad.count == totals.count else {
        throw JudgeProtocolError(description: "\(name) has \(bad.count) values, and history.n has \(totals.count)")
      }
      return try zip(bad, totals).map { bad, total in
        guard let counts = EventCounts(bad: bad, total: total) else {
          throw JudgeProtocolError(description: "\(name): \(bad) of \(total) requests cannot be")
        }
        return counts
      }
    }
  }

  /// What both colours did in an interval.
  struct Interval: Decodable {
    struct Colour: Decodable {
      var n: Int
      var err: Int
      var hist: [Int]?

      func counts(of name: String) throws -> RevisionCounts {
        guard let errors = EventCounts(bad: err, total: n) else {
          throw JudgeProtocolError(description: "\(name): \(err) errors of \(n) requests cannot be")
        }
        return RevisionCounts(errors: errors, latency: hist ?? [])
      }
    }

    var t_s: Double
    var weight: Double
    var blue: Colour
    var green: Colour

    var elapsed: Double { t_s }

    func value() throws -> ReleaseInterval {
      ReleaseInterval(
        elapsed: t_s, weight: weight, blue: try blue.counts(of: "blue"), green: try green.counts(of: "green"))
    }
  }
}
