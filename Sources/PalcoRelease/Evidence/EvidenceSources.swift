import AsyncHTTPClient
import PalcoBlueprint

/// Makes the sources that releases are judged from.
public enum EvidenceSources {
  /// The source of one release whose traffic moves between two target groups: the Prometheus server that the blueprint
  /// names, or else the load balancer's metrics in CloudWatch.
  ///
  /// - Throws: ``ReleaseError`` with `environmentMissing` when nothing counts its requests.
  public static func make(
    for blueprint: Blueprint, access: CloudAccess, release: RunningRelease
  ) async throws -> any EvidenceSource {
    guard let prometheus = blueprint.prometheus else {
      return try await CloudWatchEvidence(
        access: access, objectives: blueprint.objectives, blue: release.liveGroupARN, green: release.targetGroupARN)
    }
    let finder = DeploymentFinder(access: access, names: blueprint.names)
    var blue: RevisionNames?
    if let revision = try await finder.describe(release.deploymentARN).sourceServiceRevisions?.first?.arn,
      let definition = try await finder.definition(ofRevision: revision), let image = definition.image
    {
      blue = RevisionNames(image, definitionARN: definition.arn)
    }
    return PrometheusEvidence(
      prometheus, objectives: blueprint.objectives, blue: blue,
      green: RevisionNames(release.image, definitionARN: release.taskDefinitionARN), http: .shared)
  }
}
