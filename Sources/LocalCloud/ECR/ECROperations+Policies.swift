import AWSWire
import Foundation

// Lifecycle policies are applied; repository policies are kept and given back, because nobody is asked for permission.
extension ECRService {
  nonisolated func addPolicies(to table: inout OperationTable) {
    addLifecyclePolicies(to: &table)
    addRepositoryPolicies(to: &table)
  }

  private nonisolated func addLifecyclePolicies(to table: inout OperationTable) {
    table.on(ECR.PutLifecyclePolicyRequest.self) { request, _ in
      _ = try LifecyclePolicy(request.lifecyclePolicyText)
      let now = self.cloud.time.now()
      let record = try await self.modify(request.repositoryName, request.registryId) { record in
        record.lifecyclePolicy = request.lifecyclePolicyText
        record.lifecyclePolicySetAt = now
      }
      return .init(
        registryId: self.cloud.accountID, repositoryName: record.name, lifecyclePolicyText: record.lifecyclePolicy)
    }
    table.on(ECR.GetLifecyclePolicyRequest.self) { request, _ in
      let state = await self.state
      let record = try state.repository(request.repositoryName, registryID: request.registryId)
      guard let text = record.lifecyclePolicy else { throw ECRError.lifecyclePolicyNotFound(state.place(record.name)) }
      return .init(
        registryId: self.cloud.accountID, repositoryName: record.name, lifecyclePolicyText: text,
        lastEvaluatedAt: record.lifecyclePolicySetAt)
    }
    table.on(ECR.DeleteLifecyclePolicyRequest.self) { request, _ in
      try await self.change { state in
        let record = try state.repository(request.repositoryName, registryID: request.registryId)
        guard let text = record.lifecyclePolicy else {
          throw ECRError.lifecyclePolicyNotFound(state.place(record.name))
        }
        state.repositories[record.name]?.lifecyclePolicy = nil
        state.repositories[record.name]?.lifecyclePolicySetAt = nil
        return .init(
          registryId: self.cloud.accountID, repositoryName: record.name, lifecyclePolicyText: text,
          lastEvaluatedAt: record.lifecyclePolicySetAt)
      }
    }
  }

  private nonisolated func addRepositoryPolicies(to table: inout OperationTable) {
    table.on(ECR.SetRepositoryPolicyRequest.self) { request, _ in
      guard PolicyDocument(request.policyText) != nil else {
        throw ECRError.parameter("PolicyText", "Invalid repository policy provided")
      }
      let record = try await self.modify(request.repositoryName, request.registryId) { $0.policy = request.policyText }
      return .init(registryId: self.cloud.accountID, repositoryName: record.name, policyText: record.policy)
    }
    table.on(ECR.GetRepositoryPolicyRequest.self) { request, _ in
      let state = await self.state
      let record = try state.repository(request.repositoryName, registryID: request.registryId)
      guard let text = record.policy else { throw ECRError.repositoryPolicyNotFound(state.place(record.name)) }
      return .init(registryId: self.cloud.accountID, repositoryName: record.name, policyText: text)
    }
    table.on(ECR.DeleteRepositoryPolicyRequest.self) { request, _ in
      try await self.change { state in
        let record = try state.repository(request.repositoryName, registryID: request.registryId)
        guard let text = record.policy else { throw ECRError.repositoryPolicyNotFound(state.place(record.name)) }
        state.repositories[record.name]?.policy = nil
        return .init(registryId: self.cloud.accountID, repositoryName: record.name, policyText: text)
      }
    }
  }
}
