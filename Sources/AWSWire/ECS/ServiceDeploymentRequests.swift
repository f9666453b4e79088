import Foundation

// What is done with service deployments.

extension ECS {
  /// Lists the deployments of a service, newest first.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListServiceDeployments.html
  public struct ListServiceDeploymentsRequest: ECSRequest, Equatable {
    public typealias Response = ListServiceDeploymentsResponse
    public static let operation = "ListServiceDeployments"

    /// The service by name or ARN.
    public var service: String
    /// The cluster by name or ARN; `default` by default.
    public var cluster: String?
    /// Only these.
    public var status: [String]?
    /// Only deployments that were made then.
    public var createdAt: CreatedAt?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?
    /// How many to answer at most.
    public var maxResults: Int?

    /// Makes a request.
    public init(
      service: String, cluster: String? = nil, status: [String]? = nil, createdAt: CreatedAt? = nil,
      nextToken: String? = nil, maxResults: Int? = nil
    ) {
      self.service = service
      self.cluster = cluster
      self.status = status
      self.createdAt = createdAt
      self.nextToken = nextToken
      self.maxResults = maxResults
    }
  }

  /// A page of deployments.
  public struct ListServiceDeploymentsResponse: Codable, Sendable, Equatable {
    /// The deployments.
    public var serviceDeployments: [ServiceDeploymentBrief]?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?

    /// Makes an answer.
    public init(serviceDeployments: [ServiceDeploymentBrief]? = nil, nextToken: String? = nil) {
      self.serviceDeployments = serviceDeployments
      self.nextToken = nextToken
    }
  }

  /// A span of time.
  public struct CreatedAt: Codable, Sendable, Equatable {
    /// Not after.
    public var before: Date?
    /// Not before.
    public var after: Date?

    /// Makes a value of its members.
    public init(before: Date? = nil, after: Date? = nil) {
      self.before = before
      self.after = after
    }
  }

  /// Reads service deployments, at most 20; what is unknown is in `failures`.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServiceDeployments.html
  public struct DescribeServiceDeploymentsRequest: ECSRequest, Equatable {
    public typealias Response = DescribeServiceDeploymentsResponse
    public static let operation = "DescribeServiceDeployments"

    /// ARNs, at most 20.
    public var serviceDeploymentArns: [String]

    /// Makes a request.
    public init(serviceDeploymentArns: [String]) {
      self.serviceDeploymentArns = serviceDeploymentArns
    }
  }

  /// The deployments that are known.
  public struct DescribeServiceDeploymentsResponse: Codable, Sendable, Equatable {
    /// The deployments.
    public var serviceDeployments: [ServiceDeployment]?
    /// What could not be read or started, and why.
    public var failures: [Failure]?

    /// Makes an answer.
    public init(serviceDeployments: [ServiceDeployment]? = nil, failures: [Failure]? = nil) {
      self.serviceDeployments = serviceDeployments
      self.failures = failures
    }
  }

  /// Stops a deployment that is under way; the service goes back to its last revision.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StopServiceDeployment.html
  public struct StopServiceDeploymentRequest: ECSRequest, Equatable {
    public typealias Response = StopServiceDeploymentResponse
    public static let operation = "StopServiceDeployment"

    /// The ARN of the deployment.
    public var serviceDeploymentArn: String
    /// `ROLLBACK`, which is the default, or `ABORT`.
    public var stopType: String?

    /// Makes a request.
    public init(serviceDeploymentArn: String, stopType: String? = nil) {
      self.serviceDeploymentArn = serviceDeploymentArn
      self.stopType = stopType
    }
  }

  /// The deployment that was asked to stop.
  public struct StopServiceDeploymentResponse: Codable, Sendable, Equatable {
    /// The ARN of the deployment.
    public var serviceDeploymentArn: String?

    /// Makes an answer.
    public init(serviceDeploymentArn: String? = nil) {
      self.serviceDeploymentArn = serviceDeploymentArn
    }
  }

  /// Lets a deployment that waits at a pause hook go on, or rolls it back.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContinueServiceDeployment.html
  public struct ContinueServiceDeploymentRequest: ECSRequest, Equatable {
    public typealias Response = ContinueServiceDeploymentResponse
    public static let operation = "ContinueServiceDeployment"

    /// The ARN of the deployment.
    public var serviceDeploymentArn: String
    /// The identifier, such as `ecs-pause-…`.
    public var hookId: String
    /// `CONTINUE`, which is the default, or `ROLLBACK`.
    public var action: String?

    /// Makes a request.
    public init(serviceDeploymentArn: String, hookId: String, action: String? = nil) {
      self.serviceDeploymentArn = serviceDeploymentArn
      self.hookId = hookId
      self.action = action
    }
  }

  /// The deployment that goes on.
  public struct ContinueServiceDeploymentResponse: Codable, Sendable, Equatable {
    /// The ARN of the deployment.
    public var serviceDeploymentArn: String?

    /// Makes an answer.
    public init(serviceDeploymentArn: String? = nil) {
      self.serviceDeploymentArn = serviceDeploymentArn
    }
  }
}
