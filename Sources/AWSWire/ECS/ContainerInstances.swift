import Foundation

// Hosts of the EC2 launch type.

extension ECS {
  /// Reads the hosts of a cluster.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListContainerInstances.html
  public struct ListContainerInstancesRequest: ECSRequest, Equatable {
    public typealias Response = ListContainerInstancesResponse
    public static let operation = "ListContainerInstances"

    /// The cluster, by name or ARN; `default` by default.
    public var cluster: String?
    /// A text in which `*` stands for any text.
    public var filter: String?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?
    /// How many to answer at most.
    public var maxResults: Int?
    /// How it stands.
    public var status: String?

    /// Makes a request.
    public init(
      cluster: String? = nil, filter: String? = nil, nextToken: String? = nil, maxResults: Int? = nil,
      status: String? = nil
    ) {
      self.cluster = cluster
      self.filter = filter
      self.nextToken = nextToken
      self.maxResults = maxResults
      self.status = status
    }
  }

  /// What `ListContainerInstances` answers.
  public struct ListContainerInstancesResponse: Codable, Sendable, Equatable {
    /// The container instance ARNs.
    public var containerInstanceArns: [String]?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?

    /// Makes an answer.
    public init(containerInstanceArns: [String]? = nil, nextToken: String? = nil) {
      self.containerInstanceArns = containerInstanceArns
      self.nextToken = nextToken
    }
  }

  /// Reads hosts.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeContainerInstances.html
  public struct DescribeContainerInstancesRequest: ECSRequest, Equatable {
    public typealias Response = DescribeContainerInstancesResponse
    public static let operation = "DescribeContainerInstances"

    /// The cluster, by name or ARN; `default` by default.
    public var cluster: String?
    /// The container instances.
    public var containerInstances: [String]
    /// The include.
    public var include: [String]?

    /// Makes a request.
    public init(containerInstances: [String], cluster: String? = nil, include: [String]? = nil) {
      self.cluster = cluster
      self.containerInstances = containerInstances
      self.include = include
    }
  }

  /// What `DescribeContainerInstances` answers.
  public struct DescribeContainerInstancesResponse: Codable, Sendable, Equatable {
    /// The container instances.
    public var containerInstances: [ContainerInstance]?
    /// What could not be done, and why.
    public var failures: [Failure]?

    /// Makes an answer.
    public init(containerInstances: [ContainerInstance]? = nil, failures: [Failure]? = nil) {
      self.containerInstances = containerInstances
      self.failures = failures
    }
  }

  /// Tells an agent whom to ask.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DiscoverPollEndpoint.html
  public struct DiscoverPollEndpointRequest: ECSRequest, Equatable {
    public typealias Response = DiscoverPollEndpointResponse
    public static let operation = "DiscoverPollEndpoint"

    /// The container instance.
    public var containerInstance: String?
    /// The cluster, by name or ARN; `default` by default.
    public var cluster: String?

    /// Makes a request.
    public init(containerInstance: String? = nil, cluster: String? = nil) {
      self.containerInstance = containerInstance
      self.cluster = cluster
    }
  }

  /// What `DiscoverPollEndpoint` answers.
  public struct DiscoverPollEndpointResponse: Codable, Sendable, Equatable {
    /// Whom an agent asks.
    public var endpoint: String?
    /// Whom an agent tells its measurements.
    public var telemetryEndpoint: String?
    /// Whom an agent of Service Connect asks.
    public var serviceConnectEndpoint: String?

    /// Makes an answer.
    public init(endpoint: String? = nil, telemetryEndpoint: String? = nil, serviceConnectEndpoint: String? = nil) {
      self.endpoint = endpoint
      self.telemetryEndpoint = telemetryEndpoint
      self.serviceConnectEndpoint = serviceConnectEndpoint
    }
  }

  /// A host of the EC2 launch type, as far as Palco knows it.
  public struct ContainerInstance: Codable, Sendable, Equatable {
    /// The ARN.
    public var containerInstanceArn: String?
    /// `ACTIVE`, `DRAINING` and so on.
    public var status: String?

    /// Makes a value of its members.
    public init(containerInstanceArn: String? = nil, status: String? = nil) {
      self.containerInstanceArn = containerInstanceArn
      self.status = status
    }
  }
}
