import AWSClient
import Foundation
import PalcoBlueprint
import PalcoReliability

/// How a watched release is judged: by what, and on which terms.
public struct Judging: Sendable {
  /// Where the counts come from.
  public var source: any EvidenceSource
  /// What is promised and what is accepted.
  public var terms: ReleaseTerms

  /// Judges by a source.
  public init(source: any EvidenceSource, terms: ReleaseTerms) {
    self.source = source
    self.terms = terms
  }
}

/// Feeds a release under judgement with what its source has. That the source fails is never an error here: the release is
/// held, and ECS's own time-outs and alarms stand behind it.
struct EvidenceFeed: Sendable {
  /// After so many intervals without anything new, nothing is seen any more.
  static let patience = 5.0

  let judging: Judging
  let release: RunningRelease
  let strategy: ReleaseStrategy
  let minute: Duration
  /// The percents that Palco lets green have one after the other; empty when ECS does not ask.
  let pacedSteps: [Double]
  /// The release as it is judged; nil until its history could be read.
  private(set) var judged: JudgedRelease?
  /// Why there is no judgement and will be none.
  private(set) var impossible: String?
  /// What it is expected to be able to tell, when there was traffic before.
  private(set) var forecast: Forecast?
  /// Why the source could not be asked at the newest look.
  private(set) var trouble: String?
  private var due = Date.distantPast
  private var heardAt: Date

  init(
    _ judging: Judging, of release: RunningRelease, by strategy: ReleaseStrategy, minute: Duration, at instant: Date
  ) {
    self.strategy = strategy
    self.judging = judging
    self.release = release
    self.minute = minute
    pacedSteps = strategy.isPaced ? release.trafficSteps : []
    heardAt = instant
  }

  private var interval: Double { judging.source.interval / .seconds(1) }

  /// Looks at a release that goes on.
  mutating func look(_ snapshot: DeploymentSnapshot, at instant: Date) async throws(CancellationError) {
    guard impossible == nil else { return }
    guard !snapshot.sources.isEmpty else {
      impossible = "it is the first release, and there was nothing to compare it with"
      return
    }
    if let weight = snapshot.target.productionWeight { judged?.saw(weight: weight, at: instant) }
    guard instant >= due else { return }
    due = instant.addingTimeInterval(interval / 4)
    trouble = nil
    do {
      if judged == nil { try await begin(snapshot, at: instant) }
      guard var judged else { return }
      let before = judged.lookedUntil
      let intervals = try await judging.source.intervals(after: before)
      defer { self.judged = judged }
      do {
        try judged.take(intervals, at: instant)
      } catch {
        judged.cannotSee("the metrics do not fit what is watched: \(error)", at: instant)
      }
      if judged.lookedUntil > before { heardAt = instant }
      if instant.timeIntervalSince(heardAt) > Self.patience * interval {
        judged.cannotSee(
          "the metrics have told nothing for \(Duration.seconds(Self.patience * interval).text)", at: instant)
      }
    } catch is CancellationError {
      throw CancellationError()
    } catch let error as EvidenceError {
      impossible = "the history of what serves does not fit what is watched: \(error)"
    } catch {
      trouble = "the metrics cannot be read: \(error)"
      if instant.timeIntervalSince(heardAt) > Self.patience * interval {
        judged?.cannotSee("the metrics cannot be read: \(error)", at: instant)
      }
    }
  }

  private mutating func begin(_ snapshot: DeploymentSnapshot, at instant: Date) async throws {
    let history = try await judging.source.history(before: release.startedAt)
    forecast = self.forecast(by: history)
    let watch = judging.terms.watch(interval: interval / (minute / .seconds(1)) * 60, steps: pacedSteps)
    var judged = try JudgedRelease(watch, history: history, begin: release.startedAt, minute: minute)
    if instant.timeIntervalSince(release.startedAt) < 2 * interval {
      // Who has been there from the start knows what was before the first look.
      judged.saw(weight: 0, at: release.startedAt)
    }
    if let weight = snapshot.target.productionWeight { judged.saw(weight: weight, at: instant) }
    self.judged = judged
  }

  /// Where green has everything at once, there is no time in which anything could be told from both colours.
  private func forecast(by history: ReleaseHistory) -> Forecast? {
    let seconds = interval / (minute / .seconds(1)) * 60
    let all = history.errors.reduce(.none, +)
    guard all.total > 0 else { return nil }
    let requestsPerSecond = Double(all.total) / Double(history.errors.count) / seconds
    guard
      let steps = strategy.steps(
        target: judging.terms.objectives.availability.target, requestsPerSecond: requestsPerSecond,
        errorRate: history.errorRate, interval: seconds), steps.contains(where: { $0.weight < 1 })
    else { return nil }
    return Forecast(
      Forecast.Plan(
        requestsPerSecond: requestsPerSecond, errorRate: history.errorRate,
        dispersion: Dispersion.estimate(history: history.errors), interval: seconds, steps: steps))
  }

  /// Which share in percent a paced release may go on to from the pause that it waits at; nil while it has to wait.
  func nextStep(from snapshot: DeploymentSnapshot) -> Double? {
    guard !snapshot.waiting.isEmpty, snapshot.status == .inProgress else { return nil }
    let percent = snapshot.target.productionWeight ?? 0
    // Nothing serves that could be harmed.
    if snapshot.sources.isEmpty { return pacedSteps.first { $0 > percent + 0.05 } }
    return judged?.nextStep(after: percent, of: pacedSteps)
  }

  /// Notes that it was let go on.
  mutating func wentOn(to percent: Double, at instant: Date) { judged?.wentOn(to: percent, at: instant) }
}
