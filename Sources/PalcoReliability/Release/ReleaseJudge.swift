import Foundation

/// Judges one release, interval by interval. A value: keep its encoded form, and a later process goes on where this
/// one ended.
///
/// The evidence of all metrics is one e-process, so the release is rolled back wrongly with at most the probability
/// ``ReleaseWatch/level``, however often it is judged.
public struct ReleaseJudge: Codable, Sendable, Equatable {
  /// What is judged.
  public private(set) var watch: ReleaseWatch
  /// The newest judgement.
  public private(set) var judgement: Judgement
  /// All of blue's requests that were judged.
  public private(set) var blue = EventCounts.none
  /// All of green's requests that were judged.
  public private(set) var green = EventCounts.none

  private let pacing: PacingRule
  private let priorRate: Double
  private var errors: EventEvidence
  private var latency: CategoryEvidence?
  private var survey: CategoryEvidence?
  private var ratios: [EventEvidence]
  private var silence = GreenSilence()
  private var elapsed = 0.0
  private var topSince: Double?
  private var highestLogEvidence = 0.0

  /// Makes the judge of a release that begins.
  ///
  /// - Throws: ``EvidenceError`` when the history does not fit what is watched
  public init(_ watch: ReleaseWatch, history: ReleaseHistory) throws(EvidenceError) {
    guard watch.level > 0, watch.level < 1, watch.interval > 0, watch.target > 0, watch.target < 1 else {
      throw EvidenceError(description: "the level and the target lie between 0 and 1, and an interval lasts")
    }
    let weights = watch.weights
    let cap = 1 / (watch.level * weights.request)
    self.watch = watch
    pacing = PacingRule(target: watch.target, interval: watch.interval, shares: watch.shares)
    priorRate = history.errorRate
    errors = EventEvidence(
      dispersion: Dispersion.estimate(history: history.errors), cap: cap, method: watch.method)
    if let objective = watch.latency {
      try Self.check(history.latency, are: objective.buckets.count, "latency buckets in the history")
      latency = CategoryEvidence(
        bets: CategoryBet.latency(
          buckets: objective.buckets, history: history.latency, within: objective.within,
          tailDispersion: Dispersion.estimate(history: history.slow)))
    }
    if watch.watchesSurvey {
      guard history.answers.count > 1, history.answers.allSatisfy({ $0 >= 0 }) else {
        throw EvidenceError(description: "survey answers need a history with at least two categories")
      }
      survey = CategoryEvidence(bets: CategoryBet.survey(history: history.answers))
    }
    guard history.ratios.count == watch.ratioCount else {
      throw EvidenceError(
        description: "\(watch.ratioCount) ratios are watched, and the history has \(history.ratios.count)")
    }
    ratios = history.ratios.map {
      EventEvidence(dispersion: Dispersion.estimate(history: $0), cap: cap, method: watch.method)
    }
    judgement = Judgement(verdict: .continue, logEvidence: 0, pValue: 1, weight: pacing.firstWeight)
  }

  /// The harm cap of the traffic judged so far, in requests.
  public var harmCap: Double {
    elapsed > 0 ? pacing.harmCap(requestsPerSecond: Double(blue.total + green.total) / elapsed) : 0
  }

  /// Somebody accepted to go on without a proof.
  public mutating func acceptUnproven() { watch.unproven = .proceed }

  /// Judges an interval.
  ///
  /// An interval that does not end after the last one changes nothing: evidence may not be judged again with other
  /// numbers. Nor does anything that follows a rollback.
  ///
  /// - Throws: ``EvidenceError`` when counts do not fit what is watched; the judge is as it was
  @discardableResult
  public mutating func judge(_ interval: ReleaseInterval) throws(EvidenceError) -> Judgement {
    try check(interval)
    guard interval.elapsed > elapsed, judgement.verdict != .rollback else { return judgement }
    elapsed = interval.elapsed
    let greenErrors = silence.events(of: interval)
    errors.judge(blue: interval.blue.errors, green: greenErrors)
    if elapsed > watch.warmUp { latency?.judge(blue: interval.blue.latency, green: interval.green.latency) }
    survey?.judge(blue: interval.blue.answers, green: interval.green.answers)
    for index in ratios.indices {
      ratios[index].judge(blue: interval.blue.ratios[index], green: interval.green.ratios[index])
    }
    blue = blue + interval.blue.errors
    green = green + greenErrors
    decide(weight: interval.weight)
    return judgement
  }

