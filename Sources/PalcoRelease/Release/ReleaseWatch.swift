import AWSClient
import AWSWire
import Foundation
import PalcoBlueprint

/// Watches a release to its end, and says why when it ends badly. The decisions are ``ReleaseMachine``'s.
public struct ReleaseWatch: Sendable {
  private let access: CloudAccess
  private let finder: DeploymentFinder
  private let failures: FailureReader

  /// A watch of one environment.
  public init(access: CloudAccess, blueprint: Blueprint) {
    self.access = access
    finder = DeploymentFinder(access: access, names: blueprint.names)
    failures = FailureReader(access: access, names: blueprint.names)
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
  ///   - interruptions: The first one asks ECS to stop and roll back, the second one ends the watching.
  ///   - stopNow: Ask ECS to stop and roll back at once, as the first interruption does.
  ///   - progress: Told at every look.
  public func run(
    _ release: RunningRelease, interruptions: Interruptions, stopNow: Bool = false,
    progress: @Sendable (ReleaseProgress) -> Void
  ) async throws -> End {
    var machine = ReleaseMachine()
    var seen = stopNow ? -1 : 0
    var complaint: String?
    var traffic: [String: ColourTraffic] = [:]
    var trafficIsDue = access.time.now()
    while true {
      var action = ReleaseMachine.Action.wait
      if interruptions.total > seen {
        seen += 1
        action = machine.event(.interrupted, at: access.time.now())
      } else {
        do {
          let snapshot = try DeploymentSnapshot(try await finder.describe(release.deploymentARN))
          if access.time.now() >= trafficIsDue {
            trafficIsDue = access.time.now().addingTimeInterval(max(1, access.pollInterval / .seconds(1) * 6))
            traffic = await self.traffic(of: release) ?? traffic
          }
          let look = try await self.look(snapshot, at: release, traffic)
          complaint = look.new?.complaint ?? complaint
          progress(look)
          action = machine.event(
            .observed(snapshot, isLatest: try await isLatest(release, snapshot)), at: access.time.now())
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
      }
      switch action {
      case .wait:
        try await pause(interruptions, seen: seen)
      case .stopDeployment:
        try await stop(release)
      case .leave(let reason):
        return .left(reason: reason, release)
      case .finish(let outcome):
        return .ended(try await report(outcome, of: release, complaint: complaint))
      }
    }
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
    _ snapshot: DeploymentSnapshot, at release: RunningRelease, _ traffic: [String: ColourTraffic]
  ) async throws -> ReleaseProgress {
    let hasColours = release.targetGroupARN != release.liveGroupARN
    return ReleaseProgress(
      snapshot: snapshot, elapsed: .seconds(access.time.now().timeIntervalSince(release.startedAt)),
      new: try await targets(of: release.targetGroupARN),
      old: hasColours ? try await targets(of: release.liveGroupARN) : nil,
      newTraffic: traffic[release.targetGroupARN], oldTraffic: traffic[release.liveGroupARN])
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
    _ outcome: ReleaseOutcome, of release: RunningRelease, complaint: String?
  ) async throws -> ReleaseReport {
    let failure: FailureReport? =
      switch outcome {
      case .rolledBack(let reason), .failed(let reason):
        // The release's end is known; that its cause cannot be read must not hide it.
        (try? await failures.read(release, reason: reason, targetComplaint: complaint))
          ?? FailureReport(reason: reason, targetComplaint: complaint)
      case .released, .stopped, .superseded, .refused: nil
      }
    return ReleaseReport(
      release: release, outcome: outcome,
      duration: .seconds(access.time.now().timeIntervalSince(release.startedAt)), failure: failure)
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
