import AWSWire
import Foundation

// The wire side: requests in, shapes out.
extension ECRService {
  /// The operations that this service answers.
  nonisolated func operations() -> OperationTable {
    var table = OperationTable(ECR.service)
    addRepositories(to: &table)
    addSettings(to: &table)
    addPolicies(to: &table)
    addLifecyclePreviews(to: &table)
    addRegistry(to: &table)
    addScans(to: &table)
    addTags(to: &table)
    addImages(to: &table)
    addLayers(to: &table)
    table.on(ECR.GetAuthorizationTokenRequest.self) { request, _ in self.token(request) }
    return table
  }

  /// A password that is as good as any: loopback is the door, and the registry asks for none.
  private nonisolated func token(_ request: ECR.GetAuthorizationTokenRequest) -> ECR.GetAuthorizationTokenResponse {
    let expiry = cloud.time.now().addingTimeInterval(12 * 3600)
    let data = (request.registryIds ?? [cloud.accountID]).map { account in
      ECR.AuthorizationData(
        authorizationToken: Data("AWS:\(cloud.ids.urlSafe(64))".utf8).base64EncodedString(), expiresAt: expiry,
        proxyEndpoint: "http://\(account).dkr.ecr.\(cloud.region).localhost:\(cloud.port)")
    }
    return .init(authorizationData: data)
  }

  private nonisolated func addRepositories(to table: inout OperationTable) {
    table.on(ECR.CreateRepositoryRequest.self) { request, _ in
      let now = self.cloud.time.now()
      let key = self.cloud.arn("kms", "key/\(self.cloud.ids.uuid())")
      return .init(
        repository: self.shape(try await self.change { try $0.create(request, managedKey: key, at: now) }))
    }
    table.on(ECR.DescribeRepositoriesRequest.self) { request, _ in
      let state = await self.state
      if let names = request.repositoryNames, !names.isEmpty {
        let records = try names.map { try state.repository($0, registryID: request.registryId) }
        return .init(repositories: records.map(self.shape))
      }
      let all = state.repositories.values.sorted { $0.name < $1.name }
      let page = try ECRPage(all, token: request.nextToken, size: request.maxResults, place: \.name)
      return .init(repositories: page.items.map(self.shape), nextToken: page.nextToken)
    }
    table.on(ECR.DeleteRepositoryRequest.self) { request, _ in
      .init(repository: self.shape(try await self.change { try $0.delete(request) }))
    }
  }

  private nonisolated func addSettings(to table: inout OperationTable) {
    table.on(ECR.PutImageTagMutabilityRequest.self) { request, _ in
      let filters = request.imageTagMutabilityExclusionFilters
      try ECRState.checkMutability(request.imageTagMutability, filters)
      let record = try await self.modify(request.repositoryName, request.registryId) { record in
        record.tagMutability = request.imageTagMutability
        record.exclusionFilters = filters
      }
      return .init(
        registryId: self.cloud.accountID, repositoryName: record.name, imageTagMutability: record.tagMutability,
        imageTagMutabilityExclusionFilters: record.exclusionFilters)
    }
    table.on(ECR.PutImageScanningConfigurationRequest.self) { request, _ in
      let record = try await self.modify(request.repositoryName, request.registryId) { record in
        record.scanOnPush = request.imageScanningConfiguration.scanOnPush ?? false
      }
      return .init(
        registryId: self.cloud.accountID, repositoryName: record.name,
        imageScanningConfiguration: .init(scanOnPush: record.scanOnPush))
    }
  }

  private nonisolated func addTags(to table: inout OperationTable) {
    table.on(ECR.TagResourceRequest.self) { request, _ in
      try await self.change { state in
        let name = try state.repository(arn: request.resourceArn).name
        _ = try state.modify(name, registryID: nil) { $0.tags = ECRState.merged($0.tags, request.tags) }
      }
      return EmptyResponse()
    }
    table.on(ECR.UntagResourceRequest.self) { request, _ in
      try await self.change { state in
        let name = try state.repository(arn: request.resourceArn).name
        _ = try state.modify(name, registryID: nil) { record in
          record.tags.removeAll { request.tagKeys.contains($0.key) }
        }
      }
      return EmptyResponse()
    }
    table.on(ECR.ListTagsForResourceRequest.self) { request, _ in
      .init(tags: try await self.state.repository(arn: request.resourceArn).tags)
    }
  }

  func modify(
    _ repository: String, _ registryID: String?, _ mutate: (inout RepositoryRecord) throws(AWSError) -> Void
  ) async throws -> RepositoryRecord {
    try await change { try $0.modify(repository, registryID: registryID, mutate) }
  }
}

/// One page of a list.
struct ECRPage<Item> {
  var items: [Item]
  var nextToken: String?

  /// - Parameters:
  ///   - items: Everything, in the order of their places.
  ///   - place: A text that is unique.
  init(_ items: [Item], token: String?, size: Int?, place: (Item) -> String) throws(AWSError) {
    if let size, !(1...1000).contains(size) {
      throw ECRError.parameter("maxResults", "Member must have value between 1 and 1000")
    }
    let page = try NamePage(
      items, token: token, size: size ?? 100, name: place, invalid: ECRError.parameter("nextToken", "Invalid token"))
    self.items = page.items
    nextToken = page.nextToken
  }
}
