// How a repository is set.

extension ECR {
  /// Says whether a tag can be moved to another image.
  ///
  /// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImageTagMutability.html
  public struct PutImageTagMutabilityRequest: ECRRequest, Equatable {
    public typealias Response = PutImageTagMutabilityResponse
    public static let operation = "PutImageTagMutability"

    /// The account of the registry; the caller's by default.
    public var registryId: String?
    /// The name, such as `team/web`.
    public var repositoryName: String
    /// `MUTABLE`, `IMMUTABLE`, or one of these with `_WITH_EXCLUSION`.
    public var imageTagMutability: String
    /// Exceptions from the mutability.
    public var imageTagMutabilityExclusionFilters: [ImageTagMutabilityExclusionFilter]?

    /// Makes a request.
    public init(
      repositoryName: String, imageTagMutability: String, registryId: String? = nil,
      imageTagMutabilityExclusionFilters: [ImageTagMutabilityExclusionFilter]? = nil
    ) {
      self.registryId = registryId
      self.repositoryName = repositoryName
      self.imageTagMutability = imageTagMutability
      self.imageTagMutabilityExclusionFilters = imageTagMutabilityExclusionFilters
    }
  }

  /// The setting, as it is now.
  public struct PutImageTagMutabilityResponse: Codable, Sendable, Equatable {
    /// The account of the registry; the caller's by default.
    public var registryId: String?
    /// The name, such as `team/web`.
    public var repositoryName: String?
    /// `MUTABLE`, `IMMUTABLE`, or one of these with `_WITH_EXCLUSION`.
    public var imageTagMutability: String?
    /// Exceptions from the mutability.
    public var imageTagMutabilityExclusionFilters: [ImageTagMutabilityExclusionFilter]?

    /// Makes an answer.
    public init(
      registryId: String? = nil, repositoryName: String? = nil, imageTagMutability: String? = nil,
      imageTagMutabilityExclusionFilters: [ImageTagMutabilityExclusionFilter]? = nil
    ) {
      self.registryId = registryId
      self.repositoryName = repositoryName
      self.imageTagMutability = imageTagMutability
      self.imageTagMutabilityExclusionFilters = imageTagMutabilityExclusionFilters
    }
  }

  /// Says whether images are scanned when they are pushed.
  ///
  /// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImageScanningConfiguration.html
  public struct PutImageScanningConfigurationRequest: ECRRequest, Equatable {
    public typealias Response = PutImageScanningConfigurationResponse
    public static let operation = "PutImageScanningConfiguration"

    /// The account of the registry; the caller's by default.
    public var registryId: String?
    /// The name, such as `team/web`.
    public var repositoryName: String
    /// Whether images are scanned when they are pushed.
    public var imageScanningConfiguration: ImageScanningConfiguration

    /// Makes a request.
    public init(
      repositoryName: String, imageScanningConfiguration: ImageScanningConfiguration, registryId: String? = nil
    ) {
      self.registryId = registryId
      self.repositoryName = repositoryName
      self.imageScanningConfiguration = imageScanningConfiguration
    }
  }

  /// The setting, as it is now.
  public struct PutImageScanningConfigurationResponse: Codable, Sendable, Equatable {
    /// The account of the registry; the caller's by default.
    public var registryId: String?
    /// The name, such as `team/web`.
    public var repositoryName: String?
    /// Whether images are scanned when they are pushed.
    public var imageScanningConfiguration: ImageScanningConfiguration?

    /// Makes an answer.
    public init(
      registryId: String? = nil, repositoryName: String? = nil,
      imageScanningConfiguration: ImageScanningConfiguration? = nil
    ) {
      self.registryId = registryId
      self.repositoryName = repositoryName
      self.imageScanningConfiguration = imageScanningConfiguration
    }
  }
}
