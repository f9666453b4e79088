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

  /// A number of items to answer, within the range that the operation allows.
  static func checkedLimit(_ limit: Int?, maximum: Int) throws(AWSError) -> Int {
    guard let limit else { return maximum }
    guard limit >= 1 else { throw constraint("\(limit)", "limit", "have value greater than or equal to 1") }
    guard limit <= maximum else { throw constraint("\(limit)", "limit", "have value less than or equal to \(maximum)") }
    return limit
  }

  static func checkGroupName(_ name: String) throws(AWSError) {
    let isValid = name.utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || ".-_/#".utf8.contains($0) }
    guard isValid, (1...512).contains(name.utf8.count) else {
      throw constraint(
        String(name.prefix(600)), "logGroupName",
        "satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+ and have length less than or equal to 512")
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
