import PalcoReliability

/// What a release that serves has shown.
public enum ReleaseProof: Codable, Sendable, Equatable {
  /// An excess of errors above what is acceptable is ruled out.
  case shown
  /// Nothing speaks against it, but it was not shown to be safe.
  case unproven(String)
  /// It was not shown to be safe, and somebody had accepted that.
  case accepted(doubt: String, reason: String)
  /// There was nothing to judge by, and why.
  case notJudged(String)

  /// In a word.
  public var name: String {
    switch self {
    case .shown: "shown to be safe"
    case .unproven: "unproven"
    case .accepted: "accepted unproven"
    case .notJudged: "not judged"
    }
  }
}

/// How releases of an environment are judged.
public struct ReleaseTerms: Sendable, Equatable {
  /// What the service promises.
  public var objectives: ServiceObjectives
  /// Why somebody accepts a release that is not shown to be safe; nil when nobody does.
  public var acceptance: String?

  /// Sets terms.
  public init(_ objectives: ServiceObjectives, acceptance: String? = nil) {
    self.objectives = objectives
    self.acceptance = acceptance
  }

  /// What is watched of a release.
  ///
  /// - Parameters:
  ///   - interval: the seconds of AWS's time between two counts
  ///   - steps: the percents that green can have, up to 100, where Palco lets each go on; else empty
  func watch(interval: Double, steps: [Double]) -> ReleaseWatch {
    var watch = ReleaseWatch(objectives, interval: interval, unproven: acceptance == nil ? .ask : .proceed)
    watch.shares = steps.filter { $0 < 100 }.map { $0 / 100 }
    return watch
  }

  /// What a release that serves has shown.
  func proof(of judged: JudgedRelease?) -> ReleaseProof {
    guard let judged else { return .notJudged("there was nothing to compare it with") }
    if judged.standing == .safe || judged.judge.judgement.pacing?.isShownSafe == true { return .shown }
    return acceptance.map { .accepted(doubt: judged.doubt, reason: $0) } ?? .unproven(judged.doubt)
  }
}
