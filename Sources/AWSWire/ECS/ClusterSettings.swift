// How a cluster is set.

extension ECS {
  /// A setting of a cluster.
  public struct ClusterSetting: Codable, Sendable, Equatable {
    /// The name.
    public var name: String?
    /// The value.
    public var value: String?

    /// Makes a value of its members.
    public init(name: String? = nil, value: String? = nil) {
      self.name = name
      self.value = value
    }
  }

  /// How `ExecuteCommand` and managed storage are set.
  public struct ClusterConfiguration: Codable, Sendable, Equatable {
    /// How `ExecuteCommand` is set.
    public var executeCommandConfiguration: ExecuteCommandConfiguration?
    /// The keys of managed storage.
    public var managedStorageConfiguration: ManagedStorageConfiguration?

    /// Makes a value of its members.
    public init(
      executeCommandConfiguration: ExecuteCommandConfiguration? = nil,
      managedStorageConfiguration: ManagedStorageConfiguration? = nil
    ) {
      self.executeCommandConfiguration = executeCommandConfiguration
      self.managedStorageConfiguration = managedStorageConfiguration
    }
  }

  /// How `ExecuteCommand` is set.
  public struct ExecuteCommandConfiguration: Codable, Sendable, Equatable {
    /// The key.
    public var kmsKeyId: String?
    /// `DEFAULT`, `NONE` or `OVERRIDE`.
    public var logging: String?
    /// Where output goes.
    public var logConfiguration: ExecuteCommandLogConfiguration?

    /// Makes a value of its members.
    public init(
      kmsKeyId: String? = nil, logging: String? = nil, logConfiguration: ExecuteCommandLogConfiguration? = nil
    ) {
      self.kmsKeyId = kmsKeyId
      self.logging = logging
      self.logConfiguration = logConfiguration
    }
  }

  /// Where the output of `ExecuteCommand` goes.
  public struct ExecuteCommandLogConfiguration: Codable, Sendable, Equatable {
    /// The log group.
    public var cloudWatchLogGroupName: String?
    /// Whether the log group must be encrypted.
    public var cloudWatchEncryptionEnabled: Bool?
    /// The bucket.
    public var s3BucketName: String?
    /// Whether the bucket must be encrypted.
    public var s3EncryptionEnabled: Bool?
    /// What keys start with.
    public var s3KeyPrefix: String?

    /// Makes a value of its members.
    public init(
      cloudWatchLogGroupName: String? = nil, cloudWatchEncryptionEnabled: Bool? = nil, s3BucketName: String? = nil,
      s3EncryptionEnabled: Bool? = nil, s3KeyPrefix: String? = nil
    ) {
      self.cloudWatchLogGroupName = cloudWatchLogGroupName
      self.cloudWatchEncryptionEnabled = cloudWatchEncryptionEnabled
      self.s3BucketName = s3BucketName
      self.s3EncryptionEnabled = s3EncryptionEnabled
      self.s3KeyPrefix = s3KeyPrefix
    }
  }

  /// The keys of managed storage.
  public struct ManagedStorageConfiguration: Codable, Sendable, Equatable {
    /// The key.
    public var kmsKeyId: String?
    /// The key of the storage that Fargate gives.
    public var fargateEphemeralStorageKmsKeyId: String?

    /// Makes a value of its members.
    public init(kmsKeyId: String? = nil, fargateEphemeralStorageKmsKeyId: String? = nil) {
      self.kmsKeyId = kmsKeyId
      self.fargateEphemeralStorageKmsKeyId = fargateEphemeralStorageKmsKeyId
    }
  }

  /// How much of the tasks a capacity provider gets.
  public struct CapacityProviderStrategyItem: Codable, Sendable, Equatable {
    /// The name, such as `FARGATE`.
    public var capacityProvider: String
    /// The share of tasks, relative to the others.
    public var weight: Int?
    /// How many tasks at least.
    public var base: Int?

