/// Elastic Container Registry: the API beside the registry protocol of OCI.
///
/// Its shapes are in here, because their names (`Image`, `Layer`, `Tag`) mean other things elsewhere.
/// Enumerations are texts, so that values which a newer AWS adds can still be read.
///
/// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/Welcome.html
public enum ECR {
  /// The service as clients and servers must know it.
  public static let service = AWSService(
    name: "ECR", signingName: "ecr", endpointPrefix: "api.ecr",
    wireProtocol: .json(version: "1.1", targetPrefix: "AmazonEC2ContainerRegistry_V20150921"))
}

/// A request to the Elastic Container Registry.
public protocol ECRRequest: AWSRequest {}

extension ECRRequest {
  public static var service: AWSService { ECR.service }
}
