import AWSWire

/// When a request is sent again: the standard mode of AWS's SDKs.
///
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
struct RetryPolicy: Sendable {
  /// How often a request is sent at most.
  var attempts = 3
  /// No wait is longer.
  static let longest = Duration.seconds(20)

  /// The wait before the next attempt: at most 1, 2, 4 … 20 seconds, times the jitter; but as long as the service
  /// asks for.
  ///
  /// - Parameters:
  ///   - attempt: How often it was sent, from 1.
  ///   - jitter: 0 to 1.
  ///   - asked: What the service asks for; never more than 20 seconds are granted.
  func delay(after attempt: Int, jitter: Double, asked: Duration? = nil) -> Duration {
    let own = min(Self.longest, .seconds(1 << min(attempt - 1, 5))) * jitter
    return max(own, min(asked ?? .zero, Self.longest))
  }

  /// Whether the same request may succeed later.
  func isTransient(_ error: AWSError) -> Bool {
    [429, 500, 502, 503, 504].contains(error.httpStatus) || Self.transientCodes.contains(error.code)
      || isThrottling(error)
  }

  /// Whether the service turned the request away before it did anything.
  func isThrottling(_ error: AWSError) -> Bool {
    [429, 503].contains(error.httpStatus) || Self.throttlingCodes.contains(error.code)
  }

  /// The wait that an answer asks for: `x-amz-retry-after` in milliseconds, `Retry-After` in seconds.
  static func asked(_ headers: [(name: String, value: String)]) -> Duration? {
    func number(_ name: String) -> Int? {
      let value = headers.first { $0.name.lowercased() == name }.flatMap { Int($0.value) }
      return value.flatMap { $0 >= 0 ? $0 : nil }
    }
    return number("x-amz-retry-after").map { .milliseconds($0) } ?? number("retry-after").map { .seconds($0) }
  }

  private static let transientCodes: Set = [
    "IDPCommunicationError", "IDPCommunicationErrorException", "RequestTimeout", "RequestTimeoutException",
  ]

  private static let throttlingCodes: Set = [
    "BandwidthLimitExceeded", "EC2ThrottledException", "LimitExceededException", "PriorRequestNotComplete",
    "ProvisionedThroughputExceededException", "RequestLimitExceeded", "RequestThrottled", "RequestThrottledException",
    "SlowDown", "ThrottledException", "Throttling", "ThrottlingException", "TooManyRequestsException",
    "TransactionInProgressException",
  ]
}
