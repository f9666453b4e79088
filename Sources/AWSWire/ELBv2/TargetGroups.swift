// Target groups: making, reading, deleting.

extension ELBv2 {
  /// A target group.
  public struct TargetGroup: Codable, Sendable, Equatable {
    /// The target group.
    public var targetGroupArn: String
    /// Its name, unique in the account and region.
    public var targetGroupName: String
    /// `HTTP`, `HTTPS` and so on.
    public var `protocol`: String?
    /// The port of targets that are registered without one.
    public var port: Int?
    /// The network of its targets.
    public var vpcId: String?
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
    /// The load balancers that forward to it.
    public var loadBalancerArns: [String]?
    /// `instance`, `ip`, `lambda` or `alb`.
    public var targetType: String?
    /// `HTTP1`, `HTTP2` or `GRPC`.
    public var protocolVersion: String?
    /// `ipv4` or `ipv6`.
    public var ipAddressType: String?

    /// Makes a value of its members.
    public init(
      targetGroupArn: String, targetGroupName: String, protocol: String? = nil, port: Int? = nil, vpcId: String? = nil,
      healthCheckProtocol: String? = nil, healthCheckPort: String? = nil, healthCheckEnabled: Bool? = nil,
      healthCheckPath: String? = nil, healthCheckIntervalSeconds: Int? = nil, healthCheckTimeoutSeconds: Int? = nil,
      healthyThresholdCount: Int? = nil, unhealthyThresholdCount: Int? = nil, matcher: Matcher? = nil,
      loadBalancerArns: [String]? = nil, targetType: String? = nil, protocolVersion: String? = nil,
      ipAddressType: String? = nil
    ) {
      self.targetGroupArn = targetGroupArn
      self.targetGroupName = targetGroupName
      self.protocol = `protocol`
      self.port = port
      self.vpcId = vpcId
      self.healthCheckProtocol = healthCheckProtocol
      self.healthCheckPort = healthCheckPort
      self.healthCheckEnabled = healthCheckEnabled
      self.healthCheckPath = healthCheckPath
      self.healthCheckIntervalSeconds = healthCheckIntervalSeconds
      self.healthCheckTimeoutSeconds = healthCheckTimeoutSeconds
      self.healthyThresholdCount = healthyThresholdCount
      self.unhealthyThresholdCount = unhealthyThresholdCount
      self.matcher = matcher
      self.loadBalancerArns = loadBalancerArns
      self.targetType = targetType
      self.protocolVersion = protocolVersion
      self.ipAddressType = ipAddressType
    }
  }

  /// The status codes that pass a health check.
  public struct Matcher: Codable, Sendable, Equatable {
    /// Codes and ranges, such as `200,202` or `200-299`.
    public var httpCode: String?
    /// Codes of gRPC.
    public var grpcCode: String?

    /// Makes a value of its members.
    public init(httpCode: String? = nil, grpcCode: String? = nil) {
      self.httpCode = httpCode
      self.grpcCode = grpcCode
    }
  }

  /// Makes a target group; asking again with equal settings answers the group that exists.
  ///
  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
  public struct CreateTargetGroupRequest: ELBv2Request, Equatable {
    public typealias Response = CreateTargetGroupResponse
    public static let operation = "CreateTargetGroup"

    /// At most 32 letters, digits and hyphens.
    public var name: String
    /// The protocol that targets speak.
    public var `protocol`: String?
    /// `HTTP1` by default.
    public var protocolVersion: String?
    /// The port of targets that are registered without one.
    public var port: Int?
    /// The network of its targets.
    public var vpcId: String?
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
    /// `instance` by default.
    public var targetType: String?
    /// Tags to put on it at once.
    public var tags: [Tag]?
    /// `ipv4` by default.
    public var ipAddressType: String?

    /// Makes a request.
    public init(
      name: String, protocol: String? = nil, protocolVersion: String? = nil, port: Int? = nil, vpcId: String? = nil,
      healthCheckProtocol: String? = nil, healthCheckPort: String? = nil, healthCheckEnabled: Bool? = nil,
      healthCheckPath: String? = nil, healthCheckIntervalSeconds: Int? = nil, healthCheckTimeoutSeconds: Int? = nil,
      healthyThresholdCount: Int? = nil, unhealthyThresholdCount: Int? = nil, matcher: Matcher? = nil,
      targetType: String? = nil, tags: [Tag]? = nil, ipAddressType: String? = nil
    ) {
      self.name = name
      self.protocol = `protocol`
      self.protocolVersion = protocolVersion
      self.port = port
      self.vpcId = vpcId
      self.healthCheckProtocol = healthCheckProtocol
      self.healthCheckPort = healthCheckPort
      self.healthCheckEnabled = healthCheckEnabled
      self.healthCheckPath = healthCheckPath
      self.healthCheckIntervalSeconds = healthCheckIntervalSeconds
      self.healthCheckTimeoutSeconds = healthCheckTimeoutSeconds
      self.healthyThresholdCount = healthyThresholdCount
      self.unhealthyThresholdCount = unhealthyThresholdCount
      self.matcher = matcher
      self.targetType = targetType
      self.tags = tags
      self.ipAddressType = ipAddressType
    }
  }

  /// The target group that was made.
  public struct CreateTargetGroupResponse: Codable, Sendable, Equatable {
    /// One target group.
    public var targetGroups: [TargetGroup]

    /// Makes an answer.
    public init(targetGroups: [TargetGroup]) {
      self.targetGroups = targetGroups
    }
  }

  /// Reads target groups: those that are named, those of a load balancer, or all.
  ///
  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTargetGroups.html
  public struct DescribeTargetGroupsRequest: ELBv2Request, Equatable {
    public typealias Response = DescribeTargetGroupsResponse
    public static let operation = "DescribeTargetGroups"

    /// By load balancer.
    public var loadBalancerArn: String?
    /// By ARN.
    public var targetGroupArns: [String]?
    /// By name.
    public var names: [String]?
    /// Where to go on, from the page before.
    public var marker: String?
    /// How many to answer at most, 1–400.
    public var pageSize: Int?

    /// Makes a request.
    public init(
      loadBalancerArn: String? = nil, targetGroupArns: [String]? = nil, names: [String]? = nil, marker: String? = nil,
      pageSize: Int? = nil
    ) {
      self.loadBalancerArn = loadBalancerArn
      self.targetGroupArns = targetGroupArns
      self.names = names
      self.marker = marker
      self.pageSize = pageSize
    }
  }

  /// A page of target groups.
  public struct DescribeTargetGroupsResponse: Codable, Sendable, Equatable {
    /// The target groups.
    public var targetGroups: [TargetGroup]
    /// Where to go on; `nil` on the last page.
    public var nextMarker: String?

    /// Makes an answer.
    public init(targetGroups: [TargetGroup], nextMarker: String? = nil) {
      self.targetGroups = targetGroups
      self.nextMarker = nextMarker
    }
  }

  /// Deletes a target group that no listener uses; deleting what is gone succeeds.
  ///
  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteTargetGroup.html
  public struct DeleteTargetGroupRequest: ELBv2Request, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "DeleteTargetGroup"

    /// The target group.
    public var targetGroupArn: String

    /// Makes a request.
    public init(targetGroupArn: String) {
      self.targetGroupArn = targetGroupArn
    }
  }
}
