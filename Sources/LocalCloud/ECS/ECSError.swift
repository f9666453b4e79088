import AWSWire

/// The errors of ECS in AWS's words.
enum ECSError {
  static func client(_ message: String) -> AWSError { AWSError("ClientException", message) }
  static func invalid(_ message: String) -> AWSError { AWSError("InvalidParameterException", message) }

  static let clusterNotFound = AWSError("ClusterNotFoundException", "Cluster not found.")
  static let clusterInactive = AWSError("ClusterNotFoundException", "The referenced cluster was inactive.")
  static let serviceNotFound = AWSError("ServiceNotFoundException", "Service not found.")
  static let serviceNotActive = AWSError("ServiceNotActiveException", "Service was not ACTIVE.")
  static let taskDefinitionNotFound = client("TaskDefinition not found.")
  static let taskDefinitionInactive = client("TaskDefinition is inactive")
  static let taskSetNotFound = AWSError("TaskSetNotFoundException", "The specified task set does not exist.")
  static let deploymentNotFound = AWSError(
    "ServiceDeploymentNotFoundException", "The service deployment does not exist.")

  /// What this cloud does not do yet.
  static func notHere(_ what: String) -> AWSError {
    invalid("\(what) is not supported by this local cloud yet. Leave it out here, or deploy to AWS.")
  }

  /// A text that is none of its values.
  static func check(_ value: String?, _ member: String, among values: [String]) throws(AWSError) {
    guard let value, !values.contains(value) else { return }
    throw invalid("\(member) '\(value)' is not valid. Valid values are: \(values.joined(separator: ", ")).")
  }

  /// A number outside of its range.
  static func check(_ value: Int?, _ member: String, in range: ClosedRange<Int>) throws(AWSError) {
    guard let value, !range.contains(value) else { return }
    throw invalid("\(member) must be between \(range.lowerBound) and \(range.upperBound), not \(value).")
  }
}
