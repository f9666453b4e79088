/// Secrets Manager.
///
/// https://docs.aws.amazon.com/secretsmanager/latest/apireference/Welcome.html
public enum SecretsManager {
  /// The service as clients and servers must know it.
  public static let service = AWSService(
    name: "Secrets Manager", signingName: "secretsmanager", endpointPrefix: "secretsmanager",
    wireProtocol: .json(version: "1.1", targetPrefix: "secretsmanager"))
}

/// A request to Secrets Manager.
public protocol SecretsManagerRequest: AWSRequest {}

extension SecretsManagerRequest {
  public static var service: AWSService { SecretsManager.service }
}
