/// The input of one AWS operation, which knows its operation, its service and the type of its answer.
///
/// Property names are the member names of the AWS service model, in the model's own spelling
/// (lower camel case for ECS, ECR and Logs; upper camel case for ELBv2 and STS, through `CodingKeys`).
/// Members that AWS does not require are optional. Unknown members are ignored in both directions.
public protocol AWSRequest: Codable, Sendable {
  /// The output of the operation.
  associatedtype Response: Codable & Sendable
  /// The service that the operation belongs to.
  static var service: AWSService { get }
  /// The operation's name on the wire, such as `DescribeServices`.
  static var operation: String { get }
}

/// The output of an operation that answers nothing.
public struct EmptyResponse: Codable, Sendable, Equatable {
  /// Makes the empty answer.
  public init() {}
}
