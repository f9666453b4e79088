import AWSWire

/// The errors of Elastic Load Balancing in AWS's words.
enum ELBv2Error {
  static func validation(_ message: String) -> AWSError { AWSError("ValidationError", message) }
  static func configuration(_ message: String) -> AWSError { AWSError("InvalidConfigurationRequest", message) }
  static func notPermitted(_ message: String) -> AWSError { AWSError("OperationNotPermitted", message) }
  static func inUse(_ message: String) -> AWSError { AWSError("ResourceInUse", message) }

  static func loadBalancerNotFound(_ arn: String) -> AWSError {
    AWSError("LoadBalancerNotFound", "Load balancer '\(arn)' not found")
  }
  static func targetGroupNotFound(_ arn: String) -> AWSError {
    AWSError("TargetGroupNotFound", "Target group '\(arn)' not found")
  }
  static func listenerNotFound(_ arn: String) -> AWSError {
    AWSError("ListenerNotFound", "Listener '\(arn)' not found")
  }
  static func ruleNotFound(_ arn: String) -> AWSError { AWSError("RuleNotFound", "Rule '\(arn)' not found") }

  /// A number outside of its range, as AWS's validation words it.
  static func check(_ value: Int?, _ member: String, in range: ClosedRange<Int>) throws(AWSError) {
    guard let value, !range.contains(value) else { return }
    let bound =
      value < range.lowerBound
      ? "greater than or equal to \(range.lowerBound)" : "less than or equal to \(range.upperBound)"
    throw validation(
      "1 validation error detected: Value '\(value)' at '\(member)' failed to satisfy constraint: "
        + "Member must have value \(bound)")
  }

  /// A text that is none of its values, as AWS's validation words it.
  static func check(_ value: String?, _ member: String, among values: [String]) throws(AWSError) {
    guard let value, !values.contains(value) else { return }
    throw validation(
      "1 validation error detected: Value '\(value)' at '\(member)' failed to satisfy constraint: "
        + "Member must satisfy enum value set: [\(values.joined(separator: ", "))]")
  }

  /// The name of a load balancer or target group; `kind` as AWS's message begins.
  static func checkName(_ name: String, kind: String) throws(AWSError) {
    guard name.utf8.count <= 32 else {
      throw validation("\(kind) name '\(name)' cannot be longer than '32' characters")
    }
    guard !name.isEmpty, name.utf8.allSatisfy({ $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "-") }) else {
      throw validation(
        "\(kind) name '\(name)' can only contain characters that are alphanumeric characters or hyphens(-)")
    }
    if kind == "Target group", name.hasPrefix("-") || name.hasSuffix("-") || name.contains("--") {
      throw validation(
        "1 validation error detected: Value '\(name)' at 'targetGroup.targetGroupArn.targetGroupName' failed to satisfy "
          + "constraint: Member must satisfy regular expression pattern: (?!.*--)(?!^-)(?!.*-$)^[A-Za-z0-9-]+$")
    }
    guard !name.hasPrefix("-"), !name.hasSuffix("-") else {
      throw validation("\(kind) name '\(name)' cannot begin or end with '-'")
    }
  }
}

extension UInt8 {
  var isASCIILetter: Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self)
  }
  var isASCIIDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
