import AWSWire
import Foundation

extension ECRState {
  mutating func create(
    _ request: ECR.CreateRepositoryRequest, managedKey: String, at now: Date
  ) throws(AWSError) -> RepositoryRecord {
    let name = request.repositoryName
    try Self.checkName(name)
    guard request.registryId == nil || request.registryId == registryID else {
      throw ECRError.parameter("registryId", "must be the registry of the caller")
    }
    guard repositories[name] == nil else { throw ECRError.repositoryExists(place(name)) }
    let mutability = request.imageTagMutability ?? "MUTABLE"
    try Self.checkMutability(mutability, request.imageTagMutabilityExclusionFilters)
    var encryption = request.encryptionConfiguration ?? .init(encryptionType: "AES256")
    guard ["AES256", "KMS", "KMS_DSSE"].contains(encryption.encryptionType) else {
      throw ECRError.parameter(
        "encryptionConfiguration.encryptionType", "Member must satisfy enum value set: [AES256, KMS, KMS_DSSE]")
    }
    // The key that AWS keeps for the registry.
    if encryption.encryptionType != "AES256" { encryption.kmsKey = encryption.kmsKey ?? managedKey }
    let record = RepositoryRecord(
      name: name, createdAt: now, tagMutability: mutability,
      exclusionFilters: request.imageTagMutabilityExclusionFilters,
      scanOnPush: request.imageScanningConfiguration?.scanOnPush ?? false, encryption: encryption,
      tags: Self.merged([], request.tags ?? []))
    repositories[name] = record
    return record
  }

  mutating func delete(_ request: ECR.DeleteRepositoryRequest) throws(AWSError) -> RepositoryRecord {
    let record = try repository(request.repositoryName, registryID: request.registryId)
    guard request.force == true || images(of: record.name).isEmpty else {
      throw ECRError.repositoryNotEmpty(place(record.name))
    }
    repositories[record.name] = nil
    images = images.filter { $0.value.repository != record.name }
    layers = layers.filter { $0.value.repository != record.name }
    scans = scans.filter { $0.value.repository != record.name }
    return record
  }

  /// Changes the settings of a repository.
  mutating func modify(
    _ name: String, registryID: String?, _ change: (inout RepositoryRecord) throws(AWSError) -> Void
  ) throws(AWSError) -> RepositoryRecord {
    var record = try repository(name, registryID: registryID)
    try change(&record)
    repositories[name] = record
    return record
  }

  /// The repository that an ARN names.
  func repository(arn: String) throws(AWSError) -> RepositoryRecord {
    let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    guard parts.count == 6, parts[2] == "ecr", parts[5].hasPrefix("repository/") else {
      throw ECRError.parameter("resourceArn", "Invalid ARN")
    }
    return try repository(String(parts[5].dropFirst("repository/".count)), registryID: String(parts[4]))
  }

  static func merged(_ old: [ECR.Tag], _ new: [ECR.Tag]) -> [ECR.Tag] {
    old.filter { tag in !new.contains { $0.key == tag.key } } + new
  }

  static func checkMutability(
    _ value: String, _ filters: [ECR.ImageTagMutabilityExclusionFilter]?
  ) throws(AWSError) {
    let values = ["IMMUTABLE", "MUTABLE", "MUTABLE_WITH_EXCLUSION", "IMMUTABLE_WITH_EXCLUSION"]
    guard values.contains(value) else {
      throw ECRError.parameter(
        "imageTagMutability", "Member must satisfy enum value set: [\(values.joined(separator: ", "))]")
    }
    guard value.hasSuffix("_WITH_EXCLUSION") == (filters?.isEmpty == false) else {
      throw ECRError.parameter(
        "imageTagMutabilityExclusionFilters", "must be given with, and only with, a mutability WITH_EXCLUSION")
    }
    for (index, filter) in (filters ?? []).enumerated() where filter.filterType != "WILDCARD" {
      throw ECRError.parameter(
        "imageTagMutabilityExclusionFilters.\(index + 1).member.filterType",
        "Member must satisfy enum value set: [WILDCARD]")
    }
  }

  static func checkName(_ name: String) throws(AWSError) {
    let isValid =
      (2...256).contains(name.utf8.count)
      && name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { component in
        component.split(omittingEmptySubsequences: false) { "._-".contains($0) }
          .allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (97...122).contains($0) || $0.isASCIIDigit } }
      }
    guard isValid else {
      throw ECRError.parameter(
        "repositoryName",
        "must satisfy regular expression '(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*'")
    }
  }
}
