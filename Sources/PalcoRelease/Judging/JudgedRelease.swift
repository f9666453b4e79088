import Foundation
import PalcoReliability

/// A release under judgement, as a value: what ECS and the metrics tell goes in, decisions come out.
///
/// It has no state of its own that metrics do not give again: whoever takes a release up, on whichever machine, feeds the
/// intervals since its begin into a new one and judges as the one before did.
public struct JudgedRelease: Codable, Sendable, Equatable {
  /// Where it stands.
  public enum Standing: Codable, Sendable, Equatable {
    /// Green has no production traffic yet.
    case waiting
    /// Nothing is decided.
    case watching
    /// Green gets no more traffic, and why.
    case held(String)
    /// Green is shown to be safe.
    case safe
    /// Long enough was waited without a proof.
    case unproven
    /// Green is worse, and why that is said.
    case condemned(String)
  }

  /// The newest that the engine says, with all that was counted.
  public private(set) var judge: ReleaseJudge
  /// Where it stands.
  public private(set) var standing = Standing.waiting
  /// What was decided, in order.
  public private(set) var decisions: [ReleaseDecision] = []
  /// The end of the newest interval that was looked at.
  public private(set) var lookedUntil: Date
  /// Green's share of the traffic in the newest interval that was judged, 0–1.
  public private(set) var share = 0.0

  /// How long a minute of AWS's lasts, in seconds of the clock.
  private let minute: Double
  private var control: HistoryControl
  private var weights = WeightTimeline()
  private var firstTraffic: Date?
  private var blindness: String?
  private var isIncident = false
  private var blueSlow = EventCounts.none
  private var greenSlow = EventCounts.none

  /// Makes one that has seen nothing.
  ///
  /// - Parameters:
  ///   - begin: when the release began
  ///   - minute: how long a minute of AWS's own waiting lasts
  /// - Throws: `EvidenceError` when the history does not fit what is watched
  public init(
    _ watch: ReleaseWatch, history: ReleaseHistory, begin: Date, minute: Duration
  ) throws(EvidenceError) {
    judge = try ReleaseJudge(watch, history: history)
    control = HistoryControl(history)
    lookedUntil = begin
    self.minute = minute / .seconds(1)
  }

  // MARK: What is told

  /// ECS gives green a share of the traffic, in percent.
  public mutating func saw(weight percent: Double, at instant: Date) { weights.note(percent / 100, at: instant) }

  /// Intervals are complete, oldest first; one that was taken before changes nothing.
  ///
  /// - Throws: `EvidenceError` when counts do not fit what is watched; those before them are judged.
  public mutating func take(_ intervals: [ObservedInterval], at instant: Date) throws(EvidenceError) {
    for interval in intervals where interval.end > lookedUntil {
      lookedUntil = interval.end
      blindness = nil
      try judge(interval, at: instant)
    }
  }

  /// The metrics cannot be read, or tell nothing any more.
  public mutating func cannotSee(_ reason: String, at instant: Date) {
    guard blindness == nil else { return }
    blindness = reason
    settle(at: instant)
  }

  private mutating func judge(_ interval: ObservedInterval, at instant: Date) throws(EvidenceError) {
    let shares = weights.shares(during: interval)
    if firstTraffic == nil {
      // Requests that come while green has no production traffic are tests.
      guard shares.highest > 0 else { return }
      firstTraffic = interval.start
      decide(.begin, "green has its first traffic", at: instant)
    }
    guard let firstTraffic, shares.highest > 0 else { return }
    var blue = interval.blue
    if shares.lowest >= 1 {
      guard let past = control.counts(besides: interval.green) else { return }
      blue = past
    } else {
      isIncident = isFailing(interval.blue.errors)
    }
    share = shares.lowest
    try judge.judge(
      ReleaseInterval(
        elapsed: interval.end.timeIntervalSince(firstTraffic) / minute * 60, weight: share, blue: blue,
        green: interval.green))
    if let within = judge.watch.latency?.within {
      blueSlow = blueSlow + (LatencyHistogram(counts: blue.latency).events(within: within) ?? .none)
      greenSlow = greenSlow + (LatencyHistogram(counts: interval.green.latency).events(within: within) ?? .none)
    }
    settle(at: instant)
  }

  /// Whether blue itself fails far more than is promised: then the release is not what is wrong, and not what helps.
  private func isFailing(_ blue: EventCounts) -> Bool {
    blue.bad >= Self.incidentErrors && (blue.badShare ?? 0) >= Self.incidentBurn * (1 - judge.watch.target)
  }

  /// How fast blue has to burn its error budget in one interval to be an incident.
  private static let incidentBurn = 10.0
  /// Fewer errors are chance.
  private static let incidentErrors = 5

  // MARK: What follows

