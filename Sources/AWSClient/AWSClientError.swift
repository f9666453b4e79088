/// Why a service could not be asked, did not accept who asks, or its answer cannot be read.
///
/// What the service itself refuses is an `AWSError`. No message holds a secret.
public enum AWSClientError: Error, Sendable, Equatable, CustomStringConvertible {
  /// There are no credentials; the message says where they were looked for.
  case noCredentials(String)
  /// The credentials have ended and cannot be renewed from here.
  case credentialsExpired(origin: String, remedy: String)
  /// The service does not accept the credentials.
  case credentialsRefused(origin: String, code: String, reason: String)
  /// The endpoint is of another region than the one that requests are signed for.
  case wrongRegion(region: String, endpoint: String, reason: String)
  /// The clocks of this machine and of the service are too far apart, also after correction.
  case wrongClock(reason: String)
  /// The environment or a shared file says something that cannot be used.
  case configuration(String)
  /// The service cannot be reached, also after retries.
  case unreachable(service: String, endpoint: String, reason: String)
  /// No answer came to a request that would do its work twice when it is sent twice.
  case unknownOutcome(operation: String, endpoint: String, reason: String)
  /// The answer is not what the operation answers.
  case unreadableAnswer(operation: String, reason: String)
  /// A list went on from the same place twice.
  case repeatedPage(operation: String)

  /// Whether asking again later cannot help: a person has to do something first.
  public var needsSomebody: Bool {
    switch self {
    case .noCredentials, .credentialsExpired, .credentialsRefused, .wrongRegion, .wrongClock, .configuration: true
    case .unreachable, .unknownOutcome, .unreadableAnswer, .repeatedPage: false
    }
  }

  public var description: String {
    switch self {
    case .noCredentials(let message), .configuration(let message): message
    case .credentialsExpired(let origin, let remedy): "the AWS credentials of \(origin) have expired; \(remedy)"
    case .credentialsRefused(let origin, let code, let reason):
      "AWS does not accept the credentials of \(origin) (\(code)): \(reason)"
    case .wrongRegion(let region, let endpoint, let reason):
      "the region is \(region), but \(endpoint) is of another one (\(reason)); set AWS_REGION, or the endpoint, right"
    case .wrongClock(let reason):
      "the clock of this machine and AWS's are too far apart; set this machine's clock (\(reason))"
    case .unreachable(let service, let endpoint, let reason):
      "\(service) cannot be reached at \(endpoint): \(reason). Is the endpoint right and the network up?"
    case .unknownOutcome(let operation, let endpoint, let reason):
      "\(endpoint) did not answer \(operation): \(reason). It may have been done all the same; it was not sent again"
    case .unreadableAnswer(let operation, let reason): "the answer to \(operation) cannot be read: \(reason)"
    case .repeatedPage(let operation): "\(operation) answered the same page token twice"
    }
  }
}
