import AWSWire
import Foundation
import OCIImages
import PalcoBlueprint

/// Writes the record of a release, and tells why one ended as it did.
public struct ReleaseRecorder: Sendable {
  private let access: CloudAccess
  private let blueprint: Blueprint
  private let finder: DeploymentFinder

  /// A recorder of one environment.
  public init(access: CloudAccess, blueprint: Blueprint) {
    self.access = access
    self.blueprint = blueprint
    finder = DeploymentFinder(access: access, names: blueprint.names)
  }

  /// The record of a release that has ended.
  ///
  /// - Throws: `AWSError`.
  public func document(of report: ReleaseReport) async throws -> ReleaseDocument {
    let release = report.release
    let deployment = try await finder.describe(release.deploymentARN)
    let definition = try await finder.definition(release.taskDefinitionARN)
    var from: ReleaseDocument.Image?
    if let source = deployment.sourceServiceRevisions?.first?.arn,
      let image = try await finder.definition(ofRevision: source)?.image
    {
      from = .init(version: image.version, digest: image.digest)
    }
    return ReleaseDocument(
      release: release.id, deploymentARN: release.deploymentARN, project: blueprint.project,
      environment: blueprint.environment, image: .init(version: release.image.version, digest: release.image.digest),
      from: from, strategy: blueprint.release.isPaced ? "paced" : ReleaseStrategy.name(ofWire: release.strategy),
      actor: definition.actor ?? access.actor,
      startedAt: release.startedAt,
      endedAt: deployment.finishedAt ?? deployment.stoppedAt ?? access.time.now(), manifest: try manifestHash(),
      objectives: blueprint.objectives, gates: [], forecast: report.forecast,
      decisions: report.judged?.decisions ?? [], numbers: report.judged?.numbers, result: report.outcome.name,
      reason: report.outcome.reason, proof: report.proof,
      story: try await story(of: deployment, decisions: report.judged?.decisions ?? [], failure: report.failure))
  }

  /// Why a release ended, or is, as it is, from what ECS still knows.
  ///
  /// - Parameter deploymentARN: The service deployment, as in ``ReleaseRecord``.
  /// - Throws: `AWSError`.
  public func story(of deploymentARN: String) async throws -> ReleaseStory {
    let deployment = try await finder.describe(deploymentARN)
    let snapshot = try DeploymentSnapshot(deployment)
    var failure: FailureReport?
    if let reason = snapshot.rollbackReason ?? snapshot.statusReason, snapshot.status != .successful {
      failure = try await FailureReader(access: access, names: blueprint.names).read(
        revisionARN: snapshot.target.revisionARN, reason: reason, targetComplaint: nil)
    }
    return try await story(of: deployment, decisions: [], failure: failure)
  }

  private func story(
    of deployment: ECS.ServiceDeployment, decisions: [ReleaseDecision], failure: FailureReport?
  ) async throws -> ReleaseStory {
    let service = try await access.aws.send(
      ECS.DescribeServicesRequest(services: [blueprint.names.service], cluster: blueprint.names.cluster)
    ).services?.first
    let begin = deployment.createdAt ?? .distantPast
    let end = deployment.finishedAt ?? deployment.stoppedAt ?? .distantFuture
    let events = (service?.events ?? []).reversed().filter { (begin...end).contains($0.createdAt ?? .distantPast) }
    let isGood = deployment.status == DeploymentSnapshot.Status.successful.rawValue
    return ReleaseStory(
      decisions: decisions, failure: failure, events: events.map { ($0.createdAt, $0.message ?? "") },
      alarms: deployment.alarms?.triggeredAlarmNames ?? [],
      reason: isGood ? nil : deployment.rollback?.reason ?? deployment.statusReason,
      endedAt: deployment.finishedAt ?? deployment.stoppedAt)
  }

  private func manifestHash() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return Digest.sha256(try encoder.encode(blueprint))
  }
}
