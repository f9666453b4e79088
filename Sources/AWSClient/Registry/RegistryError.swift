/// Why a registry did not do what it was asked.
public enum RegistryError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The registry does not accept the password, or demands one.
  case unauthorized(registry: String)
  /// There is no such manifest, blob or repository.
  case notFound(String)
  /// It said no. `code` is of the distribution specification, such as `TAG_INVALID`, when it gave one.
  case refused(status: Int, code: String?, message: String)
  /// It cannot be reached, also after retries.
  case unreachable(registry: String, reason: String)
  /// Bytes are not those of the digest.
  case digestMismatch(expected: String, actual: String)
  /// The file to upload is not what its descriptor says.
  case unusableFile(String)
  /// The answer lacks what the specification demands.
  case unreadableAnswer(String)

  public var description: String {
    switch self {
    case .unauthorized(let registry):
      "the registry \(registry) does not accept the credentials; passwords of ECR end after 12 hours"
    case .notFound(let what): "the registry has no \(what)"
    case .refused(let status, let code, let message):
      "the registry refused: \(code.map { "\($0): " } ?? "")\(message) (HTTP \(status))"
    case .unreachable(let registry, let reason): "the registry \(registry) cannot be reached: \(reason)"
    case .digestMismatch(let expected, let actual):
      "the bytes have the digest \(actual), and \(expected) was expected"
    case .unusableFile(let message): message
    case .unreadableAnswer(let message): "the registry's answer cannot be used: \(message)"
    }
  }
}
