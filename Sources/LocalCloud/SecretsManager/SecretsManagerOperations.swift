import AWSWire
import Foundation

// The wire side: requests in, shapes out.
extension SecretsManagerService {
  /// The operations that this service answers.
  nonisolated func operations() -> OperationTable {
    var table = OperationTable(SecretsManager.service)
    table.on(SecretsManager.CreateSecretRequest.self) { request, _ in try await self.create(request) }
    table.on(SecretsManager.UpdateSecretRequest.self) { request, _ in try await self.update(request) }
    table.on(SecretsManager.PutSecretValueRequest.self) { request, _ in try await self.put(request) }
    table.on(SecretsManager.GetSecretValueRequest.self) { request, _ in try await self.value(request) }
    table.on(SecretsManager.UpdateSecretVersionStageRequest.self) { request, _ in try await self.moveStage(request) }
    table.on(SecretsManager.DescribeSecretRequest.self) { request, _ in
      self.description(of: try await self.secret(request.secretId, evenDeleted: true))
    }
    table.on(SecretsManager.ListSecretsRequest.self) { request, _ in try await self.list(request) }
    table.on(SecretsManager.ListSecretVersionIdsRequest.self) { request, _ in try await self.versions(request) }
    table.on(SecretsManager.DeleteSecretRequest.self) { request, _ in try await self.delete(request) }
    table.on(SecretsManager.RestoreSecretRequest.self) { request, _ in
      let record = try await self.change(request.secretId, evenDeleted: true) { record, _ in
        record.deletedAt = nil
        record.deletionAt = nil
      }
      return .init(arn: self.arn(record), name: record.name)
    }
    table.on(SecretsManager.GetResourcePolicyRequest.self) { request, _ in
      let record = try await self.secret(request.secretId, evenDeleted: true)
      return .init(arn: self.arn(record), name: record.name)
    }
    table.on(SecretsManager.TagResourceRequest.self) { request, _ in
      try await self.change(request.secretId) { record, _ in record.tag(request.tags) }
      return EmptyResponse()
    }
    table.on(SecretsManager.UntagResourceRequest.self) { request, _ in
      try await self.change(request.secretId) { record, _ in
        record.tags.removeAll { $0.key.map(request.tagKeys.contains) ?? false }
      }
      return EmptyResponse()
    }
    table.on(SecretsManager.GetRandomPasswordRequest.self) { request, _ in
      .init(randomPassword: Sensitive(try PasswordRules(request).password()))
    }
    return table
  }

  private func create(_ request: SecretsManager.CreateSecretRequest) async throws
    -> SecretsManager.CreateSecretResponse
  {
    let isName = request.name.range(of: "^[A-Za-z0-9/_+=.@!-]{1,512}$", options: .regularExpression) != nil
    guard isName else {
      throw SecretsManagerError.parameter(
        "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!")
    }
    let value = try SecretValue(text: request.secretString, binary: request.secretBinary)
    let version = try versionID(request.clientRequestToken)
    let now = cloud.time.now()
    var record = SecretRecord(
      name: request.name, suffix: suffix(), description: request.description, keyID: request.kmsKeyId, createdAt: now,
      changedAt: now)
    record.tag(request.tags ?? [])
    let made = try await add(record, value: value, version: version)
    return .init(arn: arn(made), name: made.name, versionId: value == nil ? nil : version)
  }

  private func suffix() -> String {
    // Neither of these two is in an ARN's suffix.
    var letters = ""
    while letters.count < 6 { letters += cloud.ids.urlSafe(6 - letters.count).filter { $0 != "-" && $0 != "_" } }
    return letters
  }

  private func versionID(_ token: String?) throws(AWSError) -> String {
    guard let token else { return cloud.ids.uuid() }
    guard (32...64).contains(token.count) else {
      throw SecretsManagerError.parameter("ClientRequestToken must be 32-64 characters long.")
    }
    return token
  }

  private func update(_ request: SecretsManager.UpdateSecretRequest) async throws
    -> SecretsManager.UpdateSecretResponse
  {
    let value = try SecretValue(text: request.secretString, binary: request.secretBinary)
    let version = try versionID(request.clientRequestToken)
    let record = try await change(request.secretId, value: value) { record, name in
      if let text = request.description { record.description = text }
      if let key = request.kmsKeyId { record.keyID = key }
      record.changedAt = self.cloud.time.now()
      if let value {
        try self.add(value, name, to: &record, id: version, stages: [SecretRecord.current])
      }
    }
    return .init(arn: arn(record), name: record.name, versionId: value == nil ? nil : version)
  }

