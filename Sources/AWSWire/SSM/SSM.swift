/// Systems Manager, of which Palco knows the Parameter Store.
///
/// https://docs.aws.amazon.com/systems-manager/latest/APIReference/Welcome.html
public enum SSM {
  /// The service as clients and servers must know it.
  public static let service = AWSService(
    name: "SSM", signingName: "ssm", endpointPrefix: "ssm",
    wireProtocol: .json(version: "1.1", targetPrefix: "AmazonSSM"))
}

/// A request to Systems Manager.
public protocol SSMRequest: AWSRequest {}

extension SSMRequest {
  public static var service: AWSService { SSM.service }
}
