import Foundation

// Load balancers: making, reading, changing, deleting.

extension ELBv2 {
  /// A load balancer.
  public struct LoadBalancer: Codable, Sendable, Equatable {
    /// The load balancer.
    public var loadBalancerArn: String
    /// The name that clients connect to.
    public var dnsName: String
    /// The hosted zone of the name in Route 53.
    public var canonicalHostedZoneId: String?
    /// When it was made.
    public var createdTime: Date?
    /// Its name, unique in the account and region.
    public var loadBalancerName: String
    /// `internet-facing` or `internal`.
    public var scheme: String?
    /// Its network.
    public var vpcId: String?
    /// Whether it serves.
    public var state: LoadBalancerState?
    /// `application`, `network` or `gateway`.
    public var type: String?
    /// The zones and subnets it is in.
    public var availabilityZones: [AvailabilityZone]?
    /// The security groups of its network interfaces.
    public var securityGroups: [String]?
    /// `ipv4`, `dualstack` or `dualstack-without-public-ipv4`.
    public var ipAddressType: String?

    /// Makes a value of its members.
    public init(
      loadBalancerArn: String, dnsName: String, canonicalHostedZoneId: String? = nil, createdTime: Date? = nil,
      loadBalancerName: String, scheme: String? = nil, vpcId: String? = nil, state: LoadBalancerState? = nil,
      type: String? = nil, availabilityZones: [AvailabilityZone]? = nil, securityGroups: [String]? = nil,
      ipAddressType: String? = nil
    ) {
      self.loadBalancerArn = loadBalancerArn
      self.dnsName = dnsName
      self.canonicalHostedZoneId = canonicalHostedZoneId
      self.createdTime = createdTime
      self.loadBalancerName = loadBalancerName
      self.scheme = scheme
      self.vpcId = vpcId
      self.state = state
      self.type = type
      self.availabilityZones = availabilityZones
      self.securityGroups = securityGroups
      self.ipAddressType = ipAddressType
    }

    enum CodingKeys: String, CodingKey {
      case loadBalancerArn, canonicalHostedZoneId, createdTime, loadBalancerName, scheme, vpcId, state, type,
        availabilityZones, securityGroups, ipAddressType
      case dnsName = "DNSName"
    }
  }

  /// Whether a load balancer serves.
  public struct LoadBalancerState: Codable, Sendable, Equatable {
    /// `provisioning`, `active`, `active_impaired` or `failed`.
    public var code: String
    /// Why, when it does not.
    public var reason: String?

    /// Makes a value of its members.
    public init(code: String, reason: String? = nil) {
      self.code = code
      self.reason = reason
    }
  }

  /// A zone that a load balancer is in.
  public struct AvailabilityZone: Codable, Sendable, Equatable {
    /// The zone, such as `us-east-1a`.
    public var zoneName: String?
    /// The subnet.
    public var subnetId: String?
    /// Fixed addresses; network load balancers only.
    public var loadBalancerAddresses: [LoadBalancerAddress]?

    /// Makes a value of its members.
    public init(
      zoneName: String? = nil, subnetId: String? = nil, loadBalancerAddresses: [LoadBalancerAddress]? = nil
    ) {
      self.zoneName = zoneName
      self.subnetId = subnetId
      self.loadBalancerAddresses = loadBalancerAddresses
    }
  }

  /// A fixed address of a network load balancer.
  public struct LoadBalancerAddress: Codable, Sendable, Equatable {
    /// The address.
    public var ipAddress: String?
    /// The Elastic IP allocation.
    public var allocationId: String?

    /// Makes a value of its members.
    public init(ipAddress: String? = nil, allocationId: String? = nil) {
      self.ipAddress = ipAddress
      self.allocationId = allocationId
    }
  }

  /// A subnet, the long way.
  public struct SubnetMapping: Codable, Sendable, Equatable {
    /// The subnet.
    public var subnetId: String?
    /// The Elastic IP allocation; network load balancers only.
    public var allocationId: String?

    /// Makes a value of its members.
    public init(subnetId: String? = nil, allocationId: String? = nil) {
      self.subnetId = subnetId
      self.allocationId = allocationId
    }
  }

  /// Makes a load balancer.
  ///
  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
  public struct CreateLoadBalancerRequest: ELBv2Request, Equatable {
    public typealias Response = CreateLoadBalancerResponse
    public static let operation = "CreateLoadBalancer"

    /// At most 32 letters, digits and hyphens.
    public var name: String
    /// Subnets of at least two zones.
    public var subnets: [String]?
    /// Subnets, instead of `subnets`.
    public var subnetMappings: [SubnetMapping]?
    /// Security groups.
    public var securityGroups: [String]?
    /// `internet-facing`, which is the default, or `internal`.
    public var scheme: String?
    /// Tags to put on it at once.
    public var tags: [Tag]?
    /// `application`, which is the default, `network` or `gateway`.
    public var type: String?
    /// `ipv4` by default.
    public var ipAddressType: String?

    /// Makes a request.
    public init(
      name: String, subnets: [String]? = nil, subnetMappings: [SubnetMapping]? = nil, securityGroups: [String]? = nil,
      scheme: String? = nil, tags: [Tag]? = nil, type: String? = nil, ipAddressType: String? = nil
    ) {
      self.name = name
      self.subnets = subnets
      self.subnetMappings = subnetMappings
      self.securityGroups = securityGroups
      self.scheme = scheme
      self.tags = tags
      self.type = type
      self.ipAddressType = ipAddressType
    }
  }

  /// The load balancer that was made.
  public struct CreateLoadBalancerResponse: Codable, Sendable, Equatable {
    /// One load balancer.
    public var loadBalancers: [LoadBalancer]

    /// Makes an answer.
    public init(loadBalancers: [LoadBalancer]) {
      self.loadBalancers = loadBalancers
    }
  }

  /// Reads load balancers: those that are named, or all.
  ///
  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeLoadBalancers.html
  public struct DescribeLoadBalancersRequest: ELBv2Request, Equatable {
    public typealias Response = DescribeLoadBalancersResponse
    public static let operation = "DescribeLoadBalancers"

    /// By ARN.
    public var loadBalancerArns: [String]?
    /// By name.
    public var names: [String]?
    /// Where to go on, from the page before.
    public var marker: String?
    /// How many to answer at most, 1–400.
    public var pageSize: Int?

    /// Makes a request.
    public init(
      loadBalancerArns: [String]? = nil, names: [String]? = nil, marker: String? = nil, pageSize: Int? = nil
    ) {
      self.loadBalancerArns = loadBalancerArns
      self.names = names
      self.marker = marker
      self.pageSize = pageSize
    }
  }

  /// A page of load balancers.
  public struct DescribeLoadBalancersResponse: Codable, Sendable, Equatable {
    /// The load balancers.
    public var loadBalancers: [LoadBalancer]
    /// Where to go on; `nil` on the last page.
    public var nextMarker: String?

    /// Makes an answer.
    public init(loadBalancers: [LoadBalancer], nextMarker: String? = nil) {
      self.loadBalancers = loadBalancers
      self.nextMarker = nextMarker
    }
  }

  /// Deletes a load balancer with its listeners; deleting what is gone succeeds.
  ///
  /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteLoadBalancer.html
  public struct DeleteLoadBalancerRequest: ELBv2Request, Equatable {
    public typealias Response = EmptyResponse
    public static let operation = "DeleteLoadBalancer"

    /// The load balancer.
    public var loadBalancerArn: String

    /// Makes a request.
    public init(loadBalancerArn: String) {
      self.loadBalancerArn = loadBalancerArn
    }
  }
}
