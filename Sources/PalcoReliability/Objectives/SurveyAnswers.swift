/// Answers to "How likely are you to recommend us?", by what Net Promoter Score makes of them.
public struct SurveyAnswers: Codable, Sendable, Equatable {
  /// Answers of 9 and 10.
  public var promoters: Int
  /// Answers of 7 and 8.
  public var passives: Int
  /// Answers of 0 to 6.
  public var detractors: Int

  /// Makes answers.
  public init(promoters: Int, passives: Int, detractors: Int) {
    self.promoters = promoters
    self.passives = passives
    self.detractors = detractors
  }

  /// The Net Promoter Score, −100 to 100, or nil without answers.
  public var score: Double? {
    let all = promoters + passives + detractors
    return all > 0 ? 100 * Double(promoters - detractors) / Double(all) : nil
  }

  /// The answers as events. Each answer is two: none is bad of a promoter, one of a passive, both of a detractor.
  /// A score of at least s is then the same as a bad share of at most (1 − s/100) / 2. Nil when a count is negative.
  public var events: EventCounts? {
    guard promoters >= 0, passives >= 0, detractors >= 0 else { return nil }
    return EventCounts(bad: passives + 2 * detractors, total: 2 * (promoters + passives + detractors))
  }

  /// The answers from best to worst: ordered categories for ``CategoryEvidence``.
  public var categories: [Int] { [promoters, passives, detractors] }
}
