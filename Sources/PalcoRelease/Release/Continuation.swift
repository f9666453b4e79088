import AWSWire
import Foundation
import PalcoBlueprint

/// Answers a release that waits: it goes on, or is rolled back.
public struct Continuation: Sendable {
  private let access: CloudAccess
  private let blueprint: Blueprint
  private let finder: DeploymentFinder

  /// Answers for one environment.
  public init(access: CloudAccess, blueprint: Blueprint) {
    self.access = access
    self.blueprint = blueprint
    finder = DeploymentFinder(access: access, names: blueprint.names)
  }

  /// What was answered.
  public struct Answer: Sendable, Equatable {
    /// The beginning of the service deployment's id, by which people name the release.
    public var release: String
    /// What people call the image.
    public var version: String?
    /// The stage that it waited at, such as `POST_TEST_TRAFFIC_SHIFT`.
    public var stage: String?
  }

  /// Answers all pauses that the release under way waits at now.
  ///
  /// - Parameter rollBack: Whether it is rolled back instead of going on.
  /// - Throws: ``ReleaseError`` with `noRelease` when nothing waits, `AWSError` when ECS does not take the answer.
  public func answer(rollBack: Bool) async throws -> Answer {
    let name = blueprint.environment
    guard let brief = try await finder.briefs(DeploymentSnapshot.Status.underWay).first,
      let arn = brief.serviceDeploymentArn
    else {
      throw ReleaseError(
        .noRelease, "no release is under way in '\(name)'; `palco releases \(name)` lists those before")
    }
    let snapshot = try DeploymentSnapshot(try await finder.describe(arn))
    let waiting = snapshot.waiting
    guard !waiting.isEmpty else {
      throw ReleaseError(
        .noRelease,
        "the release to '\(name)' does not wait for anybody now; `palco status \(name)` tells where it stands")
    }
    for pause in waiting {
      _ = try await access.aws.send(
        ECS.ContinueServiceDeploymentRequest(
          serviceDeploymentArn: arn, hookId: pause.hookID, action: rollBack ? "ROLLBACK" : "CONTINUE"))
    }
    let definition = try await finder.definition(ofRevision: snapshot.target.revisionARN)
    return Answer(
      release: RunningRelease.id(arn), version: definition?.image?.version, stage: snapshot.lifecycleStage)
  }
}
