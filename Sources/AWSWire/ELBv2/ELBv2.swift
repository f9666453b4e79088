/// Elastic Load Balancing, generation 2.
///
/// Its shapes are in here, because their names (`LoadBalancer`, `Rule`, `Tag`) mean other things elsewhere.
/// Enumerations are texts, so that values which a newer AWS adds can still be read.
///
/// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/Welcome.html
public enum ELBv2 {
  /// The service as clients and servers must know it.
  public static let service = AWSService(
    name: "ELBv2", signingName: "elasticloadbalancing", endpointPrefix: "elasticloadbalancing",
    wireProtocol: .query(
      version: "2015-12-01", namespace: "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"))
}

/// A request to Elastic Load Balancing.
public protocol ELBv2Request: AWSRequest {}

extension ELBv2Request {
  public static var service: AWSService { ELBv2.service }
}
