// Keys of log groups.

extension Logs {
  /// Encrypts a log group with a key from now on.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_AssociateKmsKey.html
  public struct AssociateKmsKeyRequest: LogsRequest, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "AssociateKmsKey"

    /// The name of the group; or its ARN is given.
    public var logGroupName: String?
    /// The ARN of the key.
    public var kmsKeyId: String
    /// The ARN of the group, instead of its name.
    public var resourceIdentifier: String?

    /// Makes a request.
    public init(logGroupName: String? = nil, kmsKeyId: String, resourceIdentifier: String? = nil) {
      self.logGroupName = logGroupName
      self.kmsKeyId = kmsKeyId
      self.resourceIdentifier = resourceIdentifier
    }
  }

  /// Encrypts a log group with no key of the account's own any more.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DisassociateKmsKey.html
  public struct DisassociateKmsKeyRequest: LogsRequest, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "DisassociateKmsKey"

    /// The name of the group; or its ARN is given.
    public var logGroupName: String?
    /// The ARN of the group, instead of its name.
    public var resourceIdentifier: String?

    /// Makes a request.
    public init(logGroupName: String? = nil, resourceIdentifier: String? = nil) {
      self.logGroupName = logGroupName
      self.resourceIdentifier = resourceIdentifier
    }
  }
}
