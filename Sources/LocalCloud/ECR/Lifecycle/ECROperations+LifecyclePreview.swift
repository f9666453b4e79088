import AWSWire
import Foundation

/// What a lifecycle policy would do, as it was tried last.
struct LifecyclePreview: Sendable {
  var policyText: String
  var expiries: [LifecycleEvaluation.Expiry]
}

// Trying a lifecycle policy without effect. A preview is not kept over a restart.
extension ECRService {
  nonisolated func addLifecyclePreviews(to table: inout OperationTable) {
    table.on(ECR.StartLifecyclePolicyPreviewRequest.self) { request, _ in
      let text = try await self.preview(request)
      return .init(
        registryId: self.cloud.accountID, repositoryName: request.repositoryName, lifecyclePolicyText: text,
        status: "IN_PROGRESS")
    }
    table.on(ECR.GetLifecyclePolicyPreviewRequest.self) { request, _ in try await self.preview(request) }
  }

  private func preview(_ request: ECR.StartLifecyclePolicyPreviewRequest) throws -> String {
    let repository = try state.repository(request.repositoryName, registryID: request.registryId)
    guard let text = request.lifecyclePolicyText ?? repository.lifecyclePolicy else {
      throw ECRError.lifecyclePolicyNotFound(state.place(repository.name))
    }
    let evaluation = LifecycleEvaluation(
      try LifecyclePolicy(text), images: state.images(of: repository.name), now: cloud.time.now(), day: dayLength)
    setPreview(LifecyclePreview(policyText: text, expiries: evaluation.expiries), of: repository.name)
    return text
  }

  private func preview(
    _ request: ECR.GetLifecyclePolicyPreviewRequest
  ) throws -> ECR.GetLifecyclePolicyPreviewResponse {
    let repository = try state.repository(request.repositoryName, registryID: request.registryId)
    guard let preview = previews[repository.name] else {
      throw AWSError(
        "LifecyclePolicyPreviewNotFoundException",
        "Lifecycle policy preview does not exist for the repository with name '\(repository.name)' in the registry with "
          + "id '\(cloud.accountID)'")
    }
    var found = preview.expiries
    if let ids = request.imageIds, !ids.isEmpty {
      found = found.filter { expiry in
        ids.contains { id in
          id.imageDigest == expiry.image.digest || id.imageTag.map(expiry.image.tags.contains) == true
        }
      }
    }
    switch request.filter?.tagStatus {
    case "TAGGED": found = found.filter { !$0.image.tags.isEmpty }
    case "UNTAGGED": found = found.filter { $0.image.tags.isEmpty }
    default: break
    }
    let page = try ECRPage(
      found.sorted { $0.image.digest < $1.image.digest }, token: request.nextToken, size: request.maxResults,
      place: \.image.digest)
    return .init(
      registryId: cloud.accountID, repositoryName: repository.name, lifecyclePolicyText: preview.policyText,
      status: "COMPLETE", nextToken: page.nextToken,
      previewResults: page.items.map { expiry in
        .init(
          imageTags: expiry.image.tags, imageDigest: expiry.image.digest, imagePushedAt: expiry.image.pushedAt,
          action: .init(type: "EXPIRE"), appliedRulePriority: expiry.rule)
      }, summary: .init(expiringImageTotalCount: preview.expiries.count))
  }
}
