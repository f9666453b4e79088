/// The Security Token Service.
///
/// https://docs.aws.amazon.com/STS/latest/APIReference/welcome.html
public enum STS {
  /// The service as clients and servers must know it.
  public static let service = AWSService(
    name: "STS", signingName: "sts", endpointPrefix: "sts",
    wireProtocol: .query(version: "2011-06-15", namespace: "https://sts.amazonaws.com/doc/2011-06-15/"))
}

/// A request to the Security Token Service.
public protocol STSRequest: AWSRequest {}

extension STSRequest {
  public static var service: AWSService { STS.service }
}
