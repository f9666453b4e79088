/// Why a service could not be asked, or its answer not be read.
///
/// What the service itself refuses is an `AWSError`. No message holds a secret.
public enum AWSClientError: Error, Sendable, Equatable, CustomStringConvertible {
  /// There are no credentials; the message says where they were looked for.
  case noCredentials(String)
  /// The environment or a shared file says something that cannot be used.
  case configuration(String)
  /// The service cannot be reached, also after retries.
  case unreachable(service: String, endpoint: String, reason: String)
  /// The answer is not what the operation answers.
  case unreadableAnswer(operation: String, reason: String)
  /// A list went on from the same place twice.
  case repeatedPage(operation: String)

  public var description: String {
    switch self {
    case .noCredentials(let message), .configuration(let message): message
    case .unreachable(let service, let endpoint, let reason):
      "\(service) cannot be reached at \(endpoint): \(reason). Is the endpoint right and the network up?"
    case .unreadableAnswer(let operation, let reason): "the answer to \(operation) cannot be read: \(reason)"
    case .repeatedPage(let operation): "\(operation) answered the same page token twice"
    }
  }
}
