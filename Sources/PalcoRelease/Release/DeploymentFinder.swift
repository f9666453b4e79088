import AWSWire
import PalcoBlueprint

/// Finds the service deployments of one service, and what they deployed.
struct DeploymentFinder: Sendable {
  let access: CloudAccess
  let names: ResourceNames

  /// All deployments that ECS remembers (90 days), or those in some statuses; the newest first.
  func briefs(_ statuses: [DeploymentSnapshot.Status]? = nil) async throws -> [ECS.ServiceDeploymentBrief] {
    do {
      return try await access.aws.all(
        ECS.ListServiceDeploymentsRequest(
          service: names.service, cluster: names.cluster, status: statuses?.map(\.rawValue)), \.serviceDeployments
      )
      .sorted { ($0.createdAt ?? .distantPast) > ($1.createdAt ?? .distantPast) }
    } catch let error as AWSError
      where ["ClusterNotFoundException", "ServiceNotFoundException"].contains(error.code)
    {
      return []
    }
  }

  /// One deployment.
  func describe(_ arn: String) async throws -> ECS.ServiceDeployment {
    let answer = try await access.aws.send(ECS.DescribeServiceDeploymentsRequest(serviceDeploymentArns: [arn]))
    return try answer.serviceDeployments.required("serviceDeployments").first.required("service deployment \(arn)")
  }

  /// Many deployments, in the order asked for.
  func describe(_ arns: [String]) async throws -> [ECS.ServiceDeployment] {
    var found: [ECS.ServiceDeployment] = []
    // DescribeServiceDeployments takes at most 20.
    for chunk in arns.chunked(by: 20) {
      let answer = try await access.aws.send(ECS.DescribeServiceDeploymentsRequest(serviceDeploymentArns: chunk))
      let byARN = Dictionary((answer.serviceDeployments ?? []).map { ($0.serviceDeploymentArn ?? "", $0) }) { $1 }
      found += chunk.compactMap { byARN[$0] }
    }
    return found
  }

  /// The deployment that a change of the service started.
  ///
  /// ECS names it nowhere in its answer: the digits of the PRIMARY deployment, `ecs-svc/N`, are those of the service
  /// revision that the new service deployment aims at.
  func deployment(startedBy service: ECS.Service) async throws -> ECS.ServiceDeploymentBrief {
    let primary = service.deployments?.first { $0.status == "PRIMARY" }
    let digits = try (primary?.id?.split(separator: "/").last).required("PRIMARY deployment")
    return try await access.until("ECS lists the deployment of revision \(digits)", timeout: .seconds(60)) {
      try await briefs().first { $0.targetServiceRevisionArn?.split(separator: "/").last == digits }
    }
  }

  /// The task definition of a service revision.
  func definition(ofRevision arn: String) async throws -> RegisteredDefinition? {
    let answer = try await access.aws.send(ECS.DescribeServiceRevisionsRequest(serviceRevisionArns: [arn]))
    guard let definition = answer.serviceRevisions?.first?.taskDefinition else { return nil }
    return try await self.definition(definition)
  }

  /// The newest active task definition of the family; `nil` when it has none.
  func newestDefinition() async throws -> RegisteredDefinition? {
    // ECS says of a family that is not there only that it cannot be described.
    try await access.aws.sendIfPresent(
      ECS.DescribeTaskDefinitionRequest(taskDefinition: names.family, include: ["TAGS"]),
      absentCodes: ["ClientException"]
    ).map { RegisteredDefinition($0, container: names.container) }
  }

  /// A task definition with its tags.
  func definition(_ arn: String) async throws -> RegisteredDefinition {
    RegisteredDefinition(
      try await access.aws.send(ECS.DescribeTaskDefinitionRequest(taskDefinition: arn, include: ["TAGS"])),
      container: names.container)
  }
}
