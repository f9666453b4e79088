import AWSWire

/// The errors of Secrets Manager in AWS's words. None holds a value.
enum SecretsManagerError {
  static let notFound = AWSError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.")
  static let deleted = AWSError(
    "InvalidRequestException",
    "You can't perform this operation on the secret because it was marked for deletion.")
  static let nameIsScheduled = AWSError(
    "InvalidRequestException",
    "You can't create this secret because a secret with this name is already scheduled for deletion.")
  static let otherValue = AWSError(
    "ResourceExistsException",
    "You can't use ClientRequestToken because that value is already in use for a version of secret with another value.")
  static let twoValues = AWSError(
    "InvalidParameterException",
    "You can't specify both a binary secret value and a string secret value in the same secret.")
  static let noValue = AWSError(
    "InvalidRequestException", "You must provide either SecretString or SecretBinary.")
  static let windowAndForce = AWSError(
    "InvalidParameterException",
    "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.")
  static let window = AWSError(
    "InvalidParameterException", "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).")
  static let nextToken = AWSError("InvalidNextTokenException", "Invalid token.")

  static func exists(_ name: String) -> AWSError {
    AWSError("ResourceExistsException", "The operation failed because the secret \(name) already exists.")
  }
  static func noVersion(_ kind: String, _ id: String) -> AWSError {
    AWSError(
      "ResourceNotFoundException", "Secrets Manager can't find the specified secret value for \(kind): \(id)")
  }
  static func parameter(_ text: String) -> AWSError { AWSError("InvalidParameterException", text) }
  static func constraint(_ member: String, _ constraint: String) -> AWSError {
    AWSError(
      "ValidationException",
      "1 validation error detected: Value at '\(member)' failed to satisfy constraint: \(constraint)")
  }
}
