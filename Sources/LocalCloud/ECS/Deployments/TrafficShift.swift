/// The steps in which production traffic goes over to a new revision.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-linear.html,
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/canary-deployment.html
struct TrafficShift: Codable, Sendable, Equatable {
  /// The new revision's share in percent after each step, in tenths at the finest; the last is 100.
  let shares: [Double]

  /// All at once, as BLUE_GREEN does.
  static let whole = TrafficShift(shares: [100])

  /// A small part, then all.
  static func canary(_ percent: Double) -> TrafficShift {
    TrafficShift(shares: percent < 100 ? [percent, 100] : [100])
  }

  /// Equal steps; the last one is what is left.
  static func linear(_ percent: Double) -> TrafficShift {
    let steps = Int((100 / percent).rounded(.up))
    return TrafficShift(shares: (1..<max(1, steps)).map { tenths(Double($0) * percent) } + [100])
  }

  /// A share as AWS takes it, in multiples of 0.1.
  static func tenths(_ share: Double) -> Double { (share * 10).rounded() / 10 }
}
