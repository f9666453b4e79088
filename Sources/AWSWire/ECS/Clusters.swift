// Clusters.

extension ECS {
  /// A cluster.
  public struct Cluster: Codable, Sendable, Equatable {
    /// The ARN.
    public var clusterArn: String?
    /// The name, up to 255 letters, digits, `_` and `-`; `default` by default.
    public var clusterName: String?
    /// Settings of `ExecuteCommand` and of storage.
    public var configuration: ClusterConfiguration?
    /// Where it is in its life, such as `ACTIVE`.
    public var status: String?
    /// Container instances.
    public var registeredContainerInstancesCount: Int?
    /// Tasks that run.
    public var runningTasksCount: Int?
    /// Tasks that have not started yet.
    public var pendingTasksCount: Int?
    /// Services that are `ACTIVE`.
    public var activeServicesCount: Int?
    /// Counts by launch type.
    public var statistics: [KeyValuePair]?
    /// The tags.
    public var tags: [Tag]?
    /// The settings, such as `containerInsights`.
    public var settings: [ClusterSetting]?
    /// Names of capacity providers.
    public var capacityProviders: [String]?
    /// What services use that say neither a strategy nor a launch type.
    public var defaultCapacityProviderStrategy: [CapacityProviderStrategyItem]?
    /// What is attached.
    public var attachments: [Attachment]?
    /// How far the attachments are.
    public var attachmentsStatus: String?
    /// The namespace that services use.
    public var serviceConnectDefaults: ClusterServiceConnectDefaults?

    /// Makes a value of its members.
    public init(
      clusterArn: String? = nil, clusterName: String? = nil, configuration: ClusterConfiguration? = nil,
      status: String? = nil, registeredContainerInstancesCount: Int? = nil, runningTasksCount: Int? = nil,
      pendingTasksCount: Int? = nil, activeServicesCount: Int? = nil, statistics: [KeyValuePair]? = nil,
      tags: [Tag]? = nil, settings: [ClusterSetting]? = nil, capacityProviders: [String]? = nil,
      defaultCapacityProviderStrategy: [CapacityProviderStrategyItem]? = nil, attachments: [Attachment]? = nil,
      attachmentsStatus: String? = nil, serviceConnectDefaults: ClusterServiceConnectDefaults? = nil
    ) {
      self.clusterArn = clusterArn
      self.clusterName = clusterName
      self.configuration = configuration
      self.status = status
      self.registeredContainerInstancesCount = registeredContainerInstancesCount
      self.runningTasksCount = runningTasksCount
      self.pendingTasksCount = pendingTasksCount
      self.activeServicesCount = activeServicesCount
      self.statistics = statistics
      self.tags = tags
      self.settings = settings
      self.capacityProviders = capacityProviders
      self.defaultCapacityProviderStrategy = defaultCapacityProviderStrategy
      self.attachments = attachments
      self.attachmentsStatus = attachmentsStatus
      self.serviceConnectDefaults = serviceConnectDefaults
    }
  }

  /// Makes a cluster; making one that is there answers it.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCluster.html
  public struct CreateClusterRequest: ECSRequest, Equatable {
    public typealias Response = CreateClusterResponse
    public static let operation = "CreateCluster"

    /// The name, up to 255 letters, digits, `_` and `-`; `default` by default.
    public var clusterName: String?
    /// The tags.
    public var tags: [Tag]?
    /// The settings, such as `containerInsights`.
    public var settings: [ClusterSetting]?
    /// Settings of `ExecuteCommand` and of storage.
    public var configuration: ClusterConfiguration?
    /// Names of capacity providers.
    public var capacityProviders: [String]?
    /// What services use that say neither a strategy nor a launch type.
    public var defaultCapacityProviderStrategy: [CapacityProviderStrategyItem]?
    /// The namespace that services use.
    public var serviceConnectDefaults: ClusterServiceConnectDefaultsRequest?

    /// Makes a request.
    public init(
      clusterName: String? = nil, tags: [Tag]? = nil, settings: [ClusterSetting]? = nil,
      configuration: ClusterConfiguration? = nil, capacityProviders: [String]? = nil,
      defaultCapacityProviderStrategy: [CapacityProviderStrategyItem]? = nil,
      serviceConnectDefaults: ClusterServiceConnectDefaultsRequest? = nil
    ) {
      self.clusterName = clusterName
      self.tags = tags
      self.settings = settings
      self.configuration = configuration
      self.capacityProviders = capacityProviders
      self.defaultCapacityProviderStrategy = defaultCapacityProviderStrategy
      self.serviceConnectDefaults = serviceConnectDefaults
    }
  }

  /// The cluster.
  public struct CreateClusterResponse: Codable, Sendable, Equatable {
    /// The cluster.
    public var cluster: Cluster?

    /// Makes an answer.
    public init(cluster: Cluster? = nil) {
      self.cluster = cluster
    }
  }

  /// Reads clusters; what is unknown is in `failures`.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeClusters.html
  public struct DescribeClustersRequest: ECSRequest, Equatable {
    public typealias Response = DescribeClustersResponse
    public static let operation = "DescribeClusters"

    /// Names or ARNs, at most 100; `default` by default.
    public var clusters: [String]?
    /// What to answer besides, such as `TAGS`.
    public var include: [String]?

    /// Makes a request.
    public init(clusters: [String]? = nil, include: [String]? = nil) {
      self.clusters = clusters
      self.include = include
    }
  }

  /// The clusters that are known.
  public struct DescribeClustersResponse: Codable, Sendable, Equatable {
    /// Clusters.
    public var clusters: [Cluster]?
    /// What could not be read or started, and why.
    public var failures: [Failure]?

    /// Makes an answer.
    public init(clusters: [Cluster]? = nil, failures: [Failure]? = nil) {
      self.clusters = clusters
      self.failures = failures
    }
  }

  /// Lists the ARNs of clusters.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListClusters.html
  public struct ListClustersRequest: ECSRequest, Equatable {
    public typealias Response = ListClustersResponse
    public static let operation = "ListClusters"

    /// Where to go on; `nil` on the last page.
    public var nextToken: String?
    /// How many to answer at most.
    public var maxResults: Int?

    /// Makes a request.
    public init(nextToken: String? = nil, maxResults: Int? = nil) {
      self.nextToken = nextToken
      self.maxResults = maxResults
    }
  }

  /// A page of ARNs.
  public struct ListClustersResponse: Codable, Sendable, Equatable {
    /// ARNs.
    public var clusterArns: [String]?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?

    /// Makes an answer.
    public init(clusterArns: [String]? = nil, nextToken: String? = nil) {
      self.clusterArns = clusterArns
      self.nextToken = nextToken
    }
  }

  /// Deletes an empty cluster.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteCluster.html
  public struct DeleteClusterRequest: ECSRequest, Equatable {
    public typealias Response = DeleteClusterResponse
    public static let operation = "DeleteCluster"

    /// The cluster by name or ARN.
    public var cluster: String

    /// Makes a request.
    public init(cluster: String) {
      self.cluster = cluster
    }
  }

  /// The cluster, now `INACTIVE`.
  public struct DeleteClusterResponse: Codable, Sendable, Equatable {
    /// The cluster.
    public var cluster: Cluster?

    /// Makes an answer.
    public init(cluster: Cluster? = nil) {
      self.cluster = cluster
    }
  }
}
