import AWSClient
import AWSWire
import Foundation
import PalcoBlueprint

/// Watches a release to its end, and says why when it ends badly. The decisions are ``ReleaseMachine``'s.
public struct ReleaseWatcher: Sendable {
  private let access: CloudAccess
  private let finder: DeploymentFinder
  private let failures: FailureReader
  private let strategy: ReleaseStrategy

  /// A watch of one environment.
  public init(access: CloudAccess, blueprint: Blueprint) {
    self.access = access
    finder = DeploymentFinder(access: access, names: blueprint.names)
    failures = FailureReader(access: access, names: blueprint.names)
    strategy = blueprint.release
  }

  /// How watching ended.
  public enum End: Sendable {
    /// The release has ended.
    case ended(ReleaseReport)
    /// ECS goes on by itself.
    case left(reason: String, RunningRelease)
  }

  /// Watches until the release has ended or the watching has.
  ///
  /// - Parameters:
  ///   - judging: How it is judged meanwhile; nil when it is only watched.
  ///   - interruptions: The first one asks ECS to stop and roll back, the second one ends the watching.
  ///   - stopNow: Ask ECS to stop and roll back at once, as the first interruption does.
  ///   - progress: Told at every look.
  public func run(
    _ release: RunningRelease, judging: Judging? = nil, interruptions: Interruptions, stopNow: Bool = false,
    progress: @Sendable (ReleaseProgress) -> Void
  ) async throws -> End {
    var machine = ReleaseMachine()
    var feed = judging.map {
      EvidenceFeed($0, of: release, by: strategy, minute: access.minute, at: access.time.now())
    }
    var sight = Sight(trafficIsDue: access.time.now())
    var seen = stopNow ? -1 : 0
    var stopIsDue = false
    while true {
      var action = ReleaseMachine.Action.wait
      do {
        if stopIsDue {
          try await stop(release)
          stopIsDue = false
        }
        if interruptions.total > seen {
          seen += 1
          action = machine.event(.interrupted, at: access.time.now())
        } else {
          action = try await look(at: release, &machine, &feed, &sight, progress)
        }
      } catch let error as AWSError where error.httpStatus < 500 && !error.isThrottling {
        throw error
      } catch let error as ReleaseError {
        throw error
      } catch let error as AWSClientError where error.needsSomebody {
        return .left(reason: "\(error). ECS goes on with the release by itself", release)
      } catch is CancellationError {
        throw CancellationError()
      } catch {
        action = machine.event(.unreachable("\(error)"), at: access.time.now())
      }
      switch action {
      case .wait:
        try await pause(interruptions, seen: seen)
      case .stopDeployment:
        // At once, and again at the next look when ECS cannot be reached.
        stopIsDue = true
      case .leave(let reason):
        return .left(reason: reason, release)
      case .finish(let outcome):
        return .ended(try await report(outcome, of: release, complaint: sight.complaint, feed))
      }
    }
  }

  /// What is known from earlier looks.
  private struct Sight {
    var complaint: String?
    var traffic: [String: ColourTraffic] = [:]
    var trafficIsDue: Date
  }

  /// One look at the release, and what follows from it.
  private func look(
    at release: RunningRelease, _ machine: inout ReleaseMachine, _ feed: inout EvidenceFeed?, _ sight: inout Sight,
    _ progress: @Sendable (ReleaseProgress) -> Void
  ) async throws -> ReleaseMachine.Action {
    let snapshot = try DeploymentSnapshot(try await finder.describe(release.deploymentARN))
    if access.time.now() >= sight.trafficIsDue {
      sight.trafficIsDue = access.time.now().addingTimeInterval(max(1, access.pollInterval / .seconds(1) * 6))
      sight.traffic = await self.traffic(of: release) ?? sight.traffic
    }
    if snapshot.status == .inProgress {
      try await feed?.look(snapshot, at: access.time.now())
      try await goOn(release, snapshot, &feed)
    }
    let look = try await self.look(snapshot, at: release, sight.traffic, feed)
    sight.complaint = look.new?.complaint ?? sight.complaint
    progress(look)
    let action = machine.event(
      .observed(snapshot, isLatest: try await isLatest(release, snapshot)), at: access.time.now())
    guard action == .wait, snapshot.status == .inProgress, case .condemned(let reason)? = feed?.judged?.standing else {
      return action
    }
    return machine.event(.condemned(reason), at: access.time.now())
  }

  /// Lets a paced release take its next step, when the evidence covers it.
  private func goOn(
    _ release: RunningRelease, _ snapshot: DeploymentSnapshot, _ feed: inout EvidenceFeed?
  ) async throws {
    guard strategy.isPaced, let step = feed?.nextStep(from: snapshot) else { return }
    for pause in snapshot.waiting {
      // Whoever else watches may have answered just before: the identifier of a pause is good for one answer.
      _ = try await access.aws.send(
        ECS.ContinueServiceDeploymentRequest(
          serviceDeploymentArn: release.deploymentARN, hookId: pause.hookID, action: "CONTINUE"),
        unless: ["InvalidParameterException", "ConflictException"])
    }
    feed?.wentOn(to: step, at: access.time.now())
  }

