import Foundation

/// What a release would have cost under rules with fixed thresholds, at the rates that were measured: simulated, because
/// nobody lets it happen.
///
/// The release is LINEAR with AWS's defaults, 10 % more every six minutes. Two rules watch it: a CloudWatch alarm on the
/// share of bad requests of the whole service, above 1 % for two minutes; and a check of the new tasks' share each minute
/// that rolls back when it was above 1 % five times.
struct FixedRules: Sendable {
  /// What one rule would have let through, on average.
  struct Cost: Sendable, Equatable, Encodable {
    /// Requests that the new tasks would have answered badly.
    var harmed: Double
    /// Minutes until the rule takes it back; nil when in most cases it never does.
    var minutes: Double?
  }

  /// Requests in one of AWS's minutes.
  let requestsPerMinute: Double
  /// The share of bad ones that the old tasks have.
  let oldRate: Double
  /// That of the new ones.
  let newRate: Double

  /// A whole LINEAR release with its bake of five minutes.
  static let minutes = 59
  private static let threshold = 0.01
  private static let runs = 100

  /// The cost under the alarm.
  var alarm: Cost {
    average { state, bad, requests in
      let share = (bad.old + bad.new) / (requests.old + requests.new)
      state = share > Self.threshold ? state + 1 : 0
      return state >= 2
    }
  }

  /// The cost under the check that may fail four times.
  var check: Cost {
    average { state, bad, requests in
      if requests.new > 0, bad.new / requests.new > Self.threshold { state += 1 }
      return state >= 5
    }
  }

  /// Runs releases until a rule fires.
  ///
  /// - Parameter fires: takes its own state, bad requests, and requests of a minute
  private func average(
    _ fires: (_ state: inout Int, _ bad: (old: Double, new: Double), _ requests: (old: Double, new: Double)) -> Bool
  ) -> Cost {
    // The same numbers for each rule, and at each time.
    var random = SplitMix(state: 1)
    var (harmed, ends) = (0.0, [Double]())
    for _ in 0..<Self.runs {
      var state = 0
      for minute in 0..<Self.minutes {
        let weight = min(1, 0.1 * Double(1 + minute / 6))
        let requests = (old: requestsPerMinute * (1 - weight), new: requestsPerMinute * weight)
        let bad = (old: random.poisson(requests.old * oldRate), new: random.poisson(requests.new * newRate))
        harmed += bad.new
        if fires(&state, bad, requests) {
          ends.append(Double(minute + 1))
          break
        }
      }
    }
    return Cost(
      harmed: harmed / Double(Self.runs),
      minutes: ends.count * 2 > Self.runs ? ends.reduce(0, +) / Double(ends.count) : nil)
  }
}

/// A seeded generator (SplitMix64).
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number from a Poisson distribution of a small mean.
  mutating func poisson(_ mean: Double) -> Double {
    var (product, count) = (Double.random(in: 0..<1, using: &self), 0.0)
    while product > exp(-mean) {
      product *= Double.random(in: 0..<1, using: &self)
      count += 1
    }
    return count
  }
}
