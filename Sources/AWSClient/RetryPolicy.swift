import AWSWire

/// When a request is sent again: the standard mode of AWS's SDKs.
///
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
struct RetryPolicy: Sendable {
  /// How often a request is sent at most.
  var attempts = 3

  /// The wait before the next attempt: at most 1, 2, 4 … 20 seconds, times the jitter.
  ///
  /// - Parameters:
  ///   - attempt: How often it was sent, from 1.
  ///   - jitter: 0 to 1.
  func delay(after attempt: Int, jitter: Double) -> Duration {
    .seconds(min(20, Double(1 << min(attempt - 1, 5))) * jitter)
  }

  /// Whether the same request may succeed later.
  func isTransient(_ error: AWSError) -> Bool {
    [429, 500, 502, 503, 504].contains(error.httpStatus) || Self.transientCodes.contains(error.code)
  }

  private static let transientCodes: Set = [
    "BandwidthLimitExceeded", "EC2ThrottledException", "IDPCommunicationError", "LimitExceededException",
    "PriorRequestNotComplete", "ProvisionedThroughputExceededException", "RequestLimitExceeded", "RequestThrottled",
    "RequestThrottledException", "RequestTimeout", "RequestTimeoutException", "SlowDown", "ThrottledException",
    "Throttling", "ThrottlingException", "TooManyRequestsException", "TransactionInProgressException",
  ]
}
