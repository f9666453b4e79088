import AWSWire
import Foundation

/// What is set for the whole registry.
struct RegistrySettings: Codable, Sendable, Equatable {
  var policy: String?
  var replication = ECR.ReplicationConfiguration(rules: [])
  var scanning = ECR.RegistryScanningConfiguration(scanType: "BASIC", rules: [])
}

// Settings of the whole registry. Its policy and its replication are kept and given back: there is one account, and one
// region. What it says of scanning is followed.
extension ECRService {
  nonisolated func addRegistry(to table: inout OperationTable) {
    addRegistryPolicy(to: &table)
    addRegistryScanning(to: &table)
    table.on(ECR.DescribeRegistryRequest.self) { _, _ in
      .init(
        registryId: self.cloud.accountID, replicationConfiguration: await self.state.registry.replication)
    }
    table.on(ECR.PutReplicationConfigurationRequest.self) { request, _ in
      let destinations = (request.replicationConfiguration.rules ?? []).flatMap { $0.destinations ?? [] }
      guard !destinations.contains(where: { $0.region == self.cloud.region && $0.registryId == self.cloud.accountID })
      else {
        throw ECRError.parameter(
          "replicationConfiguration", "Replication destination cannot be the same as the source registry")
      }
      try await self.change { $0.registry.replication = request.replicationConfiguration }
      return .init(replicationConfiguration: request.replicationConfiguration)
    }
  }

  private nonisolated func addRegistryPolicy(to table: inout OperationTable) {
    table.on(ECR.PutRegistryPolicyRequest.self) { request, _ in
      let actions = ["ecr:CreateRepository", "ecr:ReplicateImage", "ecr:BatchImportUpstreamImage"]
      guard let policy = PolicyDocument(request.policyText), policy.actions.allSatisfy(actions.contains) else {
        throw ECRError.parameter("PolicyText", "Invalid registry policy provided")
      }
      try await self.change { $0.registry.policy = request.policyText }
      return .init(registryId: self.cloud.accountID, policyText: request.policyText)
    }
    table.on(ECR.GetRegistryPolicyRequest.self) { _, _ in
      .init(registryId: self.cloud.accountID, policyText: try await self.registryPolicy())
    }
    table.on(ECR.DeleteRegistryPolicyRequest.self) { _, _ in
      let text = try await self.registryPolicy()
      try await self.change { $0.registry.policy = nil }
      return .init(registryId: self.cloud.accountID, policyText: text)
    }
  }

  private func registryPolicy() throws -> String {
    guard let text = state.registry.policy else {
      throw AWSError(
        "RegistryPolicyNotFoundException",
        "Registry policy does not exist in the registry with id '\(cloud.accountID)'")
    }
    return text
  }

  private nonisolated func addRegistryScanning(to table: inout OperationTable) {
    table.on(ECR.PutRegistryScanningConfigurationRequest.self) { request, _ in
      let configuration = ECR.RegistryScanningConfiguration(
        scanType: request.scanType ?? "BASIC", rules: request.rules ?? [])
      guard ["BASIC", "ENHANCED"].contains(configuration.scanType) else {
        throw ECRError.parameter("scanType", "Member must satisfy enum value set: [BASIC, ENHANCED]")
      }
      try await self.change { $0.registry.scanning = configuration }
      return .init(registryScanningConfiguration: configuration)
    }
    table.on(ECR.GetRegistryScanningConfigurationRequest.self) { _, _ in
      .init(registryId: self.cloud.accountID, scanningConfiguration: await self.state.registry.scanning)
    }
    table.on(ECR.BatchGetRepositoryScanningConfigurationRequest.self) { request, _ in
      let state = await self.state
      let known = request.repositoryNames.compactMap { state.repositories[$0] }
      let unknown = request.repositoryNames.filter { state.repositories[$0] == nil }
      return .init(
        scanningConfigurations: known.map { repository in
          .init(
            repositoryArn: self.cloud.arn("ecr", "repository/\(repository.name)"), repositoryName: repository.name,
            scanOnPush: repository.scanOnPush, scanFrequency: state.scanFrequency(of: repository.name),
            appliedScanFilters: state.scanRule(of: repository.name)?.filters ?? [])
        },
        failures: unknown.map {
          .init(repositoryName: $0, failureCode: "REPOSITORY_NOT_FOUND", failureReason: "REPOSITORY_NOT_FOUND")
        })
    }
  }
}

extension ECRState {
  /// The first rule of the registry for a repository, and the filters by which it is for it.
  func scanRule(of repository: String) -> (frequency: String, filters: [ECR.ScanningRepositoryFilter])? {
    for rule in registry.scanning.rules ?? [] {
      let filters = (rule.repositoryFilters ?? []).filter { Wildcard.matches(repository, $0.filter ?? "") }
      if !filters.isEmpty { return (rule.scanFrequency ?? "MANUAL", filters) }
    }
    return nil
  }

  /// `MANUAL`, `SCAN_ON_PUSH` or `CONTINUOUS_SCAN`.
  func scanFrequency(of repository: String) -> String { scanRule(of: repository)?.frequency ?? "MANUAL" }
}

/// A policy of IAM's kind, as far as a registry checks it.
struct PolicyDocument {
  /// What its statements are about, such as `ecr:BatchGetImage`.
  private(set) var actions: [String] = []

  /// - Returns: `nil` for what is no policy of a resource: each statement needs an effect, a principal and an action.
  init?(_ text: String) {
    guard let document = (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [String: Any],
      let statements = document["Statement"] as? [[String: Any]]
        ?? (document["Statement"] as? [String: Any]).map({ [$0] }),
      !statements.isEmpty
    else { return nil }
    for statement in statements {
      guard ["Allow", "Deny"].contains(statement["Effect"] as? String ?? ""),
        statement["Principal"] != nil || statement["NotPrincipal"] != nil,
        let action = statement["Action"] ?? statement["NotAction"]
      else { return nil }
      actions += action as? [String] ?? (action as? String).map { [$0] } ?? []
    }
  }
}