  /// Waits until the next look, or until the next interruption.
  private func pause(_ interruptions: Interruptions, seen: Int) async throws {
    let slice = min(access.pollInterval, .milliseconds(200))
    var rest = access.pollInterval
    while rest > .zero, interruptions.total <= max(seen, 0) {
      try await access.time.sleep(min(slice, rest))
      rest -= slice
    }
  }

  private func stop(_ release: RunningRelease) async throws {
    // A deployment that has just ended cannot be stopped: the next look tells how it ended.
    _ = try await access.aws.sendIfPresent(
      ECS.StopServiceDeploymentRequest(serviceDeploymentArn: release.deploymentARN, stopType: "ROLLBACK"),
      absentCodes: ["ConflictException"])
  }

  /// Only a deployment that was stopped needs to know whether a newer one took over.
  private func isLatest(_ release: RunningRelease, _ snapshot: DeploymentSnapshot) async throws -> Bool {
    guard snapshot.status == .stopped else { return true }
    return try await finder.briefs().first?.serviceDeploymentArn == release.deploymentARN
  }

  /// The traffic of both colours; `nil` where there is but one group, and where it cannot be read: a release goes on
  /// without it.
  private func traffic(of release: RunningRelease) async -> [String: ColourTraffic]? {
    guard release.targetGroupARN != release.liveGroupARN else { return nil }
    return try? await TrafficReader(access: access).traffic(
      of: [release.targetGroupARN, release.liveGroupARN], since: release.startedAt)
  }

  private func look(
    _ snapshot: DeploymentSnapshot, at release: RunningRelease, _ traffic: [String: ColourTraffic],
    _ feed: EvidenceFeed?
  ) async throws -> ReleaseProgress {
    let hasColours = release.targetGroupARN != release.liveGroupARN
    return ReleaseProgress(
      snapshot: snapshot, elapsed: .seconds(access.time.now().timeIntervalSince(release.startedAt)),
      new: try await targets(of: release.targetGroupARN),
      old: hasColours ? try await targets(of: release.liveGroupARN) : nil,
      newTraffic: traffic[release.targetGroupARN], oldTraffic: traffic[release.liveGroupARN],
      judged: feed?.judged, evidenceTrouble: feed?.trouble)
  }

  private func targets(of groupARN: String) async throws -> ReleaseProgress.Targets? {
    let absent: Set = ["TargetGroupNotFound"]
    guard
      let found = try await access.aws.sendIfPresent(
        ELBv2.DescribeTargetHealthRequest(targetGroupArn: groupARN), absentCodes: absent)
    else { return nil }
    return ReleaseProgress.Targets(found.targetHealthDescriptions)
  }

  private func report(
    _ outcome: ReleaseOutcome, of release: RunningRelease, complaint: String?, _ feed: EvidenceFeed?
  ) async throws -> ReleaseReport {
    var report = ReleaseReport(
      release: release, outcome: outcome,
      duration: .seconds(access.time.now().timeIntervalSince(release.startedAt)), judged: feed?.judged,
      forecast: feed?.forecast)
    switch outcome {
    case .rolledBack(let reason), .failed(let reason):
      // The release's end is known; that its cause cannot be read must not hide it.
      report.failure =
        (try? await failures.read(revisionARN: release.revisionARN, reason: reason, targetComplaint: complaint))
        ?? FailureReport(reason: reason, targetComplaint: complaint)
    case .released:
      guard let feed else { break }
      let proof = feed.impossible.map(ReleaseProof.notJudged) ?? feed.judging.terms.proof(of: feed.judged)
      report.proof = proof
      // Who has promised nothing wants no proof.
      if case .unproven(let doubt) = proof, feed.judging.terms.objectives.isDeclared {
        report.outcome = .undecided(reason: doubt)
      }
    case .undecided, .stopped, .superseded, .refused: break
    }
    return report
  }
}

extension ReleaseProgress.Targets {
  init(_ descriptions: [ELBv2.TargetHealthDescription]) {
    let counted = descriptions.filter { !["draining", "unhealthy.draining"].contains($0.targetHealth?.state ?? "") }
    healthy = counted.count { $0.targetHealth?.state == "healthy" }
    registered = counted.count
    // A target that is only young has nothing to complain of.
    complaint =
      counted.first { $0.targetHealth?.state == "unhealthy" }.flatMap {
        [$0.targetHealth?.reason, $0.targetHealth?.description].compactMap { $0 }.joined(separator: ": ")
      }
  }
}

extension AWSError {
  /// Whether AWS only wants to be asked less often; the client has tried again by itself before.
  fileprivate var isThrottling: Bool { code.contains("Throttl") || code.contains("TooManyRequests") }
}
