import AWSWire

/// The rules of tags.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-using-tags.html
enum ECSTags {
  static func added(_ tags: [ECS.Tag], to existing: [ECS.Tag]) throws(AWSError) -> [ECS.Tag] {
    var result = existing
    var seen: Set<String> = []
    for tag in tags {
      guard let key = tag.key, (1...128).contains(key.count) else {
        throw ECSError.invalid("A tag key must be 1 to 128 characters long.")
      }
      guard !key.lowercased().hasPrefix("aws:") else {
        throw ECSError.invalid("Tag key '\(key)' cannot begin with 'aws:', which is reserved.")
      }
      guard (tag.value ?? "").count <= 256 else {
        throw ECSError.invalid("The value of tag '\(key)' must be at most 256 characters long.")
      }
      guard seen.insert(key).inserted else { throw ECSError.invalid("Duplicate tag key '\(key)'.") }
      result.removeAll { $0.key == key }
      result.append(.init(key: key, value: tag.value ?? ""))
    }
    guard result.count <= 50 else { throw ECSError.invalid("A resource can have at most 50 tags.") }
    return result
  }
}

// Tags of whatever an ARN names.
extension ECSState {
  mutating func add(_ request: ECS.TagResourceRequest) throws(AWSError) {
    try setTags(ECSTags.added(request.tags, to: try tags(of: request.resourceArn)), of: request.resourceArn)
  }

  mutating func remove(_ request: ECS.UntagResourceRequest) throws(AWSError) {
    let kept = try tags(of: request.resourceArn).filter { !request.tagKeys.contains($0.key ?? "") }
    setTags(kept, of: request.resourceArn)
  }

  func tags(of arn: String) throws(AWSError) -> [ECS.Tag] {
    if let cluster = clusters[arn] {
      guard cluster.isActive else { throw ECSError.clusterInactive }
      return cluster.tags
    }
    if let tags = taskDefinitions[arn]?.tags ?? services[arn]?.tags ?? tasks[arn]?.tags ?? taskSets[arn]?.tags {
      return tags
    }
    if ECSIdentifier.resource(arn, type: "cluster") != nil { throw ECSError.clusterNotFound }
    if ECSIdentifier.resource(arn, type: "service") != nil { throw ECSError.serviceNotFound }
    if ECSIdentifier.resource(arn, type: "task-definition") != nil {
      throw ECSError.client("Unable to describe task definition.")
    }
    throw ECSError.invalid(
      "The specified resource '\(arn)' was not found. Give the ARN of a cluster, service, task set, task "
        + "or task definition.")
  }

  private mutating func setTags(_ tags: [ECS.Tag], of arn: String) {
    clusters[arn]?.tags = tags
    taskDefinitions[arn]?.tags = tags
    services[arn]?.tags = tags
    tasks[arn]?.tags = tags
    taskSets[arn]?.tags = tags
  }
}