    /// Makes a value of its members.
    public init(capacityProvider: String, weight: Int? = nil, base: Int? = nil) {
      self.capacityProvider = capacityProvider
      self.weight = weight
      self.base = base
    }
  }

  /// The namespace that services of the cluster shall use.
  public struct ClusterServiceConnectDefaultsRequest: Codable, Sendable, Equatable {
    /// The namespace.
    public var namespace: String

    /// Makes a value of its members.
    public init(namespace: String) {
      self.namespace = namespace
    }
  }

  /// The namespace that services of the cluster use.
  public struct ClusterServiceConnectDefaults: Codable, Sendable, Equatable {
    /// The namespace.
    public var namespace: String?

    /// Makes a value of its members.
    public init(namespace: String? = nil) {
      self.namespace = namespace
    }
  }

  /// Changes how a cluster is set.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateCluster.html
  public struct UpdateClusterRequest: ECSRequest, Equatable {
    public typealias Response = UpdateClusterResponse
    public static let operation = "UpdateCluster"

    /// The cluster by name or ARN.
    public var cluster: String
    /// The settings, such as `containerInsights`.
    public var settings: [ClusterSetting]?
    /// Settings of `ExecuteCommand` and of storage.
    public var configuration: ClusterConfiguration?
    /// The namespace that services use.
    public var serviceConnectDefaults: ClusterServiceConnectDefaultsRequest?

    /// Makes a request.
    public init(
      cluster: String, settings: [ClusterSetting]? = nil, configuration: ClusterConfiguration? = nil,
      serviceConnectDefaults: ClusterServiceConnectDefaultsRequest? = nil
    ) {
      self.cluster = cluster
      self.settings = settings
      self.configuration = configuration
      self.serviceConnectDefaults = serviceConnectDefaults
    }
  }

  /// The cluster.
  public struct UpdateClusterResponse: Codable, Sendable, Equatable {
    /// The cluster.
    public var cluster: Cluster?

    /// Makes an answer.
    public init(cluster: Cluster? = nil) {
      self.cluster = cluster
    }
  }

  /// Changes the settings of a cluster.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateClusterSettings.html
  public struct UpdateClusterSettingsRequest: ECSRequest, Equatable {
    public typealias Response = UpdateClusterSettingsResponse
    public static let operation = "UpdateClusterSettings"

    /// The cluster by name or ARN.
    public var cluster: String
    /// The settings, such as `containerInsights`.
    public var settings: [ClusterSetting]

    /// Makes a request.
    public init(cluster: String, settings: [ClusterSetting]) {
      self.cluster = cluster
      self.settings = settings
    }
  }

  /// The cluster.
  public struct UpdateClusterSettingsResponse: Codable, Sendable, Equatable {
    /// The cluster.
    public var cluster: Cluster?

    /// Makes an answer.
    public init(cluster: Cluster? = nil) {
      self.cluster = cluster
    }
  }

  /// Replaces the capacity providers of a cluster.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PutClusterCapacityProviders.html
  public struct PutClusterCapacityProvidersRequest: ECSRequest, Equatable {
    public typealias Response = PutClusterCapacityProvidersResponse
    public static let operation = "PutClusterCapacityProviders"

    /// The cluster by name or ARN.
    public var cluster: String
    /// Names of capacity providers.
    public var capacityProviders: [String]
    /// What services use that say neither a strategy nor a launch type.
    public var defaultCapacityProviderStrategy: [CapacityProviderStrategyItem]

    /// Makes a request.
    public init(
      cluster: String, capacityProviders: [String], defaultCapacityProviderStrategy: [CapacityProviderStrategyItem]
    ) {
      self.cluster = cluster
      self.capacityProviders = capacityProviders
      self.defaultCapacityProviderStrategy = defaultCapacityProviderStrategy
    }
  }

  /// The cluster.
  public struct PutClusterCapacityProvidersResponse: Codable, Sendable, Equatable {
    /// The cluster.
    public var cluster: Cluster?

    /// Makes an answer.
    public init(cluster: Cluster? = nil) {
      self.cluster = cluster
    }
  }
}