  private func put(_ request: SecretsManager.PutSecretValueRequest) async throws
    -> SecretsManager.PutSecretValueResponse
  {
    guard let value = try SecretValue(text: request.secretString, binary: request.secretBinary) else {
      throw SecretsManagerError.noValue
    }
    let version = try versionID(request.clientRequestToken)
    let stages = request.versionStages ?? [SecretRecord.current]
    guard (1...20).contains(stages.count) else {
      throw SecretsManagerError.constraint("versionStages", "Member must have length between 1 and 20")
    }
    let record = try await change(request.secretId, value: value) { record, name in
      try self.add(value, name, to: &record, id: version, stages: stages)
    }
    return .init(
      arn: arn(record), name: record.name, versionId: version, versionStages: record.versions[version]?.stages)
  }

  /// Adds a version, unless a repeated request has added it.
  private func add(
    _ value: SecretValue, _ name: String, to record: inout SecretRecord, id: String, stages: [String]
  ) throws {
    if let same = record.versions[id] {
      guard try holds(same, value) else { throw SecretsManagerError.otherValue }
      return
    }
    let now = cloud.time.now()
    record.add(.init(createdAt: now, stages: stages, value: name, isBinary: value.isBinary), id: id, at: now)
  }

  /// Reads a value, and remembers the day.
  func value(_ request: SecretsManager.GetSecretValueRequest) async throws -> SecretsManager.GetSecretValueResponse {
    let record = try secret(request.secretId)
    let stage = request.versionStage ?? SecretRecord.current
    guard let id = request.versionId ?? record.version(at: stage) else {
      throw SecretsManagerError.noVersion("staging label", stage)
    }
    guard let version = record.versions[id] else { throw SecretsManagerError.noVersion("VersionId", id) }
    if request.versionId != nil, let stage = request.versionStage, !version.stages.contains(stage) {
      throw AWSError(
        "InvalidRequestException",
        "You provided a VersionStage that is not associated to the provided VersionId.")
    }
    let bytes = try vault.value(version.value)
    let day = Date(timeIntervalSince1970: (cloud.time.now().timeIntervalSince1970 / 86_400).rounded(.down) * 86_400)
    if version.accessedAt != day {
      try await change(record.name) { record, _ in
        record.accessedAt = day
        record.versions[id]?.accessedAt = day
      }
    }
    return .init(
      arn: arn(record), name: record.name, versionId: id, secretBinary: version.isBinary ? Sensitive(bytes) : nil,
      secretString: version.isBinary ? nil : Sensitive(String(decoding: bytes, as: UTF8.self)),
      versionStages: version.stages.isEmpty ? nil : version.stages, createdDate: version.createdAt)
  }

  private func moveStage(_ request: SecretsManager.UpdateSecretVersionStageRequest) async throws
    -> SecretsManager.UpdateSecretVersionStageResponse
  {
    let stage = request.versionStage
    let record = try await change(request.secretId) { record, _ in
      for id in [request.moveToVersionId, request.removeFromVersionId].compactMap({ $0 })
      where record.versions[id] == nil {
        throw SecretsManagerError.noVersion("VersionId", id)
      }
      let holder = record.version(at: stage)
      if let holder, holder != request.moveToVersionId, request.removeFromVersionId != holder {
        throw SecretsManagerError.parameter(
          "The parameter RemoveFromVersionId can't be empty. Staging label \(stage) is currently attached to version "
            + "\(holder), so you must explicitly reference that version in RemoveFromVersionId.")
      }
      if request.moveToVersionId == nil, stage == SecretRecord.current {
        throw SecretsManagerError.parameter(
          "You can't remove the staging label AWSCURRENT; move it to another version instead.")
      }
      record.move(stage, to: request.moveToVersionId)
    }
    return .init(arn: arn(record), name: record.name)
  }

  private func delete(_ request: SecretsManager.DeleteSecretRequest) async throws
    -> SecretsManager.DeleteSecretResponse
  {
    let now = cloud.time.now()
    if request.forceDeleteWithoutRecovery == true {
      if request.recoveryWindowInDays != nil { throw SecretsManagerError.windowAndForce }
      // Of a secret that is not there, AWS says that it is deleted.
      guard let record = try? secret(request.secretId, evenDeleted: true) else {
        let isARN = request.secretId.hasPrefix("arn:")
        return .init(
          arn: isARN ? request.secretId : cloud.arn("secretsmanager", "secret:\(request.secretId)-\(suffix())"),
          name: request.secretId, deletionDate: now)
      }
      try await remove(record.name)
      return .init(arn: arn(record), name: record.name, deletionDate: now)
    }
    let days = request.recoveryWindowInDays ?? 30
    guard (7...30).contains(days) else { throw SecretsManagerError.window }
    let record = try await change(request.secretId) { record, _ in
      record.deletedAt = now
      record.deletionAt = now + Double(days) * 86_400
    }
    return .init(arn: arn(record), name: record.name, deletionDate: record.deletionAt)
  }
}
