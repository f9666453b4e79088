import AWSWire
import HTTPTypes

/// Why S3 refuses, in AWS's words.
///
/// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
struct S3Failure: Error, Sendable {
  var error: AWSError
  /// Elements that tell what the error is about.
  var details: [(name: String, value: String)] = []
  /// Fields of the answer.
  var headers: [(name: String, value: String)] = []

  init(_ code: String, _ message: String, _ status: Int = 400, details: [(name: String, value: String)] = []) {
    error = AWSError(code, message, httpStatus: status)
    self.details = details
  }

  static func noBucket(_ name: String) -> S3Failure {
    S3Failure("NoSuchBucket", "The specified bucket does not exist", 404, details: [("BucketName", name)])
  }
  static func noKey(_ key: String) -> S3Failure {
    S3Failure("NoSuchKey", "The specified key does not exist.", 404, details: [("Key", key)])
  }
  static func noVersion(_ key: String, _ id: String) -> S3Failure {
    S3Failure(
      "NoSuchVersion", "The specified version does not exist.", 404, details: [("Key", key), ("VersionId", id)])
  }
  static func noUpload(_ id: String) -> S3Failure {
    S3Failure(
      "NoSuchUpload",
      "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or "
        + "completed.", 404, details: [("UploadId", id)])
  }
  static func isOwn(_ name: String) -> S3Failure {
    S3Failure(
      "BucketAlreadyOwnedByYou", "Your previous request to create the named bucket succeeded and you already own it.",
      409, details: [("BucketName", name)])
  }
  static func notEmpty(_ name: String) -> S3Failure {
    S3Failure("BucketNotEmpty", "The bucket you tried to delete is not empty", 409, details: [("BucketName", name)])
  }
  static func precondition(_ header: String) -> S3Failure {
    S3Failure(
      "PreconditionFailed", "At least one of the pre-conditions you specified did not hold", 412,
      details: [("Condition", header)])
  }
  static func argument(_ name: String, _ value: String, _ message: String) -> S3Failure {
    S3Failure("InvalidArgument", message, details: [("ArgumentName", name), ("ArgumentValue", value)])
  }
  /// A member of a request, or a whole operation, that the local cloud does not have.
  static func unknown(_ what: String) -> S3Failure {
    S3Failure("NotImplemented", "The local cloud does not answer \(what).", 501)
  }
  static let notModified = S3Failure("NotModified", "Not Modified", 304)
  static let storage = S3Failure("InternalError", "We encountered an internal error. Please try again.", 500)
}

/// The answers of S3 to signatures that it does not accept.
extension S3Failure {
  init(_ failure: SigV4Failure) {
    switch failure {
    case .missing: self.init("AccessDenied", "Access Denied", 403)
    case .incomplete(let text): self.init("AuthorizationHeaderMalformed", text, 400)
    case .unknownAccessKey:
      self.init("InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", 403)
    case .mismatch(let text): self.init("SignatureDoesNotMatch", text, 403)
    case .outOfTime:
      self.init(
        "RequestTimeTooSkewed", "The difference between the request time and the current time is too large.", 403)
    }
  }
}
