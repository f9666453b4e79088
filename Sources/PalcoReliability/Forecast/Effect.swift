/// A regression to look for.
public enum Effect: Codable, Sendable, Hashable, CustomStringConvertible {
  /// Green's error rate is this many times blue's.
  case times(Double)
  /// Green's error rate is blue's plus this share of the requests: 0.01 is one percentage point.
  case plus(Double)

  /// What every forecast looks at: ×2, ×5, +1 percentage point.
  public static let usual: [Effect] = [.times(2), .times(5), .plus(0.01)]

  /// Green's error rate, at most 1.
  public func rate(from blueRate: Double) -> Double {
    switch self {
    case .times(let factor): min(1, factor * blueRate)
    case .plus(let share): min(1, blueRate + share)
    }
  }

  public var description: String {
    switch self {
    case .times(let factor): "×\(Effect.text(factor))"
    case .plus(let share): "+\(Effect.text(share * 100)) pp"
    }
  }

  private static func text(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e9 ? "\(Int(number))" : "\((number * 100).rounded() / 100)"
  }
}