  private mutating func settle(at instant: Date) {
    if case .condemned = standing { return }
    let before = standing
    standing = next()
    switch (before, standing) {
    case (_, .condemned(let reason)): decide(.rollBack, reason, at: instant)
    case (.held, .held): standing = before
    case (_, .held(let reason)): decide(.hold, reason, at: instant)
    case (_, .safe) where before != .safe: decide(.safe, safety, at: instant)
    case (_, .unproven) where before != .unproven: decide(.unproven, doubt, at: instant)
    case (.held, _): decide(.goOn, "what held it is over", at: instant)
    default: break
    }
  }

  private func next() -> Standing {
    let judgement = judge.judgement
    if judgement.verdict == .rollback { return .condemned(accusation) }
    if let blindness { return .held(blindness) }
    if isIncident { return .held("what serves fails as well: this is not the release's doing alone") }
    if judgement.verdict == .hold { return .held("there is evidence against the new tasks, not yet enough") }
    guard firstTraffic != nil else { return .waiting }
    if judgement.verdict == .promote || judgement.pacing?.isShownSafe == true { return .safe }
    return judgement.verdict == .notEnoughEvidence ? .unproven : .watching
  }

  /// The share in percent that a paced release may go on to from a pause; nil while it has to wait.
  ///
  /// - Parameters:
  ///   - percent: what green has now
  ///   - steps: the percents that ECS gives green one after the other, up to 100
  public func nextStep(after percent: Double, of steps: [Double]) -> Double? {
    guard let next = steps.first(where: { $0 > percent + 0.05 }) else { return nil }
    switch standing {
    case .held, .condemned: return nil
    // Without traffic nothing is ever known of green: the first step is taken as it is.
    case _ where percent <= 0: return next
    case .waiting: return nil
    case .watching, .safe, .unproven:
      let allowed = judge.judgement.verdict == .promote ? 100 : min(judge.judgement.weight * 100, 99.9)
      return next <= allowed + 0.05 ? next : nil
    }
  }

  /// Notes that a paced release was let go on.
  public mutating func wentOn(to percent: Double, at instant: Date) {
    let why =
      firstTraffic == nil
      ? "nothing is known of it without traffic"
      : "the evidence covers \(Self.percent(judge.judgement.verdict == .promote ? 1 : judge.judgement.weight))"
    decide(.step, "to \(Self.percent(percent / 100)): \(why)", at: instant)
  }

  private mutating func decide(_ action: ReleaseDecision.Action, _ reason: String, at instant: Date) {
    decisions.append(ReleaseDecision(at: instant, action: action, reason: reason, numbers: numbers))
  }

  /// Whether it was found worse, and so has to go.
  public var isCondemned: Bool {
    if case .condemned = standing { true } else { false }
  }

  // MARK: Numbers and words

  /// What was counted so far; nil before anything was.
  public var numbers: ReleaseDecision.Numbers? {
    guard judge.green.total > 0 else { return nil }
    let watchesLatency = judge.watch.latency != nil
    return ReleaseDecision.Numbers(
      weight: share, allowed: judge.judgement.weight, blue: judge.blue, green: judge.green,
      blueSlow: watchesLatency ? blueSlow : nil, greenSlow: watchesLatency ? greenSlow : nil,
      logEvidence: judge.judgement.logEvidence, pValue: judge.judgement.pValue)
  }

  /// What the new tasks have to answer for.
  private var accusation: String {
    let (what, new, old) =
      judge.strongest == .latency
      ? ("are slower than promised", greenSlow, blueSlow) : ("fail", judge.green, judge.blue)
    let chance = judge.judgement.pValue
    return "of the new tasks' requests \(Self.share(new)) \(what), of the old ones' \(Self.share(old)); "
      + "a release that is not worse looks like this in \(chance < 0.0001 ? "0.01" : Self.text(chance * 100)) % of "
      + "cases at most"
  }

  private var safety: String {
    guard let pacing = judge.judgement.pacing, pacing.isShownSafe else {
      return "it was watched long enough at the top"
    }
    return "the new tasks fail \(Self.percent(pacing.possibleExcess)) more often at most, and "
      + "\(Self.percent(pacing.tolerance)) is acceptable"
  }

  /// Why nothing is proven.
  public var doubt: String {
    guard let pacing = judge.judgement.pacing else { return "the new tasks had no traffic to judge" }
    return "after \(judge.green.total) requests the new tasks may still fail "
      + "\(Self.percent(pacing.possibleExcess)) more often, and \(Self.percent(pacing.tolerance)) is acceptable"
  }

  static func share(_ counts: EventCounts) -> String {
    "\(percent(counts.badShare ?? 0)) (\(counts.bad) of \(counts.total))"
  }

  static func percent(_ share: Double) -> String { "\(text(share * 100)) %" }

  /// Two figures are enough: `12`, `2.5`, `0.034`.
  private static func text(_ number: Double) -> String {
    guard number > 0, number.isFinite else { return "0" }
    if number >= 10 { return String(Int(number.rounded())) }
    let places = max(0, 1 - Int(log10(number).rounded(.down)))
    var text = String(format: "%.\(min(places, 6))f", number)
    while text.contains("."), text.hasSuffix("0") || text.hasSuffix(".") { text.removeLast() }
    return text
  }
}
