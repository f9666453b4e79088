import AWSWire

/// A request that the service does once only, however often it comes with the same token.
protocol IdempotentRequest: AWSRequest {
  var clientToken: String? { get set }
}

extension ECS.CreateServiceRequest: IdempotentRequest {}
extension ECS.RunTaskRequest: IdempotentRequest {}

/// A request that has no such token, and does its work again when it comes again: it is not sent again while it is
/// unknown whether it was done.
protocol AccumulatingRequest: AWSRequest {
  var accumulates: Bool { get }
}

extension ECS.RegisterTaskDefinitionRequest: AccumulatingRequest {
  // A second revision.
  var accumulates: Bool { true }
}

extension ECS.UpdateServiceRequest: AccumulatingRequest {
  // A second deployment; without the force, the same change twice is one.
  var accumulates: Bool { forceNewDeployment == true }
}

/// A request that proves by its content who asks, and is not signed.
protocol UnsignedRequest: AWSRequest {}

extension STS.AssumeRoleWithWebIdentityRequest: UnsignedRequest {}
