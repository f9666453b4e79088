/// One listener: an address, a port, and what happens to a request that arrives there.
public struct ListenerConfiguration: Sendable, Equatable {
  /// Identifies the listener; opaque here (an ARN in the local cloud).
  public var id: String
  /// The loopback address to listen on.
  public var host: String
  /// The port; 0 lets the system choose.
  public var port: Int
  /// The rules, first match wins; the last one should have no conditions (the default rule).
  public var rules: [ListenerRule]
  /// How long a connection may be silent before it is closed; ALB's `idle_timeout.timeout_seconds`, 60 by default.
  public var idleTimeout: Duration
  /// Whether fields of requests whose names are not of letters, digits and hyphens are left out; ALB's
  /// `routing.http.drop_invalid_header_fields.enabled`.
  public var dropsInvalidFields: Bool

  /// Makes a listener.
  public init(
    id: String, host: String, port: Int, rules: [ListenerRule], idleTimeout: Duration = .seconds(60),
    dropsInvalidFields: Bool = false
  ) {
    self.id = id
    self.host = host
    self.port = port
    self.rules = rules
    self.idleTimeout = idleTimeout
    self.dropsInvalidFields = dropsInvalidFields
  }
}

/// A rule: all conditions must hold.
public struct ListenerRule: Sendable, Equatable {
  /// Identifies the rule; opaque here.
  public var id: String
  /// The conditions, all of which must hold; none means always.
  public var conditions: [RuleCondition]
  /// What to do.
  public var action: RuleAction

  /// Makes a rule.
  public init(id: String, conditions: [RuleCondition] = [], action: RuleAction) {
    self.id = id
    self.conditions = conditions
    self.action = action
  }
}

/// A condition on a request; any of its values may match. `*` and `?` are wildcards as in ALB.
public enum RuleCondition: Sendable, Equatable {
  /// The host name without its port, case-insensitive.
  case hostHeader([String])
  /// The path without the query, case-sensitive.
  case pathPattern([String])
  /// A header by name; values are case-insensitive.
  case httpHeader(name: String, values: [String])
  /// The method, case-sensitive, no wildcards.
  case httpRequestMethod([String])
  /// A query parameter; `key` `nil` matches the value of any key. Case-insensitive.
  case queryString([(key: String?, value: String)])
  /// The client's address in one of these CIDR blocks.
  case sourceIP([String])

  public static func == (left: RuleCondition, right: RuleCondition) -> Bool {
    switch (left, right) {
    case (.hostHeader(let l), .hostHeader(let r)), (.pathPattern(let l), .pathPattern(let r)),
      (.httpRequestMethod(let l), .httpRequestMethod(let r)), (.sourceIP(let l), .sourceIP(let r)):
      l == r
    case (.httpHeader(let ln, let lv), .httpHeader(let rn, let rv)): ln == rn && lv == rv
    case (.queryString(let l), .queryString(let r)):
      l.count == r.count && zip(l, r).allSatisfy { $0.key == $1.key && $0.value == $1.value }
    default: false
    }
  }
}

/// What happens to a request that a rule matches.
public enum RuleAction: Sendable, Equatable {
  /// To one of the groups, by weight (0–999); `stickiness` keeps a client on the group it got (ALB's AWSALBTG cookie).
  case forward([WeightedTargetGroup], stickiness: Duration?)
  /// Answered here with 301 or 302; the parts may use `#{protocol}`, `#{host}`, `#{port}`, `#{path}`, `#{query}`.
  case redirect(RedirectAction)
  /// Answered here.
  case fixedResponse(status: Int, contentType: String, body: String)
}

/// The parts of a redirect, each with ALB's placeholders.
public struct RedirectAction: Sendable, Equatable {
  /// 301 or 302.
  public var status: Int
  /// The protocol; `#{protocol}` keeps it. Likewise for the other parts.
  public var scheme: String
  public var host: String
  public var port: String
  public var path: String
  public var query: String

  /// Makes a redirect; every part defaults to the request's own.
  public init(
    status: Int, scheme: String = "#{protocol}", host: String = "#{host}", port: String = "#{port}",
    path: String = "/#{path}", query: String = "#{query}"
  ) {
    self.status = status
    self.scheme = scheme
    self.host = host
    self.port = port
    self.path = path
    self.query = query
  }
}

/// A target group's part of the traffic.
public struct WeightedTargetGroup: Sendable, Equatable {
  /// The group.
  public var targetGroupID: String
  /// 0–999; 0 gets no new request.
  public var weight: Int

  /// Makes a part.
  public init(targetGroupID: String, weight: Int) {
    self.targetGroupID = targetGroupID
    self.weight = weight
  }
}

/// A target group: how its targets are checked, chosen and drained.
public struct TargetGroupConfiguration: Sendable, Equatable {
  /// Identifies the group; opaque here.
  public var id: String
  /// The health check.
  public var healthCheck: HealthCheckConfiguration
  /// How long a target that leaves may finish its requests; ALB's default is 300 s.
  public var deregistrationDelay: Duration
  /// How long a client stays with its target (ALB's AWSALB cookie); `nil` is off.
  public var stickiness: Duration?

  /// Makes a target group.
  public init(
    id: String, healthCheck: HealthCheckConfiguration = HealthCheckConfiguration(),
    deregistrationDelay: Duration = .seconds(300), stickiness: Duration? = nil
  ) {
    self.id = id
    self.healthCheck = healthCheck
    self.deregistrationDelay = deregistrationDelay
    self.stickiness = stickiness
  }
}

/// A health check with ALB's defaults: 30 s, 5 s timeout, 5 healthy, 2 unhealthy, path `/`, code 200.
public struct HealthCheckConfiguration: Sendable, Equatable {
  public var path: String
  /// Checked instead of the target's own port, when set.
  public var port: Int?
  public var interval: Duration
  public var timeout: Duration
  public var healthyThreshold: Int
  public var unhealthyThreshold: Int
  /// Status codes that count as healthy.
  public var successCodes: [ClosedRange<Int>]

  /// Makes a health check.
  public init(
    path: String = "/", port: Int? = nil, interval: Duration = .seconds(30), timeout: Duration = .seconds(5),
    healthyThreshold: Int = 5, unhealthyThreshold: Int = 2, successCodes: [ClosedRange<Int>] = [200...200]
  ) {
    self.path = path
    self.port = port
    self.interval = interval
    self.timeout = timeout
    self.healthyThreshold = healthyThreshold
    self.unhealthyThreshold = unhealthyThreshold
    self.successCodes = successCodes
  }
}

/// Where a target listens.
public struct TargetAddress: Sendable, Hashable {
  /// The address.
  public var host: String
  /// The port.
  public var port: Int

  /// Makes an address.
  public init(host: String, port: Int) {
    self.host = host
    self.port = port
  }
}
