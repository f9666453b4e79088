// Settings of the whole registry.

extension ECR {
  /// Reads the settings of the registry.
  ///
  /// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeRegistry.html
  public struct DescribeRegistryRequest: ECRRequest, Equatable {
    public typealias Response = DescribeRegistryResponse
    public static let operation = "DescribeRegistry"

    /// Makes a request.
    public init() {
    }
  }

  /// What `DescribeRegistry` answers.
  public struct DescribeRegistryResponse: Codable, Sendable, Equatable {
    /// The account of the registry; the caller's by default.
    public var registryId: String?
    /// Where images are replicated to.
    public var replicationConfiguration: ReplicationConfiguration?

    /// Makes an answer.
    public init(registryId: String? = nil, replicationConfiguration: ReplicationConfiguration? = nil) {
      self.registryId = registryId
      self.replicationConfiguration = replicationConfiguration
    }
  }

  /// Says where images are replicated to.
  ///
  /// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutReplicationConfiguration.html
  public struct PutReplicationConfigurationRequest: ECRRequest, Equatable {
    public typealias Response = PutReplicationConfigurationResponse
    public static let operation = "PutReplicationConfiguration"

    /// Where images are replicated to.
    public var replicationConfiguration: ReplicationConfiguration

    /// Makes a request.
    public init(replicationConfiguration: ReplicationConfiguration) {
      self.replicationConfiguration = replicationConfiguration
    }
  }

  /// What `PutReplicationConfiguration` answers.
  public struct PutReplicationConfigurationResponse: Codable, Sendable, Equatable {
    /// Where images are replicated to.
    public var replicationConfiguration: ReplicationConfiguration?

    /// Makes an answer.
    public init(replicationConfiguration: ReplicationConfiguration? = nil) {
      self.replicationConfiguration = replicationConfiguration
    }
  }

  /// Sets the policy of the registry.
  ///
  /// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutRegistryPolicy.html
  public struct PutRegistryPolicyRequest: ECRRequest, Equatable {
    public typealias Response = PutRegistryPolicyResponse
    public static let operation = "PutRegistryPolicy"

    /// The policy, a JSON document.
    public var policyText: String

    /// Makes a request.
    public init(policyText: String) {
      self.policyText = policyText
    }
  }

  /// What `PutRegistryPolicy` answers.
  public struct PutRegistryPolicyResponse: Codable, Sendable, Equatable {
    /// The account of the registry; the caller's by default.
    public var registryId: String?
    /// The policy, a JSON document.
    public var policyText: String?

    /// Makes an answer.
    public init(registryId: String? = nil, policyText: String? = nil) {
      self.registryId = registryId
      self.policyText = policyText
    }
  }

  /// Reads the policy of the registry.
  ///
  /// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetRegistryPolicy.html
  public struct GetRegistryPolicyRequest: ECRRequest, Equatable {
    public typealias Response = GetRegistryPolicyResponse
    public static let operation = "GetRegistryPolicy"

    /// Makes a request.
    public init() {
    }
  }

  /// What `GetRegistryPolicy` answers.
  public struct GetRegistryPolicyResponse: Codable, Sendable, Equatable {
    /// The account of the registry; the caller's by default.
    public var registryId: String?
    /// The policy, a JSON document.
    public var policyText: String?

    /// Makes an answer.
    public init(registryId: String? = nil, policyText: String? = nil) {
      self.registryId = registryId
      self.policyText = policyText
    }
  }

  /// Deletes the policy of the registry.
  ///
  /// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DeleteRegistryPolicy.html
  public struct DeleteRegistryPolicyRequest: ECRRequest, Equatable {
    public typealias Response = DeleteRegistryPolicyResponse
    public static let operation = "DeleteRegistryPolicy"

    /// Makes a request.
    public init() {
    }
  }

  /// What `DeleteRegistryPolicy` answers.
  public struct DeleteRegistryPolicyResponse: Codable, Sendable, Equatable {
    /// The account of the registry; the caller's by default.
    public var registryId: String?
    /// The policy, a JSON document.
    public var policyText: String?

    /// Makes an answer.
    public init(registryId: String? = nil, policyText: String? = nil) {
      self.registryId = registryId
      self.policyText = policyText
    }
  }

  /// A replication configuration.
  public struct ReplicationConfiguration: Codable, Sendable, Equatable {
    /// The rules, the first one that fits counts.
    public var rules: [ReplicationRule]?

    /// Makes a value of its members.
    public init(rules: [ReplicationRule]? = nil) {
      self.rules = rules
    }
  }

  /// A replication rule.
  public struct ReplicationRule: Codable, Sendable, Equatable {
    /// The destinations.
    public var destinations: [ReplicationDestination]?
    /// The repositories that it is for.
    public var repositoryFilters: [RepositoryFilter]?

    /// Makes a value of its members.
    public init(destinations: [ReplicationDestination]? = nil, repositoryFilters: [RepositoryFilter]? = nil) {
      self.destinations = destinations
      self.repositoryFilters = repositoryFilters
    }
  }

  /// A replication destination.
  public struct ReplicationDestination: Codable, Sendable, Equatable {
    /// The region.
    public var region: String?
    /// The account of the registry; the caller's by default.
    public var registryId: String?

    /// Makes a value of its members.
    public init(region: String? = nil, registryId: String? = nil) {
      self.region = region
      self.registryId = registryId
    }
  }

  /// A repository filter.
  public struct RepositoryFilter: Codable, Sendable, Equatable {
    /// A text in which `*` stands for any text.
    public var filter: String?
    /// `WILDCARD` or `PREFIX_MATCH`.
    public var filterType: String?

    /// Makes a value of its members.
    public init(filter: String? = nil, filterType: String? = nil) {
      self.filter = filter
      self.filterType = filterType
    }
  }
}
