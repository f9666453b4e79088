// What can be changed of a target group.

extension ELBv2 {
  /// Changes the health check of a target group.
  ///
  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyTargetGroup.html
  public struct ModifyTargetGroupRequest: ELBv2Request, Equatable {
    public typealias Response = ModifyTargetGroupResponse
    public static let operation = "ModifyTargetGroup"

    /// The target group.
    public var targetGroupArn: String
    /// `HTTP` or `HTTPS`.
    public var healthCheckProtocol: String?
    /// A port, or `traffic-port` for the port that gets the traffic.
    public var healthCheckPort: String?
    /// Whether targets are checked.
    public var healthCheckEnabled: Bool?
    /// The path that is asked for; `/` by default.
    public var healthCheckPath: String?
    /// Seconds between checks, 5–300; 30 by default.
    public var healthCheckIntervalSeconds: Int?
    /// Seconds that an answer may take, 2–120; 5 by default.
    public var healthCheckTimeoutSeconds: Int?
    /// Passed checks that make a target healthy, 2–10; 5 by default.
    public var healthyThresholdCount: Int?
    /// Failed checks that make a target unhealthy, 2–10; 2 by default.
    public var unhealthyThresholdCount: Int?
    /// The status codes of a passed check; 200 by default.
    public var matcher: Matcher?

    /// Makes a request.
    public init(
      targetGroupArn: String, healthCheckProtocol: String? = nil, healthCheckPort: String? = nil,
      healthCheckEnabled: Bool? = nil, healthCheckPath: String? = nil, healthCheckIntervalSeconds: Int? = nil,
      healthCheckTimeoutSeconds: Int? = nil, healthyThresholdCount: Int? = nil, unhealthyThresholdCount: Int? = nil,
      matcher: Matcher? = nil
    ) {
      self.targetGroupArn = targetGroupArn
      self.healthCheckProtocol = healthCheckProtocol
      self.healthCheckPort = healthCheckPort
      self.healthCheckEnabled = healthCheckEnabled
      self.healthCheckPath = healthCheckPath
      self.healthCheckIntervalSeconds = healthCheckIntervalSeconds
      self.healthCheckTimeoutSeconds = healthCheckTimeoutSeconds
      self.healthyThresholdCount = healthyThresholdCount
      self.unhealthyThresholdCount = unhealthyThresholdCount
      self.matcher = matcher
    }
  }

  /// The target group after the change.
  public struct ModifyTargetGroupResponse: Codable, Sendable, Equatable {
    /// One target group.
    public var targetGroups: [TargetGroup]

    /// Makes an answer.
    public init(targetGroups: [TargetGroup]) {
      self.targetGroups = targetGroups
    }
  }

  /// Reads the attributes of a target group.
  ///
  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTargetGroupAttributes.html
  public struct DescribeTargetGroupAttributesRequest: ELBv2Request, Equatable {
    public typealias Response = DescribeTargetGroupAttributesResponse
    public static let operation = "DescribeTargetGroupAttributes"

    /// The target group.
    public var targetGroupArn: String

    /// Makes a request.
    public init(targetGroupArn: String) {
      self.targetGroupArn = targetGroupArn
    }
  }

  /// All attributes.
  public struct DescribeTargetGroupAttributesResponse: Codable, Sendable, Equatable {
    /// All attributes.
    public var attributes: [Attribute]

    /// Makes an answer.
    public init(attributes: [Attribute]) {
      self.attributes = attributes
    }
  }

  /// Changes attributes of a target group.
  ///
  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyTargetGroupAttributes.html
  public struct ModifyTargetGroupAttributesRequest: ELBv2Request, Equatable {
    public typealias Response = ModifyTargetGroupAttributesResponse
    public static let operation = "ModifyTargetGroupAttributes"

    /// The target group.
    public var targetGroupArn: String
    /// The attributes to change.
    public var attributes: [Attribute]

    /// Makes a request.
    public init(targetGroupArn: String, attributes: [Attribute]) {
      self.targetGroupArn = targetGroupArn
      self.attributes = attributes
    }
  }

  /// All attributes after the change.
  public struct ModifyTargetGroupAttributesResponse: Codable, Sendable, Equatable {
    /// All attributes.
    public var attributes: [Attribute]

    /// Makes an answer.
    public init(attributes: [Attribute]) {
      self.attributes = attributes
    }
  }
}
