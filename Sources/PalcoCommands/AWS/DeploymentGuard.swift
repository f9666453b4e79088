import AWSClient
import AWSWire
import PalcoBlueprint

/// Keeps Terraform away from a service that is being deployed: it would see the listener's rules and the service half
/// way, and what it puts back then can send traffic to a colour without tasks.
enum DeploymentGuard {
  /// The statuses of a deployment that has not ended.
  static let underWay = [
    "PENDING", "IN_PROGRESS", "STOP_REQUESTED", "ROLLBACK_REQUESTED", "ROLLBACK_IN_PROGRESS",
  ]

  /// - Throws: ``CommandError`` with exit code 13 while a deployment is under way.
  static func refuse(_ environment: String, names: ResourceNames, client: AWSClient) async throws {
    do {
      let answer = try await client.send(
        ECS.ListServiceDeploymentsRequest(service: names.service, cluster: names.cluster, status: underWay))
      guard let deployment = answer.serviceDeployments?.first else { return }
      throw CommandError(
        .refused,
        "a release to '\(environment)' is under way (\(deployment.status ?? "IN_PROGRESS"), "
          + "\(deployment.serviceDeploymentArn ?? "its ARN is not told")): wait for its end")
    } catch let error as AWSError
      where ["ClusterNotFoundException", "ServiceNotFoundException"].contains(error.code)
    {
      return
    }
  }
}
