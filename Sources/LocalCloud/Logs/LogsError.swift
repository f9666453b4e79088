import AWSWire

/// The errors of CloudWatch Logs in AWS's words.
enum LogsError {
  static let groupNotFound = AWSError("ResourceNotFoundException", "The specified log group does not exist.")
  static let streamNotFound = AWSError("ResourceNotFoundException", "The specified log stream does not exist.")
  static let groupExists = AWSError("ResourceAlreadyExistsException", "The specified log group already exists")
  static let streamExists = AWSError("ResourceAlreadyExistsException", "The specified log stream already exists")
  static let invalidToken = invalid("The specified nextToken is invalid.")

  static func invalid(_ message: String) -> AWSError { AWSError("InvalidParameterException", message) }

  static func constraint(_ value: String, _ member: String, _ rule: String) -> AWSError {
    invalid(
      "1 validation error detected: Value '\(value)' at '\(member)' failed to satisfy constraint: Member must \(rule)")
  }

  static func validation(_ message: String) -> AWSError { AWSError("ValidationException", message) }

  /// The name of a filter, a destination or a delivery.
  static func checkSettingName(_ name: String, _ member: String) throws(AWSError) {
    guard (1...512).contains(name.utf8.count) else {
      throw constraint(name, member, "have length within its bounds: Minimum length of 1. Maximum length of 512.")
    }
    guard !name.contains(where: { $0 == ":" || $0 == "*" }) else {
      throw constraint(name, member, "satisfy its pattern: Must match pattern [^:*]*")
    }
  }

  /// The name of a group, in the words that the operations of metric filters have for what is wrong with it.
  static func checkFilteredGroup(_ name: String) throws(AWSError) {
    guard (1...512).contains(name.utf8.count) else {
      throw constraint(
        name, "logGroupName", "have length within its bounds: Minimum length of 1. Maximum length of 512.")
    }
    guard name.utf8.allSatisfy(isGroupByte) else {
      throw constraint(name, "logGroupName", "satisfy its pattern: Must match pattern [\\.\\-_/#A-Za-z0-9]+")
    }
  }

  private static func isGroupByte(_ byte: UInt8) -> Bool {
    byte.isASCIILetter || byte.isASCIIDigit || ".-_/#".utf8.contains(byte)
  }

  /// A number of items to answer, within the range that the operation allows.
  static func checkedLimit(_ limit: Int?, maximum: Int) throws(AWSError) -> Int {
    guard let limit else { return maximum }
    guard limit >= 1 else { throw constraint("\(limit)", "limit", "have value greater than or equal to 1") }
    guard limit <= maximum else { throw constraint("\(limit)", "limit", "have value less than or equal to \(maximum)") }
    return limit
  }

  static func checkGroupName(_ name: String) throws(AWSError) {
    guard (1...512).contains(name.utf8.count) else {
      let bound = name.isEmpty ? "greater than or equal to 1" : "less than or equal to 512"
      throw constraint(name, "logGroupName", "have length \(bound)")
    }
    guard name.utf8.allSatisfy(isGroupByte) else {
      throw constraint(name, "logGroupName", "satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+")
    }
  }

  static func checkStreamName(_ name: String) throws(AWSError) {
    guard !name.contains(where: { $0 == ":" || $0 == "*" }), (1...512).contains(name.utf8.count) else {
      throw constraint(
        String(name.prefix(600)), "logStreamName",
        "satisfy regular expression pattern: [^:*]* and have length less than or equal to 512")
    }
  }
}
