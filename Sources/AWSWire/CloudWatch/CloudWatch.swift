/// CloudWatch: metrics, alarms and dashboards.
///
/// Clients speak three protocols with it, by their age; the shapes are the same in all of them.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/Welcome.html
public enum CloudWatch {
  /// The service as clients and servers must know it.
  public static let service = AWSService(
    name: "CloudWatch", signingName: "monitoring", endpointPrefix: "monitoring",
    wireProtocol: .json(version: "1.0", targetPrefix: "GraniteServiceVersion20100801"),
    otherProtocols: [
      .query(version: "2010-08-01", namespace: "http://monitoring.amazonaws.com/doc/2010-08-01/"),
      .cbor(serviceName: "GraniteServiceVersion20100801"),
    ],
    queryErrorCodes: [
      "DashboardInvalidInputError": "InvalidParameterInput",
      "DashboardNotFoundError": "ResourceNotFound",
      "InternalServiceFault": "InternalServiceError",
      "InvalidFormatFault": "InvalidFormat",
      "InvalidNextToken": "InvalidNextToken",
      "InvalidParameterCombinationException": "InvalidParameterCombination",
      "InvalidParameterValueException": "InvalidParameterValue",
      "LimitExceededFault": "LimitExceeded",
      "MissingRequiredParameterException": "MissingParameter",
      "ResourceNotFound": "ResourceNotFound",
      "ResourceNotFoundException": "ResourceNotFoundException",
      "ValidationException": "ValidationError",
    ])
}

/// A request to CloudWatch.
public protocol CloudWatchRequest: AWSRequest {}

extension CloudWatchRequest {
  public static var service: AWSService { CloudWatch.service }
}
