import AWSWire
import Foundation

// Task definitions.
extension ECSState {
  mutating func register(
    _ request: ECS.RegisterTaskDefinitionRequest, at now: Date, in cloud: CloudContext
  ) throws(AWSError) -> TaskDefinitionRecord {
    var definition = try TaskDefinitionRules.completed(request)
    let tags = try ECSTags.added(request.tags ?? [], to: [])
    let revision = (families[request.family]?.lastRevision ?? 0) + 1
    families[request.family] = FamilyRecord(lastRevision: revision)
    let arn = cloud.arn("ecs", "task-definition/\(request.family):\(revision)")
    definition.taskDefinitionArn = arn
    definition.revision = revision
    definition.registeredAt = now
    definition.registeredBy = "arn:aws:iam::\(cloud.accountID):root"
    let record = TaskDefinitionRecord(
      arn: arn, family: request.family, revision: revision, status: .active, definition: definition, tags: tags)
    taskDefinitions[arn] = record
    return record
  }

  /// A task definition by ARN, `family:revision`, or the newest active one of a family.
  func taskDefinition(_ identifier: String) throws(AWSError) -> TaskDefinitionRecord? {
    let (family, revision) = try ECSIdentifier.taskDefinition(identifier)
    let members = taskDefinitions.values.values.filter { $0.family == family }
    guard let revision else {
      return members.filter { $0.status == .active }.max { $0.revision < $1.revision }
    }
    return members.first { $0.revision == revision }
  }

  /// A task definition that tasks and services can be made of.
  func usableTaskDefinition(_ identifier: String) throws(AWSError) -> TaskDefinitionRecord {
    guard let record = try taskDefinition(identifier) else { throw ECSError.taskDefinitionNotFound }
    guard record.status == .active else { throw ECSError.taskDefinitionInactive }
    return record
  }

  func describe(_ request: ECS.DescribeTaskDefinitionRequest) throws(AWSError) -> ECS.DescribeTaskDefinitionResponse {
    guard let record = try taskDefinition(request.taskDefinition) else {
      throw ECSError.client("Unable to describe task definition.")
    }
    return .init(
      taskDefinition: record.shape, tags: request.include?.contains("TAGS") == true ? record.tags : nil)
  }

  mutating func deregister(
    _ request: ECS.DeregisterTaskDefinitionRequest, at now: Date
  ) throws(AWSError) -> TaskDefinitionRecord {
    guard try ECSIdentifier.taskDefinition(request.taskDefinition).revision != nil else {
      throw ECSError.client("Revision is missing.")
    }
    guard var record = try taskDefinition(request.taskDefinition) else {
      throw ECSError.client("Unable to describe task definition.")
    }
    guard record.status == .active else {
      throw ECSError.client("The specified task definition is inactive. Specify an active task definition and retry.")
    }
    record.status = .inactive
    record.definition.deregisteredAt = now
    taskDefinitions[record.arn] = record
    return record
  }

  mutating func delete(
    _ request: ECS.DeleteTaskDefinitionsRequest, at now: Date
  ) throws(AWSError) -> ECS.DeleteTaskDefinitionsResponse {
    guard (1...10).contains(request.taskDefinitions.count) else {
      throw ECSError.invalid("1 to 10 task definitions can be deleted at a time.")
    }
    var answer = ECS.DeleteTaskDefinitionsResponse(taskDefinitions: [], failures: [])
    for identifier in request.taskDefinitions {
      // A family alone names no task definition that could be deleted.
      guard (try? ECSIdentifier.taskDefinition(identifier).revision) != nil else {
        answer.failures?.append(
          .init(
            arn: identifier,
            reason: "The specified task definition identifier is invalid. Specify a valid name or ARN and try again."))
        continue
      }
      guard var record = try taskDefinition(identifier) else {
        answer.failures?.append(
          .init(
            arn: identifier,
            reason: "The specified task definition does not exist. Specify a valid account, family, revision and try "
              + "again."))
        continue
      }
      guard record.status != .active else {
        answer.failures?.append(
          .init(
            arn: record.arn,
            reason: "The specified task definition is still in ACTIVE status. Please deregister the target and try "
              + "again."))
        continue
      }
      record.status = .deleteInProgress
      record.definition.deleteRequestedAt = now
      taskDefinitions[record.arn] = record
      answer.taskDefinitions?.append(record.shape)
    }
    return answer
  }

  func list(_ request: ECS.ListTaskDefinitionsRequest) throws(AWSError) -> ECS.ListTaskDefinitionsResponse {
    try ECSError.check(request.sort, "sort", among: ["ASC", "DESC"])
    let status = request.status ?? "ACTIVE"
    try ECSError.check(status, "status", among: ["ACTIVE", "INACTIVE", "DELETE_IN_PROGRESS"])
    var found = taskDefinitions.values.values
      .filter {
        $0.status.rawValue == status  // In spite of its name, it is the whole name of a family.
          && (request.familyPrefix == nil || request.familyPrefix == $0.family)
      }
      .sorted { ($0.family, $0.revision) < ($1.family, $1.revision) }
    if request.sort == "DESC" { found.reverse() }
    let page = try ECSPage(found, token: request.nextToken, size: request.maxResults, key: \.arn)
    return .init(taskDefinitionArns: page.items.map(\.arn), nextToken: page.nextToken)
  }

  func list(
    _ request: ECS.ListTaskDefinitionFamiliesRequest
  ) throws(AWSError) -> ECS.ListTaskDefinitionFamiliesResponse {
    let status = request.status ?? "ACTIVE"
    try ECSError.check(status, "status", among: ["ACTIVE", "INACTIVE", "ALL"])
    let active = Set(taskDefinitions.values.values.filter { $0.status == .active }.map(\.family))
    let found = families.values.keys
      .filter { request.familyPrefix.map($0.hasPrefix) ?? true }
      .filter { status == "ALL" || active.contains($0) == (status == "ACTIVE") }
      .sorted()
    let page = try ECSPage(found, token: request.nextToken, size: request.maxResults, key: \.self)
    return .init(families: page.items, nextToken: page.nextToken)
  }
}
