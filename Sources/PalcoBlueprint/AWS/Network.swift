extension AWSInfrastructure {
  /// A VPC over two or three availability zones.
  public struct Network: Codable, Sendable, Equatable {
    /// The VPC's addresses, /16 to /23.
    public var cidr: CIDRBlock
    /// How many availability zones are used, 2 or 3: the first ones that the region lists.
    public var zones: Int
    /// The subnets, by tier and then by zone.
    public var subnets: [Subnet]
    /// How private subnets reach the internet.
    public var nat: NAT
    /// The interface endpoints, in the order of `InterfaceEndpoint`. S3's gateway endpoint is always there as well.
    public var endpoints: [InterfaceEndpoint]
    /// What tasks may reach outside of the VPC, over TCP. Empty when there is no NAT.
    public var egress: [EgressTarget]
    /// Whether the VPC's flows are logged.
    public var flowLogs: Bool

    /// Whether tasks reach every HTTPS server, and so AWS's public endpoints.
    public var reachesInternet: Bool {
      nat != .none && egress.contains { $0.cidr == .everywhere && $0.port == 443 }
    }

    /// The subnets of one tier, by zone.
    public func subnets(_ tier: SubnetTier) -> [Subnet] { subnets.filter { $0.tier == tier } }

    /// Cuts a VPC into subnets.
    ///
    /// The VPC is cut into 16 parts of one size: four for each tier, the last four unused. So a subnet keeps its addresses
    /// when a zone is added.
    static func subnets(of cidr: CIDRBlock, zones: Int) -> [Subnet] {
      SubnetTier.allCases.enumerated().flatMap { place, tier in
        (0..<zones).map { zone in Subnet(tier: tier, zone: zone, cidr: cidr.part(place * 4 + zone, bits: 4)) }
      }
    }
  }

  /// What a subnet is for.
  public enum SubnetTier: String, Codable, Sendable, CaseIterable {
    /// With a route from and to the internet: load balancer, NAT, bastion.
    case `public`
    /// Tasks and container instances; out by NAT, if at all.
    case `private`
    /// Databases: no route out but S3's endpoint, and NAT for a database on EC2.
    case data
  }

  /// A subnet.
  public struct Subnet: Codable, Sendable, Equatable {
    /// What it is for.
    public var tier: SubnetTier
    /// Its availability zone: 0 is the first one that the region lists.
    public var zone: Int
    /// Its addresses.
    public var cidr: CIDRBlock
  }

  /// How private subnets reach the internet.
  public enum NAT: String, Codable, Sendable, CaseIterable {
    /// A NAT gateway in each zone: a zone may fail alone.
    case gatewayPerZone
    /// One NAT gateway, in the first zone.
    case gateway
    /// One small EC2 instance that translates addresses.
    case instance
    /// Not at all: AWS is reached through endpoints.
    case none
  }

  /// An AWS service that is reached inside the VPC. The raw value completes `com.amazonaws.REGION.`.
  public enum InterfaceEndpoint: String, Codable, Sendable, CaseIterable {
    case ecrAPI = "ecr.api"
    case ecrDocker = "ecr.dkr"
    case logs
    case secretsManager = "secretsmanager"
    case ssm
    case ssmMessages = "ssmmessages"
    case kms
    case ecs
    case ecsAgent = "ecs-agent"
    case ecsTelemetry = "ecs-telemetry"
  }

  /// Something outside of the VPC that tasks may reach over TCP.
  public struct EgressTarget: Codable, Sendable, Hashable {
    /// The addresses.
    public var cidr: CIDRBlock
    /// The port.
    public var port: Int
  }
}
