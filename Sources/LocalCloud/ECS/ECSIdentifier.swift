import AWSWire

/// Names, identifiers and ARNs, which ECS takes in each other's place.
enum ECSIdentifier {
  /// What follows the last `/` of an ARN or identifier.
  static func name(of identifier: String) -> String {
    identifier.split(separator: "/").last.map(String.init) ?? identifier
  }

  /// The parts of an ARN's resource after its type: `cluster/walk` gives `["walk"]`; `nil` for another type.
  static func resource(_ arn: String, type: String) -> [String]? {
    let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0] == "arn", parts[2] == "ecs" else { return nil }
    let path = parts[5].split(separator: "/")
    return path.first.map(String.init) == type ? path.dropFirst().map(String.init) : nil
  }

  /// The ARN of what is in a cluster: a service or a task.
  static func arn(_ type: String, named name: String, in cluster: String) -> String {
    cluster.replacing(":cluster/", with: ":\(type)/", maxReplacements: 1) + "/\(name)"
  }

  /// A task definition by `family`, `family:revision` or ARN.
  static func taskDefinition(_ identifier: String) throws(AWSError) -> (family: String, revision: Int?) {
    var text = identifier
    if identifier.hasPrefix("arn:") {
      guard let marker = identifier.range(of: ":task-definition/") else {
        throw ECSError.invalid("Invalid identifier: Invalid task definition ARN '\(identifier)'.")
      }
      text = String(identifier[marker.upperBound...])
    }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard let family = parts.first, !family.isEmpty, parts.count <= 2 else {
      throw ECSError.client("Invalid task definition '\(identifier)': give family, family:revision or an ARN.")
    }
    guard parts.count == 2 else { return (String(family), nil) }
    guard let revision = Int(parts[1]), revision > 0 else {
      throw ECSError.client("Invalid revision number. Number: \(parts[1])")
    }
    return (String(family), revision)
  }

  /// Names of clusters, services and families: letters, digits, hyphens and underscores, at most 255.
  static func isValidName(_ name: String) -> Bool {
    (1...255).contains(name.utf8.count)
      && name.utf8.allSatisfy {
        $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
      }
  }
}
