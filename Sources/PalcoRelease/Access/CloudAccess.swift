import AWSClient
import Foundation
import Logging
import PalcoCore

/// How this room reaches a cloud. Which one it is, nobody here knows: the endpoint is configuration.
public struct CloudAccess: Sendable {
  /// Where tasks and load balancers are placed, and the roles that they act with.
  public struct Placement: Sendable, Equatable {
    /// The VPC.
    public var vpcID: String
    /// At least two subnets in two availability zones.
    public var subnets: [String]
    /// Security groups of the tasks.
    public var securityGroups: [String]
    /// The role with which ECS changes listener rules (AmazonECSInfrastructureRolePolicyForLoadBalancers).
    public var infrastructureRoleARN: String
    /// The role with which a task is started: it pulls the image, reads secrets, opens the log stream.
    public var executionRoleARN: String?

    /// Describes a placement.
    public init(
      vpcID: String, subnets: [String], securityGroups: [String], infrastructureRoleARN: String,
      executionRoleARN: String? = nil
    ) {
      self.vpcID = vpcID
      self.subnets = subnets
      self.securityGroups = securityGroups
      self.infrastructureRoleARN = infrastructureRoleARN
      self.executionRoleARN = executionRoleARN
    }
  }

  /// Who made the environment, and so what of it a release may set.
  public enum Ownership: Sendable, Equatable {
    /// Palco made everything, where the placement says, and sets everything.
    case palco(Placement)
    /// Terraform made everything, and an auto scaler sets the number of tasks. A release brings an image and the
    /// environment of the blueprint, on top of what the newest task definition of the family says, and nothing else.
    case terraform
  }

  /// The client of the AWS API.
  public var aws: AWSClient
  /// Makes a registry client of an endpoint and the `Authorization` header's value.
  public var registry: @Sendable (_ endpoint: URL, _ authorization: String?) -> RegistryClient
  /// Who made the environment.
  public var ownership: Ownership
  /// How often a deployment is looked at.
  public var pollInterval: Duration
  /// How long a minute of AWS's own waiting and metrics lasts: a minute on AWS, less in a local cloud that hurries.
  public var minute: Duration
  /// Who acts, for the release's record: `user@host`.
  public var actor: String
  /// The clock.
  public var time: TimeSource
  /// The logger.
  public var logger: Logger

  /// Describes the access.
  public init(
    aws: AWSClient, registry: @escaping @Sendable (URL, String?) -> RegistryClient, ownership: Ownership,
    pollInterval: Duration, minute: Duration = .seconds(60), actor: String, time: TimeSource = .live, logger: Logger
  ) {
    self.aws = aws
    self.registry = registry
    self.ownership = ownership
    self.pollInterval = pollInterval
    self.minute = minute
    self.actor = actor
    self.time = time
    self.logger = logger
  }

  /// Where Palco places what it makes; `nil` when others make it.
  var placement: Placement? {
    if case .palco(let placement) = ownership { placement } else { nil }
  }

  /// Looks until there is something to see.
  ///
  /// - Throws: ``ReleaseError`` with `timedOut` when nothing was seen in time.
  func until<Value: Sendable>(
    _ what: String, timeout: Duration, _ look: @Sendable () async throws -> Value?
  ) async throws -> Value {
    let found = try await wait(every: pollInterval, upTo: timeout, time: time, until: look)
    guard let found else { throw ReleaseError(.timedOut, "\(what): not within \(timeout.text)") }
    return found
  }
}

extension Duration {
  /// Seconds with fractions.
  public var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }

  /// For people: `0.4 s`, `12 s`, `3 min 5 s`.
  public var text: String {
    switch seconds {
    case ..<10: String(format: "%.1f s", max(seconds, 0))
    case ..<120: "\(Int(seconds.rounded())) s"
    default: "\(Int(seconds) / 60) min \(Int(seconds) % 60) s"
    }
  }
}
