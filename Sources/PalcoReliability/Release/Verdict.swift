/// What to do with a release now.
public enum Verdict: String, Codable, Sendable {
  /// Go on: there is no evidence against green, and the release is not over.
  case `continue`
  /// Keep green's weight: there is evidence against green, but not enough to roll back.
  case hold
  /// Take green out: it is worse than blue.
  case rollback
  /// Give green everything: a relevant regression is ruled out, and green was watched at the top.
  case promote
  /// Nothing speaks against green, but there was too little traffic to show that it is safe. Somebody has to choose:
  /// wait longer, take a larger step, or accept it unproven.
  case notEnoughEvidence
}

/// A verdict with the numbers it was taken on.
public struct Judgement: Codable, Sendable, Equatable {
  /// What to do.
  public var verdict: Verdict
  /// ln of the evidence against green: 0 is none; ln(1/α) rolls back, half of that holds.
  public var logEvidence: Double
  /// An upper bound of the probability to see such evidence if green is not worse, valid at any look: 0–1.
  public var pValue: Double
  /// The share of traffic that green may have next; 1 with ``Verdict/promote``, 0 with ``Verdict/rollback``.
  public var weight: Double
  /// What the pacing rule knows, or nil before the first interval.
  public var pacing: PacingRule.Step?
}
