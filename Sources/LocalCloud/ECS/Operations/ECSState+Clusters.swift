import AWSWire
import Foundation

// Clusters.
extension ECSState {
  /// A cluster by name or ARN; `default` when none is named.
  func cluster(_ identifier: String?) throws(AWSError) -> ClusterRecord {
    let name = ECSIdentifier.name(of: identifier ?? "default")
    guard let record = clusters.values.values.first(where: { $0.name == name }) else { throw ECSError.clusterNotFound }
    return record
  }

  /// A cluster that things can be made in.
  func activeCluster(_ identifier: String?) throws(AWSError) -> ClusterRecord {
    let record = try cluster(identifier)
    guard record.isActive else { throw ECSError.clusterNotFound }
    return record
  }

  mutating func create(_ request: ECS.CreateClusterRequest, in cloud: CloudContext) throws(AWSError) -> ClusterRecord {
    let name = request.clusterName ?? "default"
    guard ECSIdentifier.isValidName(name) else {
      throw ECSError.invalid("Identifier '\(name)' contains invalid characters or is longer than 255 characters.")
    }
    // Making what is there answers what is there.
    if let existing = clusters.values.values.first(where: { $0.name == name && $0.isActive }) { return existing }
    let record = ClusterRecord(
      sequence: nextSequence(), arn: cloud.arn("ecs", "cluster/\(name)"), name: name,
      settings: try Self.checked(request.settings ?? []), configuration: request.configuration,
      capacityProviders: request.capacityProviders ?? [],
      defaultCapacityProviderStrategy: request.defaultCapacityProviderStrategy ?? [],
      serviceConnectDefaults: request.serviceConnectDefaults.map { .init(namespace: $0.namespace) },
      tags: try ECSTags.added(request.tags ?? [], to: []))
    clusters[record.arn] = record
    return record
  }

  private static func checked(_ settings: [ECS.ClusterSetting]) throws(AWSError) -> [ECS.ClusterSetting] {
    for setting in settings {
      try ECSError.check(setting.name, "Cluster setting name", among: ["containerInsights"])
      try ECSError.check(setting.value, "Cluster setting value", among: ["enabled", "enhanced", "disabled"])
    }
    return settings.isEmpty ? [.init(name: "containerInsights", value: "disabled")] : settings
  }

  mutating func update(_ request: ECS.UpdateClusterRequest) throws(AWSError) -> ClusterRecord {
    var record = try activeCluster(request.cluster)
    if let settings = request.settings { record.settings = try Self.checked(settings) }
    if let configuration = request.configuration { record.configuration = configuration }
    if let defaults = request.serviceConnectDefaults {
      record.serviceConnectDefaults = .init(namespace: defaults.namespace)
    }
    clusters[record.arn] = record
    return record
  }

  mutating func update(_ request: ECS.UpdateClusterSettingsRequest) throws(AWSError) -> ClusterRecord {
    var record = try activeCluster(request.cluster)
    record.settings = try Self.checked(request.settings)
    clusters[record.arn] = record
    return record
  }

  mutating func put(_ request: ECS.PutClusterCapacityProvidersRequest) throws(AWSError) -> ClusterRecord {
    var record = try activeCluster(request.cluster)
    for item in request.defaultCapacityProviderStrategy
    where !request.capacityProviders.contains(item.capacityProvider) {
      throw ECSError.invalid(
        "The specified capacity provider '\(item.capacityProvider)' was not found. Specify a valid name or ARN and "
          + "try again.")
    }
    record.capacityProviders = request.capacityProviders
    record.defaultCapacityProviderStrategy = request.defaultCapacityProviderStrategy
    clusters[record.arn] = record
    return record
  }

  mutating func delete(_ request: ECS.DeleteClusterRequest) throws(AWSError) -> ClusterRecord {
    var record = try cluster(request.cluster)
    guard !services.values.values.contains(where: { $0.clusterARN == record.arn && $0.status == .active }) else {
      throw AWSError(
        "ClusterContainsServicesException", "The Cluster cannot be deleted while Services are active.")
    }
    guard !tasks.values.values.contains(where: { $0.clusterARN == record.arn && $0.machine.status != .stopped }) else {
      throw AWSError("ClusterContainsTasksException", "The Cluster cannot be deleted while Tasks are active.")
    }
    record.isActive = false
    clusters[record.arn] = record
    return record
  }

  func describe(
    _ request: ECS.DescribeClustersRequest, in cloud: CloudContext
  ) throws(AWSError) -> ECS.DescribeClustersResponse {
    var answer = ECS.DescribeClustersResponse(clusters: [], failures: [])
    guard (request.clusters ?? []).count <= 100 else {
      throw ECSError.invalid("Clusters cannot contain more than 100 entries.")
    }
    for identifier in request.clusters ?? ["default"] {
      do {
        answer.clusters?.append(shape(try cluster(identifier), include: request.include ?? []))
      } catch {
        answer.failures?.append(
          .init(
            arn: identifier.hasPrefix("arn:") ? identifier : cloud.arn("ecs", "cluster/\(identifier)"),
            reason: "MISSING"))
      }
    }
    return answer
  }

  func list(_ request: ECS.ListClustersRequest) throws(AWSError) -> ECS.ListClustersResponse {
    let active = clusters.values.values.filter(\.isActive).sorted { $0.sequence < $1.sequence }
    let page = try ECSPage(active, token: request.nextToken, size: request.maxResults, key: \.arn)
    return .init(clusterArns: page.items.map(\.arn), nextToken: page.nextToken)
  }

  /// The shape; tags, settings and configuration when they are asked for.
  func shape(_ record: ClusterRecord, include: [String]) -> ECS.Cluster {
    let tasks = tasks.values.values.filter { $0.clusterARN == record.arn }
    let (running, pending) = Self.counts(tasks)
    return ECS.Cluster(
      clusterArn: record.arn, clusterName: record.name,
      configuration: include.contains("CONFIGURATIONS") ? record.configuration : nil,
      status: record.isActive ? "ACTIVE" : "INACTIVE", registeredContainerInstancesCount: 0,
      runningTasksCount: running, pendingTasksCount: pending,
      activeServicesCount: services.values.values.filter { $0.clusterARN == record.arn && $0.status == .active }.count,
      statistics: [], tags: include.contains("TAGS") ? record.tags : [],
      settings: include.contains("SETTINGS") ? record.settings : [], capacityProviders: record.capacityProviders,
      defaultCapacityProviderStrategy: record.defaultCapacityProviderStrategy,
      serviceConnectDefaults: record.serviceConnectDefaults)
  }

  /// The ARN that a failure names for what is not there.
  func missingARN(_ identifier: String, _ type: String, under parent: String? = nil) -> String {
    guard !identifier.hasPrefix("arn:"), let account = clusters.values.values.first else { return identifier }
    let prefix = account.arn.split(separator: ":").dropLast().joined(separator: ":")
    return "\(prefix):\(type)/\(parent.map { $0 + "/" } ?? "")\(identifier)"
  }
}
