import Foundation
import PalcoReliability

/// What was decided of a release while it ran, with the numbers that it was decided on.
public struct ReleaseDecision: Codable, Sendable, Equatable {
  /// What was decided.
  public enum Action: String, Codable, Sendable {
    /// The first traffic of green is there: from now on it is judged.
    case begin
    /// The next step of a paced release was let go on.
    case step
    /// Green gets no more traffic for now.
    case hold
    /// What held it is over.
    case goOn = "go on"
    /// Green is shown to be safe.
    case safe
    /// Long enough was waited: nothing speaks against green, and nothing shows that it is safe.
    case unproven
    /// ECS was asked to take it back.
    case rollBack = "roll back"
  }

  /// What both colours did until then.
  public struct Numbers: Codable, Sendable, Equatable {
    /// Green's share of the traffic, 0–1.
    public var weight: Double
    /// The share that green may have, 0–1.
    public var allowed: Double
    /// Blue's requests, and failed ones.
    public var blue: EventCounts
    /// Green's.
    public var green: EventCounts
    /// Blue's requests and those over the latency objective, where there is one.
    public var blueSlow: EventCounts?
    /// Green's.
    public var greenSlow: EventCounts?
    /// ln of the evidence against green, as in `Judgement`.
    public var logEvidence: Double
    /// The probability of such evidence if green is not worse, at most, at any look.
    public var pValue: Double
  }

  /// When.
  public var at: Date
  /// What.
  public var action: Action
  /// Why, in a sentence without a full stop.
  public var reason: String
  /// The numbers; nil before anything was counted.
  public var numbers: Numbers?
}

extension ReleaseDecision.Numbers {
  /// Requests that failed or were slow in green and would not have been in blue, as far as the counts tell; not less
  /// than 0.
  public var harmed: Double {
    Self.excess(green, over: blue) + Self.excess(greenSlow ?? .none, over: blueSlow ?? .none)
  }

  private static func excess(_ green: EventCounts, over blue: EventCounts) -> Double {
    max(0, Double(green.bad) - Double(green.total) * (blue.badShare ?? 0))
  }
}
