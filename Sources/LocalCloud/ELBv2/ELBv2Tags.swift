import AWSWire

/// The rules of tags.
///
/// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AddTags.html
enum ELBv2Tags {
  static func added(_ tags: [ELBv2.Tag], to existing: [String: String]) throws(AWSError) -> [String: String] {
    var result = existing
    var seen: Set<String> = []
    for tag in tags {
      guard seen.insert(tag.key).inserted else {
        throw AWSError("DuplicateTagKeys", "Tag key was specified more than once: \(tag.key)")
      }
      guard (1...128).contains(tag.key.count), !tag.key.lowercased().hasPrefix("aws:") else {
        throw ELBv2Error.validation(
          "Tag key '\(tag.key)' must be 1 to 128 characters long and cannot begin with 'aws:'")
      }
      guard (tag.value ?? "").count <= 256 else {
        throw ELBv2Error.validation("The value of tag '\(tag.key)' must be at most 256 characters long")
      }
      result[tag.key] = tag.value ?? ""
    }
    guard result.count <= 50 else { throw AWSError("TooManyTags", "A resource can have at most 50 tags") }
    return result
  }

  static func shapes(_ tags: [String: String]) -> [ELBv2.Tag] {
    tags.sorted { $0.key < $1.key }.map { ELBv2.Tag(key: $0.key, value: $0.value) }
  }
}

// Tags of whatever an ARN names.
extension ELBv2State {
  mutating func add(_ request: ELBv2.AddTagsRequest) throws(AWSError) {
    for arn in request.resourceArns {
      try setTags(ELBv2Tags.added(request.tags, to: tags(of: arn)), of: arn)
    }
  }

  mutating func remove(_ request: ELBv2.RemoveTagsRequest) throws(AWSError) {
    for arn in request.resourceArns {
      setTags(try tags(of: arn).filter { !request.tagKeys.contains($0.key) }, of: arn)
    }
  }

  func describe(_ request: ELBv2.DescribeTagsRequest) throws(AWSError) -> [ELBv2.TagDescription] {
    guard (1...20).contains(request.resourceArns.count) else {
      throw ELBv2Error.validation("1 to 20 resource ARNs must be specified, not \(request.resourceArns.count)")
    }
    var descriptions: [ELBv2.TagDescription] = []
    for arn in request.resourceArns {
      descriptions.append(.init(resourceArn: arn, tags: ELBv2Tags.shapes(try tags(of: arn))))
    }
    return descriptions
  }

  private func tags(of arn: String) throws(AWSError) -> [String: String] {
    switch arn.split(separator: ":").last?.split(separator: "/").first {
    case "loadbalancer":
      if let record = loadBalancers[arn] { return record.tags }
      throw AWSError("LoadBalancerNotFound", "One or more load balancers not found")
    case "targetgroup":
      if let record = targetGroups[arn] { return record.tags }
      throw AWSError("TargetGroupNotFound", "One or more target groups not found")
    case "listener":
      if let record = listeners[arn] { return record.tags }
      throw AWSError("ListenerNotFound", "One or more listeners not found")
    case "listener-rule":
      if let record = rules[arn] { return record.tags }
      throw AWSError("RuleNotFound", "One or more rules not found")
    default: throw ELBv2Error.validation("'\(arn)' is not a valid load balancer, target group, listener or rule ARN")
    }
  }

  private mutating func setTags(_ tags: [String: String], of arn: String) {
    loadBalancers[arn]?.tags = tags
    targetGroups[arn]?.tags = tags
    listeners[arn]?.tags = tags
    rules[arn]?.tags = tags
  }
}