  /// The verdict when the time planned for a fixed weight is over: a release may end well only when green was shown
  /// to be safe, or when somebody accepted that it was not.
  public var verdictAtEnd: Verdict {
    switch judgement.verdict {
    case .rollback, .hold, .promote: judgement.verdict
    case .continue, .notEnoughEvidence:
      judgement.pacing?.isShownSafe == true || watch.unproven != .ask ? .promote : .notEnoughEvidence
    }
  }

  /// Something that is watched.
  public enum Metric: Sendable, Equatable {
    /// Failed requests.
    case errors
    /// Response times.
    case latency
    /// Survey answers.
    case survey
    /// A custom ratio, by its number from 0.
    case ratio(Int)
  }

  /// The metric that speaks loudest against green.
  public var strongest: Metric {
    let weights = watch.weights
    var found = (metric: Metric.errors, share: log(weights.request) + errors.logEvidence)
    func consider(_ metric: Metric, _ logEvidence: Double, _ weight: Double) {
      let share = log(weight) + logEvidence
      if share > found.share { found = (metric, share) }
    }
    if let latency { consider(.latency, latency.logEvidence, weights.request) }
    for (index, ratio) in ratios.enumerated() { consider(.ratio(index), ratio.logEvidence, weights.request) }
    if let survey { consider(.survey, survey.logEvidence, weights.survey) }
    return found.metric
  }

  // MARK: Deciding

  private var logEvidence: Double {
    func evidence(_ logarithm: Double) -> Double { exp(min(logarithm, 600)) }
    let weights = watch.weights
    var sum = weights.request * evidence(errors.logEvidence)
    if let latency { sum += weights.request * evidence(latency.logEvidence) }
    for ratio in ratios { sum += weights.request * evidence(ratio.logEvidence) }
    if let survey { sum += weights.survey * evidence(survey.logEvidence) }
    return log(sum)
  }

  private mutating func decide(weight: Double) {
    let evidence = logEvidence
    let threshold = log(1 / watch.level)
    highestLogEvidence = max(highestLogEvidence, evidence)
    let isWarned = evidence >= threshold / 2
    let isLate = elapsed >= PacingRule.patience
    let step = pacing.step(
      weight: weight, isWarned: isWarned, blue: blue, green: green, priorRate: priorRate, elapsed: elapsed,
      timeIsUp: isLate && watch.unproven != .ask)
    judgement = Judgement(
      verdict: .continue, logEvidence: evidence, pValue: min(1, exp(-highestLogEvidence)), weight: step.weight,
      pacing: step)
    // The threshold is met up to rounding.
    if evidence >= threshold - 1e-9 {
      judgement.verdict = .rollback
      judgement.weight = 0
    } else if isWarned {
      judgement.verdict = .hold
    } else if weight >= pacing.top - PacingRule.rounding {
      let since = topSince ?? elapsed - watch.interval
      topSince = since
      if elapsed - since >= PacingRule.watchAtTop {
        judgement.verdict = .promote
        judgement.weight = 1
      }
    } else if isLate, !step.isShownSafe {
      // Where traffic is thin, green may never have reached the hold weight.
      switch watch.unproven {
      case .ask: judgement.verdict = .notEnoughEvidence
      case .proceed: judgement.weight = max(weight, pacing.top)
      case .proceedFromHold: break
      }
    }
  }

  // MARK: Checking

  private func check(_ interval: ReleaseInterval) throws(EvidenceError) {
    for (name, counts) in [("blue", interval.blue), ("green", interval.green)] {
      if let latency { try Self.check(counts.latency, are: latency.categories, "latency buckets of \(name)") }
      if let survey { try Self.check(counts.answers, are: survey.categories, "categories of \(name)'s answers") }
      guard counts.ratios.count == ratios.count else {
        throw EvidenceError(
          description: "\(ratios.count) ratios are watched, and \(name) has \(counts.ratios.count)")
      }
    }
  }

  private static func check(_ counts: [Int], are expected: Int, _ what: String) throws(EvidenceError) {
    guard counts.count == expected else {
      throw EvidenceError(description: "\(what): \(counts.count), and \(expected) are watched")
    }
    guard counts.allSatisfy({ $0 >= 0 }) else { throw EvidenceError(description: "\(what): a count is negative") }
  }
}
