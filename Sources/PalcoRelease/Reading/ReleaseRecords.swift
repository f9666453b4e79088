import AWSWire
import Foundation
import PalcoBlueprint

/// One release as ECS remembers it, so that every machine sees the same.
public struct ReleaseRecord: Sendable, Equatable, Encodable {
  /// The beginning of the service deployment's id.
  public var release: String
  /// What people call the image.
  public var version: String?
  /// The image's digest.
  public var digest: String?
  /// The strategy's name on the wire, as in `BLUE_GREEN`.
  public var strategy: String?
  /// `released`, `rolled back`, `stopped`, `superseded`, `failed`, or `under way`.
  public var result: String
  /// When it began.
  public var startedAt: Date?
  /// When it ended.
  public var finishedAt: Date?
  /// ECS's reason, when it was taken back.
  public var reason: String?
  /// Who released.
  public var actor: String?
  /// The task definition.
  public var taskDefinition: String?
  /// The service deployment.
  public var deploymentARN: String

  /// The image, when it is known by digest.
  var image: PublishedImage?

  enum CodingKeys: String, CodingKey {
    case release, version, digest, strategy, result, startedAt, finishedAt, reason, actor, taskDefinition,
      deploymentARN
  }

  /// Whether its image came to serve.
  public var wasReleased: Bool { result == ReleaseOutcome.released.name }

  /// How long it took.
  public var duration: Duration? {
    guard let startedAt, let finishedAt else { return nil }
    return .seconds(finishedAt.timeIntervalSince(startedAt))
  }
}

/// Reads the releases of one environment.
public struct ReleaseRecords: Sendable {
  private let finder: DeploymentFinder

  /// A reader of one environment.
  public init(access: CloudAccess, blueprint: Blueprint) {
    finder = DeploymentFinder(access: access, names: blueprint.names)
  }

  /// The releases that ECS remembers (90 days), the newest first.
  public func records(limit: Int? = nil) async throws -> [ReleaseRecord] {
    let briefs = try await finder.briefs()
    let newest = briefs.first?.serviceDeploymentArn
    let chosen = limit.map { Array(briefs.prefix($0)) } ?? briefs
    let deployments = try await finder.describe(chosen.compactMap(\.serviceDeploymentArn))
    let revisions = try await revisions(deployments.compactMap { $0.targetServiceRevision?.arn })
    var definitions: [String: RegisteredDefinition] = [:]
    for arn in Set(revisions.values) { definitions[arn] = try await finder.definition(arn) }
    return deployments.map { deployment in
      let definition = (deployment.targetServiceRevision?.arn).flatMap { revisions[$0] }
      return ReleaseRecord(
        deployment, isNewest: deployment.serviceDeploymentArn == newest,
        definition: definition.flatMap { definitions[$0] })
    }
  }

  /// The task definition of each revision.
  private func revisions(_ arns: [String]) async throws -> [String: String] {
    var found: [String: String] = [:]
    for chunk in Array(Set(arns)).chunked(by: 20) {
      let answer = try await finder.access.aws.send(ECS.DescribeServiceRevisionsRequest(serviceRevisionArns: chunk))
      for revision in answer.serviceRevisions ?? [] {
        if let arn = revision.serviceRevisionArn, let definition = revision.taskDefinition { found[arn] = definition }
      }
    }
    return found
  }
}

extension ReleaseRecord {
  init(_ deployment: ECS.ServiceDeployment, isNewest: Bool, definition: RegisteredDefinition?) {
    let arn = deployment.serviceDeploymentArn ?? ""
    let status = deployment.status.flatMap(DeploymentSnapshot.Status.init(rawValue:))
    self.init(
      release: RunningRelease.id(arn), version: definition?.image?.version, digest: definition?.image?.digest,
      strategy: deployment.deploymentConfiguration?.strategy,
      result: Self.result(
        status, isNewest: isNewest,
        wasStopped: DeploymentSnapshot.isRequest(deployment.statusReason ?? deployment.rollback?.reason)),
      startedAt: deployment.startedAt ?? deployment.createdAt,
      finishedAt: deployment.finishedAt ?? deployment.stoppedAt,
      reason: status == .successful ? nil : deployment.statusReason ?? deployment.rollback?.reason,
      actor: definition?.actor, taskDefinition: definition?.arn, deploymentARN: arn, image: definition?.image)
  }

  static func result(_ status: DeploymentSnapshot.Status?, isNewest: Bool, wasStopped: Bool) -> String {
    switch status {
    case .successful: ReleaseOutcome.released.name
    case .rollbackSuccessful:
      wasStopped ? ReleaseOutcome.stopped(reason: "").name : ReleaseOutcome.rolledBack(reason: "").name
    case .stopped: isNewest ? ReleaseOutcome.failed(reason: "").name : ReleaseOutcome.superseded.name
    case .rollbackFailed: ReleaseOutcome.failed(reason: "").name
    case .pending, .inProgress, .stopRequested, .rollbackRequested, .rollbackInProgress: "under way"
    case nil: "unknown"
    }
  }
}
