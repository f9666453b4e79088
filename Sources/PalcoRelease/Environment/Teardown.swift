import AWSWire
import PalcoBlueprint

/// Takes an environment away: first what serves, then what it served through, last what it kept.
///
/// What is gone already is passed over, so a run that was cut short is finished by the next.
public struct Teardown: Sendable {
  private let access: CloudAccess
  private let names: ResourceNames
  private let reader: EnvironmentReader
  /// The clusters of the project's other environments, which share the image repository.
  private let siblingClusters: [String]

  /// A teardown of one environment.
  ///
  /// - Parameter siblingClusters: The clusters of the project's other environments: while one of them exists, the
  ///   image repository stays.
  public init(access: CloudAccess, blueprint: Blueprint, siblingClusters: [String]) {
    self.access = access
    names = blueprint.names
    reader = EnvironmentReader(access, blueprint)
    self.siblingClusters = siblingClusters
  }

  /// Deletes everything and waits until it is gone.
  public func down(report: @Sendable (ResourceChange) -> Void) async throws -> [ResourceChange] {
    var changes: [ResourceChange] = []
    func done(_ change: ResourceChange) {
      changes.append(change)
      report(change)
    }
    done(try await service())
    done(try await loadBalancer())
    for group in [names.blueTargetGroup, names.greenTargetGroup] { done(try await targetGroup(group)) }
    done(try await cluster())
    done(try await taskDefinitions())
    done(try await logGroup())
    done(try await repository())
    return changes
  }

  private func service() async throws -> ResourceChange {
    guard let service = try await reader.service() else { return ResourceChange(.absent, "service", names.service) }
    if service.status == "ACTIVE" {
      _ = try await access.aws.sendIfPresent(
        ECS.UpdateServiceRequest(service: names.service, cluster: names.cluster, desiredCount: 0),
        absentCodes: ["ServiceNotActiveException", "ServiceNotFoundException"])
      _ = try await access.aws.sendIfPresent(
        ECS.DeleteServiceRequest(service: names.service, cluster: names.cluster, force: true),
        absentCodes: ["ServiceNotActiveException", "ServiceNotFoundException"])
    }
    try await access.until("service \(names.service) drains and stops its tasks", timeout: .seconds(900)) {
      guard try await reader.service() == nil else { return nil as Void? }
      let tasks = try await access.aws.send(ECS.ListTasksRequest(cluster: names.cluster, desiredStatus: "RUNNING"))
      return tasks.taskArns?.isEmpty ?? true ? () : nil
    }
    return ResourceChange(.deleted, "service", names.service)
  }

  private func loadBalancer() async throws -> ResourceChange {
    guard let found = try await reader.loadBalancer() else {
      return ResourceChange(.absent, "load balancer", names.loadBalancer)
    }
    for listener in try await reader.listeners(of: found) {
      _ = try await access.aws.sendIfPresent(
        ELBv2.DeleteListenerRequest(listenerArn: listener.listenerArn), absentCodes: ["ListenerNotFound"])
    }
    _ = try await access.aws.send(ELBv2.DeleteLoadBalancerRequest(loadBalancerArn: found.loadBalancerArn))
    try await access.until("load balancer \(names.loadBalancer) is gone", timeout: .seconds(300)) {
      try await reader.loadBalancer() == nil ? () : nil
    }
    return ResourceChange(.deleted, "load balancer", names.loadBalancer)
  }

  private func targetGroup(_ name: String) async throws -> ResourceChange {
    guard let found = try await reader.targetGroup(name) else { return ResourceChange(.absent, "target group", name) }
    // A load balancer that was deleted a moment ago may still hold the group.
    try await access.until("target group \(name) is free", timeout: .seconds(120)) {
      do {
        _ = try await access.aws.send(ELBv2.DeleteTargetGroupRequest(targetGroupArn: found.targetGroupArn))
        return ()
      } catch let error as AWSError where error.code == "ResourceInUse" {
        return nil
      }
    }
    return ResourceChange(.deleted, "target group", name)
  }

  private func cluster() async throws -> ResourceChange {
    guard try await reader.cluster() != nil else { return ResourceChange(.absent, "cluster", names.cluster) }
    let busy: Set = ["ClusterContainsTasksException", "ClusterContainsServicesException"]
    try await access.until("cluster \(names.cluster) is empty", timeout: .seconds(300)) {
      do {
        _ = try await access.aws.send(ECS.DeleteClusterRequest(cluster: names.cluster))
        return ()
      } catch let error as AWSError where busy.contains(error.code) {
        return nil
      }
    }
    return ResourceChange(.deleted, "cluster", names.cluster)
  }

  private func taskDefinitions() async throws -> ResourceChange {
    let arns = try await access.aws.all(
      ECS.ListTaskDefinitionsRequest(familyPrefix: names.family, status: "ACTIVE"), \.taskDefinitionArns
    )
    // A prefix finds `pulse-stage-2:1` too.
    .filter { $0.contains(":task-definition/\(names.family):") }
    for arn in arns { _ = try await access.aws.send(ECS.DeregisterTaskDefinitionRequest(taskDefinition: arn)) }
    return ResourceChange(
      arns.isEmpty ? .absent : .deleted, "task definitions", names.family,
      detail: arns.isEmpty ? nil : "\(arns.count) deregistered")
  }

  private func logGroup() async throws -> ResourceChange {
    let answer = try await access.aws.sendIfPresent(
      Logs.DeleteLogGroupRequest(logGroupName: names.logGroup), absentCodes: ["ResourceNotFoundException"])
    return ResourceChange(answer == nil ? .absent : .deleted, "log group", names.logGroup)
  }

  private func repository() async throws -> ResourceChange {
    let others =
      siblingClusters.isEmpty
      ? []
      : try await access.aws.send(ECS.DescribeClustersRequest(clusters: siblingClusters)).clusters?.filter {
        $0.status == "ACTIVE"
      }.compactMap(\.clusterName) ?? []
    guard others.isEmpty else {
      return ResourceChange(
        .kept, "repository", names.repository, detail: "\(others.joined(separator: ", ")) releases from it")
    }
    let answer = try await access.aws.sendIfPresent(
      ECR.DeleteRepositoryRequest(repositoryName: names.repository, force: true),
      absentCodes: ["RepositoryNotFoundException"])
    return ResourceChange(answer == nil ? .absent : .deleted, "repository", names.repository)
  }
}
