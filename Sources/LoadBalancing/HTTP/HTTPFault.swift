/// Why a message is refused.
enum HTTPFault: Int, Error {
  case badRequest = 400
  case methodNotAllowed = 405
  case requestTimeout = 408
  case uriTooLong = 414
  case versionNotSupported = 505
  case badGateway = 502
  case serviceUnavailable = 503
  case gatewayTimeout = 504
}

/// The longest that a head may be; as ALB's quotas, which are hard:
/// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
enum HeadLimit {
  /// Bytes of the whole head.
  static let total = 64 << 10
  /// Bytes of a line, be it the request line or a field.
  static let line = 16 << 10
}
