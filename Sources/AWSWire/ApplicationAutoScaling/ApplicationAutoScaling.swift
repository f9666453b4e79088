/// Application Auto Scaling.
///
/// Its shapes are in here, because their names (`Alarm`, `ScheduledAction`) mean other things elsewhere.
/// Enumerations are texts, so that values which a newer AWS adds can still be read.
///
/// https://docs.aws.amazon.com/autoscaling/application/APIReference/Welcome.html
public enum ApplicationAutoScaling {
  /// The service as clients and servers must know it.
  public static let service = AWSService(
    name: "Application Auto Scaling", signingName: "application-autoscaling",
    endpointPrefix: "application-autoscaling",
    wireProtocol: .json(version: "1.1", targetPrefix: "AnyScaleFrontendService"))
}

/// A request to Application Auto Scaling.
public protocol ApplicationAutoScalingRequest: AWSRequest {}

extension ApplicationAutoScalingRequest {
  public static var service: AWSService { ApplicationAutoScaling.service }
}
