extension AWSInfrastructure {
  /// A name in DNS.
  public struct Domain: Codable, Sendable, Equatable {
    /// The name, `shop.example.org`.
    public var name: String
    /// The hosted zone in Route 53 that it is in, `example.org`.
    public var zone: String
  }

  /// An Application Load Balancer, open to the internet.
  public struct Balancer: Codable, Sendable, Equatable {
    /// How clients reach it. HTTPS needs a domain.
    public var protocols: Protocols
    /// Where production traffic arrives: 443, or 80 without a domain.
    public var productionPort: Int
    /// Where the new tasks of a blue/green deployment are tried; open to the VPC only.
    public var testPort: Int
    /// Whether requests are logged in a bucket of their own, and for how many days they are kept.
    public var accessLogDays: Int?
    /// Whether AWS refuses to delete it.
    public var deletionProtection: Bool
    /// Seconds after which an idle connection is closed.
    public var idleTimeoutSeconds: Int

    /// How clients reach a load balancer.
    public enum Protocols: String, Codable, Sendable {
      /// HTTPS with a certificate for the domain, validated by records in its zone; port 80 redirects.
      case httpsWithRedirect
      /// Plain HTTP.
      case http
    }
  }
}
