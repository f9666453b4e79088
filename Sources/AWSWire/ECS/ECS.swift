/// Elastic Container Service.
///
/// Its shapes are in here, because their names (`Service`, `Task`, `Tag`) mean other things elsewhere.
/// Enumerations are texts, so that values which a newer AWS adds can still be read.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/Welcome.html
public enum ECS {
  /// The service as clients and servers must know it.
  public static let service = AWSService(
    name: "ECS", signingName: "ecs", endpointPrefix: "ecs",
    wireProtocol: .json(version: "1.1", targetPrefix: "AmazonEC2ContainerServiceV20141113"))
}

/// A request to the Elastic Container Service.
public protocol ECSRequest: AWSRequest {}

extension ECSRequest {
  public static var service: AWSService { ECS.service }
}
