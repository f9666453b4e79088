import AWSWire
import Foundation

// What is told of secrets: never a value.
extension SecretsManagerService {
  nonisolated func description(of record: SecretRecord) -> SecretsManager.DescribeSecretResponse {
    .init(
      arn: arn(record), name: record.name, description: record.description, kmsKeyId: record.keyID,
      lastChangedDate: record.changedAt, lastAccessedDate: record.accessedAt, deletedDate: record.deletedAt,
      tags: record.tags, versionIdsToStages: record.stages, createdDate: record.createdAt)
  }

  private nonisolated func entry(of record: SecretRecord) -> SecretsManager.SecretListEntry {
    .init(
      arn: arn(record), name: record.name, description: record.description, kmsKeyId: record.keyID,
      lastChangedDate: record.changedAt, lastAccessedDate: record.accessedAt, deletedDate: record.deletedAt,
      tags: record.tags, secretVersionsToStages: record.stages, createdDate: record.createdAt)
  }

  func list(_ request: SecretsManager.ListSecretsRequest) async throws -> SecretsManager.ListSecretsResponse {
    try await removeDue()
    let found = secrets.values.filter { record in
      (request.includePlannedDeletion == true || record.deletedAt == nil)
        && (request.filters ?? []).allSatisfy { Self.matches(record, $0) }
    }
    let isDescending = request.sortOrder == "desc"
    var sorted = found.sorted { $0.name < $1.name }
    if isDescending { sorted.reverse() }
    let page = try NamePage(
      sorted, token: request.nextToken, size: try pageSize(request.maxResults), isDescending: isDescending,
      name: \.name, invalid: SecretsManagerError.nextToken)
    return .init(secretList: page.items.map(entry), nextToken: page.nextToken)
  }

  func versions(_ request: SecretsManager.ListSecretVersionIdsRequest) throws
    -> SecretsManager.ListSecretVersionIdsResponse
  {
    let record = try secret(request.secretId, evenDeleted: true)
    let all = record.versions.filter { request.includeDeprecated == true || !$0.value.stages.isEmpty }
      .sorted { $0.key < $1.key }
    let page = try NamePage(
      all, token: request.nextToken, size: try pageSize(request.maxResults), name: \.key,
      invalid: SecretsManagerError.nextToken)
    let versions = page.items.map { id, version in
      SecretsManager.SecretVersionsListEntry(
        versionId: id, versionStages: version.stages.isEmpty ? nil : version.stages,
        lastAccessedDate: version.accessedAt,
        createdDate: version.createdAt)
    }
    return .init(versions: versions, nextToken: page.nextToken, arn: arn(record), name: record.name)
  }

  private func pageSize(_ wanted: Int?) throws(AWSError) -> Int {
    let size = wanted ?? 100
    guard (1...100).contains(size) else {
      throw SecretsManagerError.constraint("maxResults", "Member must be between 1 and 100")
    }
    return size
  }

  /// Names and tags match by how they begin, descriptions by what they hold.
  private static func matches(_ record: SecretRecord, _ filter: SecretsManager.Filter) -> Bool {
    (filter.values ?? []).contains { value in
      let isNegated = value.hasPrefix("!")
      let text = isNegated ? String(value.dropFirst()) : value
      let keys = record.tags.compactMap(\.key)
      let values = record.tags.compactMap(\.value)
      let found =
        switch filter.key {
        case "name": record.name.hasPrefix(text)
        case "description": record.description?.lowercased().contains(text.lowercased()) ?? false
        case "tag-key": keys.contains { $0.hasPrefix(text) }
        case "tag-value": values.contains { $0.hasPrefix(text) }
        case "all":
          ([record.name, record.description ?? ""] + keys + values).contains {
            $0.lowercased().contains(text.lowercased())
          }
        default: false
        }
      return found != isNegated
    }
  }
}
