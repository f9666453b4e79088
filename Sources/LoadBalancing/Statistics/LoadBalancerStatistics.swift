/// Counters since the start, or since the listener or group was made.
public struct LoadBalancerStatistics: Sendable, Equatable {
  /// By listener.
  public var listeners: [String: ListenerStatistics] = [:]
  /// By target group.
  public var targetGroups: [String: TargetGroupStatistics] = [:]

  /// Makes counters of their parts.
  public init(
    listeners: [String: ListenerStatistics] = [:], targetGroups: [String: TargetGroupStatistics] = [:]
  ) {
    self.listeners = listeners
    self.targetGroups = targetGroups
  }
}

/// What a listener has done.
public struct ListenerStatistics: Sendable, Equatable {
  /// Requests whose head was complete.
  public var requests = 0
  /// Connections that clients opened.
  public var connections = 0
  /// Connections that are open now.
  public var activeConnections = 0
  /// Answers that the balancer gave itself with a 4xx status (ALB's `HTTPCode_ELB_4XX_Count`); fixed answers do not count.
  public var own4xx = 0
  /// Answers that the balancer gave itself with a 5xx status (ALB's `HTTPCode_ELB_5XX_Count`); fixed answers do not count.
  public var own5xx = 0
  /// Fixed answers and redirects.
  public var ruleAnswers = 0
  /// Bytes from clients.
  public var receivedBytes = 0
  /// Bytes to clients.
  public var sentBytes = 0

  /// Counters at 0.
  public init() {}

  static func += (total: inout ListenerStatistics, part: ListenerStatistics) {
    total.requests += part.requests
    total.connections += part.connections
    total.activeConnections += part.activeConnections
    total.own4xx += part.own4xx
    total.own5xx += part.own5xx
    total.ruleAnswers += part.ruleAnswers
    total.receivedBytes += part.receivedBytes
    total.sentBytes += part.sentBytes
  }
}

/// What a target group has done.
public struct TargetGroupStatistics: Sendable, Equatable {
  /// Requests that were given to a target.
  public var requests = 0
  /// Requests that have no complete answer yet.
  public var inFlight = 0
  /// Answers of the targets by class of their status.
  public var responses2xx = 0
  public var responses3xx = 0
  public var responses4xx = 0
  public var responses5xx = 0
  /// Connections that a target refused, or broke before it had answered.
  public var connectionErrors = 0
  /// Seconds from a request to the head of the target's answer.
  public var responseTimes = ResponseTimeHistogram()

  /// Counters at 0.
  public init() {}

  mutating func count(status: Int) {
    switch status / 100 {
    case 2: responses2xx += 1
    case 3: responses3xx += 1
    case 4: responses4xx += 1
    case 5: responses5xx += 1
    default: break
    }
  }

  static func += (total: inout TargetGroupStatistics, part: TargetGroupStatistics) {
    total.requests += part.requests
    total.inFlight += part.inFlight
    total.responses2xx += part.responses2xx
    total.responses3xx += part.responses3xx
    total.responses4xx += part.responses4xx
    total.responses5xx += part.responses5xx
    total.connectionErrors += part.connectionErrors
    total.responseTimes += part.responseTimes
  }
}
