/// How long connections may take.
public struct ConnectionLimits: Sendable, Equatable {
  /// From the first byte of a request to the end of its head; then the client gets 408. Whoever sends byte by byte
  /// (slow loris) loses the connection after this time, however active it is.
  public var headTimeout: Duration
  /// To connect to a target; then the client gets 504, as with ALB, whose limit is 10 s too.
  public var connectTimeout: Duration

  /// Makes limits.
  public init(headTimeout: Duration = .seconds(60), connectTimeout: Duration = .seconds(10)) {
    self.headTimeout = headTimeout
    self.connectTimeout = connectTimeout
  }
}
