import Foundation

// Service revisions.

extension ECS {
  /// What the tasks of a service were at one deployment; it never changes.
  public struct ServiceRevision: Codable, Sendable, Equatable {
    /// The ARN of the revision.
    public var serviceRevisionArn: String?
    /// The ARN of the service.
    public var serviceArn: String?
    /// The cluster.
    public var clusterArn: String?
    /// The revision of the task definition.
    public var taskDefinition: String?
    /// Capacity providers, instead of a launch type.
    public var capacityProviderStrategy: [CapacityProviderStrategyItem]?
    /// `FARGATE`, `EC2` or `EXTERNAL`.
    public var launchType: String?
    /// The platform version of Fargate; `LATEST` by default.
    public var platformVersion: String?
    /// The platform of Fargate, such as `Linux`.
    public var platformFamily: String?
    /// The target groups that tasks join.
    public var loadBalancers: [LoadBalancer]?
    /// Services of Cloud Map that tasks register in.
    public var serviceRegistries: [ServiceRegistry]?
    /// The network, for the `awsvpc` mode.
    public var networkConfiguration: NetworkConfiguration?
    /// The images, with digests.
    public var containerImages: [ContainerImage]?
    /// The storage that Fargate gives.
    public var fargateEphemeralStorage: DeploymentEphemeralStorage?
    /// When it was made.
    public var createdAt: Date?
    /// What it uses in fact.
    public var resolvedConfiguration: ResolvedConfiguration?

    /// Makes a value of its members.
    public init(
      serviceRevisionArn: String? = nil, serviceArn: String? = nil, clusterArn: String? = nil,
      taskDefinition: String? = nil, capacityProviderStrategy: [CapacityProviderStrategyItem]? = nil,
      launchType: String? = nil, platformVersion: String? = nil, platformFamily: String? = nil,
      loadBalancers: [LoadBalancer]? = nil, serviceRegistries: [ServiceRegistry]? = nil,
      networkConfiguration: NetworkConfiguration? = nil, containerImages: [ContainerImage]? = nil,
      fargateEphemeralStorage: DeploymentEphemeralStorage? = nil, createdAt: Date? = nil,
      resolvedConfiguration: ResolvedConfiguration? = nil
    ) {
      self.serviceRevisionArn = serviceRevisionArn
      self.serviceArn = serviceArn
      self.clusterArn = clusterArn
      self.taskDefinition = taskDefinition
      self.capacityProviderStrategy = capacityProviderStrategy
      self.launchType = launchType
      self.platformVersion = platformVersion
      self.platformFamily = platformFamily
      self.loadBalancers = loadBalancers
      self.serviceRegistries = serviceRegistries
      self.networkConfiguration = networkConfiguration
      self.containerImages = containerImages
      self.fargateEphemeralStorage = fargateEphemeralStorage
      self.createdAt = createdAt
      self.resolvedConfiguration = resolvedConfiguration
    }
  }

  /// The image that a revision runs.
  public struct ContainerImage: Codable, Sendable, Equatable {
    /// The container.
    public var containerName: String?
    /// The digest, `sha256:…`.
    public var imageDigest: String?
    /// The image.
    public var image: String?

    /// Makes a value of its members.
    public init(containerName: String? = nil, imageDigest: String? = nil, image: String? = nil) {
      self.containerName = containerName
      self.imageDigest = imageDigest
      self.image = image
    }
  }

  /// What a revision uses in fact.
  public struct ResolvedConfiguration: Codable, Sendable, Equatable {
    /// The target groups, while the revision is active.
    public var loadBalancers: [ServiceRevisionLoadBalancer]?

    /// Makes a value of its members.
    public init(loadBalancers: [ServiceRevisionLoadBalancer]? = nil) {
      self.loadBalancers = loadBalancers
    }
  }

  /// The target group and the rule that a revision uses.
  public struct ServiceRevisionLoadBalancer: Codable, Sendable, Equatable {
    /// The target group.
    public var targetGroupArn: String?
    /// The rule (of an application load balancer) or listener (of a network one) for production traffic.
    public var productionListenerRule: String?

    /// Makes a value of its members.
    public init(targetGroupArn: String? = nil, productionListenerRule: String? = nil) {
      self.targetGroupArn = targetGroupArn
      self.productionListenerRule = productionListenerRule
    }
  }

  /// Reads service revisions, at most 20; what is unknown is in `failures`.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServiceRevisions.html
  public struct DescribeServiceRevisionsRequest: ECSRequest, Equatable {
    public typealias Response = DescribeServiceRevisionsResponse
    public static let operation = "DescribeServiceRevisions"

    /// ARNs, at most 20.
    public var serviceRevisionArns: [String]

    /// Makes a request.
    public init(serviceRevisionArns: [String]) {
      self.serviceRevisionArns = serviceRevisionArns
    }
  }

  /// The revisions that are known.
  public struct DescribeServiceRevisionsResponse: Codable, Sendable, Equatable {
    /// The revisions.
    public var serviceRevisions: [ServiceRevision]?
    /// What could not be read or started, and why.
    public var failures: [Failure]?

    /// Makes an answer.
    public init(serviceRevisions: [ServiceRevision]? = nil, failures: [Failure]? = nil) {
      self.serviceRevisions = serviceRevisions
      self.failures = failures
    }
  }
}
