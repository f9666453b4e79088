// What can be changed of a load balancer.

extension ELBv2 {
  /// Reads the attributes of a load balancer.
  ///
  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeLoadBalancerAttributes.html
  public struct DescribeLoadBalancerAttributesRequest: ELBv2Request, Equatable {
    public typealias Response = DescribeLoadBalancerAttributesResponse
    public static let operation = "DescribeLoadBalancerAttributes"

    /// The load balancer.
    public var loadBalancerArn: String

    /// Makes a request.
    public init(loadBalancerArn: String) {
      self.loadBalancerArn = loadBalancerArn
    }
  }

  /// All attributes.
  public struct DescribeLoadBalancerAttributesResponse: Codable, Sendable, Equatable {
    /// All attributes.
    public var attributes: [Attribute]

    /// Makes an answer.
    public init(attributes: [Attribute]) {
      self.attributes = attributes
    }
  }

  /// Changes attributes of a load balancer.
  ///
  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyLoadBalancerAttributes.html
  public struct ModifyLoadBalancerAttributesRequest: ELBv2Request, Equatable {
    public typealias Response = ModifyLoadBalancerAttributesResponse
    public static let operation = "ModifyLoadBalancerAttributes"

    /// The load balancer.
    public var loadBalancerArn: String
    /// The attributes to change.
    public var attributes: [Attribute]

    /// Makes a request.
    public init(loadBalancerArn: String, attributes: [Attribute]) {
      self.loadBalancerArn = loadBalancerArn
      self.attributes = attributes
    }
  }

  /// All attributes after the change.
  public struct ModifyLoadBalancerAttributesResponse: Codable, Sendable, Equatable {
    /// All attributes.
    public var attributes: [Attribute]

    /// Makes an answer.
    public init(attributes: [Attribute]) {
      self.attributes = attributes
    }
  }

  /// Replaces the subnets of a load balancer.
  ///
  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_SetSubnets.html
  public struct SetSubnetsRequest: ELBv2Request, Equatable {
    public typealias Response = SetSubnetsResponse
    public static let operation = "SetSubnets"

    /// The load balancer.
    public var loadBalancerArn: String
    /// Subnets of at least two zones.
    public var subnets: [String]?
    /// Subnets, instead of `subnets`.
    public var subnetMappings: [SubnetMapping]?
    /// The address type to change to.
    public var ipAddressType: String?

    /// Makes a request.
    public init(
      loadBalancerArn: String, subnets: [String]? = nil, subnetMappings: [SubnetMapping]? = nil,
      ipAddressType: String? = nil
    ) {
      self.loadBalancerArn = loadBalancerArn
      self.subnets = subnets
      self.subnetMappings = subnetMappings
      self.ipAddressType = ipAddressType
    }
  }

  /// The zones after the change.
  public struct SetSubnetsResponse: Codable, Sendable, Equatable {
    /// The zones.
    public var availabilityZones: [AvailabilityZone]
    /// The address type.
    public var ipAddressType: String?

    /// Makes an answer.
    public init(availabilityZones: [AvailabilityZone], ipAddressType: String? = nil) {
      self.availabilityZones = availabilityZones
      self.ipAddressType = ipAddressType
    }
  }

  /// Replaces the security groups of a load balancer.
  ///
  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_SetSecurityGroups.html
  public struct SetSecurityGroupsRequest: ELBv2Request, Equatable {
    public typealias Response = SetSecurityGroupsResponse
    public static let operation = "SetSecurityGroups"

    /// The load balancer.
    public var loadBalancerArn: String
    /// The security groups.
    public var securityGroups: [String]

    /// Makes a request.
    public init(loadBalancerArn: String, securityGroups: [String]) {
      self.loadBalancerArn = loadBalancerArn
      self.securityGroups = securityGroups
    }
  }

  /// The security groups after the change.
  public struct SetSecurityGroupsResponse: Codable, Sendable, Equatable {
    /// The security groups.
    public var securityGroupIds: [String]

    /// Makes an answer.
    public init(securityGroupIds: [String]) {
      self.securityGroupIds = securityGroupIds
    }
  }

  /// Changes the address type of a load balancer.
  ///
  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_SetIpAddressType.html
  public struct SetIpAddressTypeRequest: ELBv2Request, Equatable {
    public typealias Response = SetIpAddressTypeResponse
    public static let operation = "SetIpAddressType"

    /// The load balancer.
    public var loadBalancerArn: String
    /// The address type.
    public var ipAddressType: String

    /// Makes a request.
    public init(loadBalancerArn: String, ipAddressType: String) {
      self.loadBalancerArn = loadBalancerArn
      self.ipAddressType = ipAddressType
    }
  }

  /// The address type after the change.
  public struct SetIpAddressTypeResponse: Codable, Sendable, Equatable {
    /// The address type.
    public var ipAddressType: String?

    /// Makes an answer.
    public init(ipAddressType: String? = nil) {
      self.ipAddressType = ipAddressType
    }
  }
}
