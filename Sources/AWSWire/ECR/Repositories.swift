import Foundation

// Repositories.

extension ECR {
  /// A repository.
  public struct Repository: Codable, Sendable, Equatable {
    /// The ARN.
    public var repositoryArn: String?
    /// The account of the registry; the caller's by default.
    public var registryId: String?
    /// The name, such as `team/web`.
    public var repositoryName: String?
    /// The name with the registry's, for pushing and pulling.
    public var repositoryUri: String?
    /// When it was made.
    public var createdAt: Date?
    /// `MUTABLE`, `IMMUTABLE`, or one of these with `_WITH_EXCLUSION`.
    public var imageTagMutability: String?
    /// Exceptions from the mutability.
    public var imageTagMutabilityExclusionFilters: [ImageTagMutabilityExclusionFilter]?
    /// Whether images are scanned when they are pushed.
    public var imageScanningConfiguration: ImageScanningConfiguration?
    /// How images are encrypted at rest.
    public var encryptionConfiguration: EncryptionConfiguration?

    /// Makes a value of its members.
    public init(
      repositoryArn: String? = nil, registryId: String? = nil, repositoryName: String? = nil,
      repositoryUri: String? = nil, createdAt: Date? = nil, imageTagMutability: String? = nil,
      imageTagMutabilityExclusionFilters: [ImageTagMutabilityExclusionFilter]? = nil,
      imageScanningConfiguration: ImageScanningConfiguration? = nil,
      encryptionConfiguration: EncryptionConfiguration? = nil
    ) {
      self.repositoryArn = repositoryArn
      self.registryId = registryId
      self.repositoryName = repositoryName
      self.repositoryUri = repositoryUri
      self.createdAt = createdAt
      self.imageTagMutability = imageTagMutability
      self.imageTagMutabilityExclusionFilters = imageTagMutabilityExclusionFilters
      self.imageScanningConfiguration = imageScanningConfiguration
      self.encryptionConfiguration = encryptionConfiguration
    }
  }

  /// Tags that are an exception from the mutability.
  public struct ImageTagMutabilityExclusionFilter: Codable, Sendable, Equatable {
    /// `WILDCARD`.
    public var filterType: String
    /// A pattern with `*`.
    public var filter: String

    /// Makes a value of its members.
    public init(filterType: String, filter: String) {
      self.filterType = filterType
      self.filter = filter
    }
  }

  /// Whether images are scanned when they are pushed.
  public struct ImageScanningConfiguration: Codable, Sendable, Equatable {
    /// Whether an image is scanned when it is pushed.
    public var scanOnPush: Bool?

    /// Makes a value of its members.
    public init(scanOnPush: Bool? = nil) {
      self.scanOnPush = scanOnPush
    }
  }

  /// How images are encrypted at rest.
  public struct EncryptionConfiguration: Codable, Sendable, Equatable {
    /// `AES256`, `KMS` or `KMS_DSSE`.
    public var encryptionType: String
    /// The key.
    public var kmsKey: String?

    /// Makes a value of its members.
    public init(encryptionType: String, kmsKey: String? = nil) {
      self.encryptionType = encryptionType
      self.kmsKey = kmsKey
    }
  }

  /// Makes a repository.
  ///
  /// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html
  public struct CreateRepositoryRequest: ECRRequest, Equatable {
    public typealias Response = CreateRepositoryResponse
    public static let operation = "CreateRepository"

    /// The account of the registry; the caller's by default.
    public var registryId: String?
    /// The name, such as `team/web`.
    public var repositoryName: String
    /// The tags.
    public var tags: [Tag]?
    /// `MUTABLE`, `IMMUTABLE`, or one of these with `_WITH_EXCLUSION`.
    public var imageTagMutability: String?
    /// Exceptions from the mutability.
    public var imageTagMutabilityExclusionFilters: [ImageTagMutabilityExclusionFilter]?
    /// Whether images are scanned when they are pushed.
    public var imageScanningConfiguration: ImageScanningConfiguration?
    /// How images are encrypted at rest.
    public var encryptionConfiguration: EncryptionConfiguration?

    /// Makes a request.
    public init(
      repositoryName: String, registryId: String? = nil, tags: [Tag]? = nil, imageTagMutability: String? = nil,
      imageTagMutabilityExclusionFilters: [ImageTagMutabilityExclusionFilter]? = nil,
      imageScanningConfiguration: ImageScanningConfiguration? = nil,
      encryptionConfiguration: EncryptionConfiguration? = nil
    ) {
      self.registryId = registryId
      self.repositoryName = repositoryName
      self.tags = tags
      self.imageTagMutability = imageTagMutability
      self.imageTagMutabilityExclusionFilters = imageTagMutabilityExclusionFilters
      self.imageScanningConfiguration = imageScanningConfiguration
      self.encryptionConfiguration = encryptionConfiguration
    }
  }

  /// The repository.
  public struct CreateRepositoryResponse: Codable, Sendable, Equatable {
    /// The repository.
    public var repository: Repository?

    /// Makes an answer.
    public init(repository: Repository? = nil) {
      self.repository = repository
    }
  }

  /// Reads repositories: those that are named, or all.
  ///
  /// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeRepositories.html
  public struct DescribeRepositoriesRequest: ECRRequest, Equatable {
    public typealias Response = DescribeRepositoriesResponse
    public static let operation = "DescribeRepositories"

    /// The account of the registry; the caller's by default.
    public var registryId: String?
    /// Names, at most 100.
    public var repositoryNames: [String]?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?
    /// How many to answer at most.
    public var maxResults: Int?

    /// Makes a request.
    public init(
      registryId: String? = nil, repositoryNames: [String]? = nil, nextToken: String? = nil, maxResults: Int? = nil
    ) {
      self.registryId = registryId
      self.repositoryNames = repositoryNames
      self.nextToken = nextToken
      self.maxResults = maxResults
    }
  }

  /// A page of repositories.
  public struct DescribeRepositoriesResponse: Codable, Sendable, Equatable {
    /// The repositories.
    public var repositories: [Repository]?
    /// Where to go on; `nil` on the last page.
    public var nextToken: String?

    /// Makes an answer.
    public init(repositories: [Repository]? = nil, nextToken: String? = nil) {
      self.repositories = repositories
      self.nextToken = nextToken
    }
  }

  /// Deletes a repository; one that holds images only with `force`.
  ///
  /// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DeleteRepository.html
  public struct DeleteRepositoryRequest: ECRRequest, Equatable {
    public typealias Response = DeleteRepositoryResponse
    public static let operation = "DeleteRepository"

    /// The account of the registry; the caller's by default.
    public var registryId: String?
    /// The name, such as `team/web`.
    public var repositoryName: String
    /// Whether to do it though it is in use.
    public var force: Bool?

    /// Makes a request.
    public init(repositoryName: String, registryId: String? = nil, force: Bool? = nil) {
      self.registryId = registryId
      self.repositoryName = repositoryName
      self.force = force
    }
  }

  /// The repository that is gone.
  public struct DeleteRepositoryResponse: Codable, Sendable, Equatable {
    /// The repository.
    public var repository: Repository?

    /// Makes an answer.
    public init(repository: Repository? = nil) {
      self.repository = repository
    }
  }
}
