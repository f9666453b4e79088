import AWSWire
import Foundation
import PalcoBlueprint

/// Finds the release that is under way, whoever has started it, so that it can be watched, judged and stopped.
public struct RunningReleaseReader: Sendable {
  private let access: CloudAccess
  private let reader: EnvironmentReader
  private let finder: DeploymentFinder

  /// A reader of one environment.
  public init(access: CloudAccess, blueprint: Blueprint) {
    self.access = access
    reader = EnvironmentReader(access, blueprint)
    finder = DeploymentFinder(access: access, names: blueprint.names)
  }

  /// The release under way; nil when none is.
  public func release() async throws -> RunningRelease? {
    guard let brief = try await finder.briefs(DeploymentSnapshot.Status.underWay).first,
      let arn = brief.serviceDeploymentArn, let revision = brief.targetServiceRevisionArn
    else { return nil }
    let definition = try await finder.definition(ofRevision: revision)
    let path = try await reader.traffic()
    let configuration = try await finder.describe(arn).deploymentConfiguration
    let strategy = configuration?.strategy ?? "ROLLING"
    let (live, target) = try await groups(of: revision, on: path)
    return RunningRelease(
      deploymentARN: arn, revisionARN: revision, taskDefinitionARN: definition?.arn ?? "",
      image: definition?.image ?? PublishedImage(repositoryURI: "", digest: "", version: "unknown"), strategy: strategy,
      trafficSteps: configuration?.trafficSteps ?? [],
      startedAt: brief.createdAt ?? access.time.now(), liveGroupARN: live,
      targetGroupARN: strategy == "ROLLING" ? live : target)
  }

  /// The group that served when the release began, and the one of its tasks.
  ///
  /// Weights do not tell: in the middle of a release both groups have some. ECS tells where the tasks of a revision are.
  private func groups(of revision: String, on path: TrafficPath) async throws -> (live: String, target: String) {
    let groups = [path.blue.targetGroupArn, path.green.targetGroupArn]
    let found = try await access.aws.send(ECS.DescribeServiceRevisionsRequest(serviceRevisionArns: [revision]))
    let resolved = found.serviceRevisions?.first?.resolvedConfiguration?.loadBalancers?.compactMap(\.targetGroupArn)
    guard let target = resolved?.first, let live = groups.first(where: { $0 != target }), groups.contains(target) else {
      return (path.live.targetGroupArn, path.idle.targetGroupArn)
    }
    return (live, target)
  }
}
