// What is scanned, and when.

extension ECR {
  /// Says what is scanned.
  ///
  /// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutRegistryScanningConfiguration.html
  public struct PutRegistryScanningConfigurationRequest: ECRRequest, Equatable {
    public typealias Response = PutRegistryScanningConfigurationResponse
    public static let operation = "PutRegistryScanningConfiguration"

    /// `BASIC` or `ENHANCED`.
    public var scanType: String?
    /// The rules, the first one that fits counts.
    public var rules: [RegistryScanningRule]?

    /// Makes a request.
    public init(scanType: String? = nil, rules: [RegistryScanningRule]? = nil) {
      self.scanType = scanType
      self.rules = rules
    }
  }

  /// What `PutRegistryScanningConfiguration` answers.
  public struct PutRegistryScanningConfigurationResponse: Codable, Sendable, Equatable {
    /// The registry scanning configuration.
    public var registryScanningConfiguration: RegistryScanningConfiguration?

    /// Makes an answer.
    public init(registryScanningConfiguration: RegistryScanningConfiguration? = nil) {
      self.registryScanningConfiguration = registryScanningConfiguration
    }
  }

  /// Reads what is scanned.
  ///
  /// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetRegistryScanningConfiguration.html
  public struct GetRegistryScanningConfigurationRequest: ECRRequest, Equatable {
    public typealias Response = GetRegistryScanningConfigurationResponse
    public static let operation = "GetRegistryScanningConfiguration"

    /// Makes a request.
    public init() {
    }
  }

  /// What `GetRegistryScanningConfiguration` answers.
  public struct GetRegistryScanningConfigurationResponse: Codable, Sendable, Equatable {
    /// The account of the registry; the caller's by default.
    public var registryId: String?
    /// The scanning configuration.
    public var scanningConfiguration: RegistryScanningConfiguration?

    /// Makes an answer.
    public init(registryId: String? = nil, scanningConfiguration: RegistryScanningConfiguration? = nil) {
      self.registryId = registryId
      self.scanningConfiguration = scanningConfiguration
    }
  }

  /// Reads how repositories are scanned.
  ///
  /// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchGetRepositoryScanningConfiguration.html
  public struct BatchGetRepositoryScanningConfigurationRequest: ECRRequest, Equatable {
    public typealias Response = BatchGetRepositoryScanningConfigurationResponse
    public static let operation = "BatchGetRepositoryScanningConfiguration"

    /// The repository names.
    public var repositoryNames: [String]

    /// Makes a request.
    public init(repositoryNames: [String]) {
      self.repositoryNames = repositoryNames
    }
  }

  /// What `BatchGetRepositoryScanningConfiguration` answers.
  public struct BatchGetRepositoryScanningConfigurationResponse: Codable, Sendable, Equatable {
    /// The scanning configurations.
    public var scanningConfigurations: [RepositoryScanningConfiguration]?
    /// What could not be done, and why.
    public var failures: [RepositoryScanningConfigurationFailure]?

    /// Makes an answer.
    public init(
      scanningConfigurations: [RepositoryScanningConfiguration]? = nil,
      failures: [RepositoryScanningConfigurationFailure]? = nil
    ) {
      self.scanningConfigurations = scanningConfigurations
      self.failures = failures
    }
  }

  /// A registry scanning rule.
  public struct RegistryScanningRule: Codable, Sendable, Equatable {
    /// `MANUAL`, `SCAN_ON_PUSH` or `CONTINUOUS_SCAN`.
    public var scanFrequency: String?
    /// The repositories that it is for.
    public var repositoryFilters: [ScanningRepositoryFilter]?

    /// Makes a value of its members.
    public init(scanFrequency: String? = nil, repositoryFilters: [ScanningRepositoryFilter]? = nil) {
      self.scanFrequency = scanFrequency
      self.repositoryFilters = repositoryFilters
    }
  }

  /// A registry scanning configuration.
  public struct RegistryScanningConfiguration: Codable, Sendable, Equatable {
    /// `BASIC` or `ENHANCED`.
    public var scanType: String?
    /// The rules, the first one that fits counts.
    public var rules: [RegistryScanningRule]?

    /// Makes a value of its members.
    public init(scanType: String? = nil, rules: [RegistryScanningRule]? = nil) {
      self.scanType = scanType
      self.rules = rules
    }
  }

  /// A repository scanning configuration.
  public struct RepositoryScanningConfiguration: Codable, Sendable, Equatable {
    /// The repository ARN.
    public var repositoryArn: String?
    /// The name, such as `team/web`.
    public var repositoryName: String?
    /// The scan on push.
    public var scanOnPush: Bool?
    /// `MANUAL`, `SCAN_ON_PUSH` or `CONTINUOUS_SCAN`.
    public var scanFrequency: String?
    /// The applied scan filters.
    public var appliedScanFilters: [ScanningRepositoryFilter]?

    /// Makes a value of its members.
    public init(
      repositoryArn: String? = nil, repositoryName: String? = nil, scanOnPush: Bool? = nil,
      scanFrequency: String? = nil, appliedScanFilters: [ScanningRepositoryFilter]? = nil
    ) {
      self.repositoryArn = repositoryArn
      self.repositoryName = repositoryName
      self.scanOnPush = scanOnPush
      self.scanFrequency = scanFrequency
      self.appliedScanFilters = appliedScanFilters
    }
  }

  /// A repository scanning configuration failure.
  public struct RepositoryScanningConfigurationFailure: Codable, Sendable, Equatable {
    /// The name, such as `team/web`.
    public var repositoryName: String?
    /// The failure code.
    public var failureCode: String?
    /// The failure reason.
    public var failureReason: String?

    /// Makes a value of its members.
    public init(repositoryName: String? = nil, failureCode: String? = nil, failureReason: String? = nil) {
      self.repositoryName = repositoryName
      self.failureCode = failureCode
      self.failureReason = failureReason
    }
  }

  /// A scanning repository filter.
  public struct ScanningRepositoryFilter: Codable, Sendable, Equatable {
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
