/// CloudWatch Logs. Instants are milliseconds since 1970, as whole numbers.
///
/// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/Welcome.html
public enum Logs {
  /// The service as clients and servers must know it.
  public static let service = AWSService(
    name: "CloudWatch Logs", signingName: "logs", endpointPrefix: "logs",
    wireProtocol: .json(version: "1.1", targetPrefix: "Logs_20140328"))
}

/// A request to CloudWatch Logs.
public protocol LogsRequest: AWSRequest {}

extension LogsRequest {
  public static var service: AWSService { Logs.service }
}
