extension AWSInfrastructure {
  /// Who a security group is for.
  public enum SecurityGroupRole: String, Codable, Sendable, CaseIterable {
    case balancer, tasks, database, bastion, endpoints, containerInstances, natInstance
  }

  /// A security group: what is not named is not let through.
  public struct SecurityGroup: Codable, Sendable, Equatable {
    /// Who it is for.
    public var role: SecurityGroupRole
    /// What it is there for, as AWS shows it. ASCII, at most 255 characters.
    public var description: String
    /// The rules: first those inwards, then those outwards. No two are alike.
    public var rules: [SecurityGroupRule]
  }

  /// One rule: TCP on one port, with one peer.
  public struct SecurityGroupRule: Codable, Sendable, Hashable {
    /// Which way a connection is opened.
    public var direction: Direction
    /// Who is at the other end.
    public var peer: SecurityGroupPeer
    /// The TCP port.
    public var port: Int
    /// What it is there for, as AWS shows it. ASCII, at most 255 characters.
    public var reason: String

    /// Which way a connection is opened.
    public enum Direction: String, Codable, Sendable { case ingress, egress }
  }

  /// The other end of a connection.
  public enum SecurityGroupPeer: Codable, Sendable, Hashable {
    /// Every address.
    case internet
    /// Some addresses.
    case cidr(CIDRBlock)
    /// Whatever is in another group of the environment.
    case securityGroup(SecurityGroupRole)
    /// S3 in the region: the prefix list of its gateway endpoint.
    case s3PrefixList
  }
}
