import AWSWire
import Foundation

/// The errors of CloudWatch in AWS's words, by the names of their shapes; the codecs know their codes in Query.
enum CloudWatchError {
  static func invalid(_ message: String) -> AWSError { AWSError("InvalidParameterValueException", message) }
  static func combination(_ message: String) -> AWSError { AWSError("InvalidParameterCombinationException", message) }
  static func missing(_ parameter: String) -> AWSError {
    AWSError("MissingRequiredParameterException", "The parameter \(parameter) is required.")
  }
  static func validation(_ message: String) -> AWSError { AWSError("ValidationException", message) }
  static func notFound(_ message: String) -> AWSError { AWSError("ResourceNotFound", message, httpStatus: 404) }
  static let invalidToken = invalid("Request parameter NextToken is invalid")

  static func constraint(_ value: String, _ member: String, _ rule: String) -> AWSError {
    validation(
      "1 validation error detected: Value '\(value)' at '\(member)' failed to satisfy constraint: Member must \(rule)")
  }

  static func check(_ value: String?, _ member: String, among values: [String]) throws(AWSError) {
    guard let value, !values.contains(value) else { return }
    throw constraint(value, member, "satisfy enum value set: [\(values.joined(separator: ", "))]")
  }

  static func check(_ value: Int?, _ member: String, in range: ClosedRange<Int>) throws(AWSError) {
    guard let value, !range.contains(value) else { return }
    let bound =
      value < range.lowerBound
      ? "greater than or equal to \(range.lowerBound)" : "less than or equal to \(range.upperBound)"
    throw constraint("\(value)", member, "have value \(bound)")
  }

  static func checkLength(_ value: String?, _ member: String, in range: ClosedRange<Int>) throws(AWSError) {
    guard let value, !range.contains(value.count) else { return }
    let bound =
      value.count < range.lowerBound
      ? "greater than or equal to \(range.lowerBound)" : "less than or equal to \(range.upperBound)"
    throw constraint(String(value.prefix(300)), member, "have length \(bound)")
  }

  /// The units of AWS.
  static let units = [
    "Seconds", "Microseconds", "Milliseconds", "Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes", "Bits",
    "Kilobits", "Megabits", "Gigabits", "Terabits", "Percent", "Count", "Bytes/Second", "Kilobytes/Second",
    "Megabytes/Second", "Gigabytes/Second", "Terabytes/Second", "Bits/Second", "Kilobits/Second", "Megabits/Second",
    "Gigabits/Second", "Terabits/Second", "Count/Second", "None",
  ]
}
